"""The codes that an app would show, by the standard library alone (RFC 6238), and people who have set one up."""

import base64
import hashlib
import hmac
import struct
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt

from monographs.staff.models import StaffMember


def code_of(secret: str, *, at: float | None = None, steps: int = 0) -> str:
    """Six digits: what the app shows at ``at`` (seconds, default: now), or some steps of 30 seconds later."""
    step = int(time.time() if at is None else at) // 30 + steps
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    (number,) = struct.unpack(">I", digest[digest[-1] & 15 :][:4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


def secret_of(person: StaffMember) -> str:
    """The key that this person's app has."""
    return decrypt(Authenticator.objects.get(user=person, type="totp").data["secret"])


def give_app(person: StaffMember) -> str:
    """Let this person have an app, set up long ago; its key."""
    secret = base64.b32encode(b"the app's own secret").decode()
    Authenticator.objects.create(user=person, type="totp", data={"secret": encrypt(secret)})
    return secret

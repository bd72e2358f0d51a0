"""The address of a reply that only its writer knows: made anew each time, kept nowhere, and gone with the reply's
words.

A keyed hash (HMAC) of the reply's number and of the key of its seal, under the site's own key. The seal goes when the
words are erased, and then no address leads there any more.
"""

import base64
import hashlib
import hmac
import re
from functools import lru_cache

from django.conf import settings
from django.utils.crypto import constant_time_compare

from monographs.comments.models import Comment

_SALT = "monographs.comments.secret"  # a name, no place: with another one no address that was given holds
_BYTES = 20  # of 32: 160 bits, which are 32 letters
_SECRET = re.compile(r"(?P<number>[0-9]{1,12})-(?P<sign>[a-z2-7]{32})", re.ASCII)


def secret_of(comment: Comment) -> str:
    """``"12-mfqs…"``, for an address; "" for a reply whose words are erased, and for the clinic's own answers."""
    return "" if not comment.seal or comment.staff_id else f"{comment.pk}-{_sign(comment, settings.SECRET_KEY)}"


def find(secret: str) -> Comment | None:
    """The reply that this leads to, with its leaflet, in one query; None for a wrong one, told in the same time."""
    found = _SECRET.fullmatch(secret.lower())
    comment = Comment.objects.select_related("leaflet").filter(pk=found["number"]).first() if found else None
    if not comment or not comment.seal or comment.staff_id:
        return None
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    signs = [constant_time_compare(found["sign"], _sign(comment, key)) for key in keys]
    return comment if any(signs) else None


def _sign(comment: Comment, key: str) -> str:
    return _hashed(_SALT, f"{comment.pk}-{comment.seal}", key)


def _hashed(salt: str, value: str, key: str) -> str:
    """As of Django's `salted_hmac`."""
    digest = hmac.digest(_salted(salt, key), value.encode(), "sha256")
    return base64.b32encode(digest[:_BYTES]).decode().lower()


@lru_cache(maxsize=20)
def _salted(salt: str, key: str) -> bytes:
    return hashlib.sha256(f"{salt}{key}".encode()).digest()


def confirmation_of(comment: Comment, email: str) -> str:
    """What a letter to this address carries, so that following it shows that the letter was read there."""
    return _confirmation(comment, email, settings.SECRET_KEY)


def is_confirmation(token: str, comment: Comment, email: str) -> bool:
    """Whether `confirmation_of` made it."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any([constant_time_compare(token, _confirmation(comment, email, key)) for key in keys])


def _confirmation(comment: Comment, email: str, key: str) -> str:
    value = f"{comment.pk}-{comment.seal}-{email.casefold()}"
    return _hashed(f"{_SALT}.confirmation", value, key)

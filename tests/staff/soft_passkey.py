"""A passkey in a few lines, for tests without a browser: it answers as a device would (WebAuthn level 2, section 6)."""

import hashlib
import json
import secrets
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

from tests.people import PASSWORD

_PRESENT, _VERIFIED, _NEW = 0x01, 0x04, 0x40


class SoftPasskey:
    """One key pair. ``origin`` is the page that asks."""

    def __init__(self, origin: str = "https://testserver"):
        self.origin = origin
        self.id = secrets.token_bytes(16)
        self.key = ec.generate_private_key(ec.SECP256R1())

    def made(self, options: str) -> str:
        """The answer to options for a new passkey."""
        asked = json.loads(options)["publicKey"]
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        about = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        data = self._data(asked["rp"]["id"], _PRESENT | _VERIFIED | _NEW) + about
        made = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(attestationObject=made, clientDataJSON=self._client("webauthn.create", asked["challenge"]))

    def answer(self, options: str, *, verified: bool = True) -> str:
        """The answer to options that ask for one; ``verified``: the device has made sure who holds it."""
        asked = json.loads(options)["publicKey"]
        data = self._data(asked["rpId"], _PRESENT | (_VERIFIED if verified else 0))
        client = self._client("webauthn.get", asked["challenge"])
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(authenticatorData=data, clientDataJSON=client, signature=signature)

    def _data(self, site: str, flags: int) -> bytes:
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + struct.pack(">I", 1)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, **response: bytes) -> str:
        written = {name: websafe_encode(value) for name, value in response.items()}
        name = websafe_encode(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": written})


def add_passkey(client, passkey: SoftPasskey, name: str = "Phone"):
    """Set it up for whoever is logged in; the last answer."""
    page = "/admin/account/passkey/"
    client.post(page, {"password": PASSWORD})
    return client.post(page, {"name": name, "passkey": passkey.made(client.get(page).context["options"])})

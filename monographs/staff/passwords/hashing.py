"""How passwords are hashed: Argon2id (RFC 9106), and only a few at a time, since each takes a hundred megabytes."""

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = 2  # in one process; further log-ins wait a fraction of a second for their turn
_turns = threading.BoundedSemaphore(AT_ONCE)


class BoundedArgon2(Argon2PasswordHasher):
    """Django's, with its parameters."""

    def encode(self, password: str, salt: str) -> str:
        with _turns:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _turns:
            return super().verify(password, encoded)

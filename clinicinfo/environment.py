"""Settings as people write them: each is read as meant, or refused with a sentence that says what to write.

What environs 15.2 and python-dotenv 1.x do otherwise: a list keeps the spaces after its commas, an empty yes/no is an
obscure error, ``${…}`` in a `.env` file is replaced even in single quotes, and a ``#`` in a password cuts an address.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from dotenv import dotenv_values
from environs import Env, EnvValidationError

_YES = {"1", "true", "yes", "on", "y", "t"}
_NO = {"0", "false", "no", "off", "n", "f"}
_SIGNS = "In a password # is written %23, / %2F, ? %3F, @ %40, : %3A and % is %25."


def read_file(path: Path) -> None:
    """Take the settings of a `.env` file (if there is one) that the environment doesn't have, letter by letter.

    A line without ``=`` is refused: what stands there was meant to be a setting.
    """
    if not path.is_file():
        return
    for name, value in dotenv_values(path, interpolate=False).items():
        if value is None:
            raise ImproperlyConfigured(f"“{name}” in {path.name} has no value. Write {name}=…, or take the line out.")
        os.environ.setdefault(name, value)


class Environment:
    """The settings whose names begin with ``prefix``. What cannot be read raises ImproperlyConfigured."""

    def __init__(self, prefix: str = ""):
        self._prefix, self._env = prefix, Env()

    def text(self, name: str, default: str) -> str:
        """Without the spaces around it; the default where there is no such setting."""
        return os.environ.get(self._prefix + name, default).strip()

    def words(self, name: str, default: list[str]) -> list[str]:
        """``"a.example, b.example"`` → ``["a.example", "b.example"]``; spaces and empty places fall out."""
        given = os.environ.get(self._prefix + name)
        return default if given is None else [word for word in map(str.strip, given.split(",")) if word]

    def number(self, name: str, default: int) -> int:
        """A whole number, not below zero."""
        given = self.text(name, str(default))
        if not (given.isascii() and given.isdigit()):
            raise ImproperlyConfigured(
                f"{self._prefix}{name} is “{given}”; write a whole number, e.g. {default}, or leave it out."
            )
        return int(given)

    def yes_no(self, name: str, default: bool) -> bool:
        """true or false, in any of the usual words."""
        given = self.text(name, str(default)).lower()
        if given not in _YES | _NO:
            what = f"“{given}”" if given else "empty"
            raise ImproperlyConfigured(f"{self._prefix}{name} is {what}; write “true” or “false”, or leave it out.")
        return given in _YES

    def database(self, name: str, default: str) -> dict:
        """What Django needs to know of the database at an address (``postgres://user:password@host/name``)."""
        return self._address(name, default, self._env.dj_db_url)

    def mail(self, name: str, default: str) -> dict:
        """What Django needs to know of the mail server at an address (``smtp://user:password@host:25``)."""
        return self._address(name, default, self._env.dj_email_url)

    def _address(self, name: str, default: str, read) -> dict:
        """The sentences never repeat the address: it may hold a password."""
        full = self._prefix + name
        if full in os.environ and not os.environ[full].strip():
            raise ImproperlyConfigured(f"{full} is empty; write an address, or leave it out.")
        try:
            parts = urlsplit(self.text(name, default))
            is_cut = bool(parts.fragment) or "#" in self.text(name, default)
            _port = parts.port
            found = None if is_cut else read(full, default)
        except (ValueError, EnvValidationError):
            found = None
        if found is None:
            raise ImproperlyConfigured(f"{full} cannot be read as an address. {_SIGNS}")
        return found

"""Addresses of people as letters need them: bare, hidden, shortened; and the site's own."""

from collections.abc import Iterator
from email.utils import getaddresses

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac

LONGEST = 254  # characters (RFC 5321, section 4.5.3.1.3, without its angle brackets)
_SALT = "monographs.mail.addresses"


def bare(address: str) -> str:
    """``"Smith, Anna" <anna@clinic.example>`` → ``anna@clinic.example``; "" for what is not one address.

    A name beside it never reaches the mail server: where its comma or its quotation marks are lost on the way, what is
    left of the name is taken for an address of its own.
    """
    found = getaddresses([address.strip()])
    if len(found) != 1 or not address.strip().isprintable():
        return ""
    [(_name, only)] = found
    try:
        validate_email(only)
    except ValidationError:
        return ""
    return only if len(only) <= LONGEST else ""


def mark(address: str) -> str:
    """What is kept of an address to know it again: 64 hexadecimal digits, worth nothing without the site's secret key.

    Capital letters make no other address: hardly any mail server tells them apart.
    """
    return next(marks(address))


def marks(address: str) -> Iterator[str]:
    """The same under the key of now, and under those that were used before it (``SECRET_KEY_FALLBACKS``)."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield salted_hmac(_SALT, address.casefold(), secret=secret, algorithm="sha256").hexdigest()


def shortened(address: str) -> str:
    """``anna@clinic.example`` → ``a…@clinic.example``: enough to know it by, for lists."""
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}…{at}{domain}" if at else ""


def on_this_site(path: str) -> str:
    """The full address of a page of ours, for letters, which are written where there is no request."""
    return f"{settings.SITE_ADDRESS}{path}"

"""What the record may know of a reader: neither words nor network address, and nothing that could be guessed back.

The ledger is kept for ever, and what a reader wrote may be regretted. So what is kept of it is sealed: a keyed hash
(HMAC, RFC 2104) whose key stands beside the words and goes with them, or, for addresses, goes after thirty days.
"""

import datetime as dt
import hmac
import secrets

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from monographs.audit.chain import canonical_json

KEPT_FOR = dt.timedelta(days=30)
_HIDDEN = "hidden:"


def new_seal() -> str:
    """A key of 256 random bits, as 64 hexadecimal digits."""
    return secrets.token_hex(32)


def sealed(key: str, *values: object) -> str:
    """The SHA-256 HMAC of the values, in hexadecimal digits: who lacks the key can't try what they might have been."""
    return hmac.digest(key.encode(), canonical_json(values).encode(), "sha256").hex()


class AddressKey(models.Model):
    """The key under which readers' addresses of one day (UTC) are hidden. Without its row nobody can tell them."""

    day = models.DateField(_("day"), unique=True)
    key = models.CharField(_("key"), max_length=64, default=new_seal)

    class Meta:
        verbose_name = _("key of a day’s addresses")
        verbose_name_plural = _("keys of the days’ addresses")

    def __str__(self):
        return self.day.isoformat()


_keys: dict[dt.date, str] = {}  # of today alone, once it is sure to stand in the database


def hidden_address(address: str, *, at: dt.datetime) -> str:
    """What the ledger keeps of the address of a reader: the same for the same address and day, and no more.

    Must run inside a verb, where one writer at a time makes the day's key.
    """
    if not address:
        return ""
    day = at.astimezone(dt.UTC).date()
    key = _keys.get(day)
    if key is None:
        key = AddressKey.objects.get_or_create(day=day)[0].key
        transaction.on_commit(lambda: _remember(day, key))
    return _HIDDEN + sealed(key, address)[:32]


def _remember(day: dt.date, key: str) -> None:
    _keys.clear()
    _keys[day] = key


def forget_addresses(*, at: dt.datetime) -> int:
    """Take away the keys that are older than thirty days; how many."""
    gone, _by_model = AddressKey.objects.filter(day__lt=(at - KEPT_FOR).astimezone(dt.UTC).date()).delete()
    return gone

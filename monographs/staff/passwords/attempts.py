"""Guessing a password stops after some tries, and each try is on record.

A try is counted *before* the password is looked at, in a transaction of its own: so a thousand guesses at once get no
further than ten in a row, and nothing that is rolled back later takes a count away. The counts are rows, because a
cache forgets, and differs from process to process. Limits after NIST SP 800-63B-4, section 3.2.2 (throttling).
"""

import contextlib
import datetime as dt
import ipaddress
import unicodedata
from dataclasses import dataclass

from django.db import OperationalError, connection, models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.audit.record import refusal_of
from monographs.prepared import Given, Prepared, PreparedDelete
from monographs.refusals import Refused
from monographs.staff.models import StaffMember

PER_ACCOUNT = 10  # wrong passwords in a row under one name
PER_ADDRESS = 60  # from one address: a whole clinic may share it
ASKED_AGAIN = 5  # of somebody whose password was right already: a code, or the password for a signature
LOCKED_FOR = dt.timedelta(minutes=15)  # since the last one that counted


class LockedOut(Refused):
    """Too many wrong passwords (429, RFC 6585 section 4). It says nothing of whether there is such a name."""

    status = 429


class Attempts(models.Model):
    """Tries in a row that were not successful, or are still being looked at, of one account or one address."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)
    tell = models.ForeignKey(
        StaffMember,
        models.CASCADE,
        null=True,
        related_name="+",
        help_text=gettext_lazy("Who is to get a letter about a lock-out."),
    )

    class Meta:
        verbose_name = gettext_lazy("tries to log in")
        verbose_name_plural = gettext_lazy("tries to log in")

    def __str__(self):
        """What the ledger calls a name under which somebody tried: not the name, which may be a mistyped password."""
        return str(gettext_lazy("a name that nobody here has"))

    def is_fresh(self, at: dt.datetime) -> bool:
        """Whether the tries still count; not where the clock was turned back meanwhile."""
        return abs(at - self.last_at) < LOCKED_FOR


@dataclass(frozen=True)
class Try:
    """One try, counted already: the keys of its account and (if it is known) address, which of a row it is, and
    how many there may be."""

    account: str
    address: str
    number: int
    most: int

    @property
    def is_last(self) -> bool:
        """Whether the account is locked if this one is wrong, too."""
        return self.number == self.most


def account_key(name: str) -> str:
    """The same for a name in small and capital letters, whether there is such a person or not."""
    return _key("account", unicodedata.normalize("NFKC", name).casefold())


def begin(name: str, address: str, *, at: dt.datetime | None = None) -> Try:
    """Count a try to log in as ``name`` from ``address``. Raises LockedOut where there were too many, and then writes
    nothing; Busy if its turn to write does not come, NoRoom if the disk is full.

    Must not be called within a transaction (RuntimeError): the count has to stand whatever comes later.
    """
    at, network = at or timezone.now(), network_of(address)
    limits = {_key("address", network): PER_ADDRESS} if network else {}
    limits[account_key(name)] = PER_ACCOUNT
    for found in Attempts.objects.filter(key__in=limits):
        _check(found, most=limits[found.key], at=at)
    try:
        with transaction.atomic(durable=True):
            numbers = {key: _count(key, most=most, at=at) for key, most in limits.items()}
    except OperationalError as error:
        if refusal := refusal_of(error):
            raise refusal from error
        raise
    return Try(account_key(name), _key("address", network) if network else "", numbers[account_key(name)], PER_ACCOUNT)


def begin_again(person: StaffMember, what: str, *, at: dt.datetime | None = None) -> Try:
    """Count a try of somebody whose name is known, to give the ``what`` ("code" or "password") that is asked for.

    Like `begin`; called where a roll-back would take the count away again, it would be worth nothing.
    """
    at, key = at or timezone.now(), again_key(person, what)
    for found in _FOUND.things(key=key):
        _check(found, most=ASKED_AGAIN, at=at)
    try:
        with _all_at_once():
            number = _count(key, most=ASKED_AGAIN, at=at)
    except OperationalError as error:
        if refusal := refusal_of(error):
            raise refusal from error
        raise
    return Try(key, "", number, ASKED_AGAIN)


def again_key(person: StaffMember, what: str) -> str:
    """What the tries of this person to give a "code" or "password" are counted under."""
    return _key(what, str(person.pk))


def keys_of(person: StaffMember) -> list[str]:
    """Everything that is counted of one person."""
    return [account_key(person.username), again_key(person, "code"), again_key(person, "password")]


def forgive(tried: Try) -> None:
    """It was the right password: the account begins anew, and the address gets its try back."""
    if not tried.address:
        _FORGIVEN.write(key=tried.account)
        return
    with transaction.atomic():
        # The address first, as `begin` locks them: two of one person at once would wait for each other.
        Attempts.objects.filter(key=tried.address, count__gt=0).update(count=models.F("count") - 1)
        _FORGIVEN.write(key=tried.account)


_KEY = Given("key", models.CharField())
_FOUND = Prepared(lambda: Attempts.objects.filter(key=_KEY))
_FORGIVEN = PreparedDelete(lambda: Attempts.objects.filter(key=_KEY))


def is_locked(person: StaffMember, *, at: dt.datetime | None = None) -> bool:
    """Whether nobody can log in, or sign, under this name now."""
    at, most = at or timezone.now(), {account_key(person.username): PER_ACCOUNT}
    return any(
        found.count >= most.get(found.key, ASKED_AGAIN) and found.is_fresh(at)
        for found in Attempts.objects.filter(key__in=keys_of(person))
    )


def forget_attempts(*, at: dt.datetime) -> int:
    """Take away what does not count any more; how many."""
    old = models.Q(last_at__lt=at - LOCKED_FOR) | models.Q(last_at__gt=at + LOCKED_FOR)
    return Attempts.objects.filter(old, tell=None).delete()[0]


def network_of(address: str) -> str:
    """What counts as one address: IPv4 as it is, of IPv6 the /64 that one customer has (RFC 6177, RFC 4291 2.5.4).

    "" for what is no address, as behind a Unix socket without ``CLINICINFO_TRUSTED_PROXIES``.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _key(kind: str, what: str) -> str:
    # What is counted under is stored: the salt stays, wherever this file does.
    return salted_hmac(f"monographs.staff.attempts.{kind}", what, algorithm="sha256").hexdigest()


def _all_at_once() -> contextlib.AbstractContextManager:
    """What `_count` runs in: where it is one statement, that is a transaction of its own."""
    return contextlib.nullcontext() if connection.features.can_return_columns_from_insert else transaction.atomic()


def _count(key: str, *, most: int, at: dt.datetime) -> int:
    """Which try in a row this is, counted by one statement: who comes at the same time waits for the row, and counts
    on. LockedOut where there were too many. SQLite tells the number since 3.35, an older one is asked for it."""
    moments = [connection.ops.adapt_datetimefield_value(moment) for moment in (at, at - LOCKED_FOR, at + LOCKED_FOR)]
    at_kept, oldest, newest = moments
    is_told = connection.features.can_return_columns_from_insert
    with connection.planned_cursor() as cursor:
        cursor.execute(_ONE_MORE_TOLD if is_told else _ONE_MORE, [key, at_kept, oldest, newest, most, oldest, newest])
        numbers = cursor.fetchall() if is_told else [*_NUMBER.rows(key=key)] if cursor.rowcount else []
    if not numbers:
        raise _locked_out()
    return numbers[0][0]


# A row whose tries count no more (`Attempts.is_fresh`) begins anew; one that is locked stays as it is.
_ONE_MORE = """
INSERT INTO monographs_attempts AS known (key, count, last_at) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN known.last_at > %s AND known.last_at < %s THEN known.count + 1 ELSE 1 END,
    last_at = excluded.last_at
WHERE known.count < %s OR known.last_at <= %s OR known.last_at >= %s
"""
_ONE_MORE_TOLD = f"{_ONE_MORE}RETURNING count\n"
_NUMBER = Prepared(lambda: Attempts.objects.filter(key=_KEY).values_list("count"))


def _check(found: Attempts, *, most: int, at: dt.datetime) -> None:
    if found.count >= most and found.is_fresh(at):
        raise _locked_out()


def _locked_out() -> LockedOut:
    return LockedOut(
        _("There were too many tries. Wait %(minutes)s minutes, or ask an administrator to unlock your account.")
        % {"minutes": LOCKED_FOR.seconds // 60}
    )

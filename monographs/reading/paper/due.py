"""Which leaflets' standard PDFs may be others now, since the clocks of this machine last looked.

What the public sees changes by public acts (`audit.public_stamp`), which say what they are about: a leaflet, a
medicine, an alert; anything else (the clinic) may change all. What changes with the day alone (an overdue check) is
found because all leaflets are looked at once a day. Where the clocks are is a small file beside the PDFs: who loses
them both begins anew, and no writer of the database has to wait for a clock.
"""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.db.models import QuerySet
from django.utils import timezone

from monographs.alerts.models import Alert, AlertMedicine
from monographs.audit.models import Entry
from monographs.files.whole import write_whole
from monographs.leaflets.models import Leaflet

_NAME = "looked-at.json"
_ABOVE_ALL = 2**63 - 1  # number that no leaflet reaches
_MOST_ACTS = 500  # of which each is asked what it is about; after more, all leaflets are looked at
_MOST_WAITING = 2_000  # leaflets
_COLUMNS = ("position", "hash", "verb", "subject")
_NOT_ON_PAPER = ("reply.", "replies.")
_MODE = 0o600


@dataclass
class Due:
    """``waiting`` are leaflets that something happened to. ``below``: of all others those with a lower number are still
    to be looked at (None: all were), in a look at all that began at ``began_at`` (seconds since 1970) on ``day``.

    ``act`` is the number and hash of the public act written last that was seen, ``seen_at`` the instant (ISO 8601) up
    to which those in effect were. ``common`` is what all sheets have in common.
    """

    act: tuple[int, str] = (0, "")
    seen_at: str = ""
    day: str = ""
    common: str = ""
    waiting: list[int] = field(default_factory=list)
    below: int | None = None
    began_at: float = 0.0

    def look(self, at: dt.datetime, *, common: str) -> None:
        """Take in what happened until ``at``: two look-ups in an index, and some for each act."""
        # First: what is written while the rest is asked belongs to the next look.
        newest = _public().order_by("-position").values_list("position", "hash").first()
        about = self._about_since(at) if self.seen_at else None
        day = timezone.localdate(at).isoformat()
        self.act, self.seen_at = tuple(newest or (0, "")), at.isoformat()
        leaflets = None if about is None else _leaflets(about)
        if leaflets is None or (self.day, self.common) != (day, common):
            self.day, self.common = day, common
            self.begin_anew(at)
        elif leaflets:
            self.waiting = [*(one for one in self.waiting if one not in leaflets), *sorted(leaflets)]
            if len(self.waiting) > _MOST_WAITING:
                self.begin_anew(at)

    def begin_anew(self, at: dt.datetime) -> None:
        """All leaflets are to be looked at, the newest first."""
        self.waiting, self.below, self.began_at = [], _ABOVE_ALL, at.timestamp()

    def some(self, most: int) -> list[tuple[int, str]]:
        """Numbers and names in addresses of those to look at next."""
        if self.waiting:
            named = dict(Leaflet.objects.filter(pk__in=self.waiting[-most:]).values_list("pk", "slug"))
            return [(number, named.get(number, "")) for number in reversed(self.waiting[-most:])]
        if self.below is None:
            return []
        return list(Leaflet.objects.filter(pk__lt=self.below).order_by("-pk").values_list("pk", "slug")[:most])

    def done(self, looked_at: list[int], most: int) -> None:
        """These, of `some`, were looked at."""
        if self.waiting:
            gone = set(looked_at)
            self.waiting = [one for one in self.waiting if one not in gone]
        elif self.below is not None:
            self.below = looked_at[-1] if len(looked_at) == most else None

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to look at."""
        return not self.waiting and self.below is None

    def _about_since(self, at: dt.datetime) -> set[str] | None:
        """What public acts are about that were written or came into effect since; None for more than can be asked one
        by one, and where the record is not the one that was seen."""
        written = _public().filter(position__gte=self.act[0]).order_by("-position")
        rows = list(written.values_list(*_COLUMNS)[: _MOST_ACTS + 1])
        is_same_record = self.act == (0, "") or (bool(rows) and rows[-1][:2] == self.act)
        begun = _public().filter(effective_at__gt=dt.datetime.fromisoformat(self.seen_at), effective_at__lte=at)
        rows_begun = list(begun.order_by("-effective_at", "-position").values_list(*_COLUMNS)[: _MOST_ACTS + 1])
        if not is_same_record or max(len(rows), len(rows_begun)) > _MOST_ACTS:
            return None
        new = [row for row in rows if row[0] > self.act[0]] + rows_begun
        return {subject for _position, _hash, verb, subject in new if not verb.startswith(_NOT_ON_PAPER)}


def read_due(folder: Path) -> Due:
    """Where the clocks are; at the beginning, where nothing that can be read says it."""
    try:
        due = Due(**json.loads((folder / _NAME).read_bytes()))
        due.act = (int(due.act[0]), str(due.act[1]))
        dt.datetime.fromisoformat(due.seen_at)
    except (OSError, ValueError, TypeError, IndexError):
        return Due()
    return due


def write_due(folder: Path, due: Due) -> None:
    """Raises OSError. Of several clocks the last one's counts: at worst something is looked at twice."""
    write_whole(folder / _NAME, [json.dumps(asdict(due)).encode()], mode=_MODE)


def _public() -> QuerySet[Entry]:
    return Entry.objects.filter(is_public=True)


def _leaflets(about: Iterable[str]) -> set[int] | None:
    """The leaflets that may be others after acts about these subjects (``"leaflet/12"``): those of the same medicines,
    and the translations of any. None: perhaps all."""
    named: dict[str, set[int]] = {"leaflet": set(), "medicine": set(), "alert": set()}
    for subject in about:
        kind, _slash, number = subject.partition("/")
        if kind not in named:
            return None
        named[kind].add(int(number))
    if Alert.objects.filter(pk__in=named["alert"], is_for_all=True).exists():
        return None
    medicines = named["medicine"]
    medicines |= set(Leaflet.objects.filter(pk__in=named["leaflet"]).values_list("medicine", flat=True))
    medicines |= set(AlertMedicine.objects.filter(alert__in=named["alert"]).values_list("medicine", flat=True))
    found = set(Leaflet.objects.filter(medicine__in=medicines).values_list("pk", flat=True))
    return found | set(Leaflet.objects.filter(source__in=found).values_list("pk", flat=True))

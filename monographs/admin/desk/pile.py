"""A pile of the desk: rows of one kind of work, and what those who make piles share."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from monographs.admin.desk.things import COUNTED_AT_MOST, ROWS
from monographs.admin.frame.leaflet.addresses import page_url
from monographs.admin.frame.written.alike import Alike
from monographs.quality.pieces.excerpts import beginning
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do: where it leads, what it is, a line about it, and whether it is late."""

    address: str
    title: str
    about: str = ""
    is_late: bool = False

    @property
    def alike(self) -> Alike:
        """What of its line on the page is the same for many (``said``: the beginning of what is about it)."""
        words = {"address": self.address, "title": self.title, "said": beginning(self.about, 200)}
        return Alike({"is_told": bool(self.about), "is_late": self.is_late}, words)


@dataclass(frozen=True)
class Pile:
    """One kind of work: at most `ROWS` rows of ``count``, and where the rest is."""

    key: str
    title: str
    count: int
    address: str
    rows: list[Row] = field(default_factory=list)

    @property
    def is_cut(self) -> bool:
        """Whether there may be more than was counted."""
        return self.count >= COUNTED_AT_MOST


class Found(Protocol):
    """What is looked up for a pile (`things.Things`)."""

    def found(self, **given) -> tuple[list, int]: ...


def may(person: StaffMember, *codenames: str) -> bool:
    return any(person.has_perm(permission(codename)) for codename in codenames)


def make_pile(key: str, title: str, things: QuerySet | Found, address: str, row: Callable[..., Row], **given) -> Pile:
    found, count = _found(things) if isinstance(things, QuerySet) else things.found(**given)
    return Pile(key, title, count, address, [row(thing) for thing in found])


def _found(things: QuerySet) -> tuple[list, int]:
    found = list(things[: ROWS + 1])
    return found[:ROWS], things.order_by()[:COUNTED_AT_MOST].count() if len(found) > ROWS else len(found)


def leaflet_list(query: str = "") -> str:
    return reverse("admin:monographs_leaflet_changelist") + query


def leaflet_page(leaflet_id: int) -> str:
    return page_url("monographs_leaflet_change", leaflet_id)


def day_of(moment: dt.datetime | dt.date) -> str:
    day = timezone.localtime(moment).date() if isinstance(moment, dt.datetime) else moment
    return _day_in_words(day, get_language())


@lru_cache(maxsize=1_000)
def _day_in_words(day: dt.date, _language: str) -> str:
    return date_format(day, "j M Y")

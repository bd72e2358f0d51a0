"""A pile of the desk: rows of one kind of work, and what those who make piles share."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from monographs.admin.desk.things import COUNTED_AT_MOST, ROWS
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission


@dataclass(frozen=True)
class Row:
    """One thing to do: where it leads, what it is, a line about it, and whether it is late."""

    address: str
    title: str
    about: str = ""
    is_late: bool = False


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
    return reverse("admin:monographs_leaflet_change", args=[leaflet_id])


def day_of(moment: dt.datetime | dt.date) -> str:
    return date_format(timezone.localtime(moment) if isinstance(moment, dt.datetime) else moment, "j M Y")

"""Where leaflets stand: the columns that follow from what is shown, kept by the verbs that change the timeline."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import (
    BigIntegerField,
    Case,
    Expression,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from monographs.audit.record import act
from monographs.leaflets.standing import EXPIRY, NO_CHANGE, VERSION, WITHDRAWAL, Standing
from monographs.prepared import Given, PreparedUpdate
from monographs.publication.models import Kind, Publication
from monographs.review.standing import review_columns

_AT_ONCE = 200  # leaflets that are written under one lock
MET_AS = {Kind.WITHDRAWAL: WITHDRAWAL, Kind.EXPIRY: EXPIRY}  # all other kinds show a version


def note_shown(leaflets: Iterable[int] | QuerySet, *, at: dt.datetime) -> None:
    """What these leaflets show at ``at`` and will show next, written into their rows."""
    Standing.objects.filter(leaflet__in=leaflets).update(**_columns(at))


class Met(NamedTuple):
    """What patients meet of one leaflet: the columns of its row that say so."""

    shown: str
    shown_digest: str
    shown_review_on: dt.date | None
    coming_digest: str
    holds_until: dt.datetime


def note_standing(leaflet: int, met: Met) -> None:
    """What patients meet, for who has it from the rows already; and the state of its review, which the verb that
    changes its timeline may have moved."""
    _note.write(leaflet=leaflet, **met._asdict())


def worked_out(at: dt.datetime) -> QuerySet[Standing]:
    """The rows with what their columns must be, each for an instant at which it still holds: ``must_shown``,
    ``must_holds_until`` and so on."""
    holds = Case(
        When(holds_until__lte=at, then=F("holds_until") - Value(dt.timedelta(microseconds=1))), default=Value(at)
    )
    rows = Standing.objects.annotate(holds_at=holds)
    return rows.annotate(**{f"must_{name}": value for name, value in _columns(OuterRef("holds_at")).items()})


def outdated(at: dt.datetime) -> QuerySet[Standing]:
    """The rows of leaflets that a scheduled release or expiry has overtaken by ``at``."""
    return Standing.objects.filter(holds_until__lte=at)


def catch_up(*, at: dt.datetime) -> int:
    """Write down what has come by ``at``, some leaflets at a time; how many. Any number of clocks may run.

    What is still to come is never written down as if it were here.
    """
    return sum(_each_turn(min(at, timezone.now())))


def _each_turn(at: dt.datetime) -> Iterator[int]:
    while done := _catch_up_some(at):
        yield done


@act
def _catch_up_some(at: dt.datetime) -> int:
    some = list(outdated(at).order_by("holds_until").values_list("leaflet", flat=True)[:_AT_ONCE])
    note_shown(some, at=at)
    return len(some)


def _columns(at: dt.datetime | OuterRef) -> dict[str, Coalesce]:
    here = Publication.objects.filter(showing__leaflet=OuterRef("leaflet")).order_by("showing__starts_at")
    shown, coming = here.shown(at), here.coming(at)
    what = Case(*(When(kind=kind, then=Value(what)) for kind, what in MET_AS.items()), default=Value(VERSION))
    scheduled = coming.filter(revision__isnull=False)
    return {
        "shown": Coalesce(Subquery(shown.values(what=what)[:1]), Value("")),
        "shown_digest": Coalesce(Subquery(shown.values("digest")[:1]), Value("")),
        "shown_review_on": Subquery(shown.values("next_review_on")[:1]),
        "coming_digest": Coalesce(Subquery(scheduled.values("digest")[:1]), Value("")),
        "holds_until": Coalesce(Subquery(coming.values("showing__starts_at")[:1]), Value(NO_CHANGE)),
    }


def _noted() -> tuple[QuerySet[Standing], dict[str, Expression]]:
    rows = Standing.objects.filter(leaflet=Given("leaflet", BigIntegerField()))
    return rows, {**review_columns(), **{name: Given(name, Standing._meta.get_field(name)) for name in Met._fields}}


_note = PreparedUpdate(_noted)

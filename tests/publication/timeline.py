"""What follows from the timeline, by its definition (`Publication.objects`), for tests of what is looked up."""

import datetime as dt
from itertools import pairwise

from django.db.models import QuerySet

from monographs.publication.models import Publication
from monographs.publication.shown.showings import FOREVER, Showing

TICK = dt.timedelta(microseconds=1)


def rows_by_definition() -> list[tuple[int, int, dt.datetime, dt.datetime, str]]:
    """(publication, leaflet, from, until, title) of every row there must be."""
    rows, leaflet, title = [], None, ""
    timeline = Publication.objects.valid().select_related("revision").order_by("leaflet_id", "effective_from", "pk")
    for row, following in pairwise([*timeline, None]):
        title = "" if row.leaflet_id != leaflet else title
        leaflet = row.leaflet_id
        title = row.revision.content.title if row.revision else title
        goes_on = following and following.leaflet_id == leaflet
        rows.append((row.pk, leaflet, row.effective_from, following.effective_from if goes_on else FOREVER, title))
    return rows


def rows_there() -> list[tuple[int, int, dt.datetime, dt.datetime, str]]:
    columns = ("publication_id", "leaflet_id", "starts_at", "ends_at", "title")
    return list(Showing.objects.order_by("leaflet_id", "starts_at", "pk").values_list(*columns))


def assert_looked_up_is_worked_out() -> None:
    """Every row is there as it must be."""
    assert rows_there() == rows_by_definition()


def assert_shown_at(instant: dt.datetime) -> None:
    """What each leaflet shows by look-up is what it shows by definition."""
    publications = Publication.objects
    _assert_same(instant, Showing.objects.at(instant), publications.current(instant), publications.shown(instant))


def assert_same_at(instant: dt.datetime) -> None:
    """All look-ups find what the definition finds."""
    assert_shown_at(instant)
    rows, publications = Showing.objects, Publication.objects
    _assert_same(instant, rows.live(instant), publications.live(instant), publications.read(instant))
    _assert_same(instant, rows.pending(instant), publications.pending(instant), publications.coming(instant))
    _assert_same(instant, rows.up_to(instant), publications.in_effect(instant), publications.begun(instant))


def _assert_same(instant: dt.datetime, looked_up: QuerySet, *others: QuerySet) -> None:
    expected = set(looked_up.values_list("pk", flat=True))
    for other in others:
        assert set(other.values_list("pk", flat=True)) == expected, instant


def interesting_instants() -> list[dt.datetime]:
    """Those of every publication, valid or not, and right before and after."""
    begins = Publication.objects.order_by("effective_from").values_list("effective_from", flat=True)
    return [instant + step for instant in dict.fromkeys(begins) for step in (-TICK, dt.timedelta(), TICK)]

"""What each leaflet shows from when until when: the timeline's intervals, written down to be looked up."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from django.db import models
from django.db.models import Exists, F, JSONField, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.audit.record import act
from monographs.leaflets.models import Edition, Leaflet
from monographs.leaflets.standing import NO_CHANGE, VERSION
from monographs.prepared import Given, Prepared, PreparedInsert
from monographs.publication.models import Kind, Publication
from monographs.publication.shown.behind import Rows, behind_wrongly, followers
from monographs.publication.shown.listing import joined, list_medicines
from monographs.publication.shown.standing import MET_AS, Met, note_shown, note_standing

FOREVER = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)  # the end of what nothing is to replace; an hour from any overflow
_AT_ONCE = 200  # leaflets whose rows are written under one lock


class ShowingQuerySet(models.QuerySet):
    def at(self, instant: dt.datetime) -> "ShowingQuerySet":
        """What each leaflet shows at an instant, a notice included: the same as `Publication.objects.current`."""
        return self.filter(starts_at__lte=instant, ends_at__gt=instant)

    def live(self, instant: dt.datetime) -> "ShowingQuerySet":
        """What patients can read as a leaflet at an instant."""
        return self.at(instant).filter(publication__revision__isnull=False)

    def pending(self, instant: dt.datetime) -> "ShowingQuerySet":
        """What is still to come."""
        return self.filter(starts_at__gt=instant)

    def up_to(self, instant: dt.datetime) -> "ShowingQuerySet":
        """All that was shown up to an instant, and what was overtaken at its very own (`ends_at` is `starts_at`)."""
        return self.filter(starts_at__lte=instant)


class Showing(models.Model):
    """From ``starts_at`` until before ``ends_at`` a leaflet shows this publication.

    Derived: one row for each valid publication (`Publication.objects.valid`), from the publications, cancellations
    and void approvals of its leaflet, by `rewrite_showings`, which every verb that changes the timeline calls. Rows of
    the future are among them, so nothing has to run when their time comes. Triggers refuse a row that names what may
    not be shown or outlives what takes its place (`publication.guards`); `verify_history` works all of them out anew.
    ``behind`` follows from the showings of the leaflet that a translation was made from, or of the full one beside an
    easy-read leaflet, as well (`publication.shown.behind`).
    """

    publication = models.OneToOneField(Publication, models.PROTECT, primary_key=True, related_name="showing")
    leaflet = models.ForeignKey(Leaflet, models.PROTECT, related_name="showings", db_index=False)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), default=FOREVER)
    title = models.TextField(
        _("title"),
        blank=True,
        help_text=_("That of the version; for a notice that of the version before, by which patients know it."),
    )
    behind = models.JSONField(
        _("parts behind the source"), null=True, help_text=_("Of a translation: list of [part, from, until].")
    )
    behind_from = models.DateTimeField(_("behind from"), null=True, help_text=_("The first of these instants."))

    objects = ShowingQuerySet.as_manager()

    class Meta:
        verbose_name = _("showing")
        verbose_name_plural = _("showings")
        ordering = ("-starts_at", "-publication_id")
        indexes = (
            models.Index(fields=("leaflet", "starts_at"), name="showing_of_leaflet"),
            # What is over is most of the table in the end: this one reads only what is shown or is to come.
            models.Index(fields=("ends_at", "starts_at"), name="showing_now"),
            models.Index(fields=("starts_at", "publication"), name="showing_newest"),
            models.Index(
                fields=("behind_from", "ends_at"), name="showing_behind", condition=Q(behind_from__isnull=False)
            ),
        )
        constraints = (
            models.CheckConstraint(name="showing_ends_after_it_starts", condition=Q(ends_at__gte=F("starts_at"))),
        )

    def __str__(self):
        return f"{self.publication}"

    def until(self, instant: dt.datetime) -> dt.datetime | None:
        """When it ended, None if that is not before or at ``instant``: what is scheduled is nobody's business yet."""
        return self.ends_at if self.ends_at <= instant else None


class Interval(NamedTuple):
    """A row as it must be."""

    publication: int
    leaflet: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str


class _Standing(NamedTuple):
    """A standing publication and its row as it is, if it has one."""

    pk: int
    leaflet: int
    effective_from: dt.datetime
    kind: str
    revision: int | None
    digest: str
    next_review_on: dt.date | None
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    title: str | None
    is_followed: bool


def title_in(content_json: str) -> KeyTextTransform:
    """The title inside a column of revision content, as an expression: ``title_in("revision__content_json")``."""
    return KeyTextTransform("title", Cast(F(content_json), JSONField()))


@act
def rewrite_showings(leaflet: Leaflet, *, titles: dict[int, str] | None = None, after_taking_off: bool = False) -> None:
    """Make a leaflet's rows follow from its timeline as it is now, and from them where it stands, with its review, and
    its medicine's place in the A–Z and list of shown leaflets; what is right already is left alone.

    ``titles`` are those of publications, by their number, whose text the caller has read in the same turn;
    ``after_taking_off``: nothing takes the place of what was taken off (`take_off`).
    """
    rows = [_Standing(*columns) for columns in _of_one.rows(leaflet=leaflet.pk)]
    intervals = _rewrite(rows, titles=titles or {})
    is_listed_as_before = _has_begun_as_before(rows, intervals, timezone.now()) and _is_read_as_before(rows, intervals)
    if after_taking_off or not is_listed_as_before:
        list_medicines([leaflet.medicine_id])
    note_standing(leaflet.pk, _met(rows, intervals, timezone.now()))
    if rows and rows[0].is_followed:
        note_behind([leaflet.pk])


def note_behind(leaflets: Iterable[int]) -> None:
    """What is behind of these leaflets that follow another one, and of all that follow them."""
    leaflets = set(leaflets)
    medicines = Leaflet.objects.filter(pk__in=leaflets).values("medicine")
    easy = Q(edition=Edition.EASY_READ, medicine__in=medicines)
    wrong = [
        Showing(pk=one.publication, behind=one.must or None, behind_from=_first(one.must))
        for one in behind_wrongly(followers().filter(Q(pk__in=leaflets) | Q(source__in=leaflets) | easy))
    ]
    if wrong:
        Showing.objects.bulk_update(wrong, ["behind", "behind_from"], batch_size=_AT_ONCE)


def _first(behind: Rows) -> dt.datetime | None:
    return min((dt.datetime.fromisoformat(starts_at) for _part, starts_at, _ends_at in behind), default=None)


def rewrite_all_showings() -> Iterator[int]:
    """The same for every leaflet, some at a time, so that others can write in between; yields how many are done."""
    leaflets = list(Leaflet.objects.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(leaflets), _AT_ONCE):
        some = leaflets[first : first + _AT_ONCE]
        _rewrite_between(some[0], some[-1])
        yield first + len(some)


@act
def _rewrite_between(first: int, last: int) -> None:
    between = {"leaflet__gte": first, "leaflet__lte": last}
    Showing.objects.filter(**between).exclude(publication__in=Publication.objects.standing()).delete()
    _rewrite([_Standing(*columns) for columns in _timelines(Publication.objects.filter(**between))])
    leaflets = Leaflet.objects.filter(pk__gte=first, pk__lte=last)
    list_medicines(leaflets.order_by().values_list("medicine", flat=True))
    note_shown(leaflets.values("pk"), at=timezone.now())
    note_behind(leaflets.values_list("pk", flat=True))


def shown_at(leaflet: Leaflet, instant: dt.datetime) -> Publication | None:
    """What a leaflet shows at an instant, a notice included; None before its first publication."""
    showing = Showing.objects.at(instant).filter(leaflet=leaflet).select_related("publication").first()
    return showing.publication if showing else None


def take_off(publications: Iterable[Publication]) -> int:
    """Delete their rows before they are called off or void: the database keeps no row of what may not be shown.

    Whoever does this calls `rewrite_showings` in the same transaction. How many rows there were.
    """
    count, _by_model = Showing.objects.filter(publication__in=publications).delete()
    return count


def _timelines(publications: QuerySet[Publication]) -> QuerySet:
    """The columns of `_Standing`, in the order in which `_intervals` takes them."""
    has_translations = Exists(Leaflet.objects.filter(source=OuterRef("leaflet")))
    easy = Leaflet.objects.filter(medicine=OuterRef("leaflet__medicine"), edition=Edition.EASY_READ)
    return (
        publications.standing()
        .annotate(is_followed=Q(leaflet__source__isnull=False) | has_translations | Exists(easy))
        .order_by("leaflet_id", "effective_from", "pk")
        .values_list(
            "pk", "leaflet", "effective_from", "kind", "revision", "digest", "next_review_on",
            "showing__starts_at", "showing__ends_at", "showing__title", "is_followed",
        )
    )  # fmt: skip


_of_one = Prepared(lambda: _timelines(Publication.objects.filter(leaflet=Given("leaflet", models.BigIntegerField()))))


def _rewrite(rows: list[_Standing], *, titles: dict[int, str] | None = None) -> list[Interval]:
    """The rows as they are now. ``titles`` are known already; without any, not even those written down are believed."""
    intervals = list(_intervals(rows, _titles(rows, titles)))
    valid = {interval.publication for interval in intervals}
    there = {row.pk: (row.starts_at, row.ends_at, row.title) for row in rows if row.starts_at}
    if gone := [pk for pk in there if pk not in valid]:
        Showing.objects.filter(pk__in=gone).delete()
    changed = [interval for interval in intervals if there.get(interval.publication, interval[2:]) != interval[2:]]
    new = [interval for interval in intervals if interval.publication not in there]
    rows = [Showing(publication_id=interval.publication, **_columns(interval)) for interval in (*changed, *new)]
    for first in range(0, len(rows), _WRITTEN_AT_ONCE):
        _WRITTEN.write_all(rows[first : first + _WRITTEN_AT_ONCE])
    return intervals


_WRITTEN_AT_ONCE = 1000
_WRITTEN = PreparedInsert(Showing, or_update=("leaflet", "starts_at", "ends_at", "title"))


def _has_begun_as_before(rows: list[_Standing], intervals: list[Interval], at: dt.datetime) -> bool:
    """Whether what a leaflet showed first was shown before, and from the same instant: then its medicine stands in the
    A–Z as it did. What was taken off before counts as well, as only what is to come can be."""
    first = intervals[0] if intervals else None
    began = {row.pk: row.starts_at for row in rows}
    return bool(first and began[first.publication] == first.starts_at <= at)


def _is_read_as_before(rows: list[_Standing], intervals: list[Interval]) -> bool:
    """Whether a leaflet is to be read under the same titles at the same instants: then its medicine's list stays.

    What was taken off is not among the rows. What takes its place ends what stood before it at another instant; where
    nothing does, this cannot tell: a release of the very instant at which the version before expires leaves no trace.
    """
    readable = {row.pk for row in rows if row.revision}
    before = [(row.title, row.starts_at, row.ends_at) for row in rows if row.starts_at and row.pk in readable]
    after = [(one.title, one.starts_at, one.ends_at) for one in intervals if one.publication in readable]
    return joined(sorted(before, key=lambda one: one[1])) == joined(after)


def _met(rows: list[_Standing], intervals: list[Interval], at: dt.datetime) -> Met:
    """What patients meet of a leaflet at ``at`` and will meet next: the same as `standing.worked_out` asks the rows."""
    by_number = {row.pk: row for row in rows}
    shown = next((by_number[one.publication] for one in intervals if one.starts_at <= at < one.ends_at), None)
    coming = [one for one in intervals if one.starts_at > at]
    scheduled = next((row for one in coming if (row := by_number[one.publication]).revision), None)
    return Met(
        shown=MET_AS.get(shown.kind, VERSION) if shown else "",
        shown_digest=shown.digest if shown else "",
        shown_review_on=shown.next_review_on if shown else None,
        coming_digest=scheduled.digest if scheduled else "",
        holds_until=coming[0].starts_at if coming else NO_CHANGE,
    )


def _columns(interval: Interval) -> dict:
    _publication, leaflet, starts_at, ends_at, title = interval
    return {"leaflet_id": leaflet, "starts_at": starts_at, "ends_at": ends_at, "title": title}


def _titles(rows: list[_Standing], titles: dict[int, str] | None) -> dict[int, str]:
    """Publication → title of its revision. With ``titles`` those written down hold, as no revision ever changes."""
    known = {}
    if titles is not None:
        known = {row.pk: row.title for row in rows if row.revision and row.title is not None} | titles
    unknown = [row.pk for row in rows if row.revision and row.pk not in known]
    if unknown:
        told = Publication.objects.filter(pk__in=unknown).values_list("pk", title_in("revision__content_json"))
        known |= {pk: title or "" for pk, title in told}
    return known


def _intervals(rows: Iterable[_Standing], titles: dict[int, str]) -> Iterator[Interval]:
    """What the standing publications of some leaflets show, each until the next of its leaflet.

    ``rows`` are in the order of leaflet, ``effective_from`` and number. Of two at one instant the first shows nothing.
    """
    for _leaflet, timeline in groupby(rows, lambda row: row.leaflet):
        title = ""
        for row, following in pairwise([*_valid(timeline), None]):
            title = titles[row.pk] if row.revision else title
            ends_at = following.effective_from if following else max(FOREVER, row.effective_from)
            yield Interval(row.pk, row.leaflet, row.effective_from, ends_at, title)


def _valid(timeline: Iterable[_Standing]) -> Iterator[_Standing]:
    """One leaflet's rows without the expiries that a later decision has overtaken (`Publication.objects.valid`)."""
    newest = 0
    for _instant, together in groupby(timeline, lambda row: row.effective_from):
        group = list(together)
        newest = max([newest, *(row.pk for row in group if row.kind != Kind.EXPIRY)])
        yield from (row for row in group if row.kind != Kind.EXPIRY or row.pk > newest)

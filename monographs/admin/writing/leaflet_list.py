"""The list of leaflets: which are on a page is read along an index of `Standing`, then where each of these stands."""

import datetime as dt

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import (
    BigAutoField,
    Case,
    CharField,
    DateTimeField,
    F,
    FilteredRelation,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from monographs.beginnings import Begins, InOrder
from monographs.leaflets.models import Leaflet
from monographs.leaflets.standing import Standing
from monographs.medicines.models import MedicineName
from monographs.prepared import Given, Prepared, PreparedIn
from monographs.publication.models import Kind
from monographs.publication.shown import standing
from monographs.publication.shown.showings import Showing
from monographs.review.models import Review, State
from monographs.text.letters.folding import fold

STANDS = {
    "emergency": _("released in an emergency, not approved yet"),
    "waiting": _("waiting for review"),
    "approved": _("approved"),
    "sent-back": _("sent back"),
    "changed": _("draft has changes"),
    "scheduled": _("scheduled"),
    "published": _("published"),
    "withdrawn": _("withdrawn"),
    "expired": _("expired"),
    "draft": _("draft"),
    "empty": _("nothing written yet"),
}
FOUND_AT_MOST = 200  # leaflets, or medicines, that a search gives: who finds so many types one letter more
_LAST_DUE_FIRST = "-standing__due_on"
COUNTED_AT_MOST = 1_000  # leaflets that can be turned to; more are found by filters and by searching


def with_standing(leaflets: QuerySet) -> QuerySet:
    """Adds ``stands`` (a key of `STANDS`), ``live_major``/``live_minor``, ``writer``/``writer_id`` and ``due_on``.

    The writer is who saved last. ``due_on`` is the next review that patients are told; of a leaflet they can't read,
    the draft's. All of it is read from `Standing` and from the one `Showing` of this instant.
    """
    now = timezone.now()
    return _annotated(leaflets, now, emergencies=_emergencies(now), scheduled=_scheduled(now))


def standing_of(numbers: list[int]) -> dict[int, Leaflet]:
    """The leaflets of these numbers with their medicines and all that `with_standing` adds, by number.

    With SQL that is made once, but for those few of which time or an emergency makes something else.
    """
    now = timezone.now()
    emergencies, scheduled = _emergencies(now), _scheduled(now)
    if not {*emergencies, *scheduled}.isdisjoint(numbers):
        return _annotated(_listed(numbers), now, emergencies=emergencies, scheduled=scheduled).in_bulk()
    return {leaflet.pk: leaflet for leaflet in _PLAINLY_STANDING.things(numbers, now=now)}


def _listed(numbers: list[int] | list[Given]) -> QuerySet[Leaflet]:
    return Leaflet.objects.filter(pk__in=numbers).select_related("medicine").order_by()


def _annotated(
    leaflets: QuerySet, now: dt.datetime | Given, *, emergencies: list[int], scheduled: list[int]
) -> QuerySet:
    shown_now = Q(showings__starts_at__lte=now, showings__ends_at__gt=now)
    person = Trim(Concat(F("standing__writer__first_name"), Value(" "), F("standing__writer__last_name")))
    return leaflets.annotate(
        shown=FilteredRelation("showings", condition=shown_now),
        writer_id=F("standing__writer"),
        writer=Coalesce(NullIf(person, Value("")), F("standing__writer__username")),
        live_major=F("shown__publication__major"),
        live_minor=F("shown__publication__minor"),
        due_on=Coalesce(F("shown__publication__next_review_on"), F("next_review_on")),
    ).annotate(stands=_stands(emergencies, scheduled))


_NOW = Given("now", DateTimeField())
_PLAINLY_STANDING = PreparedIn(
    lambda numbers: _annotated(_listed(numbers), _NOW, emergencies=[], scheduled=[]), BigAutoField()
)


def standing_as(*stands: str) -> Q:
    """The leaflets that stand so (keys of `STANDS`), by the column that the verbs keep (`Standing.stands`).

    The few of which time or an emergency has made something else are looked at one by one, by their ids.
    """
    now = timezone.now()
    otherwise = {*_emergencies(now), *standing.outdated(now).values_list("leaflet", flat=True)}
    by_the_row = Q(standing__stands__in=stands)
    if not otherwise:
        return by_the_row
    so = with_standing(Leaflet.objects.filter(pk__in=otherwise)).filter(stands__in=stands)
    # Both by columns of one table: with two, the database would read all leaflets to find these.
    return by_the_row & ~Q(standing__pk__in=otherwise) | Q(standing__pk__in=list(so.values_list("pk", flat=True)))


def due_as(how: str, value: object) -> Q:
    """The leaflets whose next review is so (``"lte"``, a day), found as `standing_as` finds its own."""
    otherwise = list(standing.outdated(timezone.now()).values_list("leaflet", flat=True))
    by_the_row = Q(**{f"standing__due_on__{how}": value})
    if not otherwise:
        return by_the_row
    so = with_standing(Leaflet.objects.filter(pk__in=otherwise)).filter(**{f"due_on__{how}": value})
    return by_the_row & ~Q(standing__pk__in=otherwise) | Q(standing__pk__in=list(so.values_list("pk", flat=True)))


def _emergencies(now: dt.datetime) -> list[int]:
    """Leaflets with an open emergency: few at any time."""
    return [leaflet for (leaflet,) in _EMERGENCIES.rows(now=now)]


def _scheduled(now: dt.datetime) -> list[int]:
    """Leaflets whose draft goes to patients by itself: few at any time, and known by the clock."""
    return [leaflet for (leaflet,) in _SCHEDULED.rows(now=now)]


def _find_scheduled() -> QuerySet:
    """By their rows, which time alone may have overtaken: of what is to come, most may be expiries."""
    of_the_draft = {"publication__revision__isnull": False, "publication__digest": F("leaflet__standing__digest")}
    coming = Showing.objects.pending(_NOW).filter(leaflet__standing__stands="scheduled", **of_the_draft)
    return coming.order_by().values_list("leaflet")


_EMERGENCIES = Prepared(lambda: Review.objects.emergency(_NOW).order_by().values_list("leaflet"))
_SCHEDULED = Prepared(_find_scheduled)


def _stands(emergencies: list[int], scheduled: list[int]) -> Case:
    return Case(
        When(Q(standing=None) | Q(standing__number=0), then=Value("empty")),
        When(pk__in=emergencies, then=Value("emergency")),
        When(standing__review_state=State.WAITING, then=Value("waiting")),
        When(standing__review_state=State.APPROVED, then=Value("approved")),
        When(standing__review_state=State.SENT_BACK, then=Value("sent-back")),
        When(pk__in=scheduled, then=Value("scheduled")),
        When(shown__publication__kind=Kind.WITHDRAWAL, then=Value("withdrawn")),
        When(shown__publication__kind=Kind.EXPIRY, then=Value("expired")),
        When(shown__publication__digest=F("standing__digest"), then=Value("published")),
        When(shown__publication__isnull=False, then=Value("changed")),
        default=Value("draft"),
        output_field=CharField(),
    )


def found_by(words: str) -> list[int]:
    """Numbers of leaflets whose title, address or medicine, by any of its names, begins with these words."""
    folded, slug = fold(words), words.strip().lower()
    ways = (
        Standing.objects.filter(Begins("folded", folded)).order_by(InOrder("folded")).values_list("leaflet", flat=True),
        Leaflet.objects.filter(Begins("slug", slug)).order_by(InOrder("slug")).values_list("pk", flat=True),
        Leaflet.objects.filter(medicine__in=medicines_named(words)).order_by().values_list("pk", flat=True),
    )
    return list(dict.fromkeys(pk for way in ways for pk in way[:FOUND_AT_MOST]))[:FOUND_AT_MOST]


def medicines_named(words: str) -> list[int]:
    """Numbers of medicines of which any name begins with these words."""
    names = MedicineName.objects.filter(Begins("folded", fold(words))).order_by(InOrder("folded"))
    return list(dict.fromkeys(names.values_list("medicine", flat=True)[:FOUND_AT_MOST]))


class LongListPaginator(Paginator):
    """Counts so far and no further: nobody turns to the two-thousandth page of a list, they filter or search. In the
    list's order, so that the index is taken for it in which the page is read, and is left where there are enough."""

    @cached_property
    def count(self) -> int:
        return self.object_list.values("pk")[:COUNTED_AT_MOST].count()

    @property
    def is_cut(self) -> bool:
        """Whether there may be more than is counted and can be turned to."""
        return self.count >= COUNTED_AT_MOST


class LeafletChangeList(ChangeList):
    """Of a page's leaflets alone is worked out where they stand: joined to a list that is cut, a database may well work
    it out of all of them."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet) -> list[str]:
        """Last dates first is the same index from its other end: of one day, titles stand the other way round, too."""
        ordering = super().get_ordering(request, queryset)
        if ordering[0] == _LAST_DUE_FIRST:
            return [_LAST_DUE_FIRST, "-standing__folded", "-pk"]
        return ordering

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        numbers = list(self.result_list.values_list("pk", flat=True))
        found = standing_of(numbers)
        self.result_list = [found[number] for number in numbers if number in found]

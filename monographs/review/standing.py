"""Where leaflets stand: the column that reviews keep, and every column worked out anew."""

from collections.abc import Iterator

from django.db.models import BigIntegerField, Case, Exists, Expression, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from monographs.audit.record import act
from monographs.leaflets.models import Leaflet
from monographs.leaflets.standing import COLUMNS, Standing, folded_title
from monographs.prepared import Given, PreparedUpdate
from monographs.review.models import ACTIVE, SHOWN, Review
from monographs.revisions.models import Revision

_AT_ONCE = 500  # rows


def note_review(leaflet_id: int) -> None:
    """A review of this leaflet has begun or moved."""
    _note.write(leaflet=leaflet_id)


def worked_out(leaflets: QuerySet[Leaflet]) -> Iterator[Standing]:
    """The rows as they must be, from revisions and reviews alone."""
    newest = Revision.objects.filter(leaflet=OuterRef("pk")).order_by("-number")
    columns = {name: Subquery(newest.values(of)[:1]) for name, of in _OF_THE_NEWEST.items()}
    found = leaflets.order_by("pk").annotate(**columns, state=_review_state("pk"))
    found = found.annotate(is_with_author=_is_with_author("pk", "newest"))
    names = ("pk", *_OF_THE_NEWEST, "state", "is_with_author", "next_review_on", "title")
    for pk, number, digest, writer, saved_at, state, with_author, due_on, title in found.values_list(*names).iterator():
        yield Standing(
            leaflet_id=pk,
            number=number or 0,
            digest=digest or "",
            writer_id=writer,
            saved_at=saved_at,
            review_state=state,
            is_with_author=with_author,
            folded=folded_title(title),
            draft_review_on=due_on if number else None,
        )


def rewrite_standings() -> None:
    """Make every row what it must be, where leaflets came into the database without the verbs; some at a time."""
    leaflets = list(Leaflet.objects.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(leaflets), _AT_ONCE):
        some = leaflets[first : first + _AT_ONCE]
        _rewrite_between(some[0], some[-1])


@act
def _rewrite_between(first: int, last: int) -> None:
    Standing.objects.bulk_create(
        worked_out(Leaflet.objects.filter(pk__gte=first, pk__lte=last)),
        update_conflicts=True,
        unique_fields=["leaflet"],
        update_fields=[name.removesuffix("_id") for name in COLUMNS],
    )


_OF_THE_NEWEST = {"newest": "number", "says": "digest", "wrote": "by", "saved": "at"}


def _is_with_author(leaflet: str, newest: str) -> Case:
    gone_on = Review.objects.filter(
        leaflet=OuterRef(leaflet), revision__number=OuterRef(newest), state__in=(*ACTIVE, *SHOWN)
    )
    return Case(When(Exists(gone_on), then=Value(False)), default=Value(True))


def _review_state(leaflet: str) -> Coalesce:
    reviews = Review.objects.filter(leaflet=OuterRef(leaflet)).active_first()
    return Coalesce(Subquery(reviews.values("state")[:1]), Value(""))


def review_columns() -> dict[str, Expression]:
    """What the columns of a review become, of the rows that are written: for who writes others with them."""
    return {"review_state": _review_state("leaflet"), "is_with_author": _is_with_author("leaflet", "number")}


_note = PreparedUpdate(lambda: (Standing.objects.filter(leaflet=Given("leaflet", BigIntegerField())), review_columns()))

"""What a medicine's row says of its leaflets: from when on it is in the A–Z, and what is shown from when until when."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from django.db.models import BigAutoField

from monographs.medicines.listed import list_as_medicines
from monographs.medicines.models import Medicine
from monographs.prepared import Given, PreparedIn, PreparedUpdate
from monographs.publication.relatives import written

_AT_ONCE = 500  # medicines
_ORDER = (
    "pk", "leaflets__language", "leaflets__edition", "leaflets__pk",
    "leaflets__showings__starts_at", "leaflets__showings__publication",
)  # fmt: skip
_SHOWN = (
    "leaflets__slug", "leaflets__language", "leaflets__edition",
    "leaflets__showings__title", "leaflets__showings__starts_at", "leaflets__showings__ends_at",
)  # fmt: skip


class Listed(NamedTuple):
    """The two columns: the first instant at which any leaflet is shown (a withdrawn one counts: patients look for it,
    and are told), and the leaflets that can be read."""

    listed_from: dt.datetime | None
    shown_leaflets: list[list[str]]


class Wrong(NamedTuple):
    """A medicine whose columns do not follow from what is shown."""

    medicine: int
    was: Listed
    must: Listed


def listed_wrongly() -> Iterator[Wrong]:
    """All of them, by their number; two queries for some hundred medicines."""
    last = 0
    while some := list(Medicine.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]):
        yield from _wrong_of(some)
        last = some[-1]


def list_medicines(medicines: Iterable[int]) -> None:
    """Write it down for these medicines and their names, when their rows of what is shown have changed.

    One query where nothing is to change; two where another version or title is shown, three for a first release.
    """
    wrong = list(_wrong_of(medicines))
    if len(wrong) == 1:  # nearly always
        _LISTED.write(pk=wrong[0].medicine, **wrong[0].must._asdict())
    else:
        rows = [Medicine(pk=one.medicine, **one.must._asdict()) for one in wrong]
        Medicine.objects.bulk_update(rows, Listed._fields, batch_size=_AT_ONCE)
    moved = [one.medicine for one in wrong if one.was.listed_from != one.must.listed_from]
    if moved:
        list_as_medicines(moved)


def _wrong_of(medicines: Iterable[int]) -> Iterator[Wrong]:
    for medicine, of_medicine in groupby(_ROWS.rows(set(medicines)), lambda row: row[0]):
        found = [row[1:] for row in of_medicine]
        was = Listed(*found[0][:2])
        must = _worked_out([(revision, shown) for _listed, _leaflets, revision, *shown in found])
        if was != must:
            yield Wrong(medicine, was, must)


_ROWS = PreparedIn(
    lambda medicines: (
        Medicine.objects.filter(pk__in=medicines)
        .order_by(*_ORDER)
        .values_list("pk", *Listed._fields, "leaflets__showings__publication__revision", *_SHOWN)
    ),
    BigAutoField(),
)
_LISTED = PreparedUpdate(
    lambda: (
        Medicine.objects.filter(pk=Given("pk", BigAutoField())),
        {name: Given(name, Medicine._meta.get_field(name)) for name in Listed._fields},
    )
)


def _worked_out(showings: list[tuple[int | None, list]]) -> Listed:
    """Of ``(revision, _SHOWN)`` of one medicine, in order; without a revision it is a notice, or there is nothing."""
    starts = [shown[-2] for _revision, shown in showings if shown[-2]]
    readable = joined(shown for revision, shown in showings if revision)
    leaflets = [[*what, written(starts_at), written(ends_at)] for *what, starts_at, ends_at in readable]
    return Listed(min(starts, default=None), leaflets)


def joined(intervals: Iterable[Iterable]) -> list[tuple]:
    """Of ``(…, from, until)``, in the order of time for each same beginning: what goes on without a pause is one."""
    whole: list[tuple] = []
    for *what, starts_at, ends_at in intervals:
        if starts_at == ends_at:
            continue  # overtaken at its very own instant
        if whole and whole[-1][:-2] == tuple(what) and whole[-1][-1] == starts_at:
            starts_at = whole.pop()[-2]
        whole.append((*what, starts_at, ends_at))
    return whole

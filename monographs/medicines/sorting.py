"""Names that were sorted for another language or by older rules (`places`) are sorted anew."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Q

from monographs.audit.record import act
from monographs.medicines.models import MedicineName
from monographs.medicines.places import Place, place_of, sorted_by

_AT_ONCE = 150  # names that are sorted under one lock: less than a tenth of a second
_CHUNK = 2000  # rows in memory at once


def sort_anew() -> int:
    """Sort every name that was sorted otherwise, some at a time, so that others can write in between; how many."""
    count = 0
    while done := _sort_some():
        count += done
    return count


@act
def _sort_some() -> int:
    today = sorted_by()
    # Two ranges, where "unlike" would read the whole table each time the clock asks.
    names = list(MedicineName.objects.filter(Q(sorted_by__lt=today) | Q(sorted_by__gt=today)).order_by()[:_AT_ONCE])
    for name in names:
        for column, value in place_of(name.name, name.listed_under)._asdict().items():
            setattr(name, column, value)
    MedicineName.objects.bulk_update(names, Place._fields, batch_size=_AT_ONCE)
    return len(names)


def sorted_otherwise() -> Iterator[tuple[int, str, str, str]]:
    """The names whose place is not that of today: row number, column, what it says, and what it must say."""
    rows = MedicineName.objects.order_by("pk").values_list("pk", "name", "listed_under", *Place._fields)
    for number, name, listed_under, *found in rows.iterator(chunk_size=_CHUNK):
        if _waits_for_the_clock(found[Place._fields.index("sorted_by")]):
            continue
        for column, was, today in zip(Place._fields, found, place_of(name, listed_under), strict=True):
            if was != today:
                yield number, column, was, today


def _waits_for_the_clock(sorted_for: str) -> bool:
    """Whether a name was sorted for another language of the site, or by other rules: the clock sorts it anew."""
    language, _slash, version = sorted_for.partition("/")
    return sorted_for != sorted_by() and bool(version) and language in dict(settings.LANGUAGES)

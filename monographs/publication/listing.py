"""From when on a medicine is in the A–Z: since the first instant at which any leaflet of it is shown."""

from collections.abc import Iterable

from django.db.models import F, Min, Q, QuerySet

from monographs.medicines.listed import list_as_medicines
from monographs.medicines.models import Medicine

# Django guards a negated F() against NULL where it is a column, but not where it is an aggregate: the last line.
_DIFFERS = ~Q(listed_from=F("first_shown")) & ~Q(listed_from=None, first_shown=None) | Q(
    listed_from__isnull=False, first_shown=None
)


def listed_wrongly() -> QuerySet[Medicine]:
    """The medicines whose ``listed_from`` does not follow from what is shown; with ``first_shown``, what it must be.

    Withdrawn leaflets count: patients look for them, and are told.
    """
    first_shown = Min("leaflets__showings__starts_at")
    return Medicine.objects.annotate(first_shown=first_shown).filter(_DIFFERS).order_by("pk")


def list_medicines(medicines: Iterable[int]) -> None:
    """Write it down for these medicines and their names, when their rows of what is shown have changed.

    One query where nothing is to change, as most times: only a first release, and one that is called off, change it.
    """
    wrong = list(listed_wrongly().filter(pk__in=list(medicines)))
    if not wrong:
        return
    for medicine in wrong:
        medicine.listed_from = medicine.first_shown
    Medicine.objects.bulk_update(wrong, ["listed_from"], batch_size=500)
    list_as_medicines(wrong)

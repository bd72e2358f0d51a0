"""Which names the A–Z has, and since when: each as its medicine."""

from collections.abc import Iterable

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from monographs.medicines.models import Medicine, MedicineName

_DIFFERS = ~Q(listed_from=F("medicine__listed_from")) & ~Q(listed_from=None, medicine__listed_from=None)


def listed_otherwise() -> QuerySet[MedicineName]:
    """The names that are not listed from when on their medicine is."""
    return MedicineName.objects.filter(_DIFFERS)


def list_as_medicines(medicines: Iterable[Medicine | int]) -> None:
    """Let all names of these medicines be listed as they are; one query. Verbs that add names call it afterwards."""
    of_medicine = Medicine.objects.filter(pk=OuterRef("medicine")).values("listed_from")
    listed_otherwise().filter(medicine__in=list(medicines)).update(listed_from=Subquery(of_medicine))

"""The names of all medicines that the site knows."""

from monographs.medicines.models import MedicineName


def all_names() -> frozenset[str]:
    """Every name that a reader may look for, folded, in one query: generic names, brands and other names."""
    return frozenset(MedicineName.objects.order_by().values_list("folded", flat=True))

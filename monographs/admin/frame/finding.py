"""Leaflets and medicines by the first letters of any of their names, along indexes."""

from monographs.leaflets.models import Leaflet
from monographs.leaflets.standing import Standing
from monographs.medicines.models import MedicineName
from monographs.text.letters.folding import fold

FOUND_AT_MOST = 200  # leaflets, or medicines, that a search gives: who finds so many types one letter more


def found_by(words: str) -> list[int]:
    """Numbers of leaflets whose title, address or medicine, by any of its names, begins with these words."""
    folded = fold(words)
    ways = (
        Standing.objects.filter(folded__startswith=folded).order_by("folded").values_list("leaflet", flat=True),
        Leaflet.objects.filter(slug__startswith=words.strip().lower()).order_by("slug").values_list("pk", flat=True),
        Leaflet.objects.filter(medicine__in=medicines_named(words)).order_by().values_list("pk", flat=True),
    )
    return list(dict.fromkeys(pk for way in ways for pk in way[:FOUND_AT_MOST]))[:FOUND_AT_MOST]


def medicines_named(words: str) -> list[int]:
    """Numbers of medicines of which any name begins with these words."""
    names = MedicineName.objects.filter(folded__startswith=fold(words)).order_by("folded")
    return list(dict.fromkeys(names.values_list("medicine", flat=True)[:FOUND_AT_MOST]))

"""The names of all medicines that the site knows."""

from collections.abc import Iterator

from monographs.medicines.models import MedicineName
from monographs.text.letters.folding import fold

_CHUNK = 2000  # rows in memory at once
_LONGEST = MedicineName._meta.get_field("folded").max_length


def all_names() -> frozenset[str]:
    """Every name that a reader may look for, in small letters, in one query: generic names, brands and other names.

    With their apostrophes and accents: the lists of words have a key of their own for these.
    """
    return frozenset(name.casefold() for name in MedicineName.objects.order_by().values_list("name", flat=True))


def folded_otherwise(names=None) -> Iterator[tuple[int, str]]:
    """The names that were folded by an older folding (or by nobody): their rows' numbers, and the form of today.

    ``names`` is a manager of `MedicineName`, of a migration's if given.
    """
    rows = (names or MedicineName.objects).order_by("pk").values_list("pk", "name", "folded")
    for number, name, folded in rows.iterator(chunk_size=_CHUNK):
        today = fold(name)[:_LONGEST]
        if today != folded:
            yield number, today

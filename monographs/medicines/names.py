"""The names of all medicines that the site knows."""

from collections.abc import Collection, Iterator

from monographs.audit.record import act
from monographs.medicines.models import MedicineName
from monographs.medicines.places import first_key_of
from monographs.text.letters.folding import fold

KEYS = 1  # raise it where a name's first word gets another key: then `migrate` writes all of them down anew
_CHUNK = 2000  # rows in memory at once
_AT_ONCE = 500  # names that are written under one lock
_LONGEST = MedicineName._meta.get_field("folded").max_length


def names_beginning_with(keys: Collection[str]) -> frozenset[str]:
    """The names, in small letters, whose first word has one of these keys (`text.words.spelling.key`), in one query:
    generic names, brands and other names.

    With their apostrophes and accents: the lists of words have a key of their own for these.
    """
    names = MedicineName.objects.filter(first_key__in=keys).order_by()
    return frozenset(name.casefold() for name in names.values_list("name", flat=True))


def keyed_otherwise(names=None) -> Iterator[tuple[int, str]]:
    """The names whose first word has another key by today's rules: their rows' numbers, and the key of today.

    ``names`` is a manager of `MedicineName`, of a migration's if given.
    """
    rows = (names or MedicineName.objects).order_by("pk").values_list("pk", "name", "first_key")
    for number, name, kept in rows.iterator(chunk_size=_CHUNK):
        if (today := first_key_of(name)) != kept:
            yield number, today


def key_anew() -> int:
    """Write down the keys of today where they differ, some at a time, so that others can write in between; how many."""
    wrong = [number for number, _key in keyed_otherwise()]
    return sum(_write_keys(wrong[first : first + _AT_ONCE]) for first in range(0, len(wrong), _AT_ONCE))


@act
def _write_keys(numbers: list[int]) -> int:
    names = list(MedicineName.objects.filter(pk__in=numbers))
    for name in names:
        name.first_key = first_key_of(name.name)
    MedicineName.objects.bulk_update(names, ["first_key"])
    return len(names)


def folded_otherwise(names=None) -> Iterator[tuple[int, str]]:
    """The names that were folded by an older folding (or by nobody): their rows' numbers, and the form of today.

    ``names`` is a manager of `MedicineName`, of a migration's if given.
    """
    rows = (names or MedicineName.objects).order_by("pk").values_list("pk", "name", "folded")
    for number, name, folded in rows.iterator(chunk_size=_CHUNK):
        today = fold(name)[:_LONGEST]
        if today != folded:
            yield number, today

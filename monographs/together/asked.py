"""Which medicines somebody names who takes several: each by any of its names, and what was not understood."""

from collections.abc import Iterable
from dataclasses import dataclass

from monographs.search.asked import barer, tidy_query
from monographs.search.index import the_index
from monographs.search.name_index import Name, NameIndex
from monographs.search.names import Found, How, understand
from monographs.text.letters.folding import fold

MOST = 8  # medicines on one page
MOST_FIELDS = 50  # of a query that are looked at
_MOST_CHOICES = 5


@dataclass(frozen=True)
class Choice:
    """A medicine that may be meant: its number, and the name to ask for it with."""

    medicine: int
    name: str


@dataclass(frozen=True)
class Answered:
    """One field: what was ``typed``, the medicines that it ``meant``, ``slips`` where these are spelt otherwise, and
    what is asked back: ``choices`` that it may mean, or ``unknown`` words that no medicine is known by."""

    typed: str
    meant: tuple[Choice, ...] = ()
    is_guess: bool = False
    choices: tuple[Choice, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_clear(self) -> bool:
        return not (self.choices or self.unknown)


@dataclass(frozen=True)
class Asked:
    """All fields. ``medicines`` are at most `MOST`, each once, in the order in which they were named; ``left_out`` are
    the names of those that were one too many."""

    fields: tuple[Answered, ...] = ()
    medicines: tuple[Choice, ...] = ()
    left_out: tuple[str, ...] = ()


def asked(typed: Iterable[str]) -> Asked:
    """What the fields name. It asks the memory alone, but for whether names have changed."""
    words = dict.fromkeys(filter(None, (tidy_query(each) for each in list(typed)[:MOST_FIELDS])))
    index = the_index()
    fields = tuple(_answered(each, index) for each in words)
    medicines = list({each.medicine: each for field in fields for each in field.meant}.values())
    return Asked(fields, tuple(medicines[:MOST]), tuple(each.name for each in medicines[MOST:]))


def _answered(typed: str, index: NameIndex) -> Answered:
    for form in barer(fold(typed)):
        if names := index.exact(form):
            return _exactly(typed, names, index)
    understood = understand(typed, index)
    if understood.how == How.NOT:
        return Answered(typed, unknown=(typed,))
    if understood.how in (How.TOGETHER, How.NAMED):
        return _several(typed, understood.found, understood.unknown)
    meant = understood.meant if understood.how == How.NEAR else understood.found
    choices = tuple(_choice(found) for found in meant[:_MOST_CHOICES])
    return Answered(typed, choices, is_guess=True) if len(meant) == 1 else Answered(typed, choices=choices)


def _exactly(typed: str, names: list[Name], index: NameIndex) -> Answered:
    medicines = dict.fromkeys(name.medicine for name in names)
    choices = tuple(Choice(medicine, index.medicines[medicine].name) for medicine in medicines)
    return Answered(typed, choices) if len(choices) == 1 else Answered(typed, choices=choices[:_MOST_CHOICES])


def _several(typed: str, found: tuple[Found, ...], unknown: tuple[str, ...]) -> Answered:
    """Several names in one field; what is spelt otherwise is asked back."""
    meant = tuple(_choice(each) for each in found if not each.typed and not each.slips)
    choices = tuple(_choice(each) for each in found if each.typed or each.slips)
    return Answered(typed, meant, choices=choices[:_MOST_CHOICES], unknown=unknown)


def _choice(found: Found) -> Choice:
    return Choice(found.medicine, found.name)

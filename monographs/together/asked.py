"""Which medicines somebody names who takes several: each by any of its names, and what was not understood."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monographs.search.index.kept import the_index
from monographs.search.index.name_index import Name, NameIndex
from monographs.search.named.asked import barer, tidy_query
from monographs.search.named.names import Found, How, NameAnswer, understand
from monographs.text.letters.folding import fold
from monographs.text.words.lexicon import is_everyday, listed_class

MOST = 8  # medicines on one page
MOST_FIELDS = 50  # of a query that are looked at
_MOST_CHOICES = 5
_LONGEST_LISTED = 3  # words
_PARTED = re.compile(r"[\s/+&,;]+")
_WHAT_IT_IS = re.compile(
    r"(?:is|are) (?:(?:not|also|really|just|only) )?(?:an? )?(?:(?:kind|type|sort|form) of )?(?:an? )?"
)
_SIGNS = "?!.,;:()'\"“”¿¡؟،"


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


def named_together(query: str, names: NameAnswer) -> tuple[Choice, ...]:
    """The medicines that a search names beside one another, two or more; () for any other search.

    What may be another one's name is not among them. Those of our lists of words ("warfarin", "blood thinners") that
    the clinic has no entry of have numbers below 0. It asks no database.
    """
    if names.how not in (How.NAMED, How.TOGETHER):
        return ()
    written, rest = _written_in(query)
    doubted = {each.medicine for of_one in written if _is_doubtful(of_one) for each in of_one}
    certain = (each for each in names.found if not (each.typed or each.slips or each.medicine in doubted))
    ours = [_choice(found) for found in certain]
    listed = [Choice(-number, words) for number, words in enumerate(_listed_in(rest), start=1)] if ours else []
    return tuple([*ours, *listed][:MOST]) if len(ours) + len(listed) > 1 else ()


def named_twice(query: str, names: NameAnswer) -> list[tuple[str, ...]]:
    """The names in a search that are one medicine's, two or more of each: somebody may take it twice without knowing
    ("nurofen with ibuprofen"). It asks no database."""
    if names.how not in (How.NAMED, How.TOGETHER):
        return []
    of_medicine: dict[int, dict[str, None]] = {}
    for of_one in _written_in(query)[0]:
        if not _is_doubtful(of_one):
            of_medicine.setdefault(of_one[0].medicine, {})[of_one[0].name] = None
    return [tuple(called) for called in of_medicine.values() if len(called) > 1]


def _written_in(query: str) -> tuple[list[list[Name]], list[str]]:
    """The names that stand in a query, parted where "/" and the like part it, and the words that are left."""
    words = " ".join(part.strip(_SIGNS) for part in _PARTED.split(fold(query)))
    return the_index().named_in(words, unless=is_everyday)


def _is_doubtful(of_one: Iterable[Name]) -> bool:
    """Whether a name is that of several medicines."""
    return len({name.medicine for name in of_one}) > 1


def _listed_in(words: list[str]) -> Iterator[str]:
    """The medicines, and kinds of these, of our lists among some words; none where it is asked whether a medicine is of
    that kind ("is ibuprofen an antibiotic")."""
    seen: set[str] = set()
    if asks := _WHAT_IT_IS.match(" ".join(words)):
        behind = " ".join(words)[asks.end() :]
        words = [] if listed_class(behind) == "medicine" else words
    while words:
        runs = (" ".join(words[:length]) for length in range(min(_LONGEST_LISTED, len(words)), 0, -1))
        found = next((run for run in runs if listed_class(run) == "medicine"), "")
        if found and found not in seen:
            yield found
        seen.add(found)
        words = words[len(found.split()) or 1 :]


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

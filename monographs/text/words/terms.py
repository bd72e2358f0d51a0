"""Finding the words of the classes among what a sentence consists of: "high", "blood", "pressure" become one term."""

from collections.abc import Iterable

from monographs.text.words.classes import CLASSES
from monographs.text.words.lexicon import Lexicon, Term
from monographs.text.words.mention import Mention
from monographs.text.words.spelling import keys

_NO_WORD = ("",)
Item = str | Mention


def with_terms(items: Iterable[Item], lexicon: Lexicon) -> tuple[Item, ...]:
    """The items, those that make up a phrase of the lexicon joined into one mention of its class.

    What is read by patterns stays, unless it is weak, or part of a longer phrase ("cannot breathe"), or says how soon.
    """
    items = list(items)
    words: list[str] = []
    starts: list[int] = []
    for item in items:
        starts.append(len(words))
        words += _words(item) or _NO_WORD
    at_start = {start: place for place, start in enumerate([*starts, len(words)])}
    found: list[Item] = []
    place = 0
    while place < len(items):
        match = lexicon.find(words, starts[place], at_start.__contains__)
        end = at_start[starts[place] + match[0]] if match else place + 1
        if match and _may_be(match[1], items[place:end]):
            found.append(_joined(items[place:end], match[1]))
        else:
            end = place + 1
            found.append(items[place])
        place = end
    return tuple(found)


def _words(item: Item) -> tuple[str, ...]:
    """The keys of an item's words; of one that holds a number, none that a phrase could have."""
    phrase = item if isinstance(item, str) else item.phrase
    return keys(phrase) if not any(character.isdigit() for character in phrase) else _NO_WORD


def _may_be(term: Term, items: list[Item]) -> bool:
    only = items[0]
    if len(items) > 1 or isinstance(only, str) or term.of_class == "urgency":
        return True
    return only.is_weak and not (only.category == "route" and term.of_class == "organ")


def _joined(items: list[Item], term: Term) -> Mention:
    phrase = " ".join(item if isinstance(item, str) else item.phrase for item in items)
    of_class = CLASSES[term.of_class]
    return Mention(
        of_class.category, phrase, (term.of_class, term.meaning), is_weak=of_class.alone != "always", term=term
    )

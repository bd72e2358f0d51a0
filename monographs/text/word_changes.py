"""Words that came, went or were exchanged between two sentences that belong together, told as their classes say."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monographs.text.classes import BINDING, CLASSES
from monographs.text.lexicon import Term, groups_of
from monographs.text.mention import Mention, Sentence, is_content_word
from monographs.text.mentions import Reader
from monographs.text.slips import are_opposed
from monographs.text.spelling import key
from monographs.text.vocabulary import FILLERS, OPPOSED

_SAME_BEGINNING = 0.7  # of the shorter of two unknown words, so that they are one word bent: "neurology", "neurologist"
_LIKELY_FIRST = ("medicine", "condition", "severity", "frequency", "who", "route", "action")


@dataclass(frozen=True)
class Said:
    """A word or phrase as it is said, what it is compared by, and its class; None for an everyday word."""

    meaning: object
    phrase: str
    term: Term | None = None

    @property
    def of_class(self):
        return CLASSES[self.term.of_class] if self.term else None


@dataclass(frozen=True)
class WordChange:
    """Words of one family that went or came, in order; one side may be empty."""

    category: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


def gone_and_come(left: list[Sentence], right: list[Sentence], reader: Reader) -> tuple[list[Said], list[Said]]:
    """What only one side says, whatever its place and form, but for words that mean the same as one that came."""
    old, new = _said(left, reader), _said(right, reader)
    in_old, in_new = {one.meaning for one in old}, {one.meaning for one in new}
    gone = [one for one in old if one.meaning not in in_new]
    come = [one for one in new if one.meaning not in in_old]
    return _without_alike(gone, come)


def words_changed(gone: list[Said], come: list[Said], *, is_warning: bool) -> Iterator[WordChange]:
    """What of it must be told, a change for each family. In a warning, any word that no list knows must."""
    families: dict[str, tuple[list[Said], list[Said]]] = defaultdict(lambda: ([], []))
    for side, words in enumerate((gone, come)):
        for one in words:
            if one.of_class:
                families[one.of_class.family][side].append(one)
    lost = {family for family, (gone, come) in families.items() if gone and not come}
    for family, (went, came) in families.items():
        is_lost_advice = family == "helper" and {"helper", "contact"} <= lost
        is_unknown_told = family == "unknown" and is_warning
        is_alone = any(one.of_class.alone for one in went + came)
        if went and came or is_alone or is_lost_advice or is_unknown_told:
            category = (went + came)[0].of_class.category
            yield WordChange(category, tuple(one.phrase for one in went), tuple(one.phrase for one in came))


def whole_sentence(sentence: Sentence) -> str | None:
    """What the coming or going of a sentence is told as, though it mentions no amount and forbids nothing; or None."""
    told = {
        item.category
        for item in sentence.terms
        if CLASSES[item.term.of_class].whole or item.term.of_class == "obligation" and item.term.meaning in BINDING
    }
    if not told or _says_only_whom(sentence):
        return None
    return next((category for category in _LIKELY_FIRST if category in told), "obligation")


def opposites(gone: Iterable[Said], come: Iterable[Said]) -> list[tuple[Said, Said]]:
    """``opened`` and ``unopened``, ``hyper-`` and ``hypo-``: (gone, come). Never all words with all."""
    gone, come = list(gone), list(come)
    return _denied(gone, come) + [(one, other) for other, one in _denied(come, gone)]


def _denied(words: list[Said], others: list[Said]) -> list[tuple[Said, Said]]:
    """Each word that denies one of the others, with that one."""
    meant = {other.phrase.removesuffix("ful"): other for other in others} | {other.phrase: other for other in others}
    found = [(word, OPPOSED.fullmatch(word.phrase)) for word in words]
    return [(word, other) for word, match in found if match and (other := meant.get(match[1] or match[2]))]


def _said(side: list[Sentence], reader: Reader) -> list[Said]:
    words = []
    for sentence in side:
        says_only_whom = _says_only_whom(sentence)
        for item in sentence.items:
            if isinstance(item, Mention) and item.term:
                if not (says_only_whom and item.term.of_class == "person"):
                    words.append(Said(item.meaning, item.phrase, item.term))
            elif is_content_word(item) and item not in FILLERS:
                words.append(Said(key(item), item, reader.lexicon.class_of(item) if reader.is_english else None))
    return words


def _says_only_whom(sentence: Sentence) -> bool:
    """Whether it is a heading such as "Adults and children": what stands below it is told under it."""
    said = [item for item in sentence.items if is_content_word(item)]
    return bool(said) and all(isinstance(item, Mention) and item.term.of_class == "person" for item in said)


def _without_alike(gone: list[Said], come: list[Said]) -> tuple[list[Said], list[Said]]:
    """Without the words in whose stead another that means the same came."""
    waiting: dict[object, list[int]] = defaultdict(list)
    for place, one in enumerate(come):
        for sign in _signs(one):
            waiting[sign].append(place)
    taken: set[int] = set()
    left_over = []
    for one in gone:
        match = next((place for sign in _signs(one) for place in waiting[sign] if _are_one(one, come[place])), None)
        if match is None:
            left_over.append(one)
        else:
            taken.add(match)
    return left_over, [one for place, one in enumerate(come) if place not in taken]


def _signs(one: Said) -> Iterator[object]:
    """What two words that may mean the same have in common."""
    yield from groups_of(one.phrase)
    if one.term and one.term.of_class == "unknown":
        yield one.phrase[:5]


def _are_one(one: Said, other: Said) -> bool:
    """Whether two words that share a sign mean the same: as synonyms, or as forms of one word that no list has."""
    if groups_of(one.phrase) & groups_of(other.phrase):
        return True
    shorter = min(len(one.phrase), len(other.phrase))
    alike = next(
        (at for at, (a, b) in enumerate(zip(one.phrase, other.phrase, strict=False)) if a != b), shorter
    )  # fmt: skip
    return alike >= _SAME_BEGINNING * shorter and shorter > 4 and not are_opposed(one.phrase, other.phrase)

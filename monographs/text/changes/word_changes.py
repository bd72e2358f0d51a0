"""Words that came, went or were exchanged between two sentences that belong together, told as their classes say."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from monographs.text.changes.slips import are_opposed
from monographs.text.words.classes import BINDING, CLASSES, ORDER
from monographs.text.words.lexicon import Term, groups_of
from monographs.text.words.mention import Mention, Sentence, is_content_word
from monographs.text.words.mentions import Reader
from monographs.text.words.spelling import key, keys
from monographs.text.words.vocabulary import FILLERS, OPPOSED

_SAME_BEGINNING = 0.7  # of the shorter of two unknown words, so that they are one word bent: "neurology", "neurologist"


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


@dataclass(frozen=True)
class Words:
    """What two sides say, and what only one of them says: ``gone`` and ``come``."""

    old: tuple[Said, ...]
    new: tuple[Said, ...]
    gone: tuple[Said, ...]
    come: tuple[Said, ...]

    def say_the_same(self, one: tuple[Mention, Sentence] | None, other: tuple[Mention, Sentence] | None) -> bool:
        """Whether a mention that only one side has stands there in other words: "usually", "normally"."""
        if one and other:
            return False
        groups = groups_of((one or other)[0].phrase)
        return bool(groups and groups & (self._groups_come if one else self._groups_gone))

    @cached_property
    def only_come(self) -> bool:
        """Whether a single word came and none went, so that what little else went was exchanged for it."""
        return not self.gone and len(self.come) == 1

    @cached_property
    def only_gone(self) -> bool:
        """The same, the other way round."""
        return not self.come and len(self.gone) == 1

    @cached_property
    def _groups_gone(self) -> frozenset[int]:
        return frozenset(group for said in self.gone for group in groups_of(said.phrase))

    @cached_property
    def _groups_come(self) -> frozenset[int]:
        return frozenset(group for said in self.come for group in groups_of(said.phrase))

    def without(self, told: set[Said]) -> "Words":
        """The same, but for what is told already."""
        gone, come = (tuple(one for one in side if one not in told) for side in (self.gone, self.come))
        return Words(self.old, self.new, gone, come)


def compared(left: list[Sentence], right: list[Sentence], reader: Reader) -> Words:
    """What only one side says, whatever its place and form, but for words in whose stead came what means the same."""
    are_headings = all(_says_only_whom(sentence) for sentence in left + right)
    old, new = _said(left, reader, are_headings), _said(right, reader, are_headings)
    gone, come = _without_alike(_only_in(old, new), _only_in(new, old))
    gone, come = _without_parted(gone, come, right)
    come, gone = _without_parted(come, gone, left)
    return Words(tuple(old), tuple(new), gone, come)


def words_changed(words: Words, *, is_warning: bool) -> Iterator[WordChange]:
    """What of it must be told, a change for each family. In a warning, any word that no list knows must."""
    families = dict.fromkeys(one.of_class.family for one in words.gone + words.come if one.of_class)
    for family in families:
        went, came = _of_family(words.gone, family), _of_family(words.come, family)
        if _is_told(words, went, came, is_warning=is_warning):
            category = min((one.of_class.category for one in went + came), key=ORDER.index)
            yield WordChange(category, tuple(one.phrase for one in went), tuple(one.phrase for one in came))


def _is_told(words: Words, went: tuple[Said, ...], came: tuple[Said, ...], *, is_warning: bool) -> bool:
    """What `classes` says of the words of one family that went and came."""
    of_class = (went + came)[0].of_class
    return bool(
        any(one.of_class.alone == "always" for one in went + came)
        or (of_class.exchanged and went and came)
        or (of_class.alone == "last" and _is_lost(words, of_class.family))
        or (of_class.family == "unknown" and is_warning)
        or (of_class.against_any and _stands_for_another(words))
    )


def _stands_for_another(words: Words) -> bool:
    """Whether all that changed is one word of a class and another in its stead, of any class, or two of none."""
    if any(one.of_class and one.of_class.name == "contact" for one in words.gone + words.come):
        return False
    if len(words.gone) == len(words.come) == 1:
        old, new = (set(keys(side[0].phrase)) for side in (words.gone, words.come))
        return not (old <= new or new <= old)
    return any(
        len(side) == 1 and len(other) == 2 and not any(map(_has_weight, other))
        for side, other in ((words.gone, words.come), (words.come, words.gone))
    )


def _has_weight(said: Said) -> bool:
    return said.of_class is not None and said.of_class.family != "unknown"


def _is_lost(words: Words, family: str) -> bool:
    """Whether one side turns to somebody by words of this family and the other no more."""
    sides = [side for side in (words.old, words.new) if _of_family(side, family)]
    return len(sides) == 1 and bool(_of_family(sides[0], "helper"))


def any_word_changed(words: Words) -> Iterator[WordChange]:
    """All that went and came, whatever its class: what a warning in a language without lists is told by."""
    if words.gone or words.come:
        yield WordChange("negation", *(tuple(one.phrase for one in side) for side in (words.gone, words.come)))


def _of_family(words: tuple[Said, ...], family: str) -> tuple[Said, ...]:
    return tuple(one for one in words if one.of_class and one.of_class.family == family)


def _only_in(words: list[Said], others: list[Said]) -> list[Said]:
    """What the others do not say; of what is only weighed one against another, what they say less often."""
    counts = Counter(one.meaning for one in others)
    only = []
    for one in words:
        if not counts[one.meaning]:
            only.append(one)
        elif one.of_class and one.of_class.alone != "always":
            counts[one.meaning] -= 1
    return only


def whole_sentence(sentence: Sentence) -> str | None:
    """What the coming or going of a sentence is told as, though it mentions no amount and forbids nothing; or None."""
    told = {
        item.category
        for item in sentence.terms
        if CLASSES[item.term.of_class].whole or item.term.of_class == "obligation" and item.term.meaning in BINDING
    }
    if not told or _says_only_whom(sentence):
        return None
    return min(told, key=ORDER.index)


def opposites(gone: tuple[Said, ...], come: tuple[Said, ...]) -> list[tuple[Said, Said]]:
    """``opened`` and ``unopened``, ``hyper-`` and ``hypo-``: (gone, come). Never all words with all."""
    return _denied(gone, come) + [(one, other) for other, one in _denied(come, gone)]


def _denied(words: tuple[Said, ...], others: tuple[Said, ...]) -> list[tuple[Said, Said]]:
    """Each word that denies one of the others, with that one."""
    meant = {other.phrase.removesuffix("ful"): other for other in others} | {other.phrase: other for other in others}
    found = [(word, OPPOSED.fullmatch(word.phrase)) for word in words]
    return [(word, other) for word, match in found if match and (other := meant.get(match[1] or match[2]))]


def _said(side: list[Sentence], reader: Reader, are_headings: bool) -> list[Said]:
    """The words that carry meaning; whom a heading is about counts for what stands below it (`owners`)."""
    words = []
    for sentence in side:
        for item in sentence.items:
            if isinstance(item, Mention) and item.term:
                if not (are_headings and _is_person(item)):
                    words.append(Said(item.meaning, item.phrase, item.term))
            elif is_content_word(item) and item not in FILLERS:
                words.append(Said(key(item), item, reader.lexicon.class_of(item) if reader.is_english else None))
    return words


def _says_only_whom(sentence: Sentence) -> bool:
    """Whether it is a heading such as "Adults and children": what stands below it is told under it."""
    said = [item for item in sentence.items if isinstance(item, Mention) or is_content_word(item)]
    return (
        not sentence.text.endswith((".", "!", "?"))
        and bool(said)
        and all(isinstance(item, Mention) and _is_person(item) for item in said)
    )


def _is_person(item: Mention) -> bool:
    return item.term is not None and item.term.of_class == "person"


def _without_alike(gone: list[Said], come: list[Said]) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
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
    return tuple(left_over), tuple(one for place, one in enumerate(come) if place not in taken)


def _without_parted(
    words: tuple[Said, ...], others: tuple[Said, ...], said: list[Sentence]
) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """Without the phrases whose words the other side ``said`` apart, and those words: "ulcers of the stomach"."""
    phrases = [one for one in words if one.term and len(_parts(one)) > 1]
    if not phrases or not others:
        return words, others
    came = {part for one in others for part in _parts(one) if len(part) > 1}
    apart = _said_alone(said)
    parted = {one for one in phrases if _parts(one) <= apart and _parts(one) & came}
    in_parts = {part for one in parted for part in _parts(one)}
    return tuple(one for one in words if one not in parted), tuple(one for one in others if not _parts(one) <= in_parts)


def _parts(one: Said) -> set[str]:
    """The keys of the words of a phrase."""
    return set(keys(one.phrase))


def _said_alone(sentences: list[Sentence]) -> set[str]:
    """The keys of all that is said in one word."""
    items = (item if isinstance(item, str) else item.phrase for sentence in sentences for item in sentence.items)
    return {parts[0] for item in items if len(parts := keys(item)) == 1}


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

"""The rules of one language, and a reply as they read it."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache, partial

from monographs.comments.labels import Found, Label
from monographs.comments.triage.rules.parts import Keys, Part
from monographs.comments.triage.rules.quick import Quick
from monographs.comments.triage.rules.rule import Pattern, Rule, Span, spans
from monographs.comments.triage.rules.syntax import Made, read_pattern
from monographs.comments.triage.rules.typed import Typed, split
from monographs.comments.triage.rules.vocabulary import Reads, Vocabulary
from monographs.remembered import MOST_REMEMBERED

_SCRIPTS = {
    "Latn": "[a-z]",
    "Arab": "[\u0620-\u06ff]",
    "Hani": "[\u3400-\u9fff]",
}

_A_NUMBER = "# in letters"  # no word of any rule
_A_NAME = 3  # words that may be a medicine's name and nothing else: no misspelling of anything


@dataclass
class Reading:
    """A reply as the rules of one language read it; ``typed`` has for each word where it was typed."""

    keys: list[Keys]
    breaks: list[bool]
    typed: list[Span]
    places: dict[str, list[int]]
    known: dict[tuple, set[int]] = field(default_factory=dict)


class Language:
    """Filled by `files`: lists and patterns first, then `close`, which makes the vocabulary of them."""

    def __init__(
        self,
        name: str,
        *,
        script: str | Sequence[str],
        prefixes: Sequence[str],
        suffixes: Sequence[str],
        signs: Mapping[str, str],
        written: Mapping[str, str],
        also: Mapping[str, str],
        numbers: Mapping[str, float],
        lists: Mapping[str, Sequence[str]],
    ):
        self.name, self._lists = name, lists
        scripts = [script] if isinstance(script, str) else script
        self._is_tried = re.compile("|".join(_SCRIPTS[each] for each in scripts), re.IGNORECASE).search
        self._signs = str.maketrans(dict(signs))
        self._attached = {"prefixes": [self._one(each) for each in prefixes],
                          "suffixes": [self._one(each) for each in suffixes]}  # fmt: skip
        self._written = {self._one(typed): self._folded(read_as) for typed, read_as in written.items()}
        self._also = {self._one(typed): self._one(word) for typed, word in also.items()}
        self._numbers = {self._one(word): value for word, value in numbers.items()}
        self._idioms: dict[Label, list[Pattern]] = {}
        self._words: set[str] = set()
        self._made = Made()
        self._read_as: dict[str, list[str]] = {}  # words that patterns are written with, most of them in several
        self.rules: list[Rule] = []
        self._quick: dict[frozenset[Label], Quick] = {}

    def add(self, rule: Rule) -> None:
        self.rules.append(rule)

    def add_idioms(self, label: Label, patterns: Sequence[str]) -> None:
        self._idioms.setdefault(label, []).extend(map(self.pattern, patterns))

    def pattern(self, written: str) -> Pattern:
        stretches = read_pattern(written, self._lists, self._reads_as, self._made)
        for stretch in stretches:
            self._words |= _words_in(stretch)
        return Pattern(stretches)

    def close(self) -> None:
        self._vocabulary = Vocabulary(
            self._words, numbers=self._numbers, written=self._written, also=self._also, **self._attached
        )
        self._keys_of = [
            lru_cache(maxsize=MOST_REMEMBERED)(partial(self._find_keys, is_text=is_text)) for is_text in (False, True)
        ]
        del self._words, self._made, self._lists, self._read_as  # patterns are read no more

    def find(self, typed: Typed, labels: frozenset[Label], *, is_own: bool = True) -> Iterator[Found]:
        """What the rules of these labels find, one for each rule. ``is_own``: the text is of this language."""
        if not self._is_tried(typed.folded):
            return
        quick, (there, joins) = self._quick_for(labels), self._keys_in(typed)
        held = quick.may_hold(there)
        if not held and not joins:
            return
        reading = self._read(typed)
        taken: dict[Label, list[Span]] = {}
        for place, may_hold in (quick.may_hold(reading.places.keys()) if joins else held).items():
            rule = self.rules[place]
            if not (is_own or rule.elsewhere):
                continue
            match = rule.find(reading, reading.places, (), may_hold)
            if not match:
                continue
            if rule.label not in taken:
                taken[rule.label] = spans(self._idioms.get(rule.label, ()), reading, reading.places)
            if taken[rule.label]:  # else it is the same match
                match = rule.find(reading, reading.places, taken[rule.label], may_hold)
            if match:
                yield Found(rule.label, rule.name, _as_typed(typed, reading, match))

    def _quick_for(self, labels: frozenset[Label]) -> Quick:
        if labels not in self._quick:
            rules = {number: rule for number, rule in enumerate(self.rules) if rule.label in labels}
            self._quick[labels] = Quick(rules)
        return self._quick[labels]

    def knows(self, folded: str) -> bool:
        """Whether a word is one that these rules ask for."""
        return any(each.keys for each in self._vocabulary.reads(folded.translate(self._signs), False))

    def _reads(self, folded: str, is_text: bool) -> tuple[Reads, ...]:
        """What a word is, in a text or in a name."""
        return self._vocabulary.reads(folded.translate(self._signs) if self._signs else folded, is_text)

    def _keys_in(self, typed: Typed) -> tuple[Set[str], bool]:
        """The words of rules that a text has, and whether two of its words may be one number, which is none of the two:
        twenty-five."""
        is_text, words = _is_text(typed), [word.folded for word in typed.words]
        found = set().union(*map(self._keys_of[is_text], words))
        return found, _A_NUMBER in found and sum(self._numbers_in(word, is_text) for word in words) > 1

    def _numbers_in(self, folded: str, is_text: bool) -> int:
        """How many numbers in letters a word is: "twentyfive" is two."""
        return sum(each.value is not None and each.is_word for each in self._reads(folded, is_text))

    def _find_keys(self, folded: str, is_text: bool) -> Keys:
        """All words of rules that a word is, and `_A_NUMBER` where it is one in letters."""
        reads = self._reads(folded, is_text)
        numbers = [_A_NUMBER] if self._numbers_in(folded, is_text) else ()
        return reads[0].keys if len(reads) == 1 and not numbers else frozenset(numbers).union(*(r.keys for r in reads))

    def _read(self, typed: Typed) -> Reading:
        reading, is_text = Reading([], [], [], {}), _is_text(typed)
        before: Reads | None = None
        for word in typed.words:
            for turn, each in enumerate(self._reads(word.folded, is_text)):
                breaks = word.breaks and turn == 0
                total = None if breaks or before is None else _together(before, each)
                if total is not None:
                    each = Reads(self._vocabulary.of_number(total), total)
                    reading.keys[-1] = each.keys
                    reading.typed[-1] = reading.typed[-1][0], word.end
                else:
                    reading.keys.append(each.keys)
                    reading.breaks.append(breaks)
                    reading.typed.append((word.start, word.end))
                before = each
        reading.breaks.append(True)
        for place, keys in enumerate(reading.keys):
            for key in keys:
                reading.places.setdefault(key, []).append(place)
        return reading

    def _reads_as(self, word: str) -> list[str]:
        if word not in self._read_as:
            folded = self._folded(word)
            self._read_as[word] = [read for each in folded for read in self._written.get(each, [each])]
        return self._read_as[word]

    def _folded(self, text: str) -> list[str]:
        return [word.folded.translate(self._signs) for word in split(text).words]

    def _one(self, text: str) -> str:
        return "".join(self._folded(text))


def _is_text(typed: Typed) -> bool:
    return len(typed.words) > _A_NAME


def _together(before: Reads, word: Reads) -> float | None:
    """The value of two words for numbers that are one: twenty + five, two × hundred."""
    if before.value is None or word.value is None or not (before.is_word and word.is_word):
        return None
    first, second = before.value, word.value
    if second in (10, 100, 1000) and 0 < first < second:
        return first * second
    if 0 < second < 10 and first >= 10 and first % 10 == 0:
        return first + second
    return first + second if 0 < second < 100 and first >= 100 and first % 100 == 0 else None


def _words_in(part: Part) -> set[str]:
    inner = [*getattr(part, "parts", ()), *([part.part] if hasattr(part, "part") else [])]
    return set(part.first).union(*map(_words_in, inner))


def _as_typed(typed: Typed, reading: Reading, match: Sequence[Span]) -> str:
    places = [(reading.typed[start][0], reading.typed[end - 1][1]) for start, end in match]
    return " … ".join(typed.between(start, end) for start, end in places)

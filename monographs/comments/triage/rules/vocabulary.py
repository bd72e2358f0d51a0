"""The words that the rules of a language know, and which of them a typed word is, however it was spelt."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from monographs.comments.triage.rules.medicine_words import MEDICINE, is_medicine
from monographs.comments.triage.rules.parts import Keys
from monographs.remembered import MOST_REMEMBERED
from monographs.text.words.lexicon import is_everyday

_REPEATED = re.compile(r"(.)\1{2,}")
_DOUBLE_END = re.compile(r"(.)\1$")
_LEET = str.maketrans("013457@$!*", "oieastasi*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_IN_NUMBERS = "0123456789.,"
_WISH = re.compile(r"#(?:(>=|<=)(\d+)|(\d+)-(\d+))?")
_LEAST_MISSPELT, _LEAST_TOGETHER, _LONGEST = 4, 8, 40  # letters of a word
_SHORT = frozenset(["i", "a", "to", "my", "me", "be", "do", "go", "it", "on", "up", "no", "am", "im", "is"])
_LONG = 5  # letters of a word that may be misspelt unmarked; in one of 4, two letters may have changed places
_LEAST_REST = 2  # letters that are left of a word when what is attached to it is taken away


class Reads(NamedTuple):
    """What one typed word is: words of the rules, and its value where it is a number; ``is_word``: of letters."""

    keys: Keys
    value: float | None = None
    is_word: bool = True


_NO_WORD = Reads(frozenset())  # of the rules, as most that readers type: one for all, as thousands are remembered
_NO_WORDS = (_NO_WORD,)


class Vocabulary:
    """``words`` as patterns write them (``die``, ``suicid*``, ``*cillin``, ``*pril*``, ``overdose~``, ``#>=6``);
    ``numbers`` word → value; ``written``: what is typed → the words it is read as; ``also``: → a word that it may be as
    well; ``prefixes`` and ``suffixes`` that a word may carry."""

    def __init__(
        self,
        words: Iterable[str],
        *,
        numbers: Mapping[str, float],
        written: Mapping[str, Sequence[str]],
        also: Mapping[str, str] = MappingProxyType({}),
        prefixes: Sequence[str] = (),
        suffixes: Sequence[str] = (),
    ):
        words = set(words)
        self._inside = {word: re.compile(f"..{re.escape(word[1:-1])}") for word in words if _is_inside(word)}
        words -= self._inside.keys()
        self._wishes = [(word, *_bounds(word)) for word in words if word.startswith("#")]
        self._stems = {word[:-1] for word in words if word.endswith("*")}
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._asks_medicines = MEDICINE in words
        self._endings = {word[1:] for word in words if word.startswith("*")}
        self._ending_lengths = sorted({len(ending) for ending in self._endings})
        self._plain = {word for word in words if word[-1] not in "*~" and word[0] not in "#*@"}
        self._numbers, self._written, self._also = numbers, written, also
        self._alone = self._plain | set(numbers) | {word for words_read in written.values() for word in words_read}
        self._prefixes, self._suffixes = tuple(prefixes), tuple(suffixes)
        self._fuzzy = {word for word in words if word.endswith("~")}
        self._prepare_for_numbers()
        self._prepare_for_misspelt()
        self.reads = lru_cache(maxsize=MOST_REMEMBERED)(self._reads)
        self.of_number = lru_cache(maxsize=1_000)(self._of_number)

    def _prepare_for_numbers(self) -> None:
        """Which words of digits may stand together ("999111"); a number beyond every bound, which fits the wishes that
        each larger one fits."""
        digits = sorted(word for word in self._alone if len(word) > 2 and not word.strip(_IN_NUMBERS))
        several = f"(?:{'|'.join(map(re.escape, digits))}){{2,}}" if digits else r"(?!)"
        self._digits_together = re.compile(several)
        bounds = [bound for _wish, *both in self._wishes for bound in both if not math.isinf(bound)]
        self._beyond = max(bounds, default=0) + 1

    def _prepare_for_misspelt(self) -> None:
        """Which words may be misspelt, by their first letter; and all words by length and first letter, for those in
        which letters are hidden."""
        may_be = {word[:-1] for word in self._fuzzy} | {stem for stem in self._stems if len(stem) >= _LONG}
        may_be |= {word for word in self._plain if len(word) >= _LEAST_MISSPELT}
        self._begun: dict[str, list[str]] = {}
        for word in may_be:
            self._begun.setdefault(word[0], []).append(word)
        self._near_lengths = [length for length in self._lengths if length >= _LONG]
        self._masked: dict[tuple[int, str], list[str]] = {}
        for word in self._plain | may_be:
            self._masked.setdefault((len(word), word[0]), []).append(word)

    def _reads(self, folded: str, may_be_misspelt: bool) -> tuple[Reads, ...]:
        """What a word is: one, several where it stands for several, each with all the words of rules that it fits."""
        if folded in self._written:
            return tuple(self._read(word, False) for word in self._written[folded])
        found = self._read(folded, may_be_misspelt)
        itself = (found,) if found is not _NO_WORD else _NO_WORDS
        if not _LEAST_TOGETHER <= len(folded) <= _LONGEST:
            return itself
        if not (found.is_word or self._digits_together.fullmatch(folded)):
            return itself
        if not found.keys & self._plain and MEDICINE not in found.keys:
            return tuple(self._read(word, False) for word in self._apart(folded)) or itself
        return itself

    def _read(self, folded: str, may_be_misspelt: bool) -> Reads:
        if _NUMBER.fullmatch(folded):
            value = _value(folded)
            keys = self.of_number(min(value, self._beyond)) | ({folded, self._also.get(folded, folded)} & self._plain)
            return Reads(keys, value, is_word=False)
        keys: set[str] = set()
        for word in self._variants(folded):
            keys |= {word, self._also.get(word, word)} & self._plain
            keys |= {f"{word}~"} & self._fuzzy
            keys.update(f"{word[:length]}*" for length in self._lengths if word[:length] in self._stems)
        for length in self._ending_lengths:
            if folded[-length:] in self._endings and len(folded) > length:
                keys.add(f"*{folded[-length:]}")
        keys.update(written for written, inside in self._inside.items() if inside.search(folded))
        if self._asks_medicines and is_medicine(folded):
            keys.add(MEDICINE)
        elif may_be_misspelt and not keys & self._plain:
            keys |= self._almost(folded, is_known=bool(keys))
        value = next((self._numbers[word] for word in self._variants(folded) if word in self._numbers), None)
        if value is not None:
            keys |= self.of_number(value)
        return Reads(frozenset(keys), value) if keys or value is not None else _NO_WORD

    def _almost(self, folded: str, *, is_known: bool) -> set[str]:
        """Words and stems of the rules that a word is but for one letter. One that is known as something else is only
        taken for what patterns mark by ``~``."""
        near = {word for each in self._variants(folded) for word in self._misspelt(each)}
        marked = {f"{word}~" for word in near} & self._fuzzy
        if is_known or (folded.isascii() and is_everyday(folded)):
            return marked
        near = {word for word in near if len(word) >= _LONG or sorted(word) == sorted(folded)}
        begins = {stem for length in self._near_lengths for more in (-1, 0, 1) if length + more < len(folded)
                  for stem in self._misspelt(folded[: length + more])}  # fmt: skip
        return marked | (near & self._plain) | {f"{stem}*" for stem in near | begins if stem in self._stems}

    def _of_number(self, value: float) -> Keys:
        return frozenset(wish for wish, least, most in self._wishes if least <= value <= most)

    def _variants(self, folded: str) -> list[str]:
        found = [folded]
        if _REPEATED.search(folded):
            found += [_REPEATED.sub(r"\1\1", folded), _REPEATED.sub(r"\1", folded)]
        if _DOUBLE_END.search(folded):
            found.append(folded[:-1])
        if any(sign in "013457@$!" for sign in folded):
            plain = folded.translate(_LEET)
            found += [plain, folded.replace("1", "l").translate(_LEET)]
        if "*" in folded:
            found += self._unmasked(folded)
        return found + [word for word in self._bare(folded) if word not in found]

    def _bare(self, word: str) -> Iterator[str]:
        """The word without what is attached to it: up to two prefixes, one suffix."""
        without = [word]
        for _turn in range(2):
            without += [each[len(prefix) :] for each in without for prefix in self._prefixes if each.startswith(prefix)]
        without = [each for each in dict.fromkeys(without) if len(each) >= _LEAST_REST]
        yield from without[1:]
        for each in without:
            for suffix in self._suffixes:
                if each.endswith(suffix) and len(each) - len(suffix) >= _LEAST_REST:
                    yield each[: -len(suffix)]

    def _unmasked(self, masked: str) -> list[str]:
        signs = re.compile("".join("." if sign == "*" else re.escape(sign) for sign in masked[:_LONGEST]))
        return [word for word in self._masked.get((len(masked), masked[0]), ()) if signs.fullmatch(word)]

    def _misspelt(self, word: str) -> set[str]:
        """Known words that one letter more, less, other or in another place makes of it; the first letter stands."""
        if not _LEAST_MISSPELT <= len(word) <= _LONGEST:
            return set()
        begun = self._begun.get(word[0], ())
        return {near for near, *_ in process.extract(word, begun, scorer=OSA.distance, score_cutoff=1, limit=None)}

    def _may_stand_beside(self, word: str) -> bool:
        """Of words written in one, only the shortest everyday ones may have less than three letters."""
        return word in self._alone and (len(word) > 2 or word in _SHORT)

    def _apart(self, folded: str) -> tuple[str, ...]:
        """Known words that were written together: ``killmyself``; none where it is not all of them."""
        best: list[tuple[str, ...] | None] = [()] + [None] * len(folded)
        for start, before in enumerate(best):
            for end in range(start + 1, min(start + 12, len(folded)) + 1) if before is not None else ():
                if self._may_stand_beside(folded[start:end]):
                    choice = (*before, folded[start:end])
                    if best[end] is None or len(choice) < len(best[end]):
                        best[end] = choice
        words = best[-1] or ()
        return words if sum(len(word) > 2 for word in words) >= 2 else ()


def _is_inside(word: str) -> bool:
    return len(word) > 2 and word[0] == word[-1] == "*"


def _value(digits: str) -> float:
    """What digits say; a comma or point before three of them parts thousands: ``1,000``."""
    if digits.isdecimal():
        return float(digits[:20])
    parts = re.split("[.,]", digits[:20])
    if len(parts) == 2 and len(parts[1]) != 3:
        return float(f"{parts[0]}.{parts[1]}")
    return float("".join(parts))


def _bounds(wish: str) -> tuple[float, float]:
    sign, bound, least, most = _WISH.fullmatch(wish).groups()
    if least:
        return int(least), int(most)
    return (int(bound) if sign == ">=" else -math.inf), (int(bound) if sign == "<=" else math.inf)

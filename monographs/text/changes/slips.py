"""Typing errors and hyphens: writings that differ between two texts and say the same word.

Each is settled by giving both sides one writing before they are compared, so that it raises no alarm, whatever kind of
word it stands in ("twcie a day", "non prescription").
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from os.path import commonprefix

from monographs.remembered import MOST_REMEMBERED
from monographs.text.words.lexicon import are_confused, looks_like_a_medicine
from monographs.text.words.spelling import key

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SHORTEST = 4  # of a word of three letters, another letter makes another word too often: "mg", "leg", "arm"
_PARTS = re.compile(r"[\s-]")
_MOST_PARTS = 4
_ENDINGS = {"", "s", "es", "ed", "d", "ing", "e"}
_KEEPS_APART = frozenset({"a", "an", "in", "no", "not"})
_OPPOSED = tuple(
    re.compile(pattern)
    for pattern in (
        r"hyp(?:er|o)-?(.+)",
        r"int(?:er|ra)-?(.+)",
        r"(?:pre|post|per)-?(.+)",
        r"(?:ex|in|un|im)(?:ter|tra)?-?(.+)",
        r"(?:over|under)-?(.+)",
        r"(?:uni|bi|tri)-?(.+)",
        r"(?:tachy|brady)-?(.+)",
        r"(?:ante|anti)-?(.+)",
        r"(?:sub|super|supra)-?(.+)",
        r"(.+)(?:fore|after)(?:hand)?",
        r"(.+)(?:ful|less)",
        r"(.+)(?:penia|philia|cytosis)",
    )
)
"""Words that differ in one of these places only are opposites, however near their letters are."""


def settled(old: list[str], new: list[str], is_known: Callable[[str], bool]) -> tuple[list[str], list[str]]:
    """The two texts with one writing for each word that is only written differently.

    ``is_known`` says whether a word is in any list: what is, is no typing error. Nothing that holds a digit changes.
    """
    writings = {**dict(_parted(old, new)), **dict(_parted(new, old))}
    if writings:
        old, new = _rewritten(old, writings), _rewritten(new, writings)
    wrong = _typing_errors(_words(old), _words(new), is_known)
    return _rewritten(old, wrong), _rewritten(new, wrong)


def _words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word[0].casefold() for text in texts for word in _WORD.finditer(text))


def _rewritten(texts: list[str], writings: dict[str, str]) -> list[str]:
    if not writings:
        return texts
    return [_WORD.sub(lambda word: writings.get(word[0].casefold(), word[0]), text) for text in texts]


def _parted(texts: list[str], others: list[str]) -> Iterator[tuple[str, str]]:
    """What one side parts or hyphenates otherwise than the other: (either writing, the parts with spaces between)."""
    known = _words(others)
    gone = {word.replace("-", ""): word for word in _words(texts) if word not in known and len(word) >= _SHORTEST}
    longest = max(map(len, gone), default=0)
    for text in others:
        for joined, written in _stretches(text, longest):
            word = gone.get(joined)
            if word and word != written and _PARTS.search(written) and _may_part(word, written):
                yield from ((each, written.replace("-", " ")) for each in (word, written))


def _stretches(text: str, longest: int) -> Iterator[tuple[str, str]]:
    """One to `_MOST_PARTS` words that stand side by side: joined, and as they are written."""
    text = text.casefold()
    found = [(word[0].replace("-", ""), word.start(), word.end()) for word in _WORD.finditer(text)]
    for place, (joined, start, end) in enumerate(found):
        yield joined, text[start:end]
        for part, next_start, next_end in found[place + 1 : place + _MOST_PARTS]:
            joined += part
            if len(joined) > longest or next_start != end + 1 or text[end] not in " -":
                break
            end = next_end
            yield joined, text[start:end]


def _may_part(word: str, written: str) -> bool:
    """Whether "in active" is "inactive": only what somebody has written with a hyphen is one word for certain."""
    return "-" in word + written or written.split()[0] not in _KEEPS_APART


def _typing_errors(old: Counter[str], new: Counter[str], is_known: Callable[[str], bool]) -> dict[str, str]:
    """By each wrong writing, the word that the other side says more often and that was meant."""
    gone = [word for word, count in old.items() if count > new[word] and len(word) >= _SHORTEST]
    come = [word for word, count in new.items() if count > old[word] and len(word) >= _SHORTEST]
    near: dict[str, list[str]] = {}
    for word in come:
        for shorter in _shortened(word):
            near.setdefault(shorter, []).append(word)
    wrong: dict[str, str] = {}
    for word in gone:
        for other in dict.fromkeys(other for shorter in _shortened(word) for other in near.get(shorter, ())):
            if _is_slip(word, other, is_known):
                right, slip = (word, other) if is_known(word) and word not in wrong else (other, word)
                wrong.setdefault(slip, right)
    return wrong


@lru_cache(maxsize=MOST_REMEMBERED)
def _shortened(word: str) -> frozenset[str]:
    """The word, and the word without each of its letters: two that share one are a letter or two apart."""
    return frozenset({word, *(word[:at] + word[at + 1 :] for at in range(len(word)))})


def _is_slip(one: str, other: str, is_known: Callable[[str], bool]) -> bool:
    """Whether one of two near words is the other, typed wrongly, and not another word, an opposite or a medicine."""
    if key(one) == key(other):
        return not _are_bent(one, other)
    if is_known(one) and is_known(other) or are_opposed(one, other) or are_confused(one, other):
        return False
    if is_known(one) or is_known(other):
        return True
    are_medicines = looks_like_a_medicine(one) and looks_like_a_medicine(other)
    return one[0] == other[0] and len(one) > 5 and not are_medicines


def _are_bent(one: str, other: str) -> bool:
    """Whether two words differ in their ending only, which is no slip."""
    same = len(commonprefix((one, other)))
    return {one[same:], other[same:]} <= _ENDINGS


def are_opposed(one: str, other: str) -> bool:
    """Whether two words differ only in what turns them round: ``hypertension`` and ``hypotension``."""
    if one == other:
        return False
    return any(
        (match := pattern.fullmatch(one)) and (also := pattern.fullmatch(other)) and match[1] == also[1]
        for pattern in _OPPOSED
    )

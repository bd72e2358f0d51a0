"""Sentences and words of a plain text, for counting."""

import re
from functools import lru_cache

_END = re.compile(r"[.!?…؟۔。！？](?:(?<=[。！？])|[\"'”’)\]»]*(?=\s))")  # all in one set: others are passed quickly
_NEVER_LAST = frozenset(
    {"e.g", "i.e", "dr", "mr", "mrs", "ms", "prof", "st", "vs", "fig", "approx", "cf", "incl", "eg", "ie"}
)
_BEFORE_A_NUMBER = frozenset({"no", "nos", "max", "min", "tel", "ext", "p", "pp"})
_WORD = re.compile(r"[^\W_]+(?:[-'’.,/&][^\W_]+)*%?")


def _goes_on(before: str, after: str) -> bool:
    """True where a full stop belongs to an abbreviation, not to the end of a sentence."""
    last = before.rsplit(maxsplit=1)[-1].lstrip("([\"'“‘").rstrip(".").casefold() if before.strip() else ""
    if after[:1].islower() or last in _NEVER_LAST:
        return True
    return last in _BEFORE_A_NUMBER and after[:1].isdigit()


def sentences(text: str) -> list[str]:
    """The sentences of one paragraph, spaces and line ends tidied.

    Survives "e.g.", "Dr. Smith", "1.5mg" and "No. 3"; the number of a list's item belongs to its first sentence; a
    text without an end mark is one sentence.
    """
    return list(_sentences(text))


@lru_cache(maxsize=256)  # each of four rules asks for those of every paragraph
def _sentences(text: str) -> tuple[str, ...]:
    text = " ".join(text.split())
    found, start = [], 0
    for match in _END.finditer(text):
        before = text[max(start, match.start() - 20) : match.start() + 1]
        after = text[match.end() : match.end() + 8].lstrip()
        if start == 0 and text[: match.start()].isdigit():
            continue
        if match[0][0] == "." and _goes_on(before, after.lstrip("\"'“‘([")):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    rest = text[start:].strip()
    return (*found, rest) if rest else tuple(found)


def word_list(text: str) -> list[str]:
    """The words of a text; "long-term", "don't", "1.5mg" and "and/or" are one word each."""
    return list(_words(text))


@lru_cache(maxsize=256)  # what is too long is counted, and so is what is hard to read
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))

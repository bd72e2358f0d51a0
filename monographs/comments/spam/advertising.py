"""Does a reply look like advertising or nonsense? Rules of our own, no third party, and nothing is decided by them.

What is found adds up: each rule of `lists/spam.toml` gives a phrase its weight, links theirs; `ENOUGH` is a suspicion.
Apart from that a text may be nearly the same as another one (`likeness`), or made of the words that moderators threw
away before (`learning`). A medicine's name weighs nothing, whichever it is.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from monographs.comments.labels import Found, Label
from monographs.comments.spam.learning import Learnt
from monographs.comments.spam.likeness import like_one_of
from monographs.comments.spam.links import MARKUP, Link, links_in
from monographs.text.words.phrases import Phrases, Word, words_of

ENOUGH, ENOUGH_OF_A_QUESTION = 4, 6
_FILE = Path(__file__).parent / "lists" / "spam.toml"
_FEW_WORDS = 3  # beside a link
_LEADS_AWAY = {"link", "short-link", "markup", "noise"}
_MOST_SHOWN = 200  # characters of the words that a rule saw


@dataclass(frozen=True)
class _Sign:
    """One thing that speaks for advertising: its rule's short name, the words as typed, what it weighs."""

    rule: str
    words: str
    weight: int


def found_in(
    text: str,
    language: str = "en",
    *,
    name: str = "",
    recent: Iterable[str] = (),
    learnt: Learnt | None = None,
    ours: Collection[str] = (),
) -> tuple[Found, ...]:
    """What makes a suspicion, one `Found` for each rule with all its words; nothing where it is not enough.

    ``language`` is the leaflet's (BCP 47); the phrases of all languages are tried, because advertisers do not ask.
    ``name`` stands above the reply, ``recent`` are the texts it may repeat, newest first; ``ours``: hosts of the site.
    Takes time in proportion to the text.
    """
    signs = list(_signs(text, name, ours))
    found = _told(signs) if sum(sign.weight for sign in signs) >= _needed(text, signs) else []
    if like_one_of(text, recent) is not None:
        found.append(Found(Label.SPAM, "spam.sent-before", text.strip()[:_MOST_SHOWN]))
    if learnt and (spoke := learnt.words_for_spam(text)):
        found.append(Found(Label.SPAM, "spam.learnt", " … ".join(spoke)))
    return tuple(found)


def _needed(text: str, signs: list[_Sign]) -> int:
    """More is needed where somebody asks: "Can I buy it from an online pharmacy, without a prescription?" """
    leads_away = any(sign.rule in _LEADS_AWAY for sign in signs)
    return ENOUGH if leads_away or not _ASKS.search(text) else ENOUGH_OF_A_QUESTION


def _told(signs: Iterable[_Sign]) -> list[Found]:
    by_rule: dict[str, list[str]] = {}
    for sign in signs:
        by_rule.setdefault(sign.rule, []).append(sign.words)
    return [
        Found(Label.SPAM, f"spam.{rule}", " … ".join(dict.fromkeys(words))[:_MOST_SHOWN])
        for rule, words in by_rule.items()
    ]


def _signs(text: str, name: str, ours: Collection[str]) -> Iterator[_Sign]:
    words = words_of(text)
    signs = [*_of_phrases(text, words), *_of_name(name), *_of_links(text, len(words), ours)]
    yield from signs
    if signs:
        yield from _beside_others(text)
    if noise := _noise(text, words):
        yield noise


# --- Phrases ---


@cache
def _data() -> dict:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _phrases() -> Phrases[tuple[str, int, str]]:
    return Phrases(
        (phrase, (rule, int(weight), phrase))
        for rule, weights in _data()["rules"].items()
        for weight, phrases in weights.items()
        for phrase in phrases
    )


def _of_phrases(text: str, words: list[Word]) -> list[_Sign]:
    """Each phrase once, in order; of those that share words the heaviest, then the longest."""
    matches = sorted(_phrases().find(words), key=lambda match: (-match.key[1], match.start - match.end, match.start))
    taken, seen, signs = bytearray(len(text)), set(), []
    for match in matches:
        rule, weight, phrase = match.key
        if phrase in seen or any(taken[match.start : match.end]):
            continue
        seen.add(phrase)
        taken[match.start : match.end] = b"\x01" * (match.end - match.start)
        signs.append((match.start, _Sign(rule, text[match.start : match.end], weight)))
    return [sign for _start, sign in sorted(signs, key=lambda found: found[0])]


def _of_name(name: str) -> Iterator[_Sign]:
    """A name that advertises by itself."""
    for match in _phrases().find(words_of(name)):
        yield _Sign("name", name, min(2, match.key[1]))
        return
    if any(_links(name)):
        yield _Sign("name", name, 2)


# --- Links ---


def _links(text: str) -> Iterator[Link]:
    return links_in(text, endings=_endings())


@cache
def _endings() -> frozenset[str]:
    return frozenset(ending.rpartition(".")[2] for ending in _data()["links"]["endings"])


def _of_links(text: str, count: int, ours: Collection[str]) -> Iterator[_Sign]:
    """A link to a place that patients don't quote; with hardly one of the ``count`` words around it that is all that
    was to be said."""
    if match := MARKUP.search(text):
        yield _Sign("markup", match[0], ENOUGH)
    links = [link for link in _links(text) if not link.is_at({*_data()["links"]["trusted"], *ours})]
    said = count - sum(len(words_of(link.words)) for link in links)
    for link in links:
        is_short = link.is_at(_data()["links"]["shorteners"])
        weight = ENOUGH if is_short or said <= _FEW_WORDS else 3
        yield _Sign("short-link" if is_short else "link", link.words, weight)


# --- Shouting and noise ---

_LONGEST_STRUCK = 40
_ASKS = re.compile(r"[?？؟]")
_EXCITED = re.compile(r"!{3,}|(?:💰|💵|🔥|💊|✅|👉|🎁|🎰|📞|📲|🚀|💯|⬇|👇){1,20}|\${2,}|(?:★|☆|►|✔){1,20}")
_AMOUNT_OF_MONEY = re.compile(r"[$£€₹]\s?\d[\d,.]{2,12}|\d[\d,.]{2,12}\s?(?:USD|dollars|€|\$|zł|دولار)", re.IGNORECASE)
_CALL = re.compile(r"\+\s?\d[\d ()-]{8,20}|[\w.+-]{1,64}+@[\w-]{1,63}\.\w{2,20}")
_VOWELS = set("aeiouyw")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ROWS = (*_KEYS, *(row[::-1] for row in _KEYS))


def _beside_others(text: str) -> Iterator[_Sign]:
    """What says nothing by itself: people in need cry out and leave a number, too."""
    if match := _AMOUNT_OF_MONEY.search(text):
        yield _Sign("sum", match[0], 1)
    if match := _CALL.search(text):
        yield _Sign("address", match[0], 1)
    if shout := _shout(text):
        yield shout


def _shout(text: str) -> _Sign | None:
    if match := _EXCITED.search(text):
        return _Sign("shout", match[0], 1)
    letters = [sign for sign in text if sign.isalpha()]
    capitals = sum(sign.isupper() for sign in letters)
    return _Sign("shout", text[:40], 1) if len(letters) > 20 and capitals > len(letters) * 0.7 else None


def _noise(text: str, words: list[Word]) -> _Sign | None:
    """A few words that are no words of any language, but keys struck at random."""
    typed = [word.folded for word in words]
    letters = "".join(typed)
    if not 1 <= len(typed) <= 6 or len(letters) < 6 or not letters.isascii():
        return None
    return _Sign("noise", text.strip()[:40], ENOUGH) if all(map(_is_struck, typed)) else None


def _is_struck(word: str) -> bool:
    letters = "".join(sign for sign in word if sign.isalpha())
    if len(letters) < 4 or len(word) > _LONGEST_STRUCK:
        return False
    along_a_row = max(_along(letters, row) for row in _ROWS)
    longest = max(len(run) for run in re.split(f"[{''.join(_VOWELS)}]", letters))
    return along_a_row >= max(4, len(letters) * 0.6) or longest >= 6


def _along(letters: str, row: str) -> int:
    """How many letters in a row of the keyboard were struck one after the other."""
    longest = 0
    for start in range(len(letters)):
        while letters[start : start + longest + 1] in row and start + longest < len(letters):
            longest += 1
    return longest

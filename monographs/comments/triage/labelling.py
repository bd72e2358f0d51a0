"""What a reply is about, as far as rules can tell: which labels, by which rule, for which words.

A label decides nothing. It puts a reply before the right people sooner, and shows its writer where help is; so a crisis
is rather seen where there is none than missed. Rules of crisis are tried in every language, because people in need
write in their own under a leaflet in another; the other rules in the text's language and in English.
"""

from collections.abc import Iterator

from monographs.comments.labels import ORDER, Found, Label
from monographs.comments.triage.rules.files import languages, rules_of
from monographs.comments.triage.rules.hints import MANY_HINTS, judged
from monographs.comments.triage.rules.typed import Typed, split
from monographs.text.words.lexicon import is_everyday

__all__ = ["Found", "Label", "crises_in", "is_cry", "triage"]

_ALL, _CRISIS = frozenset(Label), frozenset({Label.CRISIS})


def triage(text: str, language: str = "en", *, labels: frozenset[Label] = _ALL) -> tuple[Found, ...]:
    """Everything that was found, in the order of the labels; one for each rule, its first match. ``labels``: those
    that are looked for.

    Pure; takes time in proportion to the text. A language without rules is read by the English ones.
    """
    # Personal data and spam are found by modules of their own, which join here.
    return tuple(sorted(_by_rules(text, language, labels), key=lambda found: ORDER[found.label]))


def crises_in(text: str, language: str) -> tuple[Found, ...]:
    """What may be a cry for help in any words of a reader's: beside a reply they type a name, why they report another,
    why theirs should be shown."""
    return triage(text, language, labels=_CRISIS) if text else ()


def is_cry(query: str, language: str) -> bool:
    """Whether a search may be a cry for help. What many words together say is fitted to messages, and tells nothing of
    the few in a search."""
    return any(not found.rule.endswith(MANY_HINTS) for found in crises_in(query, language))


def _by_rules(text: str, language: str, labels: frozenset[Label]) -> Iterator[Found]:
    typed = split(text)
    own = next((each for each in (language, language.partition("-")[0]) if each in languages()), "en")
    for each in languages():
        if each == own:
            yield from _found(typed, each, own, labels)
        elif each == "en":
            found_in_english = _found(typed, each, own, labels)
            yield from (found for found in found_in_english if not _all_theirs(found.words, own))
        else:
            crises = _found(typed, each, own, labels & _CRISIS)
            yield from (found for found in crises if not _all_known(found.words, {own, "en"}))


def _found(typed: Typed, language: str, own: str, labels: frozenset[Label]) -> Iterator[Found]:
    """What one language finds. Rules and words are weighed in the text's own alone: "faint" asks how many in Welsh."""
    held = rules_of(language).find(typed, labels, is_own=language == own)
    return judged(typed, language, labels, tuple(held)) if language == own else held


def _all_theirs(words: str, own: str) -> bool:
    """Whether what reads as English is of the text's own language: "faint … ?" asks how many in Welsh."""
    return all(rules_of(own).knows(word.folded) for word in split(words).words)


def _all_known(words: str, theirs: set[str]) -> bool:
    """Whether words that a rule of another language took are words of the text's own, whose rules saw them as well."""
    return all(
        is_everyday(word.folded) or any(rules_of(each).knows(word.folded) for each in theirs)
        for word in split(words).words
    )

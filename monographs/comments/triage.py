"""What a reply is about, as far as rules can tell: which labels, by which rule, for which words.

A label decides nothing. It puts a reply before the right people sooner, and shows its writer where help is; so a crisis
is rather seen where there is none than missed. Rules of crisis are tried in every language, because people in need
write in their own under a leaflet in another; the other rules in the text's language and in English.
"""

from collections.abc import Iterator

from monographs.comments.labels import ORDER, Found, Label
from monographs.comments.rules.files import languages, rules_of
from monographs.comments.rules.hints import weigh
from monographs.comments.rules.typed import split

__all__ = ["Found", "Label", "triage"]


def triage(text: str, language: str = "en") -> tuple[Found, ...]:
    """Everything that was found, in the order of the labels; one for each rule, its first match.

    Pure; takes time in proportion to the text. A language without rules is read by the English ones.
    """
    return tuple(sorted(_found(text, language), key=lambda found: ORDER[found.label]))


def _found(text: str, language: str) -> Iterator[Found]:
    typed = split(text)
    theirs = {language, language.partition("-")[0], "en"}
    for each in languages():
        labels = frozenset(Label) if each in theirs else frozenset({Label.CRISIS})
        weighed = weigh(typed, each, labels)
        yield from rules_of(each).find(typed, labels, {label: each.points for label, each in weighed.items()})
        yield from (each.found for each in weighed.values() if each.found)

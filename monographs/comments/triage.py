"""What a reply is about, as far as rules can tell: which labels, by which rule, for which words.

A label decides nothing. It puts a reply before the right people sooner, and shows its writer where help is; so a crisis
is rather seen where there is none than missed. Rules of crisis are tried in every language, because people in need
write in their own under a leaflet in another; the other rules in the text's language and in English.
"""

import math
from collections.abc import Iterator

from monographs.comments.labels import ORDER, Found, Label
from monographs.comments.rules.files import languages, rules_of
from monographs.comments.rules.hints import weigh
from monographs.comments.rules.typed import split

__all__ = ["Found", "Label", "triage"]

_NO_POINTS = dict.fromkeys(Label, -math.inf)  # so that what asks for some does not hold


def triage(text: str, language: str = "en") -> tuple[Found, ...]:
    """Everything that was found, in the order of the labels; one for each rule, its first match.

    Pure; takes time in proportion to the text. A language without rules is read by the English ones.
    """
    return tuple(sorted(_found(text, language), key=lambda found: ORDER[found.label]))


def _found(text: str, language: str) -> Iterator[Found]:
    typed = split(text)
    known = [each for each in (language, language.partition("-")[0]) if each in languages()]
    own = known[0] if known else "en"
    for each in languages():
        labels = frozenset(Label) if each in (own, "en") else frozenset({Label.CRISIS})
        # Words weigh in their own language alone: "faint" asks how many in Welsh.
        weighed = weigh(typed, each, labels) if each == own else {}
        points = {label: found.points for label, found in weighed.items()} if each == own else _NO_POINTS
        yield from rules_of(each).find(typed, labels, points)
        yield from (found.found for found in weighed.values() if found.found)

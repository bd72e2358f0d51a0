"""What one short line says: an amount, for whom it is, what kind of paper this is. None of it decided by its shape."""

import re
from functools import lru_cache

from monographs.exchange.unmarked.words.people import BESIDE_WHO, WHO
from monographs.exchange.unmarked.words.section_headings import CONTENTS, DOCUMENTS
from monographs.leaflets.sections import fold_heading
from monographs.text.words.mentions import Reader

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LIMIT_SIGNS = re.compile(r"[\s\d.,:;()<>≤≥+/–—-]*")
_RATIO = re.compile(r"\d[\d.,\u00a0\u202f ]*\s(?:in|out of|von|de cada|de|sur|su|em|op|na|من كل|من)\s\d", re.IGNORECASE)
# How common and how urgent something is stands in honest headings; how often to take it does not.
_NO_TIMES = {
    "now", "today", "immediately", "straight away", "right away", "urgently", "as soon as possible", "always",
    "rare", "rarely", "very rare", "very rarely", "common", "commonly", "very common", "often", "uncommon",
    "uncommonly", "at once",
    "sometimes", "occasionally", "seldom", "usually", "frequent", "frequently", "infrequently", "regularly",
    "häufig", "selten", "gelegentlich", "siempre", "nunca", "toujours", "souvent", "immer",
}  # fmt: skip
ORDERS = re.compile(
    r"(?:take|use|give|swallow|apply|inject|inhale|do not|never|tome|use|nehmen|prenez)\b", re.IGNORECASE
)
"""What an advice begins with, and no name or title."""

_DOCUMENT = re.compile("|".join(f"(?:{pattern})" for pattern in DOCUMENTS))


@lru_cache(maxsize=4096)
def tells_an_amount(line: str) -> bool:
    """Whether the line has a dose, a number with a unit or a frequency, and is not only an age: then it is no heading.

    ``"5 mg"``, ``"Keep below 25 °C"``, ``"Once a day"`` and ``"May affect up to 1 in 10 people"`` do,
    ``"Common side effects"``, ``"Week 1"`` and ``"Children 6 to 12 years"`` do not.
    """
    if is_for_somebody(line):
        return False
    if _RATIO.search(line):
        return True
    for sentence in Reader().sentences(line):
        for mention in sentence.mentions:
            if mention.category == "dose" or (mention.category == "number" and mention.unit):
                return True
            if mention.category == "frequency" and mention.phrase.casefold() not in _NO_TIMES:
                return True
    return False


def is_for_somebody(line: str) -> bool:
    """Whether the line says only for whom what follows is: ``"Adults and children over 12 years:"``."""
    words = [word.casefold() for word in _WORD.findall(line)]
    return (
        any(word in WHO for word in words)
        and all(word in WHO or word in BESIDE_WHO for word in words)
        and bool(_LIMIT_SIGNS.fullmatch(_WORD.sub("", line)))
    )


def begins_with_people(line: str) -> bool:
    """Whether one of the line's first words names a group of people: ``"Use in children with asthma"``."""
    return any(word.casefold() in WHO for word in _WORD.findall(line)[:3])


def is_contents_heading(line: str) -> bool:
    """Whether the line stands above a table of contents: ``"What is in this leaflet:"``."""
    return fold_heading(line) in CONTENTS


def is_document_line(line: str) -> bool:
    """Whether the line says what paper this is: ``"Package leaflet: Information for the patient"``."""
    return bool(_DOCUMENT.fullmatch(fold_heading(line)))

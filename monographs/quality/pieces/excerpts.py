"""What is quoted of a longer text: whole sentences, since half a sentence can say the opposite."""

import re

from monographs.quality.pieces.sentences import sentences

_OPENING, _CLOSING = "([{«‹「『", ")]}”»›」』"  # German closes by the sign that English opens with
_OPENS_OR_CLOSES = re.compile(f"[{re.escape(_OPENING + _CLOSING)}“„]")
_NO_END = re.compile(  # a full stop that may belong to the word: "e.g.", an initial, a number of a list
    r"(?:^|[\s(])(?:[^\W\d_]|\d{1,3}|[^\W\d_]\.[^\W\d_]|max|min|approx|no|nos|vs|cf|dr|st|ca|bzw|ggf|usw|evtl|np|tzn|tj"
    r"|ej|aprox|env|circa|ecc|tel|p\.ex|z\.b|d\.h)\.$",
    re.IGNORECASE,
)

LONGEST_LABEL = 300  # characters, of one line in a list or the ledger


def whole_sentences(text: str) -> list[str]:
    """The sentences of a paragraph, parted only where one surely ends: brackets and quotation marks are closed, no
    small letter follows, and the full stop belongs to no abbreviation, initial or number."""
    opening, closing = (f"{_OPENING}„", f"{_CLOSING}“") if "„" in text else (f"{_OPENING}“", _CLOSING)
    found: list[list[str]] = []
    depth = straight = 0  # of brackets and quotation marks, since the last sentence ended
    has_marks = '"' in text or _OPENS_OR_CLOSES.search(text)
    for piece in sentences(text):
        is_inside = depth > 0 or straight % 2
        if found and (is_inside or _NO_END.search(found[-1][-1][-12:]) or piece.lstrip(opening)[:1].islower()):
            found[-1].append(piece)
        else:
            found.append([piece])
            depth = straight = 0
        if has_marks:
            depth += sum((mark in opening) - (mark in closing) for mark in _OPENS_OR_CLOSES.findall(piece))
            straight += piece.count('"')
    return [" ".join(pieces) for pieces in found]


def beginning(text: str, most: int) -> str:
    """The first sentences of a text that have room in ``most`` characters, and " …" where there are more.

    The first one stands whole, however long it is: what was asked or said is never cut.
    """
    found = whole_sentences(text)
    shown = found[:1]
    for sentence in found[1:]:
        if len(" ".join(shown)) + len(sentence) >= most:
            break
        shown.append(sentence)
    return " ".join(shown) + (" …" if len(shown) < len(found) else "")

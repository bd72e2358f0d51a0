"""Two versions of a text compared word by word for the eye: everything is shown, nothing shortened."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from monographs.text.changes.alignment import common

_NUMBER = r"[.]?\d+(?:[.,/:٫٬⁄]\d+)*[½¼¾⅓⅔⅛]?(?:%|°[CF]|[^\W\d_]+)?"
_WORD = r"(?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u200c\u200d])+"
_WITHOUT_SPACES = r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"  # kana and Han: each character is a word
_TOKEN = rf"{_NUMBER}|{_WITHOUT_SPACES}|(?:(?!{_WITHOUT_SPACES}){_WORD[:-1]})+(?:['’]{_WORD})*|\S"
_TOKENS = re.compile(rf"\s+|{_TOKEN}")

# How a text is cut, from coarse to fine. Each part carries the white space behind it.
_PARAGRAPHS = re.compile(r"^\s+|[^\n]+\s*")
_SENTENCES = re.compile(r"^\s+|\S.*?(?:[.!?؟。][\"'”’)\]]*\s+|\n\s*|$)", re.DOTALL)
_SPACED_TOKENS = re.compile(rf"^\s+|(?:{_TOKEN})\s*")
_IS_LANDMARK = re.compile(r"[\n\d]")


@dataclass(frozen=True)
class Piece:
    """A stretch of text that both versions have, or only the old (removed) or the new one (added)."""

    op: Literal["same", "removed", "added"]
    text: str


def words(text: str) -> list[str]:
    """Words, numbers with the unit written onto them (``5mg``, ``1,000``, ``1/2``), signs and white space.

    ``"".join(words(text)) == text`` for every text.
    """
    return _TOKENS.findall(text)


def compare_words(old: str, new: str) -> list[Piece]:
    """The two versions as one sequence of pieces, in reading order, a removal before what replaces it.

    Nothing is left out: same and removed pieces join to ``old``, same and added pieces to ``new``. Paragraphs are
    aligned first, then sentences, then words, where a number is one word (5 → 50 is never an added "0").
    """
    edits = _without_crumbs(_edits(_raw_pieces(old, new, (_PARAGRAPHS, _SENTENCES, _SPACED_TOKENS))))
    pieces = []
    for same, removed, added in edits:
        end = _shared_space(removed, added)
        keep = len(removed) - end, len(added) - end
        pieces += [("same", same), ("removed", removed[: keep[0]]), ("added", added[: keep[1]])]
        pieces.append(("same", removed[keep[0] :]))
    joined: list[Piece] = []
    for op, text in pieces:
        if text and joined and joined[-1].op == op:
            joined[-1] = Piece(op, joined[-1].text + text)
        elif text:
            joined.append(Piece(op, text))
    return joined


def _raw_pieces(old: str, new: str, cuts: tuple[re.Pattern, ...]) -> Iterator[tuple[str, str]]:
    cut, *finer = cuts
    olds, news = cut.findall(old), cut.findall(new)
    old_keys, new_keys = [part.rstrip() for part in olds], [part.rstrip() for part in news]
    i = j = 0
    for next_i, next_j in [*common(old_keys, new_keys), (len(olds), len(news))]:
        before, after = "".join(olds[i:next_i]), "".join(news[j:next_j])
        if before and after and finer:
            yield from _raw_pieces(before, after, tuple(finer))
        else:
            yield from (("removed", before), ("added", after))
        if next_i < len(olds):
            key = old_keys[next_i]
            space_before, space_after = olds[next_i][len(key) :], news[next_j][len(key) :]
            if space_before == space_after:
                yield "same", olds[next_i]
            else:
                yield from (("same", key), ("removed", space_before), ("added", space_after))
        i, j = next_i + 1, next_j + 1


def _edits(pieces: Iterator[tuple[str, str]]) -> list[list[str]]:
    """Group into [same text, then removed, then added]."""
    edits = [["", "", ""]]
    for op, text in pieces:
        if op == "same" and text and (edits[-1][1] or edits[-1][2]):
            edits.append([text, "", ""])
        elif op == "same":
            edits[-1][0] += text
        else:
            edits[-1][1 if op == "removed" else 2] += text
    return edits


def _without_crumbs(edits: list[list[str]]) -> list[list[str]]:
    """Swallow a lone unchanged "the" or space between two larger changes: phrases read better than confetti."""

    def size(edit: list[str]) -> int:
        return max(len(edit[1].strip()), len(edit[2].strip()))

    kept = [edits[0]]
    for edit in edits[1:]:
        same, smaller = edit[0], min(size(kept[-1]), size(edit))
        if smaller and len(same.strip()) <= min(smaller, 12) and not _IS_LANDMARK.search(same):
            kept[-1][1] += same + edit[1]
            kept[-1][2] += same + edit[2]
        else:
            kept.append(edit)
    return kept


def _shared_space(removed: str, added: str) -> int:
    """How many characters of white space both end with."""
    count = 0
    for one, other in zip(reversed(removed), reversed(added), strict=False):
        if one != other or not one.isspace():
            break
        count += 1
    return count

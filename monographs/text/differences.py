"""Two versions of a text compared: word by word for the eye, and for what could harm a patient.

`compare_words` shows everything and shortens nothing. `safety_changes` lists the changed doses,
numbers, units, frequencies, routes and negations, so that none of them has to be found by eye.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from monographs.text.alignment import common
from monographs.text.mentions import Mention, Sentence, is_content_word, sentences

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


@dataclass(frozen=True)
class SafetyChange:
    """One change that could harm: ``5 mg`` → ``50 mg``; ``before`` or ``after`` is "" where there is none.

    The contexts are the whole sentences that the two stand in, "" where that text has no matching sentence.
    """

    category: Literal["dose", "unit", "frequency", "route", "negation", "number"]
    before: str
    after: str
    context_before: str
    context_after: str


def safety_changes(old: str, new: str, *, language: str = "en") -> list[SafetyChange]:
    """Every changed dose, number, unit, frequency, route and negation between two plain texts, in reading order.

    A sentence that only moved, or a dose that is only written differently (``5mg``, ``5 mg``), is no change. A
    sentence that went or came counts with all that it mentions. ``language`` is that of the texts (see `mentions`).
    """
    olds, news = sentences(old, language=language), sentences(new, language=language)
    return [change for group in _rewritten(olds, news) for change in group.changes(olds, news)]


@dataclass
class _Group:
    """Sentences (places in the old and the new text) that say the same thing in other words.

    In a loose group they only stand in the same spot: what one forbids is not what the other forbids.
    """

    at: int
    old: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    is_loose: bool = False

    def changes(self, olds: list[Sentence], news: list[Sentence]) -> Iterator[SafetyChange]:
        """Mentions are held against each other between the content words that both texts share, in order."""
        left, right = [olds[i] for i in sorted(self.old)], [news[j] for j in sorted(self.new)]
        before = [(item, sentence) for sentence in left for item in sentence.items]
        after = [(item, sentence) for sentence in right for item in sentence.items]
        old_words = [place for place, (item, _) in enumerate(before) if is_content_word(item)]
        new_words = [place for place, (item, _) in enumerate(after) if is_content_word(item)]
        anchors = common([before[place][0] for place in old_words], [after[place][0] for place in new_words])
        all_old, all_new = " ".join(one.text for one in left), " ".join(one.text for one in right)
        i = j = 0
        for next_i, next_j in [(old_words[a], new_words[b]) for a, b in anchors] + [(len(before), len(after))]:
            for one, other in _stretch(before[i:next_i], after[j:next_j], self.is_loose):
                if one and other:
                    category = _category(one[0], other[0])
                    yield SafetyChange(category, one[0].phrase, other[0].phrase, one[1].text, other[1].text)
                elif one and not one[0].is_weak:
                    yield SafetyChange(one[0].category, one[0].phrase, "", one[1].text, all_new)
                elif other and not other[0].is_weak:
                    yield SafetyChange(other[0].category, "", other[0].phrase, all_old, other[1].text)
            i, j = next_i, next_j


def _rewritten(olds: list[Sentence], news: list[Sentence]) -> list[_Group]:
    """What is not simply the same in both texts, grouped by what replaces what, in reading order.

    Sentences of one wording are aligned in order first, whatever their numbers, so that a dose under "Adults" is
    held against the dose under "Adults", also where the same sentence occurs under "Children".
    """
    groups: list[_Group] = []
    rest_old, rest_new = [], []
    place: dict[int, int] = {}
    gap_of: dict[int, int] = {}
    i = j = 0
    for next_i, next_j in [*_aligned(olds, news), (len(olds), len(news))]:
        place.update(dict.fromkeys(range(i, next_i), j))
        gap_of.update(dict.fromkeys(range(j, next_j), j))
        rest_old += range(i, next_i)
        rest_new += range(j, next_j)
        if next_i < len(olds) and olds[next_i].meaning != news[next_j].meaning:
            groups.append(_Group(next_j, [next_i], [next_j]))
        i, j = next_i + 1, next_j + 1
    rest_old, rest_new = _without_moved(olds, news, rest_old, rest_new)

    of_old = {group.old[0]: group for group in groups}
    of_new = {group.new[0]: group for group in groups}
    candidates = sorted(
        (-_likeness(olds[i], news[j]), abs(place[i] - j), i, j)
        for i, j in _candidates(olds, news, rest_old, rest_new, place)
    )
    for likeness, _, i, j in candidates:
        if likeness <= -0.5 and i not in of_old and j not in of_new:
            group = _Group(j, [i], [j])
            groups.append(group)
            of_old[i] = of_new[j] = group
    # One sentence became two, or two became one: the left-over half joins the sentence that contains its words.
    for _, _, i, j in candidates:
        if not _is_within(olds[i], news[j]):
            continue
        if i not in of_old and j in of_new:
            of_old[i] = of_new[j]
            of_old[i].old.append(i)
        elif j not in of_new and i in of_old:
            of_new[j] = of_old[i]
            of_new[j].new.append(j)
    gaps: dict[int, _Group] = {}
    for i in rest_old:
        if i not in of_old:
            gaps.setdefault(place[i], _Group(place[i], is_loose=True)).old.append(i)
    for j in rest_new:
        if j not in of_new:
            gaps.setdefault(gap_of[j], _Group(gap_of[j], is_loose=True)).new.append(j)
    for group in gaps.values():
        if len(group.old) == len(group.new) == 1:
            groups.append(group)
        else:
            groups += [_Group(group.at, old=[i]) for i in group.old] + [_Group(j, new=[j]) for j in group.new]
    return sorted(groups, key=lambda group: (group.at, group.old or [len(olds)], group.new))


def _aligned(olds: list[Sentence], news: list[Sentence]) -> list[tuple[int, int]]:
    """Sentences of one wording in order; among the ways to pair them, one that keeps most of their numbers.

    Only the part between the common beginning and end is weighed exactly, and only up to 250,000 pairs.
    """
    start, end = 0, 0
    while start < min(len(olds), len(news)) and olds[start].meaning == news[start].meaning:
        start += 1
    while end < min(len(olds), len(news)) - start and olds[-1 - end].meaning == news[-1 - end].meaning:
        end += 1
    left, right = olds[start : len(olds) - end], news[start : len(news) - end]
    if len(left) * len(right) > 250_000:
        pairs = common([sentence.skeleton for sentence in left], [sentence.skeleton for sentence in right])
    else:
        pairs = _best_pairs(left, right)
    return (
        [(i, i) for i in range(start)]
        + [(start + i, start + j) for i, j in pairs]
        + [(len(olds) - end + k, len(news) - end + k) for k in range(end)]
    )


def _best_pairs(left: list[Sentence], right: list[Sentence]) -> list[tuple[int, int]]:
    """Longest common subsequence of wordings, in which one with equal numbers weighs a little more."""
    unit = len(left) + len(right) + 1
    table = [[0] * (len(right) + 1)]
    for one in left:
        above, row = table[-1], [0]
        for j, other in enumerate(right):
            best = max(above[j + 1], row[j])
            if one.skeleton == other.skeleton:
                best = max(best, above[j] + unit + (one.meaning == other.meaning))
            row.append(best)
        table.append(row)
    pairs = []
    i, j = len(left), len(right)
    while i and j:
        if table[i][j] == table[i - 1][j]:
            i -= 1
        elif table[i][j] == table[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def _without_moved(olds, news, rest_old: list[int], rest_new: list[int]) -> tuple[list[int], list[int]]:
    """Leave out what stands elsewhere in the other text, unless it is a bare value ("5 mg"): that needs its place."""
    moved = Counter(olds[i].meaning for i in rest_old) & Counter(news[j].meaning for j in rest_new)

    def stayed(texts: list[Sentence], rest: list[int]) -> list[int]:
        left = moved.copy()
        kept = []
        for place in rest:
            sentence = texts[place]
            if left[sentence.meaning] and any(is_content_word(item) for item in sentence.items):
                left[sentence.meaning] -= 1
            else:
                kept.append(place)
        return kept

    return stayed(olds, rest_old), stayed(news, rest_new)


def _candidates(olds, news, rest_old: list[int], rest_new: list[int], place: dict[int, int]) -> set[tuple[int, int]]:
    """Pairs worth weighing: neighbours, and sentences that share a word few others have. Never all with all."""
    having = defaultdict(list)
    for j in rest_new:
        for word in news[j].bag:
            having[word].append(j)
    pairs = {(i, j) for i in rest_old for word in olds[i].bag if len(having[word]) <= 8 for j in having[word]}
    near_new = set(rest_new)
    for order, i in enumerate(rest_old):
        abreast = rest_new[order * len(rest_new) // len(rest_old)] if rest_new else 0
        for middle in {place[i], abreast}:
            pairs.update((i, j) for j in range(middle - 8, middle + 9) if j in near_new)
    return pairs


def _shared(one: Counter, other: Counter) -> int:
    return sum(min(count, other[word]) for word, count in one.items() if word in other)


def _likeness(one: Sentence, other: Sentence) -> float:
    """From 0, nothing in common, to 1, the same words (Dice's coefficient over content words and mentions)."""
    total = one.bag.total() + other.bag.total()
    return 2 * _shared(one.bag, other.bag) / total if total else 1.0


def _is_within(one: Sentence, other: Sentence) -> bool:
    """Whether most of the shorter sentence, and a content word at least, is found in the longer one."""
    shared = _shared(one.bag, other.bag)
    return shared >= 2 and shared >= 0.6 * min(one.bag.total(), other.bag.total())


def _stretch(before: list, after: list, is_loose: bool) -> Iterator[tuple]:
    """The changed mentions between two shared words: pairs of (mention, sentence), None on a side that has none."""
    before = [(item, sentence) for item, sentence in before if isinstance(item, Mention)]
    after = [(item, sentence) for item, sentence in after if isinstance(item, Mention)]
    same = common([item.meaning for item, _ in before], [item.meaning for item, _ in after])
    i = j = 0
    for next_i, next_j in [*same, (len(before), len(after))]:
        yield from _opposite(before[i:next_i], after[j:next_j])
        if is_loose and next_i < len(before) and before[next_i][0].category == "negation":
            yield before[next_i], None
            yield None, after[next_j]
        i, j = next_i + 1, next_j + 1


def _opposite(before: list, after: list) -> Iterator[tuple]:
    """Pair the mentions of one family in order: an amount against an amount, a route against a route."""
    waiting = list(after)
    for left in before:
        right = next((other for other in waiting if _family(other[0]) == _family(left[0])), None)
        if right:
            waiting.remove(right)
        yield left, right
    yield from ((None, right) for right in waiting)


def _family(mention: Mention) -> str:
    return "amount" if mention.category in {"dose", "number"} else mention.category


def _category(before: Mention, after: Mention) -> str:
    if _family(before) != "amount":
        return before.category
    if before.unit != after.unit and before.meaning[1:3] == after.meaning[1:3]:
        return "unit"
    return "dose" if "dose" in {before.category, after.category} else "number"

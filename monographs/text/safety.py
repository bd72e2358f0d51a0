"""Two versions of a text compared for what could harm a patient, so that none of it has to be found by eye.

Sentences are paired first (in order, then moved, then reworded), then the mentions in each pair are held
against each other.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from monographs.text.alignment import common
from monographs.text.mentions import Mention, Sentence, is_content_word, sentences
from monographs.text.outline import Line


@dataclass(frozen=True)
class SafetyChange:
    """One change that could harm: ``5 mg`` → ``50 mg``; ``before`` or ``after`` is "" where there is none.

    The contexts are the whole sentences that the two stand in, behind the heading or lead that they stand under; ""
    where that text has no matching sentence.
    """

    category: Literal["dose", "unit", "frequency", "route", "negation", "number"]
    before: str
    after: str
    context_before: str
    context_after: str


def safety_changes(old: str | Sequence[Line], new: str | Sequence[Line], *, language: str = "en") -> list[SafetyChange]:
    """Every changed dose, number, unit, frequency, route and negation between two texts, in reading order.

    A sentence that only moved, or a dose that is only written differently (``5mg``, ``5 mg``), is no change; it is
    one if it moved from under "Adults" to under "Children", which an outline tells and a plain text does not. A
    sentence that went or came counts with all that it mentions. ``language`` is that of the texts (see `mentions`).
    """
    olds, news = sentences(old, language=language), sentences(new, language=language)
    groups, unchanged = _rewritten(olds, news)
    found = []
    for group in groups:
        changes = list(group.changes(olds, news))
        found += [(group.at, change) for change in changes]
        if not changes and len(group.old) == len(group.new) == 1:
            unchanged.append((group.old[0], group.new[0]))
    found += _under_other_labels(olds, news, unchanged)
    found += _under_kept_labels(olds, news, groups)
    return [change for _at, change in sorted(found, key=lambda placed: placed[0])]


def _under_other_labels(olds: list[Sentence], news: list[Sentence], unchanged: list[tuple[int, int]]):
    """(place, change): sentences that are the same and hold for something else now, together for each two labels."""
    together = defaultdict(list)
    for i, j in unchanged:
        one, other = olds[i], news[j]
        if one.place != other.place and (other.mentions or _labels_mention(one, other)):
            together[one.place, other.place].append((i, j))
    for pairs in together.values():
        left, right = [olds[i] for i, _ in pairs], [news[j] for _, j in pairs]
        yield pairs[0][1], _labelled(left, right)


def _under_kept_labels(olds: list[Sentence], news: list[Sentence], groups: list["_Group"]):
    """(place, change): what came or went under "Do not take it if", though it says nothing dangerous itself."""
    kept = {one.place for one in olds} & {other.place for other in news}
    for group in groups:
        if group.old and group.new:
            continue
        for sentence in [olds[i] for i in group.old] + [news[j] for j in group.new]:
            if sentence.place in kept and not sentence.mentions and _labels_mention(sentence):
                yield group.at, _labelled([sentence][: len(group.old)], [sentence][: len(group.new)])


def _labels_mention(*both: Sentence) -> bool:
    return any(label.mentions for sentence in both for label in sentence.labels)


def _labelled(left: list[Sentence], right: list[Sentence]) -> SafetyChange:
    """One change for sentences under the same labels: ``Adults: 5 mg`` → ``Children: 5 mg``."""

    def words(side: list[Sentence]) -> tuple[str, str]:
        if not side:
            return "", ""
        phrases = dict.fromkeys(mention.phrase for sentence in side for mention in sentence.mentions)
        whole = " ".join(sentence.text for sentence in side)
        said = ", ".join(phrases) or whole
        return f"{side[0].lead}: {said}" if side[0].lead else said, whole

    mentions = [mention for sentence in left + right for mention in sentence.mentions]
    mentions += [mention for sentence in left + right for label in sentence.labels for mention in label.mentions]
    (before, context_before), (after, context_after) = words(left), words(right)
    return SafetyChange(mentions[0].category, before, after, context_before, context_after)


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
        all_old, all_new = " ".join(one.told for one in left), " ".join(one.told for one in right)
        i = j = 0
        for next_i, next_j in [(old_words[a], new_words[b]) for a, b in anchors] + [(len(before), len(after))]:
            for one, other in _stretch(before[i:next_i], after[j:next_j], self.is_loose):
                if one and other:
                    category = _category(one[0], other[0])
                    yield SafetyChange(category, one[0].phrase, other[0].phrase, one[1].told, other[1].told)
                elif one and not one[0].is_weak:
                    yield SafetyChange(one[0].category, one[0].phrase, "", one[1].told, all_new)
                elif other and not other[0].is_weak:
                    yield SafetyChange(other[0].category, "", other[0].phrase, all_old, other[1].told)
            i, j = next_i, next_j


def _rewritten(olds: list[Sentence], news: list[Sentence]) -> tuple[list[_Group], list[tuple[int, int]]]:
    """What is not simply the same in both texts, grouped by what replaces what; and the pairs that are the same.

    Sentences of one wording are aligned in order first, whatever their numbers, so that a dose under "Adults" is
    held against the dose under "Adults", also where the same sentence occurs under "Children".
    """
    groups: list[_Group] = []
    unchanged: list[tuple[int, int]] = []
    rest_old, rest_new = [], []
    place: dict[int, int] = {}
    gap_of: dict[int, int] = {}
    i = j = 0
    for next_i, next_j in [*_aligned(olds, news), (len(olds), len(news))]:
        place.update(dict.fromkeys(range(i, next_i), j))
        gap_of.update(dict.fromkeys(range(j, next_j), j))
        rest_old += range(i, next_i)
        rest_new += range(j, next_j)
        if next_i < len(olds) and olds[next_i].meaning == news[next_j].meaning:
            unchanged.append((next_i, next_j))
        elif next_i < len(olds):
            groups.append(_Group(next_j, [next_i], [next_j]))
        i, j = next_i + 1, next_j + 1
    moved = _moved(olds, news, rest_old, rest_new)
    unchanged += moved.items()
    rest_old = [i for i in rest_old if i not in moved]
    arrived = set(moved.values())
    rest_new = [j for j in rest_new if j not in arrived]

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
    return sorted(groups, key=lambda group: (group.at, group.old or [len(olds)], group.new)), unchanged


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
    """Longest common subsequence of wordings; one under the same labels or with equal numbers weighs more."""
    unit = 3 * (len(left) + len(right)) + 1
    table = [[0] * (len(right) + 1)]
    for one in left:
        above, row = table[-1], [0]
        for j, other in enumerate(right):
            best = max(above[j + 1], row[j])
            if one.skeleton == other.skeleton:
                same_place, same_meaning = one.place == other.place, one.meaning == other.meaning
                best = max(best, above[j] + unit + 2 * same_place + same_meaning)
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


def _moved(olds, news, rest_old: list[int], rest_new: list[int]) -> dict[int, int]:
    """Old place → new place of what stands elsewhere in the new text, if possible under the same labels.

    A bare value ("5 mg") is not taken for moved: it needs its place.
    """
    moved: dict[int, int] = {}
    for key in (lambda sentence: (sentence.meaning, sentence.place), lambda sentence: sentence.meaning):
        waiting, taken = defaultdict(list), set(moved.values())
        for j in rest_new:
            if j not in taken and any(is_content_word(item) for item in news[j].items):
                waiting[key(news[j])].append(j)
        for i in rest_old:
            if i not in moved and waiting[key(olds[i])]:
                moved[i] = waiting[key(olds[i])].pop(0)
    return moved


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

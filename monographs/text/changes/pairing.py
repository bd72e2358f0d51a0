"""Which sentences of two texts belong together: in order, then moved, then reworded, then in the same place."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from monographs.text.changes.alignment import common
from monographs.text.words.mention import Sentence, is_content_word


@dataclass
class Group:
    """Sentences (places in the old and the new text) that say the same thing in other words.

    In a loose group they only stand in the same spot: what one forbids is not what the other forbids.
    """

    at: int
    old: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    is_loose: bool = False


@dataclass
class _Left:
    """The places in both texts that have no partner yet, and where each would stand in the new text."""

    old: list[int]
    new: list[int]
    place: dict[int, int]  # of each old sentence: the new one that it would stand before
    gap: dict[int, int]  # of each new sentence: where the stretch begins that it stands in

    def without(self, old: Collection[int], new: Collection[int]) -> "_Left":
        return _Left(
            [i for i in self.old if i not in old], [j for j in self.new if j not in new], self.place, self.gap
        )  # fmt: skip


def pair(olds: list[Sentence], news: list[Sentence]) -> tuple[list[Group], list[tuple[int, int]]]:
    """What is not simply the same in both texts, grouped by what replaces what; and the pairs that are the same.

    Sentences of one wording are aligned in order first, whatever their numbers, so that a dose under "Adults" is
    held against the dose under "Adults", also where the same sentence occurs under "Children".
    """
    aligned = _aligned(olds, news)
    unchanged = [(i, j) for i, j in aligned if olds[i].meaning == news[j].meaning]
    groups = [Group(j, [i], [j]) for i, j in aligned if olds[i].meaning != news[j].meaning]
    left = _left_between(aligned, len(olds), len(news))
    moved = _moved(olds, news, left.old, left.new)
    unchanged += moved.items()
    left = left.without(moved.keys(), set(moved.values()))
    reworded = _reworded(olds, news, left, groups)
    left = left.without(*reworded)
    groups += _in_the_same_spot(left)
    return sorted(groups, key=lambda group: (group.at, group.old or [len(olds)], group.new)), unchanged


def _left_between(aligned: list[tuple[int, int]], old_count: int, new_count: int) -> _Left:
    """What stands between the aligned sentences."""
    left = _Left([], [], {}, {})
    i = j = 0
    for next_i, next_j in [*aligned, (old_count, new_count)]:
        left.place.update(dict.fromkeys(range(i, next_i), j))
        left.gap.update(dict.fromkeys(range(j, next_j), j))
        left.old += range(i, next_i)
        left.new += range(j, next_j)
        i, j = next_i + 1, next_j + 1
    return left


def _reworded(
    olds: list[Sentence], news: list[Sentence], left: _Left, groups: list[Group]
) -> tuple[set[int], set[int]]:  # fmt: skip
    """Add to the groups what is alike, the most alike first, and halves to their whole; which places have one now."""
    of_old = {group.old[0]: group for group in groups}
    of_new = {group.new[0]: group for group in groups}
    ranked = sorted(
        (-_likeness(olds[i], news[j]), abs(left.place[i] - j), i, j)
        for i, j in _candidates(olds, news, left.old, left.new, left.place)
    )
    for likeness, _, i, j in ranked:
        if likeness <= -0.5 and i not in of_old and j not in of_new:
            groups.append(Group(j, [i], [j]))
            of_old[i] = of_new[j] = groups[-1]
    halves = ((i, j) for _, _, i, j in ranked if _is_within(olds[i], news[j]))
    _join_halves(halves, of_old, of_new)
    return set(of_old), set(of_new)


def _join_halves(halves: Iterable[tuple[int, int]], of_old: dict[int, Group], of_new: dict[int, Group]) -> None:
    """One sentence became two, or two became one: the left-over half joins the sentence that contains its words."""
    for i, j in halves:
        if i not in of_old and j in of_new:
            of_old[i] = of_new[j]
            of_old[i].old.append(i)
        elif j not in of_new and i in of_old:
            of_new[j] = of_old[i]
            of_new[j].new.append(j)


def _in_the_same_spot(left: _Left) -> list[Group]:
    """One sentence in the stead of one other; where there are more, each went or came for itself."""
    gaps: dict[int, Group] = {}
    for i in left.old:
        gaps.setdefault(left.place[i], Group(left.place[i], is_loose=True)).old.append(i)
    for j in left.new:
        gaps.setdefault(left.gap[j], Group(left.gap[j], is_loose=True)).new.append(j)
    groups = []
    for group in gaps.values():
        if len(group.old) == len(group.new) == 1:
            groups.append(group)
        else:
            groups += [Group(group.at, old=[i]) for i in group.old] + [Group(j, new=[j]) for j in group.new]
    return groups


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

"""Which elements of two sequences belong together: what comparisons of texts and of lists stand on.

`difflib` is not used: its cost is quadratic or worse on the texts that matter here (every word
changed, one phrase repeated a thousand times). The bit-parallel algorithm below always costs
``len(old) * len(new) / 64`` steps, so 5,000 words against 5,000 others take some hundredths of a second.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence

_MOST_CELLS = 400_000_000  # one bit each: 50 MB


def longest_increasing(numbers: Sequence[int]) -> set[int]:
    """Positions in ``numbers`` of one longest strictly increasing subsequence: whatever is not in it has moved."""
    tails: list[int] = []
    tail_at: list[int] = []
    before: list[int] = []
    for position, number in enumerate(numbers):
        length = bisect_left(tails, number)
        before.append(tail_at[length - 1] if length else -1)
        tails[length : length + 1] = [number]
        tail_at[length : length + 1] = [position]
    kept = set()
    position = tail_at[-1] if tail_at else -1
    while position >= 0:
        kept.add(position)
        position = before[position]
    return kept


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs ``(i, j)``, rising in both, with ``old[i] == new[j]``: a longest common subsequence.

    Sequences too long for that (over 20,000 elements that differ, on both sides) are first cut at
    the elements that occur once in each; a part that offers no such cut counts as wholly different.
    """
    start, end_old, end_new = 0, len(old), len(new)
    while start < end_old and start < end_new and old[start] == new[start]:
        start += 1
    while end_old > start and end_new > start and old[end_old - 1] == new[end_new - 1]:
        end_old, end_new = end_old - 1, end_new - 1
    middle_old, middle_new = old[start:end_old], new[start:end_new]
    align = _by_bits if len(middle_old) * len(middle_new) <= _MOST_CELLS else _by_rare_elements
    return (
        [(i, i) for i in range(start)]
        + [(start + i, start + j) for i, j in align(middle_old, middle_new)]
        + [(end_old + i, end_new + i) for i in range(len(old) - end_old)]
    )


def _by_bits(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Longest common subsequence, one row of the table as one long integer (Hyyrö 2004, "Bit-parallel LCS-length")."""
    places: dict[Hashable, int] = {}
    for j, element in enumerate(new):
        places[element] = places.get(element, 0) | (1 << j)
    full = (1 << len(new)) - 1
    row, rows = full, []
    for element in old:
        hits = row & places.get(element, 0)
        row = ((row + hits) | (row - hits)) & full
        rows.append(row)
    pairs = []
    i, j = len(old) - 1, len(new) - 1
    while i >= 0 and j >= 0:
        if old[i] == new[j]:
            pairs.append((i, j))
            i, j = i - 1, j - 1
        elif rows[i] >> j & 1:
            j -= 1
        else:
            i -= 1
    return pairs[::-1]


def _by_rare_elements(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Cut at elements that occur once on each side and keep their order, then align between the cuts."""
    once_old = {element for element, count in Counter(old).items() if count == 1}
    once_new = {element: j for j, element in enumerate(new) if element in once_old}
    counts_new = Counter(new)
    cuts = [
        (i, once_new[element])
        for i, element in enumerate(old)
        if element in once_new and element in once_old and counts_new[element] == 1
    ]
    kept = longest_increasing([j for _, j in cuts])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    for cut_i, cut_j in [cut for place, cut in enumerate(cuts) if place in kept] + [(len(old), len(new))]:
        part_old, part_new = old[i:cut_i], new[j:cut_j]
        if kept and part_old and part_new:
            pairs += [(i + a, j + b) for a, b in common(part_old, part_new)]
        if cut_i < len(old):
            pairs.append((cut_i, cut_j))
        i, j = cut_i + 1, cut_j + 1
    return pairs

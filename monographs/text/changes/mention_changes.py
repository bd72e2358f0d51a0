"""Amounts, times, routes and negations of two sentences that belong together, held against each other."""

from collections import defaultdict, deque
from collections.abc import Iterator

from monographs.text.changes.alignment import common
from monographs.text.words.lexicon import alike
from monographs.text.words.mention import Mention, Sentence, is_content_word

Placed = tuple[Mention, Sentence]
Exchange = tuple[Placed | None, Placed | None]


def mentions_changed(
    left: list[Sentence], right: list[Sentence], *, is_loose: bool, weak: tuple[bool, bool] = (False, False)
) -> list[Exchange]:
    """What stands for what, None on a side that has none; weak mentions only where another stands against them.

    They are weighed between the content words that both texts share, in order. ``weak`` says whether weak ones that
    went, and those that came, matter alone as well: where a plain word stands in their stead. In a loose pair
    (`pairing.Group`) an equal negation counts as gone and come, as it forbids something else.
    """
    before = [(item, sentence) for sentence in left for item in sentence.items]
    after = [(item, sentence) for sentence in right for item in sentence.items]
    changes = []
    i = j = 0
    for next_i, next_j in [*_anchors(before, after), (len(before), len(after))]:
        stretch = _stretch(_measured(before[i:next_i]), _measured(after[j:next_j]), is_loose)
        changes += [both for both in stretch if _matters(*both, weak)]
        i, j = next_i, next_j
    return [] if _only_moved(left, right, changes) else changes


def category(before: Mention, after: Mention) -> str:
    """What the exchange of one mention for another is told as."""
    if _family(before) != "amount":
        return before.category
    if before.unit != after.unit and before.meaning[1:3] == after.meaning[1:3]:
        return "unit"
    return "dose" if "dose" in {before.category, after.category} else "number"


def _anchors(before: list, after: list) -> list[tuple[int, int]]:
    """The places of the content words that both texts share, in order."""
    old_words = [place for place, (item, _) in enumerate(before) if is_content_word(item)]
    new_words = [place for place, (item, _) in enumerate(after) if is_content_word(item)]
    same = common([_said(before[place][0]) for place in old_words], [_said(after[place][0]) for place in new_words])
    return [(old_words[a], new_words[b]) for a, b in same]


def _only_moved(left: list[Sentence], right: list[Sentence], changes: list[Exchange]) -> bool:
    """Whether all that changed is the place of the only mention, as in "After a day, …" and "… after a day".

    A negation is not: it denies what stands behind it.
    """
    if len(changes) != 2 or any(one and other for one, other in changes):
        return False
    mentions = [[mention for one in side for mention in one.mentions] for side in (left, right)]
    if any(len(side) != 1 or side[0].category == "negation" for side in mentions):
        return False
    return mentions[0][0].meaning == mentions[1][0].meaning


def _said(item: str | Mention) -> object:
    return item if isinstance(item, str) else item.meaning


def _measured(items: list) -> list[Placed]:
    return [(item, sentence) for item, sentence in items if isinstance(item, Mention) and not item.term]


def _matters(one: Placed | None, other: Placed | None, weak: tuple[bool, bool]) -> bool:
    if one and other:
        return one[0].meaning == other[0].meaning or not alike(one[0].phrase, other[0].phrase)
    return not (one or other)[0].is_weak or weak[0 if one else 1]


def _stretch(before: list[Placed], after: list[Placed], is_loose: bool) -> Iterator[Exchange]:
    """The changed mentions between two shared words."""
    same = common([item.meaning for item, _ in before], [item.meaning for item, _ in after])
    i = j = 0
    for next_i, next_j in [*same, (len(before), len(after))]:
        yield from _opposite(before[i:next_i], after[j:next_j])
        if is_loose and next_i < len(before) and before[next_i][0].category == "negation":
            yield before[next_i], None
            yield None, after[next_j]
        i, j = next_i + 1, next_j + 1


def _opposite(before: list[Placed], after: list[Placed]) -> Iterator[Exchange]:
    """Pair the mentions of one family in order, weak ones last: an amount with an amount, a route with a route."""
    partner: dict[int, int] = {}
    for are_weak_paired in (False, True):
        _pair_in_order(before, after, partner, are_weak_paired)
    taken = set(partner.values())
    yield from ((one, after[partner[i]] if i in partner else None) for i, one in enumerate(before))
    yield from ((None, other) for j, other in enumerate(after) if j not in taken)


def _pair_in_order(before: list[Placed], after: list[Placed], partner: dict[int, int], are_weak_paired: bool) -> None:
    """Add to ``partner`` (place before → place after) what has none yet, of the strong ones or of all."""
    waiting, taken = defaultdict(deque), set(partner.values())
    for j, (mention, _) in enumerate(after):
        if j not in taken and (are_weak_paired or not mention.is_weak):
            waiting[_family(mention)].append(j)
    for i, (mention, _) in enumerate(before):
        if i not in partner and (are_weak_paired or not mention.is_weak) and waiting[_family(mention)]:
            partner[i] = waiting[_family(mention)].popleft()


def _family(mention: Mention) -> str:
    return "amount" if mention.category in {"dose", "number"} else mention.category

"""Two versions of a text compared for what could harm a patient, so that none of it has to be found by eye.

Sentences are paired first (`pairing`), then the mentions in each pair are held against each other. Where these are
equal, what they hold for is: the labels above, the people named beside a dose, the words of a warning.
"""

import re
from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from monographs.text.alignment import common
from monographs.text.mentions import Mention, Sentence, is_content_word, sentences
from monographs.text.outline import Line
from monographs.text.pairing import Group, pair
from monographs.text.vocabulary import COLOURS, FILLERS, JOINTS, OF_HEADINGS, OPPOSED, PEOPLE

_ENDS = ".!?:؟。"
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|es|s|e)$")


@dataclass(frozen=True)
class SafetyChange:
    """One change that could harm: ``5 mg`` → ``50 mg``; ``before`` or ``after`` is "" where there is none.

    The contexts are the whole sentences that the two stand in, behind the heading or lead that they stand under; ""
    where that text has no matching sentence.
    """

    category: Literal["dose", "unit", "frequency", "route", "negation", "who", "number"]
    before: str
    after: str
    context_before: str
    context_after: str


def safety_changes(old: str | Sequence[Line], new: str | Sequence[Line], *, language: str = "en") -> list[SafetyChange]:
    """Every changed dose, number, unit, frequency, route, negation and person between two texts, in reading order.

    A sentence that only moved, or a dose that is only written differently (``5mg``, ``5 mg``), is no change; it is
    one if it moved from under "Adults" to under "Children", which an outline tells and a plain text does not. A
    sentence that went or came counts with all that it mentions. ``language`` is that of the texts (see `mentions`).
    """
    if old == new:
        return []
    olds, news = sentences(old, language=language), sentences(new, language=language)
    groups, unchanged = pair(olds, news)
    found = []
    for group in groups:
        left, right = [olds[i] for i in sorted(group.old)], [news[j] for j in sorted(group.new)]
        changes = list(_mentions_changed(left, right, group.is_loose))
        if not changes and left and right:
            changes = list(_words_changed(left, right))
        found += [(group.at, change) for change in changes]
        if not changes and len(left) == len(right) == 1:
            unchanged.append((group.old[0], group.new[0]))
    found += _under_other_labels(olds, news, unchanged)
    found += _under_kept_labels(olds, news, groups)
    return [change for _at, change in sorted(found, key=lambda placed: placed[0])]


def _under_other_labels(olds: list[Sentence], news: list[Sentence], unchanged: list[tuple[int, int]]):
    """(place, change): sentences that are the same and hold for something else now, together for each two labels."""
    together = defaultdict(list)
    for i, j in unchanged:
        one, other = olds[i], news[j]
        if one.place == other.place or _headed(one) == _headed(other):
            continue
        if other.mentions or _labels_mention(one, other):
            together[_apart(one, other)].append((i, j))
    for pairs in together.values():
        left, right = [olds[i] for i, _ in pairs], [news[j] for _, j in pairs]
        yield pairs[0][1], _labelled(left, right)


def _under_kept_labels(olds: list[Sentence], news: list[Sentence], groups: list[Group]):
    """(place, change): what came or went under "Do not take it if", though it says nothing dangerous itself."""
    kept = {one.place for one in olds} & {other.place for other in news}
    for group in groups:
        if group.old and group.new:
            continue
        for sentence in [olds[i] for i in group.old] + [news[j] for j in group.new]:
            if sentence.place in kept and not sentence.mentions and _labels_mention(sentence):
                yield group.at, _labelled([sentence][: len(group.old)], [sentence][: len(group.new)])


def _headed(sentence: Sentence) -> list[set]:
    """What each label says, whatever the words that say little: "Dose for adults" and "Dosage for adults"."""
    return [
        {word for word, said in _words([label]) if said not in OF_HEADINGS}
        | {item.meaning for item in label.items if isinstance(item, Mention)}
        for label in sentence.labels
    ]


def _labels_mention(*both: Sentence) -> bool:
    return any(label.mentions for sentence in both for label in sentence.labels)


def _apart(one: Sentence, other: Sentence) -> tuple[tuple, tuple]:
    """The labels that only one of the two stands under, by their meanings."""
    return (
        tuple(meaning for meaning in one.place if meaning not in other.place),
        tuple(meaning for meaning in other.place if meaning not in one.place),
    )


def _labelled(left: list[Sentence], right: list[Sentence]) -> SafetyChange:
    """One change for sentences under the same labels: ``Adults: 5 mg`` → ``Children: 5 mg``."""
    apart = _apart(left[0], right[0]) if left and right else ((), ())

    def words(side: list[Sentence], only: tuple) -> tuple[str, str]:
        if not side:
            return "", ""
        phrases = dict.fromkeys(mention.phrase for sentence in side for mention in sentence.mentions)
        texts = [sentence.text for sentence in side]
        whole = "".join(f"{text} " if text[-1] in _ENDS else f"{text}; " for text in texts).rstrip("; ")
        lead = side[0].lead_of(only) if any(apart) else side[0].lead
        said = _first_few(phrases, 8) or ("…" if lead and texts[1:] else _first_few(texts, 3))
        return f"{lead}: {said}" if lead else said, whole

    mentions = [mention for sentence in left + right for mention in sentence.mentions]
    mentions += [mention for sentence in left + right for label in sentence.labels for mention in label.mentions]
    (before, context_before), (after, context_after) = words(left, apart[0]), words(right, apart[1])
    category = "dose" if any(mention.category == "dose" for mention in mentions) else mentions[0].category
    return SafetyChange(category, before, after, context_before, context_after)


def _first_few(texts: Collection[str], most: int) -> str:
    """What moved as one is named by its first parts, and how many more there are; the context has them all."""
    said = ", ".join(text.rstrip(".;,") for text in islice(texts, most)) if len(texts) > 1 else "".join(texts)
    return f"{said} … (+{len(texts) - most})" if len(texts) > most else said


def _mentions_changed(left: list[Sentence], right: list[Sentence], is_loose: bool) -> Iterator[SafetyChange]:
    """Mentions are held against each other between the content words that both texts share, in order."""
    before = [(item, sentence) for sentence in left for item in sentence.items]
    after = [(item, sentence) for sentence in right for item in sentence.items]
    old_words = [place for place, (item, _) in enumerate(before) if is_content_word(item)]
    new_words = [place for place, (item, _) in enumerate(after) if is_content_word(item)]
    anchors = common([before[place][0] for place in old_words], [after[place][0] for place in new_words])
    all_old, all_new = " ".join(one.told for one in left), " ".join(one.told for one in right)
    i = j = 0
    for next_i, next_j in [(old_words[a], new_words[b]) for a, b in anchors] + [(len(before), len(after))]:
        for one, other in _stretch(before[i:next_i], after[j:next_j], is_loose):
            if one and other:
                category = _category(one[0], other[0])
                yield SafetyChange(category, one[0].phrase, other[0].phrase, one[1].told, other[1].told)
            elif one and not one[0].is_weak:
                yield SafetyChange(one[0].category, one[0].phrase, "", one[1].told, all_new)
            elif other and not other[0].is_weak:
                yield SafetyChange(other[0].category, "", other[0].phrase, all_old, other[1].told)
        i, j = next_i, next_j


def _words_changed(left: list[Sentence], right: list[Sentence]) -> Iterator[SafetyChange]:
    """Where all mentions are the same: a word became its opposite, a warning names others, doses changed owners."""
    old, new = _words(left), _words(right)
    kept_old, kept_new = {word for word, _ in old}, {word for word, _ in new}
    gone = [said for word, said in old if word not in kept_new]
    come = [said for word, said in new if word not in kept_old]
    told = " ".join(one.told for one in left), " ".join(one.told for one in right)
    opposites = _opposites(gone, come)
    forbids_old, forbids_new = _forbidding(left), _forbidding(right)
    people_gone, people_come = ([word for word in words if word in PEOPLE] for words in (gone, come))
    if opposites:
        yield from (SafetyChange("negation", *both, *told) for both in opposites)
    elif (gone or come) and forbids_old and forbids_new:
        before = f"{forbids_old} … {_first_few(gone, 8)}" if gone else ""
        after = f"{forbids_new} … {_first_few(come, 8)}" if come else ""
        yield SafetyChange("negation", before, after, *told)
    elif (gone or come) and _stands_under_negation(left) and _stands_under_negation(right):
        yield _labelled(left, right)
    elif (people_gone or people_come) and (any(one.mentions for one in left) or _only_owners(left, gone + come)):
        yield SafetyChange("who", ", ".join(people_gone), ", ".join(people_come), *told)
    elif gone and come and COLOURS.issuperset(gone + come):
        yield SafetyChange("dose", ", ".join(gone), ", ".join(come), *told)
    elif not gone and not come and (turned := _turned(left, right)):
        yield SafetyChange("negation", *turned, *told)
    elif not gone and not come and [word for word, _ in old] != [word for word, _ in new] and _has_amounts(left):
        yield SafetyChange("dose", " ".join(one.text for one in left), " ".join(one.text for one in right), "", "")


def _only_owners(side: list[Sentence], changed: list[str]) -> bool:
    """Whether nothing but people changed in sentences that say more than whom they are for, as a heading does."""
    said = {item for one in side for item in one.items if is_content_word(item)}
    return PEOPLE.issuperset(changed) and not said <= PEOPLE


def _turned(left: list[Sentence], right: list[Sentence]) -> tuple[str, str] | None:
    """The first "and" that became "or", or "must" that became "may", with the words around it."""
    old, new = _around_joints(left), _around_joints(right)
    if len(old) != len(new):
        return None
    changed = (
        (said, now) for (word, said), (other, now) in zip(old, new, strict=True) if JOINTS[word] != JOINTS[other]
    )
    return next(changed, None)


def _around_joints(side: list[Sentence]) -> list[tuple[str, str]]:
    """Each of `JOINTS` with what is said by it, but for "your doctor or pharmacist"."""
    found = []
    for one in side:
        words = [item if isinstance(item, str) else item.phrase for item in one.items]
        for place, word in enumerate(words):
            around = words[max(0, place - 1) : place + 2]
            if word in JOINTS and not (word in {"and", "or"} and FILLERS & {around[0], around[-1]}):
                found.append((word, " ".join(around)))
    return found


def _words(side: list[Sentence]) -> list[tuple[str, str]]:
    """What the sentences are about: each word without its ending, and as it is said."""
    items = [item for sentence in side for item in sentence.items]
    return [(_ENDING.sub("", item), item) for item in items if is_content_word(item) and item not in FILLERS]


def _opposites(gone: list[str], come: list[str]) -> list[tuple[str, str]]:
    """``opened`` and ``unopened``, ``harmful`` and ``harmless``: (gone, come). Never all words with all."""
    return _denied(gone, come) + [(one, other) for other, one in _denied(come, gone)]


def _denied(words: list[str], others: list[str]) -> list[tuple[str, str]]:
    """Each word that denies one of the others, with that one."""
    meant = {other.removesuffix("ful"): other for other in others} | {other: other for other in others}
    found = [(word, OPPOSED.fullmatch(word)) for word in dict.fromkeys(words)]
    return [(word, other) for word, match in found if match and (other := meant.get(match[1] or match[2]))]


def _forbidding(side: list[Sentence]) -> str:
    """The first words that forbid or deny, as written, or ""."""
    return next((item.phrase for one in side for item in one.mentions if item.category == "negation"), "")


def _stands_under_negation(side: list[Sentence]) -> bool:
    return any(_forbidding(list(sentence.labels)) for sentence in side)


def _has_amounts(side: list[Sentence]) -> bool:
    """Whether the sentences name two different amounts, each of which belongs to somebody or something."""
    return len({item.meaning for one in side for item in one.mentions if _family(item) == "amount"}) > 1


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
    """Pair the mentions of one family in order, weak ones last: an amount with an amount, a route with a route."""
    partner: dict[int, int] = {}
    for are_weak_paired in (False, True):
        waiting, taken = defaultdict(deque), set(partner.values())
        for j, (mention, _) in enumerate(after):
            if j not in taken and (are_weak_paired or not mention.is_weak):
                waiting[_family(mention)].append(j)
        for i, (mention, _) in enumerate(before):
            if i not in partner and (are_weak_paired or not mention.is_weak) and waiting[_family(mention)]:
                partner[i] = waiting[_family(mention)].popleft()
    taken = set(partner.values())
    yield from ((one, after[partner[i]] if i in partner else None) for i, one in enumerate(before))
    yield from ((None, other) for j, other in enumerate(after) if j not in taken)


def _family(mention: Mention) -> str:
    return "amount" if mention.category in {"dose", "number"} else mention.category


def _category(before: Mention, after: Mention) -> str:
    if _family(before) != "amount":
        return before.category
    if before.unit != after.unit and before.meaning[1:3] == after.meaning[1:3]:
        return "unit"
    return "dose" if "dose" in {before.category, after.category} else "number"

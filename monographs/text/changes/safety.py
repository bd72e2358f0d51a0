"""Two versions of a text compared for what could harm a patient, so that none of it has to be found by eye.

Sentences are paired first (`pairing`), and what is only written differently is settled (`slips`). Then the amounts,
times, routes and negations in each pair are held against each other (`mention_changes`), and each word that came, went
or was exchanged is told as its class says (`classes`, `word_changes`). Where all of that is equal, what it holds for is
compared: the labels above (`owners`), the order of doses and of what is denied.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from monographs.text.changes.mention_changes import category, mentions_changed
from monographs.text.changes.owners import labels_apart, under_kept_labels, under_other_labels
from monographs.text.changes.pairing import Group, pair
from monographs.text.changes.slips import settled
from monographs.text.changes.word_changes import (
    WordChange,
    Words,
    any_word_changed,
    compared,
    opposites,
    whole_sentence,
    words_changed,
)
from monographs.text.markup.outline import Line
from monographs.text.words.classes import Category
from monographs.text.words.mention import Mention, Sentence, is_content_word
from monographs.text.words.mentions import Reader
from monographs.text.words.vocabulary import FILLERS, JOINTS

_ENDS = ".!?:؟。"


@dataclass(frozen=True)
class SafetyChange:
    """One change that could harm: ``5 mg`` → ``50 mg``; ``before`` or ``after`` is "" where there is none.

    The contexts are the whole sentences that the two stand in, behind the heading or lead that they stand under; ""
    where that text has no matching sentence.
    """

    category: Category
    before: str
    after: str
    context_before: str
    context_after: str


def safety_changes(
    old: str | Sequence[Line],
    new: str | Sequence[Line],
    *,
    language: str = "en",
    names: frozenset[str] = frozenset(),
) -> list[SafetyChange]:
    """Every change between two texts that a second reader must look at, in reading order.

    Told are changed doses, numbers, units, frequencies, routes and negations, and exchanged medicines, conditions,
    parts of the body, persons, degrees of severity and of obligation, and acts. A sentence that only moved, or a dose
    that is only written differently (``5mg``, ``5 mg``), is no change, nor are typing errors, hyphens and words that
    mean the same; it is one if it moved from under "Adults" to under "Children", which an outline tells and a plain
    text does not. A sentence that went or came counts with all that it mentions. ``language`` is that of the texts,
    ``names`` the medicines to know beside the lists (see `mentions.Reader`).
    """
    if old == new:
        return []
    reader = Reader(language, names)
    olds, news = reader.sentences(old), reader.sentences(new)
    groups, unchanged = pair(olds, news)
    found = [(at, _labelled(*sides)) for at, sides in under_kept_labels(olds, news, groups)]
    told_by_label = {at for at, _change in found}
    for group in groups:
        left, right = [olds[i] for i in sorted(group.old)], [news[j] for j in sorted(group.new)]
        changes = list(_group_changes(group, left, right, reader, group.at in told_by_label))
        found += [(group.at, change) for change in changes]
        if not changes and len(left) == len(right) == 1:
            unchanged.append((group.old[0], group.new[0]))
    found += [(at, _labelled(*sides)) for at, sides in under_other_labels(olds, news, unchanged)]
    return [change for _at, change in sorted(found, key=lambda placed: placed[0])]


def _group_changes(
    group: Group, left: list[Sentence], right: list[Sentence], reader: Reader, is_told_by_label: bool
) -> Iterator[SafetyChange]:
    """What changed in one group of sentences that belong together, or in one that came or went."""
    if left and right:
        left, right = _settled(left, right, reader)
    words = compared(left, right, reader)
    exchanges = mentions_changed(left, right, is_loose=group.is_loose, weak=(words.only_come, words.only_gone))
    changes = [_mention_change(*both, left, right) for both in exchanges if not words.say_the_same(*both)]
    yield from changes
    if not (left and right):
        yield from () if changes or is_told_by_label else _whole_change(left, right)
    elif not (changes and group.is_loose):
        yield from _word_changes(left, right, words, reader, bool(changes))
        if not (changes or words.gone or words.come):
            yield from _order_changes(left, right)


def _settled(left: list[Sentence], right: list[Sentence], reader: Reader) -> tuple[list[Sentence], list[Sentence]]:
    """The sentences with one writing for each word that is only written differently; they are told as written."""
    old, new = [one.text for one in left], [one.text for one in right]
    old_settled, new_settled = settled(old, new, reader.is_known)
    if (old_settled, new_settled) == (old, new):
        return left, right
    return (
        [reader.reread(one, text) for one, text in zip(left, old_settled, strict=True)],
        [reader.reread(one, text) for one, text in zip(right, new_settled, strict=True)],
    )


def _mention_change(one, other, left: list[Sentence], right: list[Sentence]) -> SafetyChange:
    """The change of one mention; where one side has none, its context is all that side's sentences."""
    all_old, all_new = _all_told(left, right)
    if one and other:
        return SafetyChange(category(one[0], other[0]), one[0].phrase, other[0].phrase, one[1].told, other[1].told)
    if one:
        return SafetyChange(one[0].category, one[0].phrase, "", one[1].told, all_new)
    return SafetyChange(other[0].category, "", other[0].phrase, all_old, other[1].told)


def _whole_change(left: list[Sentence], right: list[Sentence]) -> Iterator[SafetyChange]:
    """A sentence that came or went and says something of weight, though it mentions no amount."""
    for sentence in left + right:
        if told := whole_sentence(sentence):
            before, after = (sentence.text, "") if left else ("", sentence.text)
            yield SafetyChange(told, before, after, *_all_told([sentence][: len(left)], [sentence][: len(right)]))


def _word_changes(
    left: list[Sentence], right: list[Sentence], words: Words, reader: Reader, is_told: bool
) -> Iterator[SafetyChange]:
    """Words that turned into their opposites, then those that their class tells, in a warning with what it forbids."""
    told = _all_told(left, right)
    turned = opposites(words.gone, words.come)
    yield from (SafetyChange("negation", one.phrase, other.phrase, *told) for one, other in turned)
    words = words.without({one for both in turned for one in both})
    forbids = _forbidding(left), _forbidding(right)
    is_under_negation = _stands_under_negation(left) and _stands_under_negation(right)
    is_warning = all(forbids) or is_under_negation
    changes = list(words_changed(words, is_warning=is_warning))
    if is_warning and not (reader.is_english or turned or is_told):
        changes = list(any_word_changed(words))
    if not changes:
        return
    if all(forbids):
        yield SafetyChange("negation", *(map(_forbidden, forbids, _joined(changes))), *told)
    elif is_under_negation:
        yield _labelled(left, right)
    else:
        yield from (_word_change(change, told) for change in changes)


def _word_change(change: WordChange, told: tuple[str, str]) -> SafetyChange:
    return SafetyChange(change.category, ", ".join(change.gone), ", ".join(change.come), *told)


def _joined(changes: list[WordChange]) -> tuple[list[str], list[str]]:
    return [word for change in changes for word in change.gone], [word for change in changes for word in change.come]


def _forbidden(forbids: str, words: list[str]) -> str:
    return f"{forbids} … {_first_few(words, 8)}" if words else ""


def _order_changes(left: list[Sentence], right: list[Sentence]) -> Iterator[SafetyChange]:
    """Where all words are the same: "and" became "or", what is denied and what is not changed places, or doses did."""
    if turned := _turned(left, right):
        yield SafetyChange("negation", *turned, *_all_told(left, right))
    elif _words(left) != _words(right) and _has_amounts(left) or _denial_moved(left, right):
        whole = " ".join(one.text for one in left), " ".join(one.text for one in right)
        yield SafetyChange("dose" if _has_amounts(left) else "negation", *whole, "", "")


def _words(side: list[Sentence]) -> list[object]:
    return [
        item if isinstance(item, str) else item.meaning
        for one in side
        for item in one.items
        if is_content_word(item) and item not in FILLERS
    ]


def _denial_moved(left: list[Sentence], right: list[Sentence]) -> bool:
    """Whether what stood behind a negation and what did not have changed places: "water, not milk"."""
    before, after = _behind_negation(left), _behind_negation(right)
    return any(before[term] and not after[term] for term in before if term in after) and any(
        after[term] and not before[term] for term in before if term in after
    )


def _behind_negation(side: list[Sentence]) -> dict[tuple, bool]:
    """Whether each term stands behind a negation in its sentence."""
    behind = {}
    for one in side:
        is_behind = False
        for item in one.items:
            is_behind = is_behind or isinstance(item, Mention) and item.category == "negation" and not item.is_weak
            if isinstance(item, Mention) and item.term:
                behind.setdefault(item.meaning, is_behind)
    return behind


def _labelled(left: list[Sentence], right: list[Sentence]) -> SafetyChange:
    """One change for sentences under the same labels: ``Adults: 5 mg`` → ``Children: 5 mg``."""
    apart = labels_apart(left[0], right[0]) if left and right else ((), ())
    mentions = [mention for sentence in left + right for mention in sentence.mentions]
    mentions += [mention for sentence in left + right for label in sentence.labels for mention in label.mentions]
    before, context_before = _under_lead(left, apart[0] if any(apart) else None)
    after, context_after = _under_lead(right, apart[1] if any(apart) else None)
    told = "dose" if any(mention.category == "dose" for mention in mentions) else mentions[0].category
    return SafetyChange(told, before, after, context_before, context_after)


def _under_lead(side: list[Sentence], only: tuple | None) -> tuple[str, str]:
    """What sentences of one place say in short, behind their labels (or ``only`` some of them), and in full."""
    if not side:
        return "", ""
    phrases = dict.fromkeys(mention.phrase for sentence in side for mention in sentence.mentions)
    texts = [sentence.text for sentence in side]
    whole = "".join(f"{text} " if text[-1] in _ENDS else f"{text}; " for text in texts).rstrip("; ")
    lead = side[0].lead if only is None else side[0].lead_of(only)
    said = _first_few(phrases, 8) or ("…" if lead and texts[1:] else _first_few(texts, 3))
    return f"{lead}: {said}" if lead else said, whole


def _first_few(texts: Collection[str], most: int) -> str:
    """What moved as one is named by its first parts, and how many more there are; the context has them all."""
    said = ", ".join(text.rstrip(".;,") for text in islice(texts, most)) if len(texts) > 1 else "".join(texts)
    return f"{said} … (+{len(texts) - most})" if len(texts) > most else said


def _turned(left: list[Sentence], right: list[Sentence]) -> tuple[str, str] | None:
    """The first "and" that became "or", with the words around it."""
    old, new = _around_joints(left), _around_joints(right)
    if len(old) != len(new):
        return None
    changed = ((said, now) for (word, said), (other, now) in zip(old, new, strict=True) if word != other)
    return next(changed, None)


def _around_joints(side: list[Sentence]) -> list[tuple[str, str]]:
    """Each of `JOINTS` with what is said by it, but for "your doctor or pharmacist"."""
    found = []
    for one in side:
        words = [item if isinstance(item, str) else item.phrase for item in one.items]
        for place, word in enumerate(words):
            around = words[max(0, place - 1) : place + 2]
            if word in JOINTS and not FILLERS & {around[0], around[-1]}:
                found.append((word, " ".join(around)))
    return found


def _forbidding(side: list[Sentence]) -> str:
    """The first words that forbid or deny, as written, or ""."""
    return next((item.phrase for one in side for item in one.mentions if item.category == "negation"), "")


def _stands_under_negation(side: list[Sentence]) -> bool:
    return any(_forbidding(list(sentence.labels)) for sentence in side)


def _has_amounts(side: list[Sentence]) -> bool:
    """Whether the sentences name two different amounts, each of which belongs to somebody or something."""
    amounts = {item.meaning for one in side for item in one.mentions if item.category in {"dose", "number"}}
    return len(amounts) > 1


def _all_told(left: list[Sentence], right: list[Sentence]) -> tuple[str, str]:
    return " ".join(one.told for one in left), " ".join(one.told for one in right)

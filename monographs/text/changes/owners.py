"""Sentences that stayed the same and hold for something else now: "Take 5 mg" moved from "Adults" to "Children"."""

from collections import defaultdict
from collections.abc import Iterator

from monographs.text.changes.pairing import Group
from monographs.text.words.mention import Mention, Sentence, is_content_word
from monographs.text.words.spelling import key
from monographs.text.words.vocabulary import OF_HEADINGS

Sides = tuple[list[Sentence], list[Sentence]]


def under_other_labels(
    olds: list[Sentence], news: list[Sentence], unchanged: list[tuple[int, int]]
) -> Iterator[tuple[int, Sides]]:
    """(place, the sentences of both sides): those under the same two labels together."""
    together = defaultdict(list)
    for i, j in unchanged:
        one, other = olds[i], news[j]
        if one.place == other.place or _headed(one) == _headed(other):
            continue
        if other.mentions or labels_mention(one, other):
            together[labels_apart(one, other)].append((i, j))
    for pairs in together.values():
        yield pairs[0][1], ([olds[i] for i, _ in pairs], [news[j] for _, j in pairs])


def under_kept_labels(olds: list[Sentence], news: list[Sentence], groups: list[Group]) -> Iterator[tuple[int, Sides]]:
    """(place, sides): what came or went under "Do not take it if", though it says nothing dangerous itself."""
    kept = {one.place for one in olds} & {other.place for other in news}
    for group in groups:
        if group.old and group.new:
            continue
        for sentence in [olds[i] for i in group.old] + [news[j] for j in group.new]:
            if sentence.place in kept and not sentence.mentions and labels_mention(sentence):
                yield group.at, ([sentence][: len(group.old)], [sentence][: len(group.new)])


def labels_mention(*both: Sentence) -> bool:
    """Whether a label above one of the sentences names an amount or a time, or forbids."""
    return any(label.mentions for sentence in both for label in sentence.labels)


def labels_apart(one: Sentence, other: Sentence) -> tuple[tuple, tuple]:
    """The labels that only one of the two stands under, by their meanings."""
    return (
        tuple(meaning for meaning in one.place if meaning not in other.place),
        tuple(meaning for meaning in other.place if meaning not in one.place),
    )


def _headed(sentence: Sentence) -> list[set]:
    """What each label says, whatever the words that say little: "Dose for adults" and "Dosage for adults"."""
    return [{_meant(item) for item in label.items if _says_much(item)} for label in sentence.labels]


def _says_much(item: str | Mention) -> bool:
    return isinstance(item, Mention) or is_content_word(item) and item not in OF_HEADINGS


def _meant(item: str | Mention) -> object:
    return key(item) if isinstance(item, str) else item.meaning

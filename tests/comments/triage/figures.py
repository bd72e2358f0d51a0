"""How much triage finds among messages held apart, and what it marks that it should not: numbers, never the texts."""

from dataclasses import dataclass

from monographs.comments.triage.labelling import triage
from tests.comments.triage.messages import Message, read

HELD_APART = ("apart", "unseen")


@dataclass(frozen=True)
class Figures:
    """For one language, parts of one. ``ordinary``: how many of the messages that count as questions are marked as
    crisis; ``remarks``: how many of the remarks."""

    crisis: float
    reaction: float
    ordinary: float
    remarks: float


def figures(language: str) -> Figures:
    messages = [each for name in HELD_APART for each in read(name, language)]
    return Figures(
        crisis=_part([each for each in messages if each.is_about("crisis")], "crisis"),
        reaction=_part([each for each in messages if each.is_about("reaction")], "reaction"),
        ordinary=_part([each for each in messages if each.counts_as == "question"], "crisis"),
        remarks=_part([each for each in messages if each.counts_as == "remark"], "crisis"),
    )


def _part(messages: list[Message], label: str) -> float:
    marked = sum(any(found.label == label for found in triage(each.text, each.language)) for each in messages)
    return marked / len(messages)

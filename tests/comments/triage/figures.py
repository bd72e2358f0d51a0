"""How much triage finds among messages, and what it marks that it should not: numbers, never the texts."""

from dataclasses import dataclass

from monographs.comments.triage.labelling import triage
from tests.comments.triage.messages import Message, read


@dataclass(frozen=True)
class Figures:
    """For one language, parts of one. ``ordinary``: how many that count as questions are marked as crisis."""

    crisis: float
    reaction: float
    ordinary: float


def figures(name: str, language: str) -> Figures:
    messages = read(name, language)
    return Figures(
        crisis=_part([each for each in messages if each.is_about("crisis")], "crisis"),
        reaction=_part([each for each in messages if each.is_about("reaction")], "reaction"),
        ordinary=_part([each for each in messages if each.counts_as == "question"], "crisis"),
    )


def _part(messages: list[Message], label: str) -> float:
    marked = sum(any(found.label == label for found in triage(each.text, each.language)) for each in messages)
    return marked / len(messages)

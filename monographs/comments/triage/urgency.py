"""How soon somebody must look at a reply, by what rules saw in it."""

from collections.abc import Iterable

from monographs.comments.labels import Label
from monographs.comments.models import Urgency

URGENCY = {Label.CRISIS: Urgency.URGENT, Label.REACTION: Urgency.SOON}


def urgency_of(labels: Iterable[str]) -> Urgency:
    """That of the most urgent label."""
    return max((URGENCY.get(label, Urgency.ORDINARY) for label in labels), default=Urgency.ORDINARY)

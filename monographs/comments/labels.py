"""What a reply may be about, for whoever reads it: a label that a rule put on it, never a decision."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import models
from django.utils.translation import gettext_lazy as _


class Label(models.TextChoices):
    """In the order in which people must see them."""

    CRISIS = "crisis", _("somebody may be in danger")
    REACTION = "reaction", _("suspected side effect")
    PERSONAL_DATA = "personal_data", _("personal data")
    ABUSE = "abuse", _("abuse")
    SPAM = "spam", _("spam")
    QUESTION = "question", _("question")
    THANKS = "thanks", _("thanks")


ORDER = {label: place for place, label in enumerate(Label)}


@dataclass(frozen=True)
class Found:
    """A label, the stable name of the rule that put it (``en.crisis.overdose-taken``), and the words as typed that
    matched; several stretches of a text are joined by " … "."""

    label: Label
    rule: str
    words: str


def named_apart(where: str, found: Iterable[Found]) -> tuple[Found, ...]:
    """The same with rules that say where else than in the reply it was seen: ``name.en.crisis.overdose-taken``."""
    return tuple(replace(one, rule=f"{where}.{one.rule}") for one in found)

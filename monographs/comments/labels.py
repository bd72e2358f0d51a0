"""What a reply may be about, for whoever reads it: a label that a rule put on it, never a decision."""

from dataclasses import dataclass

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

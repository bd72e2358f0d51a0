"""The codes of ICH E2B(R3) that a report has, each as the standard writes it.

Read in: ICH E2B(R3) Implementation Guide, version 5.01 of 12 April 2013, section 3.4 ("the guide" below), by the pages
printed there; C.2.r.4 p. 61, D.2.2b p. 79, D.2.3 p. 80, D.5 p. 81 and table 8 p. 31, E.i.1.1b p. 102, E.i.7 p. 107.
Where nothing is known the guide allows some elements a *nullFlavor* (section 3.3.6, p. 38): "UNK" for C.2.r.4 and
D.5, "NI" for E.i.3.2a to f; none for E.i.7, whose code 0 says "unknown".
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Qualification(models.TextChoices):
    """C.2.r.4, of the person who says what happened."""

    PHYSICIAN = "1", _("physician")
    PHARMACIST = "2", _("pharmacist")
    OTHER_PROFESSIONAL = "3", _("other health professional")
    LAWYER = "4", _("lawyer")
    CONSUMER = "5", _("patient, relative, or anybody else who is no health professional")


class AgeUnit(models.TextChoices):
    """D.2.2b: units of the Unified Code for Units of Measure (UCUM) for year, month, week, day and hour."""

    YEAR = "a", _("years")
    MONTH = "mo", _("months")
    WEEK = "wk", _("weeks")
    DAY = "d", _("days")
    HOUR = "h", _("hours")


class AgeGroup(models.TextChoices):
    """D.2.3, in the reporter's own words; only where no age is known."""

    FOETUS = "0", _("unborn child")
    NEONATE = "1", _("newborn, also born too early")
    INFANT = "2", _("infant")
    CHILD = "3", _("child")
    ADOLESCENT = "4", _("adolescent")
    ADULT = "5", _("adult")
    ELDERLY = "6", _("elderly")


class Sex(models.TextChoices):
    """D.5, ISO 5218; its 0 and 9 are no values of the guide, which has nullFlavors instead."""

    MALE = "1", _("male")
    FEMALE = "2", _("female")


class Outcome(models.TextChoices):
    """E.i.7, when the person was last heard of."""

    UNKNOWN = "0", _("unknown")
    RECOVERED = "1", _("recovered")
    RECOVERING = "2", _("recovering")
    NOT_RECOVERED = "3", _("not recovered: it goes on")
    WITH_SEQUELAE = "4", _("recovered, with lasting effects")
    FATAL = "5", _("fatal")


class Language(models.TextChoices):
    """E.i.1.1b: ISO 639-2 of three letters. Where it has two codes, that of terminology, which ISO 639-3 has too."""

    ARABIC = "ara", _("Arabic")
    CHINESE = "zho", _("Chinese")
    ENGLISH = "eng", _("English")
    FRENCH = "fra", _("French")
    GERMAN = "deu", _("German")
    ITALIAN = "ita", _("Italian")
    POLISH = "pol", _("Polish")
    PORTUGUESE = "por", _("Portuguese")
    SPANISH = "spa", _("Spanish")
    URDU = "urd", _("Urdu")
    WELSH = "cym", _("Welsh")


LANGUAGE_OF = {
    "ar": Language.ARABIC, "cy": Language.WELSH, "de": Language.GERMAN,
    "en": Language.ENGLISH, "es": Language.SPANISH, "fr": Language.FRENCH,
    "it": Language.ITALIAN, "pl": Language.POLISH, "pt": Language.PORTUGUESE,
    "ur": Language.URDU, "zh": Language.CHINESE,
}  # fmt: skip
"""Of a leaflet's language: the one that its readers are taken to write in until staff say otherwise."""

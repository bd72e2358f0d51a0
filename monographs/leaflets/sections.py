"""The vocabulary of section kinds: the bridge between a leaflet and the outside world.

Each kind knows its default heading, whether a leaflet must have it, its place in the order of the
EU package leaflet (EMA QRD template, annex III B: 1 what it is, 2 before you take it, 3 how to take
it, 4 side effects, 5 storage, 6 contents and more) and the LOINC code that HL7 SPL gives the
matching section. A new kind is one entry here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

OTHER = "other"


@dataclass(frozen=True)
class SectionKind:
    """One kind of section.

    ``key`` is stored; ``qrd`` is the heading number 1–6 of the QRD template; ``loinc`` is the SPL
    section code or "" where none fits; ``aliases`` are lower-case headings that mean this kind, in
    which ``{medicine}`` stands for the medicine's name.
    """

    key: str
    heading: str
    qrd: int
    loinc: str = ""
    is_required: bool = False
    aliases: tuple[str, ...] = ()


SECTION_KINDS: tuple[SectionKind, ...] = (
    SectionKind(
        "introduction", _("In short"), 1, aliases=("introduction", "overview", "summary", "about this medicine")
    ),
    SectionKind(
        "what_it_is",
        _("What it is"),
        1,
        "34089-3",
        is_required=True,
        aliases=(
            "what is {medicine}",
            "what {medicine} is",
            "what {medicine} is and what it is used for",
            "what it is",
            "about {medicine}",
            "description",
        ),
    ),
    SectionKind(
        "uses",
        _("What it is used for"),
        1,
        "34067-9",
        is_required=True,
        aliases=(
            "uses of {medicine}",
            "uses",
            "what it is used for",
            "what {medicine} is used for",
            "indications",
            "indications and usage",
            "what is {medicine} used for",
            "why it is prescribed",
        ),
    ),
    SectionKind(
        "before_taking",
        _("Before you take it"),
        2,
        "34070-3",
        is_required=True,
        aliases=(
            "before you take {medicine}",
            "before you take it",
            "before taking {medicine}",
            "contraindications",
            "who should not take {medicine}",
            "who can and cannot take {medicine}",
            "do not take {medicine} if",
            "what you need to know before you take {medicine}",
            "warnings",
            "precautions",
            "warnings and precautions",
        ),
    ),
    SectionKind(
        "avoid",
        _("What to avoid"),
        2,
        aliases=(
            "what to avoid",
            "what to avoid while taking {medicine}",
            "what to avoid when taking {medicine}",
            "things to avoid",
        ),
    ),
    SectionKind(
        "interactions",
        _("Other medicines, food and drink"),
        2,
        "34073-7",
        is_required=True,
        aliases=(
            "interactions",
            "drug interactions",
            "medicine interactions",
            "other medicines and {medicine}",
            "other medicines",
            "taking {medicine} with other medicines",
            "other medicines, food and drink",
            "{medicine} with food and drink",
            "{medicine} with food, drink and alcohol",
        ),
    ),
    SectionKind(
        "pregnancy",
        _("Pregnancy and breastfeeding"),
        2,
        "42228-7",
        is_required=True,
        aliases=(
            "pregnancy",
            "breastfeeding",
            "pregnancy and breastfeeding",
            "pregnancy, breastfeeding and fertility",
            "pregnancy and breast-feeding",
            "pregnancy, breast-feeding and fertility",
            "fertility, pregnancy and lactation",
        ),
    ),
    SectionKind(
        "dosage",
        _("How to take it"),
        3,
        "34068-7",
        is_required=True,
        aliases=(
            "dosage",
            "dose",
            "dosage and administration",
            "how to take {medicine}",
            "how to take it",
            "how to use {medicine}",
            "how to use it",
            "how and when to take {medicine}",
            "how and when to take it",
        ),
    ),
    SectionKind(
        "missed_dose",
        _("If you miss a dose"),
        3,
        aliases=("missed dose", "if you miss a dose", "if you forget to take {medicine}", "if you forget a dose"),
    ),
    SectionKind(
        "overdose",
        _("If you take too much"),
        3,
        "34088-5",
        is_required=True,
        aliases=(
            "overdose",
            "overdosage",
            "if you take too much",
            "if you take too much {medicine}",
            "if you take more {medicine} than you should",
            "what if i take too much",
        ),
    ),
    SectionKind(
        "stopping",
        _("If you stop taking it"),
        3,
        aliases=("if you stop taking {medicine}", "if you stop taking it", "stopping {medicine}", "stopping treatment"),
    ),
    SectionKind(
        "side_effects",
        _("Side effects"),
        4,
        "34084-4",
        is_required=True,
        aliases=(
            "side effects",
            "possible side effects",
            "potential side effects",
            "side effects of {medicine}",
            "adverse reactions",
            "adverse effects",
            "undesirable effects",
            "common side effects",
            "serious side effects",
        ),
    ),
    SectionKind(
        "storage",
        _("How to store it"),
        5,
        "44425-7",
        is_required=True,
        aliases=("storage", "how to store {medicine}", "how to store it", "storing {medicine}", "storage and handling"),
    ),
    SectionKind(
        "more",
        _("More information"),
        6,
        aliases=(
            "more information",
            "further information",
            "contents of the pack and other information",
            "contents of the pack",
        ),
    ),
    SectionKind(OTHER, _("Other information"), 6, aliases=()),
)

BY_KEY = {kind.key: kind for kind in SECTION_KINDS}
ORDER = {kind.key: place for place, kind in enumerate(SECTION_KINDS)}
KIND_CHOICES = [(kind.key, kind.heading) for kind in SECTION_KINDS]
REQUIRED_KINDS = tuple(kind.key for kind in SECTION_KINDS if kind.is_required)


def spoken(kinds: Iterable[str]) -> str:
    """Keys of kinds in words, "Dosage, Side effects"; one that is not known (any more) as it is written."""
    return ", ".join(str(BY_KEY[kind].heading) if kind in BY_KEY else kind for kind in kinds)


def fold_heading(text: str) -> str:
    """Lower case, typographic apostrophes straightened, end punctuation and numbering dropped."""
    text = text.casefold().replace("’", "'").strip()
    text = re.sub(r"^\d+[.)]\s*", "", text)
    return re.sub(r"\s+", " ", text).strip(" :?.!–-")


def kind_for_heading(heading: str, medicine: str = "") -> str | None:
    """The key of the kind that a heading names, or None: ``"Uses of Baclofen"`` → ``"uses"``."""
    folded = fold_heading(heading)
    names = {"it", "this medicine"} | ({fold_heading(medicine)} if medicine else set())
    for kind in SECTION_KINDS:
        for alias in kind.aliases:
            if any(folded == alias.replace("{medicine}", name) for name in names):
                return kind.key
    return None

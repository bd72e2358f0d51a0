"""What changed between two revisions that could harm a patient, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from monographs.leaflets.content import Content, SectionContent
from monographs.text.changes.first_reading import first_reading
from monographs.text.changes.safety import SafetyChange, safety_changes
from monographs.text.markup.markdown import plain_line
from monographs.text.markup.outline import Line, outline
from monographs.text.words.classes import ORDER
from monographs.text.words.mentions import Reader


@dataclass(frozen=True)
class Alert:
    """A change that could harm, and where: a section's heading, "Key facts", "Title" or "Medicine".

    ``state`` is "added" or "removed" where the whole section came or went: then one alert stands for all
    its mentions of one category, phrases and sentences each on a line of their own.
    """

    place: str
    change: SafetyChange
    state: Literal["changed", "added", "removed"] = "changed"


@dataclass(frozen=True)
class ToCheck:
    """What one place of a first text mentions: (category, words) pairs. Of a “do not” the words are its sentence."""

    place: str
    mentions: tuple[tuple[str, tuple[str, ...]], ...]


def to_check(content: Content, *, names: frozenset[str] = frozenset()) -> tuple[ToCheck, ...]:
    """What to hold against the sources in a text that nothing came before, place by place (`changes.first_reading`)."""
    reader = Reader(content.language, names)
    places: list[tuple[str, str | list[Line]]] = [
        (_("Title"), content.title),
        (_("Medicine"), _names(content)),
        (_("Key facts"), _facts(content)),
    ]
    places += [(part.heading, _spoken(part, content.language, with_heading=False)) for part in content.sections]
    found = ((place, first_reading(text, reader)) for place, text in places)
    return tuple(
        ToCheck(place, tuple((category, tuple(said[category])) for category in ORDER if category in said))
        for place, said in found
        if said
    )


def alerts_between(
    old: Content,
    new: Content,
    sections: Iterable[tuple[SectionContent | None, SectionContent | None]],
    *,
    names: frozenset[str] = frozenset(),
) -> tuple[Alert, ...]:
    """Every change that could harm, the most dangerous kind first; ``sections`` are those that belong together.

    ``names`` are the medicines to know beside the lists of words (`named.names_in`).
    """
    own = (old.medicine.name, new.medicine.name, *old.medicine.brands, *new.medicine.brands)
    known = names | {name.casefold() for name in own if name}

    def between(place: str, before: str | list[Line], after: str | list[Line]) -> list[Alert]:
        changes = safety_changes(before, after, language=new.language, names=known)
        return [Alert(place, change) for change in changes]

    alerts = [
        *between(_("Title"), old.title, new.title),
        *between(_("Medicine"), _names(old), _names(new)),
        *between(_("Key facts"), _facts(old), _facts(new)),
    ]
    for before, after in sections:
        state = _came_or_went(before, after)
        spoken = (_spoken(side, language, with_heading=not state)
                  for side, language in ((before, old.language), (after, new.language)))  # fmt: skip
        found = between((after or before).heading, *spoken)
        alerts += _grouped(found, state) if state else found
    return tuple(sorted(alerts, key=lambda alert: ORDER.index(alert.change.category)))


def _came_or_went(before: SectionContent | None, after: SectionContent | None) -> Literal["added", "removed", ""]:
    """Whether the section as a whole is new to patients or gone, also because it applies now or no more."""
    if before is None or after and before.is_not_applicable and not after.is_not_applicable:
        return "added"
    if after is None or after.is_not_applicable and not before.is_not_applicable:
        return "removed"
    return ""


def _grouped(alerts: list[Alert], state: Literal["added", "removed"]) -> list[Alert]:
    """One alert for each category, naming every phrase once, so that a new section does not drown the others."""
    grouped = []
    for category in ORDER:
        changes = [alert.change for alert in alerts if alert.change.category == category]
        if changes:
            columns = [
                "\n".join(dict.fromkeys(value for change in changes if (value := getattr(change, name))))
                for name in ("before", "after", "context_before", "context_after")
            ]
            grouped.append(Alert(alerts[0].place, SafetyChange(category, *columns), state))
    return grouped


def _spoken(section: SectionContent | None, language: str, *, with_heading: bool) -> list[Line]:
    """What patients read of a section, line by line. The heading of one that came or went is named anyway."""
    if section is None:
        return []
    body = [] if section.is_not_applicable else outline(section.body, language=language)
    heading = [Line(section.heading)] if with_heading else []
    return [*heading, *body, Line(section.reason)]


def _names(content: Content) -> str:
    return "\n".join((content.medicine.name, *content.medicine.brands))


def _facts(content: Content) -> str:
    return "\n".join(plain_line(fact, language=content.language) for fact in content.key_facts)

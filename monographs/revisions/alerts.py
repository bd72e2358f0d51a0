"""What changed between two revisions that could harm a patient, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from monographs.leaflets.content import Content, SectionContent
from monographs.text.classes import ORDER
from monographs.text.markdown import plain_line
from monographs.text.outline import Line, outline
from monographs.text.safety import SafetyChange, safety_changes


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


def to_check(alerts: Iterable[Alert], places: Iterable[str]) -> tuple[ToCheck, ...]:
    """The alerts of a text that nothing came before, together for each place, in the order of ``places``."""
    found: dict[str, dict[str, list[str]]] = {place: {} for place in places}
    for alert in alerts:
        change = alert.change
        words = change.context_after if change.category == "negation" else change.after
        found.setdefault(alert.place, {}).setdefault(change.category, []).extend(words.split("\n"))
    return tuple(
        ToCheck(place, tuple((category, tuple(dict.fromkeys(words))) for category, words in mentions.items()))
        for place, mentions in found.items()
        if mentions
    )


def alerts_between(
    old: Content, new: Content, sections: Iterable[tuple[SectionContent | None, SectionContent | None]]
) -> tuple[Alert, ...]:
    """Every change that could harm, the most dangerous kind first; ``sections`` are those that belong together."""
    alerts = [
        *_between(_("Title"), old.title, new.title, new.language),
        *_between(_("Medicine"), _names(old), _names(new), new.language),
        *_between(_("Key facts"), _facts(old), _facts(new), new.language),
    ]
    for before, after in sections:
        spoken = _spoken(before, old.language), _spoken(after, new.language)
        found = _between((after or before).heading, *spoken, new.language)
        state = _came_or_went(before, after)
        alerts += _grouped(found, state) if state else found
    return tuple(sorted(alerts, key=lambda alert: ORDER.index(alert.change.category)))


def _came_or_went(before: SectionContent | None, after: SectionContent | None) -> Literal["added", "removed", ""]:
    """Whether the section as a whole is new to patients or gone, also because it applies now or no more."""
    if before is None or after and before.is_not_applicable and not after.is_not_applicable:
        return "added"
    if after is None or after.is_not_applicable and not before.is_not_applicable:
        return "removed"
    return ""


def _between(place: str, before: str | list[Line], after: str | list[Line], language: str) -> list[Alert]:
    return [Alert(place, change) for change in safety_changes(before, after, language=language)]


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


def _spoken(section: SectionContent | None, language: str) -> list[Line]:
    """What patients read of a section, line by line."""
    if section is None:
        return []
    body = [] if section.is_not_applicable else outline(section.body, language=language)
    return [Line(section.heading), *body, Line(section.reason)]


def _names(content: Content) -> str:
    return "\n".join((content.medicine.name, *content.medicine.brands))


def _facts(content: Content) -> str:
    return "\n".join(plain_line(fact, language=content.language) for fact in content.key_facts)

"""What a page shows of the alerts, out of the one row that it has read with its clinic."""

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from monographs.alerts.models import Alert, Severity, Words

_LOOKS = {Severity.URGENT: "care-emergency", Severity.IMPORTANT: "care-today", Severity.NOTICE: "care-tell"}


def look_of(severity: str) -> str:
    """It looks as a care card does; the heading says in words how serious it is."""
    return _LOOKS[Severity(severity)]


@dataclass(frozen=True)
class Shown:
    """One alert as readers meet it in a language; ``html`` has slots for the clinic's numbers
    (`text.markup.finished.slots`)."""

    number: int
    severity: Severity
    language: str
    title: str
    html: str
    is_confirmed: bool
    since: dt.datetime
    medicines: tuple[int, ...] | None
    """Their numbers; None: it is for everybody."""

    @property
    def look(self) -> str:
        return look_of(self.severity)

    @classmethod
    def of(cls, alert: Alert, words: Words, *, since: dt.datetime, is_confirmed: bool) -> "Shown":
        """As an alert would be shown, in one of its languages: with the number 0, as readers have no page of it."""
        severity = Severity(alert.severity)
        return cls(0, severity, words.language, words.title, words.html, is_confirmed, since, None)


def shown_alerts(
    stored: str | None, at: dt.datetime, language: str, *, medicines: Collection[int] | None = None
) -> list[Shown]:
    """The alerts that ``stored`` (JSON of `standing.AlertsShown`) has for an instant, each in ``language`` if it has
    words in it, the gravest first. With ``medicines``, only those about one of them and those for everybody."""
    if not stored:
        return []
    return [
        Shown(one["number"], Severity(one["severity"]), *_words(one["words"], language), one["is_confirmed"], since, of)
        for one, since, until, of in _read(stored)
        if since <= at < until and (medicines is None or of is None or not set(of).isdisjoint(medicines))
    ]


@lru_cache(maxsize=4)
def _read(stored: str) -> list[tuple[dict, dt.datetime, dt.datetime, tuple[int, ...] | None]]:
    return [
        (
            one,
            dt.datetime.fromisoformat(one["from"]),
            dt.datetime.fromisoformat(one["until"]),
            None if one["medicines"] is None else tuple(one["medicines"]),
        )
        for one in json.loads(stored)
    ]


def _words(words: list[list[str]], language: str) -> list[str]:
    """[language, title, HTML]: in the language that was asked for, else the first."""
    return next((one for one in words if one[0] == language), words[0])


def as_html(
    shown: Iterable[Shown],
    assembled: Callable[[str, str], str],
    *,
    heading: str = "h2",
    names: Mapping[int, str] | None = None,
) -> SafeString:
    """The alerts as they stand above a page in the active language, "" for none.

    ``assembled(html, language)`` is the HTML with the clinic's numbers in its slots, ``heading`` the tag of the titles.
    Where a page is about several medicines, ``names`` has them by their numbers; each alert says which it is about.
    """
    known = names or {}
    alerts = [
        {
            "it": one,
            "html": mark_safe(assembled(one.html, one.language)),  # noqa: S308 - sanitised when it was written
            "names": ", ".join(sorted(known[number] for number in one.medicines or () if number in known)),
        }
        for one in shown
    ]
    if not alerts:
        return SafeString()
    context = {"alerts": alerts, "language": get_language(), "heading": heading}
    return SafeString(render_to_string("alerts/alerts.html", context))

"""What a page shows of the alerts, out of the one row that it has read with its clinic."""

import datetime as dt
import json
from dataclasses import dataclass
from functools import lru_cache

from monographs.alerts.models import Severity


@dataclass(frozen=True)
class Shown:
    """One alert as readers meet it in a language; ``html`` has slots for the clinic's numbers (`text.markup.slots`)."""

    number: int
    severity: Severity
    language: str
    title: str
    html: str
    is_confirmed: bool
    since: dt.datetime
    medicines: tuple[int, ...] | None
    """Their numbers; None: it is for everybody."""


def shown_alerts(stored: str | None, at: dt.datetime, language: str, *, medicine: int | None = None) -> list[Shown]:
    """The alerts that ``stored`` (JSON of `standing.AlertsShown`) has for an instant, each in ``language`` if it has
    words in it, the gravest first. With a ``medicine``, only those about it and those for everybody."""
    if not stored:
        return []
    return [
        Shown(one["number"], Severity(one["severity"]), *_words(one["words"], language), one["is_confirmed"], since, of)
        for one, since, until, of in _read(stored)
        if since <= at < until and (medicine is None or of is None or medicine in of)
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

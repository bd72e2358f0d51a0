"""Two published texts compared for patients: what counts most first, then part by part, words marked.

Comparing reads nothing but two texts that never change and the names of medicines, and it is dear: seconds for the
longest leaflet of which every word changed. So it is remembered, and one is made at a time in a process.
"""

import json
import threading
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monographs.audit.chain import sha256
from monographs.paper.shelf import Shelf
from monographs.refusals import Busy
from monographs.revisions.alerts import Alert
from monographs.revisions.compare import Comparison, compare_once
from monographs.revisions.models import Revision
from monographs.revisions.named import names_in
from monographs.text.words.classes import Category

PATIENCE = 5.0  # seconds that one waits for the comparisons of others
MOST_TOLD = 40  # changes that are told before the text; all of them are marked within it
FIRST_TOLD = 5  # of them above an older version
_LONGEST_OF_FIRST = 160  # characters; what is longer is told on the page of all changes, as nothing is cut
_SHELF_BYTES = 8 * 1024 * 1024
# What a patient acts upon; the second reader's own list (`revisions.alerts`) has slips and shades as well.
_TOLD: tuple[Category, ...] = (
    "dose",
    "unit",
    "frequency",
    "number",
    "negation",
    "route",
    "medicine",
    "who",
    "condition",
)
_AMOUNTS: tuple[Category, ...] = ("dose", "unit", "frequency", "number", "negation")

_shelf = Shelf(_SHELF_BYTES)
_one_at_a_time = threading.Lock()


class Differences(NamedTuple):
    """HTML, safe. ``first`` are the changed amounts and warnings in a few lines, "" if there are none; ``whole`` is
    everything."""

    first: str
    whole: str


class Told(NamedTuple):
    """One change before the text: what a phrase was and became, "" for none, and the sentence it stands in ``now``."""

    place: str
    before: str
    after: str
    now: str


def differences(old: Revision, new: Revision, *, patience: float | None = None) -> Differences:
    """What changed from one published text to another, in the active language. Raises Busy when others are being
    compared for longer than ``patience`` seconds (default: `PATIENCE`)."""
    names = names_in(old.content, new.content)
    key = sha256(json.dumps([old.digest, new.digest, get_language(), sorted(names)]))
    kept = _shelf.get(key, lambda: _made(old, new, names, PATIENCE if patience is None else patience))
    return Differences(*json.loads(kept))


def _made(old: Revision, new: Revision, names: frozenset[str], patience: float) -> bytes:
    if not _one_at_a_time.acquire(timeout=patience):
        raise Busy(_("Many versions are being compared. Please ask again in a while."))
    try:
        comparison = compare_once(old.content, new.content, names=names)
    finally:
        _one_at_a_time.release()
    return json.dumps(_as_html(comparison)).encode()


def _as_html(comparison: Comparison) -> Differences:
    alerts = [alert for alert in comparison.word_alerts if alert.change.category in _TOLD]
    alerts.sort(key=lambda alert: _TOLD.index(alert.change.category))
    first = [_told(alert) for alert in alerts if _is_short(alert)][:FIRST_TOLD]
    told, further = [_told(alert) for alert in alerts[:MOST_TOLD]], max(0, len(alerts) - MOST_TOLD)
    more = len(alerts) - len(first)
    context = {"comparison": comparison, "told": told, "further": further}
    context |= {"same": [section for section in comparison.sections if section.state == "same"]}
    context |= {name: any(part.state != "same" for part in parts) for name, parts in _lists(comparison)}
    return Differences(
        render_to_string("reading/changed_first.html", {"told": first, "more": more}) if first else "",
        render_to_string("reading/compared.html", context),
    )


def _lists(comparison: Comparison) -> list[tuple[str, tuple]]:
    return [("facts_changed", comparison.key_facts), ("sources_changed", comparison.sources)]


def _told(alert: Alert) -> Told:
    """Of a “do not” the words are its whole sentences: "do not → never" says nothing."""
    change = alert.change
    words = Told(alert.place, change.before, change.after, "")
    if alert.state != "changed":
        return words
    if change.category == "negation":
        return words._replace(before=change.context_before or change.before, after=change.context_after or change.after)
    return words._replace(now=change.context_after if change.context_after != change.after else "")


def _is_short(alert: Alert) -> bool:
    told = _told(alert)
    is_amount = alert.state == "changed" and alert.change.category in _AMOUNTS
    return is_amount and max(len(told.before), len(told.after)) <= _LONGEST_OF_FIRST

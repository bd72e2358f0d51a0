"""Before a reply is sent: what the leaflet says to it, and what in it would tell strangers who wrote it. Asked once.

Nothing is kept between the two steps but what the form itself carries.
"""

import datetime as dt
from functools import partial
from itertools import groupby
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from monographs.comments.arrival.intake import Incoming
from monographs.comments.identity.personal_data import PersonalData
from monographs.comments.labels import Label
from monographs.comments.standing.versions import shown_now
from monographs.leaflets.models import Leaflet
from monographs.reading.replies.form import FASTEST, HOURS, looked_at, when_looked
from monographs.search.questions.of_leaflet import Told, told_by
from monographs.templatetags.leaflet_language import in_order
from monographs.templatetags.readers_words import isolated

_GOOD_FOR = dt.timedelta(hours=HOURS)  # that its writer has looked


class _Look(NamedTuple):
    """Whether the writer has looked once more, as the form says; one that is kept and used again does not hold."""

    was_taken: bool
    holds: bool
    is_hurried: bool

    @classmethod
    def of(cls, looked: str, at: dt.datetime) -> "_Look":
        before = when_looked(looked)
        if not before:
            return cls(False, False, False)
        return cls(True, at - before <= _GOOD_FOR, at - before < FASTEST)


def _is_asked(incoming: Incoming) -> bool:
    """Whether the leaflet may answer before it is sent: not abuse, and not a side effect that is told without a
    question, as somebody must hear of that."""
    labels = incoming.labels
    return Label.ABUSE not in labels and (Label.QUESTION in labels or Label.REACTION not in labels)


def look_once_more(
    incoming: Incoming, *, leaflet: Leaflet | None, looked: str, at: dt.datetime
) -> dict[str, object] | None:
    """What `comments/before_sending.html` asks, or None where the reply goes on: nothing was found, it may be a cry for
    help, or its writer has looked already.

    What the ``leaflet`` shows now may answer, whatever was read; None where it is not asked. ``looked`` is what the
    form carries back.
    """
    look = _Look.of(looked, at)
    if incoming.is_crisis or (look.holds and not look.is_hurried):
        return None
    is_question, told = Label.QUESTION in incoming.labels, []
    if leaflet and not look.was_taken and _is_asked(incoming):
        shown = partial(shown_now, leaflet)
        told = told_by(shown, incoming.body, language=incoming.language, is_question=is_question)
    if not (told or incoming.personal or look.is_hurried):
        return None
    return {
        "told": told_words(told, incoming.language),
        "anchor": told[0].anchor if told else "",
        "may_be_reaction": Label.REACTION in incoming.labels,
        "personal": personal_words(incoming.personal),
        "looked": looked if look.is_hurried else looked_at(at),  # the second time it is slow enough
        "sentence": _("That was very quick. Please look it through, and send it again.") if look.is_hurried else "",
    }


def told_words(told: list[Told], language: str) -> list[dict[str, object]]:
    """For each section its heading, its anchor, and its sentences, in their order."""
    return [
        {
            "heading": in_order(heading, language),
            "anchor": anchor,
            "sentences": [in_order(t.sentence, language) for t in of],
        }
        for (anchor, heading), of in groupby(told, key=lambda one: (one.anchor, one.heading))
    ]


def personal_words(found: tuple[PersonalData, ...]) -> SafeString:
    """A list of what was found, each with what it looks like; "" where nothing was."""
    lines = dict.fromkeys((one.kind.label, one.words) for one in found)
    items = (
        (format_html(_("“{words}” looks like: {kind}"), words=isolated(words), kind=kind),) for kind, words in lines
    )
    return format_html_join("", "<li>{}</li>", items)

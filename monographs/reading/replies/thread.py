"""Replies in the order that they are read: each under the one that it answers, and a leaflet's newest with the leaflet.

Their order is that of their places (`comments.standing.places`), so each page of them is one range of an index.
"""

import datetime as dt
import marshal
import re
from functools import lru_cache
from hashlib import sha256
from html import escape
from typing import NamedTuple

from django.db.models import BigAutoField, Case, CharField, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monographs.comments.answering.changed_since import has_changed, known_parts
from monographs.comments.models import PLACE_DIGITS, Comment, State
from monographs.comments.standing.places import may_be_answered
from monographs.prepared import Given, Prepared
from monographs.publication.models import Publication, version_of
from monographs.reading.languages.addresses import permanent_address
from monographs.reading.patterns import Filling, pattern
from monographs.templatetags.leaflet_text import day_in
from monographs.templatetags.readers_words import isolated
from monographs.text.letters.signs import cleaned
from monographs.text.order.in_order import in_order

ON_A_PAGE = 50  # replies
DEEPEST = 2  # further answers stand below each other: on a telephone there is no room to indent more
_BEHIND_ALL = "9" * PLACE_DIGITS
_LONGEST_NUMBER = PLACE_DIGITS  # digits
_SAME_FOR_EQUAL = 2  # of marshal's versions the last that writes equal values alike, however often each is there
_BLANK_LINES = re.compile("\n{2,}")


class ShownReply(NamedTuple):
    """A reply with all that is shown of it. ``major`` and ``minor`` are of the version that its reader had open,
    ``digest`` of its text, and ``answers`` is the number of the reply that it answers, or None; ``sent`` is a moment
    as the database writes it, ``erased`` "" or "yes". One that is not shown has a place without words."""

    number: int
    place: str
    name: str
    body: str
    sent: str
    staff: int | None
    publication: int
    major: int
    minor: int | None
    answers: int | None
    answers_name: str | None
    erased: str
    state: str
    digest: str


def _if_shown(column: str, *, of: str = "") -> Case:
    """Words of a reply that is shown; of another they don't leave the database."""
    return Case(
        When(**{f"{of}state": State.APPROVED}, then=f"{of}{column}"), default=Value(""), output_field=TextField()
    )


# As texts: to make moments and truth values of what a database has takes longer than all else that is read of a reply.
_SENT = Cast("at", TextField())
_ERASED = Case(When(erased_at__isnull=False, then=Value("yes")), default=Value(""), output_field=TextField())
_COLUMNS = (
    "pk", "place", _if_shown("name"), _if_shown("body"), _SENT, "staff_id", "publication_id", "publication__major",
    "publication__minor", "parent_id", _if_shown("name", of="parent__"), _ERASED, "state", "publication__digest",
)  # fmt: skip


class Thread(NamedTuple):
    """Some replies in reading order; ``has_older`` where others stand before them; ``told`` is a digest of all that was
    read of them (for `public.unless_as_before`)."""

    replies: list[ShownReply]
    has_older: bool = False
    told: str = ""


def _find() -> QuerySet:
    """Backwards from the end, and one more than a page has."""
    replies = Comment.objects.on_pages().filter(
        leaflet=Given("leaflet", BigAutoField()), place__lt=Given("before", CharField())
    )
    return replies.order_by("-place").values_list(*_COLUMNS)[: ON_A_PAGE + 1]


_found = Prepared(_find)


def read_thread(leaflet: int, *, before: str = _BEHIND_ALL) -> Thread:
    """The last `ON_A_PAGE` replies to a leaflet, or the last that stand before the place ``before``. One query.

    They begin with a question and not in the middle of its answers, unless one question has more answers than a page.
    """
    rows = list(_found.rows(leaflet=leaflet, before=before))
    told = sha256(marshal.dumps(rows, _SAME_FOR_EQUAL)).hexdigest()
    found = [ShownReply(*row) for row in rows]
    replies, has_older = found[ON_A_PAGE - 1 :: -1], len(found) > ON_A_PAGE
    first = next((place for place, reply in enumerate(replies) if reply.answers is None), 0) if has_older else 0
    return Thread(replies[first:], has_older, told)


def as_html(
    replies: list[ShownReply],
    publication: Publication,
    *,
    clinic_name: str,
    is_apart: bool = False,
    is_closed: bool = False,
) -> SafeString:
    """All of them as they stand in the active language under a leaflet that shows ``publication``, or on a page apart
    from it; ``is_closed`` if no more are taken."""
    template, zone, language = pattern("comments/reply.html"), timezone.get_current_timezone(), get_language()
    slug, shown = publication.leaflet.slug, publication.pk
    shared = {"clinic_name": conditional_escape(clinic_name), "slug": slug}
    if is_apart:
        shared["leaflet_address"] = permanent_address(slug)
    here: set[int] = set()
    outdated = _outdated(replies, publication)
    fillings: dict[tuple, Filling] = {}  # a page has few kinds of replies
    html = []
    for reply in replies:
        here.add(reply.number)
        depth = min(len(reply.place) // PLACE_DIGITS - 1, DEEPEST)
        words = {
            **shared,
            **_named(reply.name, language),
            "number": str(reply.number),
            "sent": day_in(language, _moment(reply.sent).astimezone(zone).date()),
            "body": in_order(paragraphs(cleaned(reply.body)), "auto"),
        }
        if reply.publication != shown:
            words["version"] = version_of(reply.major, reply.minor)
        if reply.answers and (depth > 1 or reply.answers not in here):
            words["answers"] = anchor_of(reply.answers) if reply.answers in here else address_of(slug, reply.answers)
            words["answers_whom"] = _named(reply.answers_name, language)["who"]
        is_gone = reply.state != State.APPROVED
        shape = (reply.staff is not None, reply.erased, is_gone, reply.number in outdated, is_closed, depth)
        kind = (*words, *shape)
        if kind not in fillings:
            fillings[kind] = template.shaped(words, dict(zip(_SHAPE, shape, strict=True)))
        html += fillings[kind](words)
    return mark_safe("".join(html))  # noqa: S308 - each is the template's output


_SHAPE = ("is_staff_answer", "is_erased", "is_gone", "is_outdated", "is_closed", "depth")


def _moment(sent: str) -> dt.datetime:
    """``"2026-11-02 10:25:04.12"`` from SQLite, which keeps moments in UTC; from PostgreSQL with ``+00`` behind."""
    moment = dt.datetime.fromisoformat(sent)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _outdated(replies: list[ShownReply], publication: Publication) -> set[int]:
    """The numbers of the clinic's answers since which the leaflet has changed in what they are about."""
    older = [
        reply
        for reply in replies
        if reply.staff and reply.digest != publication.digest and reply.state == State.APPROVED
    ]
    if not older:
        return set()
    parts = known_parts({publication.digest: publication.pk, **{reply.digest: reply.publication for reply in older}})
    now = parts[publication.digest]
    return {reply.number for reply in older if has_changed(reply.body, parts[reply.digest], now)}


def paragraphs(text: str) -> SafeString:
    """Plain text that is `cleaned`, as HTML: what Django's ``linebreaks`` makes of it."""
    if "\n" not in text:
        return SafeString(f"<p>{escape(text)}</p>")
    parts = (escape(part).replace("\n", "<br>") for part in _BLANK_LINES.split(text))
    return SafeString("\n\n".join(f"<p>{part}</p>" for part in parts))


def anchor_of(number: int) -> str:
    """Where a reply stands on its page."""
    return f"#reply-{number}"


def address_of(slug: str, number: int) -> str:
    """An address of one reply that stays, whatever page it comes to stand on."""
    return reverse("leaflet-reply-place", args=[slug, number]) + anchor_of(number)


def address_of_older(slug: str, thread: Thread) -> str:
    """Where the replies are that stand before these; "" if there are none."""
    return reverse("leaflet-older-replies", args=[slug, thread.replies[0].number]) if thread.has_older else ""


@lru_cache(maxsize=1_000)
def _named(name: str | None, _language: str) -> dict[str, SafeString]:
    """``name``, if there is one, and ``who``, the same or none inside a sentence."""
    shown = conditional_escape(cleaned(name or ""))
    return {**({"name": shown} if shown else {}), "who": whom(name)}


def whom(name: str | None) -> SafeString:
    """The name of somebody who wrote, or none, inside a sentence."""
    return isolated(name or _("a reader"))


def find_shown(leaflet: int, wanted: str) -> Comment | None:
    """The reply to this leaflet that can be read and answered and has the number ``wanted``, as text from an address or
    a form."""
    found = find_placed(leaflet, wanted)
    return found if found and may_be_answered(found) else None


def find_placed(leaflet: int, wanted: str) -> Comment | None:
    """The same, or an empty place of one that is erased or taken away: pages begin and end with it."""
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) <= _LONGEST_NUMBER):
        return None
    return Comment.objects.on_pages().filter(leaflet=leaflet, pk=wanted).first()

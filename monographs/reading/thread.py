"""Replies in the order that they are read: each under the one that it answers."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import BigAutoField, QuerySet
from django.template.defaultfilters import linebreaks_filter
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from monographs.comments.models import Comment
from monographs.prepared import Given, Prepared, instance
from monographs.publication.models import Publication
from monographs.reading.patterns import pattern
from monographs.templatetags.leaflet_language import in_order
from monographs.templatetags.leaflet_text import day
from monographs.templatetags.readers_words import isolated, readable

DEEPEST = 2  # further answers stand below each other: on a telephone there is no room to indent more


@dataclass(frozen=True)
class ShownReply:
    """``depth`` counts indents from 0 to `DEEPEST`; ``version`` is "" unless it was written to another version."""

    comment: Comment
    depth: int
    answers: Comment | None
    version: str


_COLUMNS = ("id", "parent_id", "name", "body", "at", "staff_id", "publication_id")


def _find() -> QuerySet:
    comments = Comment.objects.shown().filter(leaflet=Given("leaflet", BigAutoField())).order_by("at", "pk")
    return comments.values_list(*_COLUMNS, "publication__major", "publication__minor")


_found = Prepared(_find)


def read_thread(publication: Publication) -> list[ShownReply]:
    """The approved replies to the publication's leaflet, in one query.

    A reply to something that is not shown is not shown either: it would lose its sense.
    """
    by_parent = defaultdict(list)
    for *columns, major, minor in _found.rows(leaflet=publication.leaflet_id):
        comment = instance(Comment, _COLUMNS, columns)
        is_same = comment.publication_id == publication.pk
        version = "" if is_same else Publication(major=major, minor=minor).version
        by_parent[comment.parent_id].append((comment, version))
    waiting = [(*found, 0, None) for found in reversed(by_parent[None])]
    thread = []
    while waiting:
        comment, version, depth, answers = waiting.pop()
        thread.append(ShownReply(comment, min(depth, DEEPEST), answers, version))
        waiting += [(*found, depth + 1, comment) for found in reversed(by_parent[comment.pk])]
    return thread


def as_html(replies: list[ShownReply], *, clinic_name: str) -> SafeString:
    """All of them as they stand on a page in the active language."""
    template = pattern("comments/reply.html")
    html = [
        template.filled(
            _words(reply, clinic_name), {"is_staff_answer": reply.comment.is_staff_answer, "depth": reply.depth}
        )
        for reply in replies
    ]
    return mark_safe("".join(html))  # noqa: S308 - each is the template's output


def _words(reply: ShownReply, clinic_name: str) -> dict[str, object]:
    comment = reply.comment
    words = {
        "number": comment.pk,
        "name": readable(comment.name),
        "who": whom(comment.name),
        "sent": day(comment.at),
        "body": in_order(linebreaks_filter(readable(comment.body))),
        "version": reply.version,
        "clinic_name": clinic_name,
    }
    if reply.depth > 1:
        words |= {"answers": reply.answers.pk, "answers_whom": whom(reply.answers.name)}
    return words


def whom(name: str) -> SafeString:
    """The name of somebody who wrote, or none, inside a sentence."""
    return isolated(name or _("a reader"))


def find_shown(replies: list[ShownReply], wanted: str) -> Comment | None:
    """The reply of the page with the number ``wanted``, as text from an address or a form."""
    return next((reply.comment for reply in replies if str(reply.comment.pk) == wanted), None)

"""Replies in the order that they are read: each under the one that it answers."""

import datetime as dt
import functools
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import BigAutoField, QuerySet
from django.template import Context, Template
from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import SafeString

from monographs.comments.models import Comment
from monographs.prepared import Given, Prepared, instance
from monographs.publication.models import Publication

_LONGEST_REMEMBERED = 600  # characters; few replies are longer
DEEPEST = 2  # further answers stand below each other: on a telephone there is no room to indent more


@dataclass(frozen=True)
class ShownReply:
    """``depth`` counts indents from 0 to `DEEPEST`; ``version`` is "" unless it was written to another version."""

    comment: Comment
    depth: int
    answers: Comment | None
    version: str


_COLUMNS = ("id", "parent_id", "name", "body", "at", "staff_id", "publication_id", "erased_at")


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


def as_html(replies: list[ShownReply], *, language: str, clinic_name: str) -> list[SafeString]:
    """Each as it stands on a page in ``language``. What was made once is remembered by all that it is made of."""
    template = get_template("comments/reply.html").template  # another object when somebody has changed the file
    return [
        (_as_html if len(reply.comment.body) <= _LONGEST_REMEMBERED else _as_html.__wrapped__)(
            template,
            language,
            pk=reply.comment.pk,
            name=reply.comment.name,
            body=reply.comment.body,
            at=reply.comment.at,
            is_staff_answer=reply.comment.is_staff_answer,
            is_erased=reply.comment.erased_at is not None,
            depth=reply.depth,
            answers_pk=reply.answers.pk if reply.answers else None,
            answers_name=reply.answers.name if reply.answers else "",
            version=reply.version,
            clinic_name=clinic_name,
        )
        for reply in replies
    ]


@functools.lru_cache(maxsize=4_000)  # at most some kilobytes each
def _as_html(template: Template, language: str, **plain: str | int | bool | dt.datetime | None) -> SafeString:
    with translation.override(language):
        return template.render(Context(plain))


def find_shown(replies: list[ShownReply], wanted: str) -> Comment | None:
    """The reply of the page with the number ``wanted``, as text from an address or a form."""
    return next((reply.comment for reply in replies if str(reply.comment.pk) == wanted), None)

"""Replies in the order that they are read: each under the one that it answers."""

import datetime as dt
import functools
from collections import defaultdict
from dataclasses import dataclass

from django.template import Context, Template
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from monographs.comments.models import Comment
from monographs.publication.models import Publication

DEEPEST = 2  # further answers stand below each other: on a telephone there is no room to indent more


@dataclass(frozen=True)
class ShownReply:
    """``depth`` counts indents from 0 to `DEEPEST`; ``version`` is "" unless it was written to another version."""

    comment: Comment
    depth: int
    answers: Comment | None
    version: str


def read_thread(publication: Publication) -> list[ShownReply]:
    """The approved replies to the publication's leaflet, in one query.

    A reply to something that is not shown is not shown either: it would lose its sense.
    """
    comments = (
        Comment.objects.shown()
        .filter(leaflet=publication.leaflet_id)
        .select_related("publication")
        .only("parent", "name", "body", "at", "staff", "publication__major", "publication__minor")
        .order_by("at", "pk")
    )
    by_parent = defaultdict(list)
    for comment in comments:
        by_parent[comment.parent_id].append(comment)
    waiting = [(comment, 0, None) for comment in reversed(by_parent[None])]
    thread = []
    while waiting:
        comment, depth, answers = waiting.pop()
        is_same = comment.publication_id == publication.pk
        version = "" if is_same else comment.publication.version
        thread.append(ShownReply(comment, min(depth, DEEPEST), answers, version))
        waiting += [(answer, depth + 1, comment) for answer in reversed(by_parent[comment.pk])]
    return thread


def as_html(replies: list[ShownReply], *, language: str, clinic_name: str) -> list[SafeString]:
    """Each as it stands on a page in ``language``. What was made once is remembered by all that it is made of."""
    template = get_template("comments/reply.html").template  # another object when somebody has changed the file
    return [
        _as_html(
            template,
            language,
            pk=reply.comment.pk,
            name=reply.comment.name,
            body=reply.comment.body,
            day=timezone.localtime(reply.comment.at).date(),
            is_staff_answer=reply.comment.is_staff_answer,
            depth=reply.depth,
            answers_pk=reply.answers.pk if reply.answers else None,
            answers_name=reply.answers.name if reply.answers else "",
            version=reply.version,
            clinic_name=clinic_name,
        )
        for reply in replies
    ]


@functools.lru_cache(maxsize=4_000)  # about a kilobyte each
def _as_html(template: Template, language: str, **plain: str | int | bool | dt.date | None) -> SafeString:
    with translation.override(language):
        return template.render(Context(plain))


def find_shown(replies: list[ShownReply], wanted: str) -> Comment | None:
    """The reply of the page with the number ``wanted``, as text from an address or a form."""
    return next((reply.comment for reply in replies if str(reply.comment.pk) == wanted), None)

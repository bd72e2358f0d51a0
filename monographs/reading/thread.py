"""Replies in the order that they are read: each under the one that it answers."""

from collections import defaultdict
from dataclasses import dataclass

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


def find_shown(replies: list[ShownReply], wanted: str) -> Comment | None:
    """The reply of the page with the number ``wanted``, as text from an address or a form."""
    return next((reply.comment for reply in replies if str(reply.comment.pk) == wanted), None)

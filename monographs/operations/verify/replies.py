"""Readers' replies, the clinic's answers and the moderators' decisions on them."""

from collections import defaultdict

from django.db import models
from django.utils.translation import gettext as _

from monographs.audit.models import reference
from monographs.audit.verify import Altered
from monographs.comments.models import Comment, CommentDecision
from monographs.comments.models import State as CommentState
from monographs.comments.places import place_of
from monographs.operations.verify.recorded import CHUNK, Recorded
from monographs.operations.verify.rows import altered, none_missing, only_one, same, same_columns

_ANSWERED = "reply.answered"


def check_moderation(leaflet: int, recorded: Recorded) -> None:
    decisions = CommentDecision.objects.filter(comment__leaflet=leaflet).order_by("pk")
    taken: dict[int, int] = defaultdict(int)
    for decision in decisions.iterator(chunk_size=CHUNK):
        entries = recorded.of(Comment(pk=decision.comment_id), "was")
        if taken[decision.comment_id] >= len(entries):
            raise altered(decision, _("the ledger says nothing of it."))
        said = entries[taken[decision.comment_id]]
        taken[decision.comment_id] += 1
        became = CommentState.APPROVED if said.verb == _ANSWERED else said.verb.removeprefix("reply.")
        step = decision.was, decision.became
        same(decision, _("the step in the ledger"), (said.data["was"], str(became)), step)
        same(decision, _("the person in the ledger"), said.by_id, decision.by_id)
        same(decision, _("the reason in the ledger"), said.why.strip(), decision.reason)
        same_columns(decision, said)
    for number, count in recorded.rows(Comment, "was").items():
        if count != taken.get(number, 0):
            raise Altered(
                CommentDecision._meta.db_table,
                0,
                _("the ledger knows of %(expected)s decisions on %(about)s, but there are %(found)s.")
                % {"expected": count, "about": reference(Comment(pk=number)), "found": taken.get(number, 0)},
            )


def check_replies(leaflet: int, recorded: Recorded) -> None:
    """Their words are those that were sent, their state is what was decided last, and their places follow from that."""
    last = CommentDecision.objects.filter(comment=models.OuterRef("pk")).order_by("-pk").values("became")[:1]
    replies = Comment.objects.filter(leaflet=leaflet).annotate(decided=models.Subquery(last)).order_by("pk")
    seen, places = set(), {None: ""}
    for reply in replies.iterator(chunk_size=CHUNK):
        seen.add(reply.pk)
        said = only_one(reply, recorded.of(reply, "text"))
        erased = recorded.of(reply, "erased")
        same(reply, _("whether its words are erased"), bool(erased), bool(reply.erased_at))
        if not erased:
            same(reply, _("the seal of its words in the ledger"), said.data["text"], reply.computed_digest())
        same(reply, _("whether staff wrote it"), said.by_id, reply.staff_id)
        same(reply, _("the state that was decided"), reply.decided or CommentState.PENDING, reply.state)
        places[reply.pk] = place_of(reply, places.get(reply.parent_id, ""))
        same(reply, _("the place that it has under the leaflet"), places[reply.pk], reply.place)
    none_missing(Comment, recorded.rows(Comment, "text"), seen)

"""Readers' replies, the clinic's answers and the moderators' decisions on them."""

from collections import defaultdict

from django.db import models
from django.utils.translation import gettext as _

from monographs.audit.models import reference
from monographs.audit.verify import Altered
from monographs.comments.answering.unanswered import Unanswered, worked_out
from monographs.comments.deciding.redaction import Redaction
from monographs.comments.models import Comment, CommentDecision
from monographs.comments.models import State as CommentState
from monographs.comments.standing.places import places_of, rows_of
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
    redacted = defaultdict(list)
    for step in Redaction.objects.filter(comment__leaflet=leaflet).order_by("pk").iterator(chunk_size=CHUNK):
        redacted[step.comment_id].append(step)
    seen, rows = set(), list(rows_of(leaflet=leaflet))
    places, kept = places_of(rows), {row.pk for row in rows if row.kept}
    open_ones = dict(worked_out().filter(leaflet=leaflet).values_list("pk", "at"))
    there = dict(Unanswered.objects.filter(leaflet=leaflet).values_list("pk", "since"))
    for reply in replies.iterator(chunk_size=CHUNK):
        seen.add(reply.pk)
        said = only_one(reply, recorded.of(reply, "text"))
        erased = recorded.of(reply, "erased")
        same(reply, _("whether its words are erased"), bool(erased), bool(reply.erased_at))
        _check_words(reply, said.data["text"], redacted[reply.pk], recorded, erased=bool(erased))
        same(reply, _("whether staff wrote it"), said.by_id, reply.staff_id)
        same(reply, _("the state that was decided"), reply.decided or CommentState.PENDING, reply.state)
        keeps = [entry.data["keeps_place"] for entry in recorded.of(reply, "keeps_place")][-1:] == [True]
        same(reply, _("whether its empty place is kept"), keeps, reply.pk in kept)
        same(reply, _("the place that it has under the leaflet"), places[reply.pk], reply.place)
        same(reply, _("since when it waits for an answer"), open_ones.get(reply.pk), there.get(reply.pk))
    none_missing(Comment, recorded.rows(Comment, "text"), seen)


def _check_words(reply: Comment, sent: str, steps: list[Redaction], recorded: Recorded, *, erased: bool) -> None:
    """What was sent, and each time that words were taken out of it, up to those that stand there."""
    entries = recorded.of(reply, "redacted")
    same(reply, _("how often words were taken out of it"), len(entries), len(steps))
    if erased:
        return
    if unnamed := recorded.of(reply, "unnamed"):  # what the clinic's answer said before is gone
        same(reply, _("the seal of its words in the ledger"), unnamed[-1].data["unnamed"], reply.computed_digest())
        return
    digest = reply.digest_of(steps[0].was_name, steps[0].was_body) if steps else reply.computed_digest()
    same(reply, _("the seal of its words in the ledger"), sent, digest)
    for entry, step in zip(entries, steps, strict=True):
        same(step, _("the seal of what stood there before"), digest, reply.digest_of(step.was_name, step.was_body))
        digest = reply.digest_of(step.name, step.body)
        same(step, _("the seal of the words in the ledger"), entry.data["redacted"], digest)
        same(step, _("the person in the ledger"), entry.by_id, step.by_id)
        same(step, _("the reason in the ledger"), entry.why.strip(), step.reason)
    same(reply, _("the seal of the words after what was taken out"), digest, reply.computed_digest())

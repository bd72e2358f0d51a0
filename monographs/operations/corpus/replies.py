"""Readers' replies to a made-up site: as they were sent, as rules saw them, and shown by a moderator."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat, LPad

from monographs.audit.chain import canonical_json
from monographs.audit.models import Entry, reference, row_digest
from monographs.comments.answering.unanswered import Unanswered
from monographs.comments.labels import Found
from monographs.comments.models import PLACE_DIGITS, Comment, CommentDecision, ReplyLabel, State
from monographs.comments.triage.labelling import triage
from monographs.comments.triage.urgency import urgency_of
from monographs.leaflets.models import Leaflet
from monographs.operations.corpus import texts
from monographs.operations.corpus.copies import Copy, Numbers
from monographs.operations.corpus.rows import insert
from monographs.publication.models import Publication
from monographs.staff.models import StaffMember


class Sent(NamedTuple):
    """A reply, not saved yet, and what rules see in it."""

    reply: Comment
    seen: Sequence[Found]


def sent_to(one: Copy, asked: range, numbers: Numbers) -> Iterator[Sent]:
    """Replies with these numbers to what the copy showed first; every third answers the one before."""
    before = None
    for place, number in enumerate(asked):
        publication, seen = one.rows[Publication][0], _seen(texts.question(number))
        reply = Comment(
            pk=numbers.take(Comment),
            leaflet=one.rows[Leaflet][0],
            publication_id=publication.pk,
            parent_id=before if place % 3 == 2 else None,
            name="" if number % 2 else "A reader",
            body=texts.reply(number),
            at=publication.effective_from + dt.timedelta(minutes=place + 1),
            urgency=urgency_of(found.label for found in seen),
        )
        yield Sent(reply, seen)
        before = reply.pk


@cache
def _seen(question: str) -> tuple[Found, ...]:
    """What rules see, worked out once for each question: of a million replies that would take half an hour."""
    return triage(question, settings.LANGUAGE_CODE)


def insert_shown(sent: Sequence[Sent], numbers: Numbers, *, by: StaffMember) -> None:
    """Save replies with all that is written down when they arrive and when ``by`` approves them."""
    replies = [reply for reply, _seen in sent]
    decisions = [_approval(reply, by, numbers) for reply in replies]
    entries = [
        numbers.append(entry)
        for reply, decision in zip(replies, decisions, strict=True)
        for entry in _entries(reply, decision, by.name)
    ]
    insert(replies)
    insert(
        ReplyLabel(
            pk=numbers.take(ReplyLabel),
            comment_id=reply.pk,
            label=found.label,
            rule=found.rule,
            words=found.words,
            at=reply.at,
        )
        for reply, seen in sent
        for found in seen
    )
    insert(decisions)
    insert(entries)
    _show(replies)
    insert(Unanswered(comment_id=reply.pk, leaflet_id=reply.leaflet_id, since=reply.at) for reply in replies)


def _approval(reply: Comment, by: StaffMember, numbers: Numbers) -> CommentDecision:
    return CommentDecision(
        pk=numbers.take(CommentDecision),
        comment_id=reply.pk,
        was=State.PENDING,
        became=State.APPROVED,
        by_id=by.pk,
        at=reply.at + dt.timedelta(minutes=1),
    )


def _entries(reply: Comment, decision: CommentDecision, by_name: str) -> tuple[Entry, Entry]:
    """What the ledger says of both; as yet at no place in it."""
    about = {"about": reference(reply), "about_label": reply.in_the_record, "subject": f"leaflet/{reply.leaflet_id}"}
    received = canonical_json({"text": reply.computed_digest()})
    settled = canonical_json({"was": str(decision.was), "row": row_digest(decision)})
    return (
        Entry(verb="reply.received", at=reply.at, effective_at=reply.at, data=received, **about),
        Entry(
            verb="reply.approved",
            by_id=decision.by_id,
            by_name=by_name,
            at=decision.at,
            effective_at=decision.at,
            data=settled,
            is_public=True,
            **about,
        ),
    )


def _show(replies: Sequence[Comment]) -> None:
    """With their places as `place_of` has them: of questions, then of what answers one."""
    own = LPad(Cast("pk", CharField()), PLACE_DIGITS, Value("0"))
    above = Comment.objects.filter(pk=OuterRef("parent")).values("place")
    for is_question, place in ((True, own), (False, Concat(Subquery(above), own))):
        rows = [reply.pk for reply in replies if (reply.parent_id is None) == is_question]
        Comment.objects.filter(pk__in=rows).update(state=State.APPROVED, place=place, waits_since=None)

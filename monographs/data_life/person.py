"""Everything of one person who left an e-mail address: for them to have, and to be erased (GDPR art. 15, 17 and 20)."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.clinics.models import the_clinic
from monographs.comments.deciding.redaction import sent_words
from monographs.comments.models import Comment, ReplyWriter
from monographs.mail.addresses import bare
from monographs.mail.models import Letter
from monographs.mail.outbox import forget_letters_to
from monographs.reactions.actions import erase_with_reply
from monographs.refusals import Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission


def replies_of(email: str) -> list[Comment]:
    """All replies whose writer left this address, in every state, spam included, oldest first."""
    address = bare(email)
    if not address:
        return []
    numbers = ReplyWriter.objects.filter(email__iexact=address).values("comment")
    found = set(numbers.values_list("comment", flat=True))
    before = found  # what its writer put another reply in place of: the address went with the newest
    while before := set(Comment.objects.filter(replaced_by__in=before).values_list("pk", flat=True)) - found:
        found |= before
    return list(Comment.objects.filter(pk__in=found).select_related("leaflet", "publication").order_by("pk"))


@act
def export(email: str, *, by: StaffMember) -> dict:
    """What is stored of the person, as JSON takes it. Raises Unacceptable where nothing is.

    Names of colleagues are not in it, nor what was decided about other people.
    """
    check_permission(by, "export_person", _("You may not export what is stored of a person."))
    replies = replies_of(email)
    letters = list(_letters_to(email))
    if not replies and not letters:
        raise Unacceptable(_("Nothing is stored under this address."))
    for comment in replies:
        record("reply.exported", by=by, about=comment, subject=comment.leaflet)
    if not replies:
        record("person.exported", by=by, about=the_clinic(), data={"letters": len(letters)})
    return {
        "email": email.strip(),
        "replies": [_reply(comment) for comment in replies],
        "letters": [
            {"which": letter.name, "subject": letter.subject, "text": letter.body, "sent": _when(letter.sent_at)}
            for letter in letters
        ],
    }


@act
def erase_person(email: str, *, by: StaffMember, reason: str) -> int:
    """Erase the words, the address and the letters of all replies of the person; how many replies.

    Threads are kept, without words. Raises Unacceptable where nothing is stored or no reason is given.
    """
    check_permission(by, "erase_comment", _("You may not erase replies."))
    if not reason.strip():
        raise Unacceptable(_("Say why: that the person asked, and when."))
    replies = replies_of(email)
    letters = _letters_to(email)
    if not replies and not letters.exists():
        raise Unacceptable(_("Nothing is stored under this address."))
    for comment in replies:
        if comment.erased_at:
            ReplyWriter.objects.filter(comment=comment).delete()
        else:
            erase_with_reply(comment, by=by)
    gone = letters.count()
    forget_letters_to(email)
    record(
        "person.erased",
        by=by,
        about=the_clinic(),
        why=reason,
        data={"replies": [comment.pk for comment in replies], "letters": gone},
    )
    return len(replies)


def _letters_to(email: str) -> QuerySet[Letter]:
    return Letter.objects.filter(to__iexact=bare(email)).exclude(to="").order_by("pk")


def _reply(comment: Comment) -> dict:
    name, body = sent_words(comment)
    writer, appeal = getattr(comment, "writer", None), getattr(comment, "appeal", None)
    return {
        "number": comment.pk,
        "leaflet": str(comment.leaflet),
        "version": comment.publication.version,
        "received": _when(comment.at),
        "state": comment.state,
        "name": name,
        "text": body,
        "shown_as": comment.body if comment.body != body else None,
        "agreed": {"wording": writer.consent_version, "when": _when(writer.consented_at)} if writer else None,
        "decisions": _decisions(comment),
        "what_rules_saw": [{"label": one.label, "words": one.words} for one in comment.labels.all()],
        "appeal": {"words": appeal.words, "answer": appeal.grounds} if appeal else None,
        "answers": [answer.body for answer in comment.replies.filter(staff__isnull=False, state="approved")],
    }


def _decisions(comment: Comment) -> Iterable[dict]:
    return [
        {"from": one.was, "to": one.became, "when": _when(one.at), "reason": one.reason}
        for one in comment.decisions.all()
    ]


def _when(at: dt.datetime | None) -> str | None:
    return at and at.isoformat()

"""Asking an expert outside the clinic: a signed link to one revision, for one answer, for a while.

The link holds the row's id under Django's signature, so nobody can guess or alter one; whether it is still
open is asked of the row. An answer is kept with the revision and never counts as an approval.
"""

import datetime as dt

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.audit.models import row_digest
from monographs.audit.record import act, record
from monographs.refusals import Conflict, Refused, Unacceptable
from monographs.review.models import FactCheck
from monographs.revisions.models import Revision
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.text.letters.signs import cleaned, is_blank

OPEN_FOR = dt.timedelta(days=14)
MAX_LENGTH = 10_000  # characters of an answer
MAX_QUESTION = 2_000
_SIGNER = signing.Signer(salt="fact-check")


class LinkExpired(Refused):
    """The link was good once; its time is over (410 Gone)."""

    status = 410


@act
def ask(
    revision: Revision, *, by: StaffMember, expert: str, question: str = "", open_for: dt.timedelta = OPEN_FOR
) -> FactCheck:
    """Open a fact check of this revision; its link holds `token_of`. Raises NotAllowed or Unacceptable.

    The same question to the same expert for as long, asked twice by one person, is one while its link is open.
    """
    check_permission(by, "ask_factcheck", _("You may not ask outside experts."))
    expert, question = " ".join(cleaned(expert).split()), cleaned(question).strip()
    if is_blank(expert) or len(expert) > 200:
        raise Unacceptable(_("Name the expert you are asking, in 200 characters at most."))
    if not dt.timedelta(0) < open_for <= dt.timedelta(days=90):
        raise Unacceptable(_("A link can be open for 1 to 90 days."))
    if len(question) > MAX_QUESTION:
        raise Unacceptable(_("A question has at most %(limit)s characters.") % {"limit": f"{MAX_QUESTION:,}"})
    now, asked = timezone.now(), {"revision": revision, "expert": expert, "question": question, "asked_by": by}
    for open_one in FactCheck.objects.filter(**asked, answered_at=None, expires_at__gt=now):
        if open_one.expires_at - open_one.asked_at == open_for:
            return open_one
    check = FactCheck.objects.create(**asked, asked_at=now, expires_at=now + open_for)
    record("fact-check.asked", by=by, about=check, subject=revision.leaflet, why=check.question)
    return check


@act
def close(check: FactCheck, *, by: StaffMember) -> None:
    """End a link before its time: it went to the wrong person, or is not needed any more. Raises Conflict."""
    check_permission(by, "ask_factcheck", _("You may not ask outside experts."))
    check = FactCheck.objects.select_related("revision__leaflet").get(pk=check.pk)
    if check.answered_at or check.expires_at <= timezone.now():
        raise Conflict(_("This link is not open any more."))
    check.expires_at = timezone.now()
    check.save(update_fields=("expires_at",))
    record("fact-check.closed", by=by, about=check, subject=check.revision.leaflet)


def token_of(check: FactCheck) -> str:
    """What stands in the link."""
    return _SIGNER.sign(check.pk)


def find(token: str) -> FactCheck | None:
    """The fact check of a link, open or not; None for a link nobody here has signed."""
    try:
        pk = int(_SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return FactCheck.objects.select_related("revision__leaflet__medicine", "asked_by").filter(pk=pk).first()


def check_is_open(check: FactCheck) -> None:
    """Raise Conflict if it was answered already, LinkExpired if its time is over."""
    if check.answered_at:
        raise Conflict(_("Thank you. Your answer of this link is recorded already; it can't be changed."))
    if check.expires_at <= timezone.now():
        raise LinkExpired(
            _("This link has expired. Please ask %(name)s for a new one.") % {"name": check.asked_by.name}
        )


@act
def answer(check: FactCheck, *, verdict: str, answer: str = "") -> FactCheck:
    """The expert's one answer. Raises Conflict, LinkExpired, or Unacceptable for a remark without words.

    The ledger has no word of it but a digest, which the row's ``seal`` is part of.
    """
    check = FactCheck.objects.select_related("revision__leaflet", "asked_by").get(pk=check.pk)
    check_is_open(check)
    answer = cleaned(answer).strip()
    if verdict not in FactCheck.Verdict.values:
        raise Unacceptable(_("Please choose one of the two answers."))
    if verdict == FactCheck.Verdict.REMARKS and is_blank(answer):
        raise Unacceptable(_("Please say what should be changed."))
    if len(answer) > MAX_LENGTH:
        raise Unacceptable(_("An answer has at most %(limit)s characters.") % {"limit": f"{MAX_LENGTH:,}"})
    check.verdict, check.answer, check.answered_at = verdict, answer, timezone.now()
    check.save(update_fields=("verdict", "answer", "answered_at"))
    record(
        "fact-check.answered",
        by=None,
        about=check,
        subject=check.revision.leaflet,
        data={
            "verdict": verdict,
            "digest": check.revision.digest,
            "row": row_digest(check),
        },
    )
    return check

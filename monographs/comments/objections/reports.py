"""A reader tells us that a reply must not stand where it stands, without a log-in.

Three people bring it back into the queue; it is shown until somebody decides. Each of them is told what was decided and
on what grounds, at an address that only they know, and the whole case can be downloaded (as the Digital Services Act,
Regulation (EU) 2022/2065, articles 16 and 17, wants of larger sites).
"""

import datetime as dt
import secrets
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.audit.context import current_address
from monographs.audit.readers import hidden_address
from monographs.audit.record import act, record
from monographs.comments.crisis.cries import note_cry
from monographs.comments.crisis.playbook import PEOPLE, wait_no_more
from monographs.comments.deciding.actions import settle
from monographs.comments.deciding.claims import check_free
from monographs.comments.labels import Found
from monographs.comments.models import Comment, State, Urgency
from monographs.comments.sender.rate import REPORT, check_rate
from monographs.comments.triage.labelling import crises_in
from monographs.refusals import Conflict, Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.passwords.attempts import network_of
from monographs.staff.rules import check_permission
from monographs.text.letters.signs import cleaned, is_blank

MAX_LENGTH = 1_000  # characters


class Why(models.TextChoices):
    ILLEGAL = "illegal", gettext_lazy("It is against the law")
    FALSE = "false", gettext_lazy("It is false, and could harm somebody")
    PERSONAL = "personal", gettext_lazy("It tells who somebody is")
    OTHER = "other", gettext_lazy("Something else")


def _new_key() -> str:
    return secrets.token_urlsafe(24)


class Report(models.Model):
    """What one person says is wrong with a reply, and what came of it. ``key`` is the address at which they are told;
    ``hidden_address`` tells two people apart on one day, and goes after thirty (`audit.readers`)."""

    comment = models.ForeignKey(
        Comment, models.PROTECT, related_name="reports", verbose_name=gettext_lazy("reply"), db_index=False
    )
    why = models.CharField(gettext_lazy("reason"), max_length=10, choices=Why)
    words = models.TextField(gettext_lazy("in their words"), blank=True)
    at = models.DateTimeField(gettext_lazy("reported"), default=timezone.now)
    key = models.CharField(max_length=40, unique=True, default=_new_key, editable=False)
    hidden_address = models.CharField(max_length=64, blank=True, editable=False)
    is_upheld = models.BooleanField(gettext_lazy("the reply was taken away"), null=True, blank=True)
    grounds = models.TextField(gettext_lazy("grounds"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("decided by"),
    )
    decided_at = models.DateTimeField(gettext_lazy("decided"), null=True, blank=True)

    class Meta:
        verbose_name = gettext_lazy("report of a reply")
        verbose_name_plural = gettext_lazy("reports of replies")
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("comment", "decided_at"), name="report_open"),
            models.Index(fields=("at",), condition=models.Q(decided_at=None), name="report_waits"),
            models.Index(fields=("at", "id"), condition=models.Q(words__gt=""), name="report_words"),
            models.Index(
                fields=("hidden_address", "-at"), condition=models.Q(hidden_address__gt=""), name="report_from"
            ),
        )

    def __str__(self):
        return f"{self.comment.in_the_record}: {self.get_why_display()}"


def report(comment: Comment, *, why: str, words: str = "", at: dt.datetime | None = None) -> Report:
    """One person's report of a reply that is shown. The same person, the same reply and day is one report. A cry for
    help in its words brings the reply before somebody at once.

    Raises Unacceptable without a reason or with too many words, Conflict if the reply is not shown any more.
    """
    words = cleaned(words).strip()
    cries = crises_in(words[:MAX_LENGTH], comment.leaflet.language)  # before the turn to write
    return _report(comment, why=why, words=words, cries=cries, at=at or timezone.now())


@act
def _report(comment: Comment, *, why: str, words: str, cries: Iterable[Found], at: dt.datetime) -> Report:
    comment = Comment.objects.select_related("leaflet").get(pk=comment.pk)
    if why not in Why.values:
        raise Unacceptable(_("Please choose what is wrong with the reply."))
    if len(words) > MAX_LENGTH:
        raise Unacceptable(_("At most %(limit)s characters fit. Please shorten it.") % {"limit": f"{MAX_LENGTH:,}"})
    if comment.state != State.APPROVED or comment.erased_at:
        raise Conflict(_("This reply is not shown any more."))
    hidden = hidden_address(network_of(current_address.get()), at=at)
    waiting = Report.objects.filter(comment=comment, decided_at=None)
    if hidden and (same := waiting.filter(hidden_address=hidden).first()):
        note_cry(comment, cries, where="report")
        return same
    check_rate(hidden, at, kind=REPORT, model=Report)
    made = Report.objects.create(
        comment=comment, why=why, words="" if is_blank(words) else words, at=at, hidden_address=hidden
    )
    record("reply.reported", by=None, about=comment, subject=comment.leaflet, data={"reason": why})
    if waiting.count() >= PEOPLE and comment.waits_since is None:
        urgency = max(comment.urgency, Urgency.SOON)
        Comment.objects.filter(pk=comment.pk).update(waits_since=at, urgency=urgency)
    note_cry(comment, cries, where="report")
    return made


@act
def decide(comment: Comment, *, by: StaffMember, is_upheld: bool, grounds: str, seen: int | None = None) -> int:
    """Answer all reports of a reply that wait: take it away, or leave it where it is, and say why. How many.

    ``seen`` is the number of the newest report on the moderator's page; Conflict if another came. None: whichever.
    """
    check_permission(by, "moderate_comment", _("You may not decide on replies."))
    comment = Comment.objects.select_related("leaflet", "claimed_by").get(pk=comment.pk)
    check_free(comment, by)
    if is_blank(grounds):
        raise Unacceptable(_("Say why: those who reported it are told."))
    newest = Report.objects.filter(comment=comment).order_by("-pk").values_list("pk", flat=True).first()
    if seen is not None and newest != seen:
        raise Conflict(_("Another report came in while your page was open. Read it, too; then answer."))
    now, grounds = timezone.now(), grounds.strip()
    decided = Report.objects.filter(comment=comment, decided_at=None).update(
        is_upheld=is_upheld, grounds=grounds, decided_by=by, decided_at=now
    )
    if not decided:
        raise Conflict(_("A colleague has answered these reports already."))
    record(
        "reply.reports-answered",
        by=by,
        about=comment,
        subject=comment.leaflet,
        why=grounds,
        data={"reports": decided, "upheld": is_upheld},
    )
    if is_upheld and comment.state == State.APPROVED:
        settle(comment, State.REJECTED, by=by, verb="reply.rejected", reason=grounds)
    elif comment.state != State.PENDING:
        wait_no_more(comment)
    return decided


@act
def export_case(comment: Comment, *, by: StaffMember) -> dict:
    """The case of a reply that somebody reported, for who takes it out of the house; that is put on record."""
    check_permission(by, "view_comment", _("You may not see replies."))
    if not Report.objects.filter(comment=comment).exists():
        raise Conflict(_("Nobody has reported this reply."))
    record("reply.case-exported", by=by, about=comment, subject=comment.leaflet)
    return case_of(comment)


def case_of(comment: Comment) -> dict:
    """Everything about a reported reply as JSON takes it: for who answers for it to an authority or a court.

    What was taken out of it is not in here; see `redaction.look_at_original`.
    """

    def when(at: dt.datetime | None) -> str | None:
        return at and at.isoformat()

    return {
        "reply": {
            "number": comment.pk,
            "leaflet": str(comment.leaflet),
            "received": when(comment.at),
            "state": comment.state,
            "name": comment.name,
            "text": comment.body,
        },
        "reports": [
            {
                "reason": one.why,
                "words": one.words,
                "received": when(one.at),
                "taken_away": one.is_upheld,
                "grounds": one.grounds,
                "decided": when(one.decided_at),
                "decided_by": one.decided_by.name if one.decided_by else None,
            }
            for one in comment.reports.select_related("decided_by")
        ],
        "decisions": [
            {
                "from": one.was,
                "to": one.became,
                "by": one.by.name if one.by else None,
                "at": when(one.at),
                "reason": one.reason,
            }
            for one in comment.decisions.select_related("by")
        ],
    }

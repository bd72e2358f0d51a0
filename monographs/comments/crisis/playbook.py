"""A cry for help is opened by one person, worked through step by step, and closed by a second.

The steps and the words to use are the clinic's own. A case keeps the steps as they were when it was opened. Nobody
decides on such a reply before it is opened, and it stays in the queue, whatever is decided, until the case is closed.
"""

import datetime as dt
from collections.abc import Iterable
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.audit.record import act, record
from monographs.comments.models import Comment, ReplyLabel, State
from monographs.prepared import Given, Prepared
from monographs.refusals import Conflict, Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.text.letters.signs import is_blank

CRISIS = "crisis"  # of `ReplyLabel.label`
PEOPLE = 3  # so many different ones who report a shown reply bring it back into the queue
MOST_STEPS, LONGEST_STEP = 30, 300

_STEPS = gettext_lazy(
    "Read the whole reply slowly, and what it answers.\n"
    "Tell a colleague that you have opened it. You do not have to do this alone.\n"
    "If an address or a number was left: call or write now, with the words below.\n"
    "If somebody may be in danger at this moment and can be found: call the emergency services.\n"
    "Tell the person at the clinic who is responsible for safeguarding.\n"
    "Write down below what was done and by whom, without words of the reply."
)
_WORDS = gettext_lazy(
    "Thank you for telling us. It took courage to write this. You are not alone, and we want you to be safe.\n"
    "Are you safe at this moment? Have you taken anything?\n"
    "Please call the emergency number now, or one of the lines on this page. They answer day and night."
)
_WHEN_TO_CALL = gettext_lazy(
    "Call the emergency services if something was taken in an amount that may harm, if somebody says that they will "
    "act soon, cannot breathe, is unconscious or is a child, and you know where or how they can be found."
)


class Playbook(models.Model):
    """The clinic's own text for a cry for help: one row. A new database has ours, to be read and changed."""

    steps = models.TextField(gettext_lazy("steps to tick"), default=_STEPS, help_text=gettext_lazy("One a line."))
    words = models.TextField(gettext_lazy("words to use"), default=_WORDS)
    when_to_call = models.TextField(gettext_lazy("when to call the emergency services"), default=_WHEN_TO_CALL)

    class Meta:
        verbose_name = gettext_lazy("playbook for a cry for help")
        verbose_name_plural = gettext_lazy("the playbook for a cry for help")
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="only_one_playbook"),)

    def __str__(self):
        return str(_("Playbook for a cry for help"))

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.steps.splitlines() if line.strip()]


class CrisisCase(models.Model):
    """What is done about one cry for help. ``steps`` is a list of ``[words, who, when]``: the last two are None
    until the step is ticked."""

    comment = models.OneToOneField(Comment, models.PROTECT, related_name="crisis")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=gettext_lazy("opened by")
    )
    opened_at = models.DateTimeField(gettext_lazy("opened"), default=timezone.now, db_index=True)
    steps = models.JSONField(gettext_lazy("steps"), default=list)
    note = models.TextField(gettext_lazy("what was done"), blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("closed by"),
    )
    closed_at = models.DateTimeField(gettext_lazy("closed"), null=True, blank=True)

    class Meta:
        verbose_name = gettext_lazy("cry for help")
        verbose_name_plural = gettext_lazy("cries for help")
        constraints = (
            models.CheckConstraint(
                name="crisis_closed_by_a_second_person",
                condition=models.Q(closed_at=None, closed_by=None)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False)
                & ~models.Q(closed_by=models.F("opened_by")),
            ),
        )

    def __str__(self):
        return str(self.comment.in_the_record)


class Opening(models.Model):
    """A moderator read a cry for help. How many that were today is shown to them: they are people, too."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="openings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("opening of a cry for help")
        verbose_name_plural = gettext_lazy("openings of cries for help")
        indexes = (models.Index(fields=("by", "at"), name="opening_by_day"),)

    def __str__(self):
        return f"{self.comment_id}: {self.at:%Y-%m-%d}"


def the_playbook() -> Playbook:
    """The one row, made with its defaults when a database is new."""
    playbook, is_new = Playbook.objects.get_or_create(pk=1)
    if is_new:
        playbook.refresh_from_db()  # its defaults were lazy
    return playbook


def is_crisis(comment: Comment) -> bool:
    """Whether a rule saw a cry for help in it, and nobody called that wrong."""
    return any(_CRY.rows(reply=comment.pk))


def shut_to(person: StaffMember, replies: Iterable[int]) -> set[int]:
    """Of these replies (by number) those that may be a cry for help and that this person has not opened themselves,
    whoever else has, and whatever was decided since."""
    cries = ReplyLabel.objects.filter(comment__in=list(replies), label=CRISIS).exclude(is_wrong=True)
    shut = set(cries.values_list("comment", flat=True))
    return shut and shut - set(Opening.objects.filter(comment__in=shut, by=person).values_list("comment", flat=True))


def is_shut_to(person: StaffMember, comment: Comment) -> bool:
    """The same of one reply: no page shows them a word of it, but the one that opens it."""
    return bool(shut_to(person, [comment.pk]))


def has_open_case(comment: Comment) -> bool:
    return any(_OPEN_CASE.rows(reply=comment.pk))


def needs_opening(comment: Comment) -> bool:
    """Whether it may be a cry for help that nobody has opened yet."""
    return is_crisis(comment) and not CrisisCase.objects.filter(comment=comment).exists()


def check_opened(comment: Comment) -> None:
    """Raise Conflict if the reply may be a cry for help that nobody has opened yet."""
    if needs_opening(comment):
        raise Conflict(_("This reply may be a cry for help. Open it first; then decide."))


@act
def open_reply(comment: Comment, *, by: StaffMember) -> CrisisCase:
    """Read a cry for help. The first who does so opens the case; each reading is counted for the person."""
    check_permission(by, "moderate_comment", _("You may not open this reply."))
    comment = Comment.objects.select_related("leaflet").get(pk=comment.pk)
    Opening.objects.create(comment=comment, by=by)
    steps = [[line, None, None] for line in the_playbook().lines]
    case, is_new = CrisisCase.objects.get_or_create(comment=comment, defaults={"opened_by": by, "steps": steps})
    if is_new:
        record("crisis.opened", by=by, about=comment, subject=comment.leaflet)
    return case


def opened_today(by: StaffMember, *, at: dt.datetime) -> int:
    """How many different cries for help the person has read on this day of the site's time zone."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return Opening.objects.filter(by=by, at__gte=midnight, at__lte=at).values("comment").distinct().count()


def mark_of(note: str) -> str:
    """The note of a case as a short mark that goes with the form."""
    return sha256(note.encode()).hexdigest()[:16]


@act
def tick(case: CrisisCase, *, by: StaffMember, steps: set[int], note: str, seen: str | None = None) -> CrisisCase:
    """Keep which steps are done (by their place, from 0) and what was done. A ticked step stays with who ticked it.

    ``seen`` is the mark (`mark_of`) of the note that was on the page; Conflict if a colleague has changed it since.
    None: whatever it is.
    """
    check_permission(by, "moderate_comment", _("You may not change this case."))
    case = _open_one(case)
    if not steps <= set(range(len(case.steps))):
        raise Unacceptable(_("There is no such step."))
    if seen is not None and seen != mark_of(case.note):
        raise Conflict(_("A colleague changed what was done while your page was open. Put the two together, and save."))
    now = timezone.now().isoformat()
    ticked = []
    for place, (words, who, when) in enumerate(case.steps):
        if place in steps and who is None:
            ticked.append(place)
            who, when = by.name, now
        case.steps[place] = [words, who, when]
    case.note = note.strip()
    case.save(update_fields=("steps", "note"))
    if ticked:
        record("crisis.steps-done", by=by, about=case.comment, subject=case.comment.leaflet, data={"steps": ticked})
    return case


@act
def close(case: CrisisCase, *, by: StaffMember, note: str) -> CrisisCase:
    """A second person has looked at what was done and ends the case. The note says why where steps are left out."""
    check_permission(by, "moderate_comment", _("You may not close this case."))
    case = _open_one(case)
    if by.pk == case.opened_by_id:
        raise Conflict(_("You opened this case. A second person looks at what was done and closes it."))
    if is_blank(note):
        raise Unacceptable(_("Write down what was done, and why steps were left out, if any."))
    case.note, case.closed_by, case.closed_at = note.strip(), by, timezone.now()
    case.save(update_fields=("note", "closed_by", "closed_at"))
    record("crisis.closed", by=by, about=case.comment, subject=case.comment.leaflet, why=case.note)
    wait_no_more(case.comment)
    return case


def wait_no_more(comment: Comment) -> None:
    """It leaves the queue, unless something still keeps it there: it waits for a decision, a case, an appeal or
    reports are open."""
    kept = Comment.objects.filter(
        models.Q(state=State.PENDING)
        | models.Q(crisis__isnull=False, crisis__closed_at=None)
        | models.Q(appeal__isnull=False, appeal__decided_at=None),
        pk=comment.pk,
    )
    if not kept.exists() and comment.reports.filter(decided_at=None).count() < PEOPLE:
        Comment.objects.filter(pk=comment.pk).update(
            waits_since=None, is_escalated=False, claimed_by=None, claimed_until=None
        )


_REPLY = Given("reply", models.BigIntegerField())
_CRY = Prepared(
    lambda: (
        ReplyLabel.objects.filter(comment=_REPLY, label=CRISIS).exclude(is_wrong=True).order_by().values_list("pk")[:1]
    )
)
_OPEN_CASE = Prepared(lambda: CrisisCase.objects.filter(comment=_REPLY, closed_at=None).values_list("pk")[:1])


def _open_one(case: CrisisCase) -> CrisisCase:
    case = CrisisCase.objects.select_related("comment__leaflet").get(pk=case.pk)
    if case.closed_at:
        raise Conflict(_("%(name)s has closed this case already.") % {"name": case.closed_by.name})
    return case

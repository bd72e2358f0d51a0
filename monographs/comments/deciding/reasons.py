"""Why a reply is not shown: texts to choose from and to change. A clinic has its own; a new database has ours."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.audit.record import act, record
from monographs.comments.models import CommentDecision
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission

MAX_LENGTH = 1_000  # characters of a reason
FIRST_REASONS = (
    (
        gettext_lazy("Personal details"),
        gettext_lazy(
            "It says who somebody is, or how to reach them. Please write it again without names, numbers and addresses."
        ),
    ),
    (
        gettext_lazy("Personal advice"),
        gettext_lazy(
            "It asks what is right for one person. We can’t answer that here. Please call us, or ask your doctor or "
            "pharmacist."
        ),
    ),
    (
        gettext_lazy("Could harm"),
        gettext_lazy(
            "Other readers could come to harm by following it. Please talk to us or to your pharmacist before you "
            "change how you take a medicine."
        ),
    ),
    (gettext_lazy("About something else"), gettext_lazy("It is not about this medicine.")),
    (
        gettext_lazy("Hurtful"),
        gettext_lazy("It could hurt somebody who reads it. You are welcome to write it again in other words."),
    ),
    (gettext_lazy("Said already"), gettext_lazy("The same is said and answered on this page already.")),
)


class RejectionReason(models.Model):
    """One text: a few words for the list, and what the writer of a rejected reply reads."""

    title = models.CharField(gettext_lazy("title"), max_length=60, help_text=gettext_lazy("For the list."))
    text = models.CharField(
        gettext_lazy("text"),
        max_length=MAX_LENGTH,
        help_text=gettext_lazy("Whoever wrote the reply reads it. It can be changed for each reply."),
    )
    position = models.PositiveIntegerField(gettext_lazy("position"), default=0)
    is_active = models.BooleanField(gettext_lazy("in use"), default=True)

    class Meta:
        verbose_name = gettext_lazy("reason for rejecting a reply")
        verbose_name_plural = gettext_lazy("reasons for rejecting replies")
        ordering = ("position", "pk")

    def __str__(self):
        return self.title


class GivenReason(models.Model):
    """That a decision was given one of these texts, as it stood or changed, so that replies can be listed by it."""

    decision = models.OneToOneField(CommentDecision, models.CASCADE, primary_key=True, related_name="given")
    reason = models.ForeignKey(RejectionReason, models.PROTECT, related_name="given")

    class Meta:
        verbose_name = gettext_lazy("reason that was given")
        verbose_name_plural = gettext_lazy("reasons that were given")

    def __str__(self):
        return f"{self.decision_id}: {self.reason_id}"


def ensure_reasons() -> None:
    """A new database begins with the usual ones; a clinic's own are left alone."""
    if not RejectionReason.objects.exists():
        RejectionReason.objects.bulk_create(
            RejectionReason(title=str(title), text=str(text), position=position)
            for position, (title, text) in enumerate(FIRST_REASONS, 1)
        )


_FIELDS = ("title", "text", "position", "is_active")


@act
def save_reason(reason: RejectionReason, *, by: StaffMember) -> bool:
    """Save a new or changed reason; whether there was anything to record. Decisions keep the words they were given."""
    is_new = reason.pk is None
    codename = "add_rejectionreason" if is_new else "change_rejectionreason"
    check_permission(by, codename, _("You may not change the reasons for rejecting replies."))
    were = {} if is_new else RejectionReason.objects.filter(pk=reason.pk).values(*_FIELDS).get()
    are = {name: getattr(reason, name) for name in _FIELDS}
    if were == are:
        return False
    reason.save()
    data = {name: {"was": were.get(name), "is": are[name]} for name in _FIELDS if were.get(name) != are[name]}
    record("rejection-reason.added" if is_new else "rejection-reason.changed", by=by, about=reason, data=data)
    return True

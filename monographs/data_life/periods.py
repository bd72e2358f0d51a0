"""How long what readers wrote is kept, by what became of it: the clinic's own periods, carried out by the clock."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.audit.record import act, record
from monographs.refusals import Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission

SHORTEST = 30  # days: as long as a decision can be undone and another look asked for


class Kept(models.TextChoices):
    APPROVED = "approved", gettext_lazy("replies that are shown")
    REJECTED = "rejected", gettext_lazy("rejected replies")
    SPAM = "spam", gettext_lazy("spam")
    WITHDRAWN = "withdrawn", gettext_lazy("replies that their writers withdrew")
    ADDRESS = "address", gettext_lazy("the e-mail addresses of writers, after the decision")
    REPORT = "report", gettext_lazy("what readers wrote in reports of replies")


DAYS = {
    Kept.APPROVED: None,
    Kept.REJECTED: 365,
    Kept.SPAM: 90,
    Kept.WITHDRAWN: 30,
    Kept.ADDRESS: 180,
    Kept.REPORT: 365,
}
"""What a new database begins with (GDPR art. 5(1)(e): no longer than is necessary); None: until somebody erases it."""


class RetentionPeriod(models.Model):
    """So many days after the last decision the words of these are erased; empty: not by time."""

    what = models.CharField(gettext_lazy("what"), max_length=10, choices=Kept, unique=True)
    days = models.PositiveIntegerField(
        gettext_lazy("days after the decision"),
        null=True,
        blank=True,
        validators=[MinValueValidator(SHORTEST)],
        help_text=gettext_lazy("Empty: kept until somebody erases them."),
    )

    class Meta:
        verbose_name = gettext_lazy("how long readers’ words are kept")
        verbose_name_plural = gettext_lazy("how long readers’ words are kept")
        ordering = ("pk",)
        permissions = (("export_person", gettext_lazy("Can export everything that is stored of one reader")),)

    def __str__(self):
        return str(self.get_what_display())


def ensure_periods() -> None:
    """A row for each kind. Overwrites nothing."""
    there = set(RetentionPeriod.objects.values_list("what", flat=True))
    RetentionPeriod.objects.bulk_create(
        [RetentionPeriod(what=what, days=days) for what, days in DAYS.items() if what not in there],
        ignore_conflicts=True,
    )


@act
def change_period(period: RetentionPeriod, *, by: StaffMember, days: int | None) -> RetentionPeriod:
    """From now on. Raises Unacceptable for a time in which a decision could still be undone."""
    check_permission(by, "change_retentionperiod", _("You may not change how long readers’ words are kept."))
    if days is not None and days < SHORTEST:
        raise Unacceptable(
            _("At least %(days)s days: for so long a decision can be undone and another look asked for.")
            % {"days": SHORTEST}
        )
    period = RetentionPeriod.objects.get(pk=period.pk)
    was, period.days = period.days, days
    if was != days:
        period.save(update_fields=("days",))
        record("retention.changed", by=by, about=period, data={"what": period.what, "was": was, "days": days})
    return period

"""Safety alerts, and what was decided on each. Nothing here is ever changed: triggers refuse UPDATE and DELETE."""

import datetime as dt
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from monographs.audit.chain import canonical_json, sha256
from monographs.medicines.models import Medicine
from monographs.review.models import SignedWith

LONGEST_TITLE, LONGEST_TEXT, LONGEST_REASON = 200, 5_000, 1_000  # characters


class Severity(models.TextChoices):
    """How much it matters, in the words that readers meet above the title; the gravest first."""

    URGENT = "urgent", _("Urgent safety alert")
    IMPORTANT = "important", _("Safety alert")
    NOTICE = "notice", _("Safety notice")


GRAVEST_FIRST = [str(severity) for severity in Severity]


class Words(NamedTuple):
    """What an alert says in one language. ``html`` is what readers get of ``text``, made when it was written, with
    slots for the clinic's own numbers (`text.markup.finished.slots`)."""

    language: str
    title: str
    text: str
    html: str


class Alert(models.Model):
    """One alert, as somebody wrote it: what must be said otherwise is another alert.

    It is shown from its approval by somebody else (`AlertAct`), or at once if it is an emergency, but not before
    ``starts_at``, and until it is over, ended or declined (`alerts.standing`).
    """

    severity = models.CharField(_("how serious"), max_length=12, choices=Severity, default=Severity.IMPORTANT)
    words = models.JSONField(_("words"), help_text=_("List of [language, title, text, HTML]: the main language first."))
    reason = models.CharField(
        _("reason"), max_length=LONGEST_REASON, help_text=_("For the record; patients don’t see it.")
    )
    is_for_all = models.BooleanField(_("for everybody"), default=False)
    is_emergency = models.BooleanField(_("emergency"), default=False)
    starts_at = models.DateTimeField(_("from"), null=True, help_text=_("Empty: as soon as it is approved."))
    ends_at = models.DateTimeField(_("until"), null=True, help_text=_("Empty: until somebody ends it."))
    digest = models.CharField(_("SHA-256 of all that readers meet"), max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by"))
    at = models.DateTimeField(_("written"), default=timezone.now)
    medicines = models.ManyToManyField(Medicine, through="AlertMedicine", related_name="+")

    class Meta:
        verbose_name = _("safety alert")
        verbose_name_plural = _("safety alerts")
        ordering = ("-pk",)
        default_permissions = ("view",)
        permissions = (
            ("write_alert", _("Can write safety alerts")),
            ("approve_alert", _("Can approve or decline safety alerts as second person")),
            ("show_alert_in_emergency", _("Can show a safety alert without approval in an emergency")),
            ("end_alert", _("Can end safety alerts")),
        )
        constraints = (
            models.CheckConstraint(name="alert_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="alert_ends_after_it_starts",
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="alert_ends_after_it_is_written", condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("at"))
            ),
        )

    def __str__(self):
        return self.main.title

    @property
    def in_all_languages(self) -> list[Words]:
        return [Words(*words) for words in self.words]

    @property
    def main(self) -> Words:
        """What is read by readers of a language that it has no words in."""
        return self.in_all_languages[0]

    def computed_digest(self, medicines: list[int]) -> str:
        """SHA-256 over what a second person approves: all that readers meet, where, and when."""
        instants = [
            instant and instant.astimezone(dt.UTC).isoformat(timespec="microseconds")
            for instant in (self.starts_at, self.ends_at)
        ]
        words = [list(words) for words in self.words]
        return sha256(
            canonical_json([str(self.severity), words, self.is_for_all, self.is_emergency, instants, medicines])
        )


class AlertMedicine(models.Model):
    """One of the medicines that an alert is about. It cannot be taken away, nor the medicine under it."""

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="named", db_index=False)
    medicine = models.ForeignKey(Medicine, models.PROTECT, related_name="alerted")

    class Meta:
        verbose_name = _("medicine of a safety alert")
        verbose_name_plural = _("medicines of safety alerts")
        ordering = ("pk",)
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("alert", "medicine"), name="alert_names_a_medicine_once"),)

    def __str__(self):
        return f"{self.alert_id}: {self.medicine}"


class ActKind(models.TextChoices):
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")
    ENDED = "ended", _("ended")


class AlertAct(models.Model):
    """What somebody decided on an alert, and when: each kind once, and nothing after it was declined or ended."""

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="acts", db_index=False)
    kind = models.CharField(_("what"), max_length=12, choices=ActKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    signer_name = models.CharField(_("name"), max_length=200)
    signed_with = models.CharField(_("signed with"), max_length=12, choices=SignedWith, blank=True)
    digest = models.CharField(_("SHA-256 of what was decided on"), max_length=64)
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("decision on a safety alert")
        verbose_name_plural = _("decisions on safety alerts")
        ordering = ("pk",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("alert", "kind"), name="alert_each_act_once"),
            models.CheckConstraint(
                name="alert_approval_is_signed_and_the_rest_has_a_reason",
                condition=Q(kind="approved") & ~Q(signed_with="") | ~Q(kind="approved") & ~Q(reason=""),
            ),
        )

    def __str__(self):
        return _now("%(alert)s: %(kind)s") % {"alert": self.alert, "kind": self.get_kind_display()}

"""Reviews: one submission of one revision, and every decision taken on it."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.leaflets.models import Leaflet
from monographs.revisions.models import Revision


class State(models.TextChoices):
    """Where a review stands. WAITING and APPROVED are *active*: the draft is frozen."""

    WAITING = "waiting", _("waiting for review")
    APPROVED = "approved", _("approved")
    SENT_BACK = "sent-back", _("sent back")
    RECALLED = "recalled", _("recalled")
    RELEASED = "released", _("released")
    ENDED = "ended", _("no longer shown")


ACTIVE = (State.WAITING, State.APPROVED)


class ReviewQuerySet(models.QuerySet):
    def active(self) -> "ReviewQuerySet":
        """Waiting for a decision, or approved and not released yet."""
        return self.filter(state__in=ACTIVE)

    def waiting(self) -> "ReviewQuerySet":
        return self.filter(state=State.WAITING)

    def ever_released(self, at: dt.datetime) -> "ReviewQuerySet":
        """Reviews whose revision patients have read at some time up to ``at``, newest release first."""
        return self.filter(state__in=(State.RELEASED, State.ENDED), released_from__lte=at).order_by(
            "-released_from", "-pk"
        )


class Review(models.Model):
    """A revision on its way to patients. The state moves by the verbs of `review` and `publication` only."""

    leaflet = models.ForeignKey(Leaflet, models.PROTECT, related_name="reviews")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="reviews")
    base = models.ForeignKey(
        Revision, models.PROTECT, null=True, related_name="+", help_text=_("What patients read when it was submitted.")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("submitted by")
    )
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now)
    note = models.TextField(_("note to the second reader"), blank=True)
    released_from = models.DateTimeField(_("released from"), null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ("-submitted_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("leaflet",),
                condition=Q(state__in=("waiting", "approved")),
                name="one_active_review_per_leaflet",
                violation_error_message=_("This leaflet is in review already."),
            ),
        )

    def __str__(self):
        return f"{self.revision}"

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE


class Outcome(models.TextChoices):
    APPROVED = "approved", _("approved")
    SENT_BACK = "sent-back", _("sent back")
    RECALLED = "recalled", _("recalled")


VOIDING = (Outcome.SENT_BACK, Outcome.RECALLED)


class Decision(models.Model):
    """What one person decided on a review, signed. Triggers refuse UPDATE and DELETE.

    A signature shows the signer's printed name, the time and its meaning (21 CFR 11.50(a)); the name,
    profession and registration number are kept as they were on the day.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    digest = models.CharField(_("SHA-256 of what was decided on"), max_length=64)
    note = models.TextField(_("note"), blank=True)
    checklist = models.JSONField(_("checklist"), default=list, help_text=_("The items that were ticked, in words."))
    signer_name = models.CharField(_("name"), max_length=200)
    signer_profession = models.CharField(_("profession"), max_length=100, blank=True)
    signer_registration = models.CharField(_("registration number"), max_length=60, blank=True)
    meaning = models.CharField(_("meaning of the signature"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("review", "by", "outcome"), name="one_decision_of_a_kind_per_person"),
        )

    def __str__(self):
        return f"{self.get_outcome_display()}: {self.review}"


class ChecklistItem(models.Model):
    """One thing the second reader confirms to have checked. The clinic writes its own list."""

    text = models.CharField(_("what is checked"), max_length=200, unique=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("checklist item")
        verbose_name_plural = _("review checklist")
        ordering = ("position", "pk")

    def __str__(self):
        return self.text


FIRST_CHECKLIST = (
    _("The facts are right and up to date."),
    _("Doses, units and frequencies are right."),
    _("Interactions and warnings are complete."),
    _("Pregnancy and breastfeeding are covered."),
    _("It is written in plain language."),
    _("The sources were opened and say what the leaflet says."),
)


def ensure_checklist() -> None:
    """A new database begins with the usual list; a clinic's own list is left alone."""
    if not ChecklistItem.objects.exists():
        ChecklistItem.objects.bulk_create(
            ChecklistItem(text=str(text), position=position) for position, text in enumerate(FIRST_CHECKLIST, 1)
        )

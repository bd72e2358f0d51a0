"""Reviews: one submission of one revision, and every decision taken on it."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.audit.readers import new_seal
from monographs.leaflets.models import Leaflet
from monographs.leaflets.sections import KIND_CHOICES
from monographs.medicines.models import Medicine
from monographs.quality.pieces.excerpts import LONGEST_LABEL, beginning
from monographs.revisions.models import Revision


class State(models.TextChoices):
    """Where a review stands. WAITING and APPROVED are *active*: the draft is frozen."""

    WAITING = "waiting", _("waiting for review")
    APPROVED = "approved", _("approved")
    SENT_BACK = "sent-back", _("sent back")
    RECALLED = "recalled", _("recalled")
    EMERGENCY = "emergency", _("released in an emergency, not approved yet")
    RELEASED = "released", _("released")
    ENDED = "ended", _("no longer shown")


ACTIVE = (State.WAITING, State.APPROVED)
TO_SIGN = (State.WAITING, State.EMERGENCY)
SHOWN = (State.EMERGENCY, State.RELEASED, State.ENDED)
APPROVED_STATES = (State.APPROVED, State.RELEASED, State.ENDED)  # all signatures that are asked for are there


class ReviewQuerySet(models.QuerySet):
    def to_decide(self) -> "ReviewQuerySet":
        """With what a verb judges it by, in the same query: its leaflet, its text, ``is_held_up``, whether a remark
        that must be resolved first is open, and ``has_rules``, whether any rule asks more of its medicine."""
        open_remarks = Remark.objects.blocking().filter(leaflet=OuterRef("leaflet"))
        rules = ApprovalRule.objects.filter(Q(medicine=None) | Q(medicine=OuterRef("leaflet__medicine")))
        return self.select_related("leaflet", "revision").annotate(
            is_held_up=Exists(open_remarks), has_rules=Exists(rules)
        )

    def to_sign(self, at: dt.datetime) -> "ReviewQuerySet":
        """The same with what a second reader's signature depends on besides: ``released``, the number of the row that
        the leaflet's patients read last up to ``at``, and ``approved_before``, the number among its revisions of the
        last text before this review's that they have read and a second reader has approved; None where there is none.
        """
        before = Review.objects.filter(leaflet=OuterRef("leaflet"))
        approved = before.ever_approved_and_released(at).exclude(pk=OuterRef("pk"))
        return self.to_decide().annotate(
            released=Subquery(before.ever_released(at).values("revision")[:1]),
            approved_before=Subquery(approved.values("revision__number")[:1]),
        )

    def active(self) -> "ReviewQuerySet":
        """Waiting for a decision, or approved and not released yet."""
        return self.filter(state__in=ACTIVE)

    def active_first(self) -> "ReviewQuerySet":
        """The one that goes on, then the others, the last one first: an emergency release may be newer than both."""
        return self.order_by(Case(When(state__in=ACTIVE, then=0), default=1), "-pk")

    def ever_released(self, at: dt.datetime) -> "ReviewQuerySet":
        """Reviews whose revision patients have read at some time up to ``at``, newest release first."""
        return self.filter(state__in=SHOWN, released_from__lte=at).order_by("-released_from", "-pk")

    def ever_approved_and_released(self, at: dt.datetime) -> "ReviewQuerySet":
        """The same without emergency releases that had not all approvals in retrospect by ``at``."""
        return self.ever_released(at).filter(approved_at__lte=at)

    def emergency(self, at: dt.datetime) -> "ReviewQuerySet":
        """Released in an emergency, not approved in retrospect, and not replaced by a later release by ``at``."""
        replaced = Review.objects.filter(
            leaflet=OuterRef("leaflet"),
            state__in=SHOWN,
            released_from__gt=OuterRef("released_from"),
            released_from__lte=at,
        )
        return self.filter(Q(state=State.EMERGENCY) & ~Exists(replaced))


class Review(models.Model):
    """A revision on its way to patients. The state moves by the verbs of `review` and `publication` only.

    ``approved_at`` is derived: in the states `APPROVED_STATES` the instant of the newest approval, else empty. The
    verb that moves the state sets it (`review.moving`), and `verify_history` compares it with the decisions.
    """

    leaflet = models.ForeignKey(Leaflet, models.PROTECT, related_name="reviews")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="reviews")
    base = models.ForeignKey(
        Revision, models.PROTECT, null=True, related_name="+", help_text=_("What patients read when it was submitted.")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING, db_index=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("submitted by")
    )
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now)
    note = models.TextField(_("note to the second reader"), blank=True)
    released_from = models.DateTimeField(_("released from"), null=True)
    approved_at = models.DateTimeField(_("approved"), null=True)

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

    def is_open(self, at: dt.datetime) -> bool:
        """Whether it can be recalled or sent back at an instant: until its revision has reached patients."""
        return self.is_active or (self.state == State.RELEASED and self.released_from > at)


class Outcome(models.TextChoices):
    APPROVED = "approved", _("approved")
    SENT_BACK = "sent-back", _("sent back")
    RECALLED = "recalled", _("recalled")
    EMERGENCY = "emergency", _("released in an emergency")


VOIDING = (Outcome.SENT_BACK, Outcome.RECALLED)


class SignedWith(models.TextChoices):
    """What a signer had to give for a signature. Empty in rows of older programs: it was the password."""

    PASSWORD = "password", _("password")
    PASSKEY = "passkey", _("passkey")


class Decision(models.Model):
    """What one person decided on a review, signed. Triggers refuse UPDATE and DELETE.

    A signature shows the signer's printed name, the time and its meaning (21 CFR 11.50(a)); the name,
    profession and registration number are kept as they were on the day.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="decisions", db_index=False)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    digest = models.CharField(_("SHA-256 of what was decided on"), max_length=64)
    note = models.TextField(_("note"), blank=True)
    checklist = models.JSONField(_("checklist"), default=list, help_text=_("The items that were ticked, in words."))
    signer_name = models.CharField(_("name"), max_length=200)
    signer_profession = models.CharField(_("profession"), max_length=100, blank=True)
    signer_registration = models.CharField(_("registration number"), max_length=60, blank=True)
    signer_roles = models.JSONField(_("roles"), default=list, help_text=_("The signer's roles on that day."))
    meaning = models.CharField(_("meaning of the signature"), max_length=300, blank=True)
    signed_with = models.CharField(_("signed with"), max_length=10, choices=SignedWith, blank=True)

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
        verbose_name_plural = _("checklist items")
        ordering = ("position", "pk")

    def __str__(self):
        return self.text


class ApprovalRule(models.Model):
    """More than one second reader, or one with a certain role, for some medicines or some sections.

    A rule applies to a review if its medicine is the leaflet's (or it names none) and the section kind it
    names is new or changed in the candidate (or it names none).
    """

    medicine = models.ForeignKey(
        Medicine,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("medicine"),
        help_text=_("Empty: every medicine."),
    )
    section_kind = models.CharField(
        _("section"), max_length=20, choices=KIND_CHOICES, blank=True, help_text=_("Empty: whatever has changed.")
    )
    approvals = models.PositiveSmallIntegerField(
        _("second readers needed"), default=1, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    role = models.ForeignKey(
        Group,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("one of them is a"),
        help_text=_("Empty: no matter who."),
    )

    class Meta:
        verbose_name = _("approval rule")
        verbose_name_plural = _("approval rules")

    def __str__(self):
        parts = [str(self.medicine or _("every medicine"))]
        if self.section_kind:
            parts.append(str(self.get_section_kind_display()))
        return f"{', '.join(parts)}: {self.approvals}" + (f" ({self.role})" if self.role else "")


class RemarkQuerySet(models.QuerySet):
    def blocking(self) -> "RemarkQuerySet":
        """Those that must be resolved before anybody approves."""
        return self.filter(parent=None, is_blocking=True, resolved_at=None)


class Remark(models.Model):
    """A remark on a passage, or an answer to one. It stays with the leaflet from round to round."""

    leaflet = models.ForeignKey(Leaflet, models.PROTECT, related_name="remarks")
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="+", help_text=_("The revision it was made on.")
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="answers")
    section_key = models.CharField(_("section"), max_length=60, blank=True, help_text=_("Empty: the whole leaflet."))
    quote = models.TextField(_("passage"), blank=True, help_text=_("The words it is about, as they read then."))
    body = models.TextField(_("remark"))
    is_blocking = models.BooleanField(_("must be resolved before approval"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(_("resolved"), null=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ("at", "pk")
        permissions = (("remark_leaflet", _("Can remark on a leaflet's text")),)
        constraints = (
            models.CheckConstraint(name="remark_has_text", condition=~Q(body="")),
            models.CheckConstraint(
                name="resolved_by_somebody",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            ),
        )

    def __str__(self):
        """Its first sentences, for lists and the ledger; none of them where the first is too long for a line."""
        said = beginning(self.body, 60)
        return said if len(said) <= LONGEST_LABEL else str(_("a long remark"))


class FactCheck(models.Model):
    """An outside expert without an account is asked about one revision. Their answer is no approval."""

    class Verdict(models.TextChoices):
        AGREES = "agrees", _("The facts are right as far as I can judge.")
        REMARKS = "remarks", _("Something should be changed.")

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="fact_checks")
    expert = models.CharField(_("expert's name"), max_length=200)
    question = models.TextField(_("what you would like to know"), blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    expires_at = models.DateTimeField(_("open until"))
    verdict = models.CharField(_("answer"), max_length=10, choices=Verdict, blank=True)
    answer = models.TextField(_("answer in words"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    seal = models.CharField(_("key of the seal of its words"), max_length=64, default=new_seal, editable=False)

    class Meta:
        verbose_name = _("fact check")
        verbose_name_plural = _("fact checks")
        ordering = ("-asked_at",)
        permissions = (("ask_factcheck", _("Can ask an outside expert")),)

    def __str__(self):
        return f"{self.expert}: {self.revision}"

    @property
    def in_the_record(self) -> str:
        """What the ledger calls it, which is kept for ever: not by the name of somebody outside the clinic."""
        return _("fact check %(number)s of %(revision)s") % {"number": self.pk, "revision": self.revision}


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

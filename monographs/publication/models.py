"""The timeline: from this instant this leaflet shows this revision, or nothing."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.leaflets.models import Leaflet
from monographs.review.models import VOIDING, Decision, Review
from monographs.revisions.models import Revision


class Kind(models.TextChoices):
    NORMAL = "normal", _("publication")
    RESTORATION = "restoration", _("restoration")
    EMERGENCY = "emergency", _("emergency release")
    WITHDRAWAL = "withdrawal", _("withdrawal")
    EXPIRY = "expiry", _("expiry")


class PublicationQuerySet(models.QuerySet):
    """What the timeline says, worked out from it: the definition of what patients see.

    Who only wants to know asks the rows that follow from it: `shown`, `read`, `begun` and `coming` here, and
    `publication.shown.showings`.
    """

    def standing(self) -> "PublicationQuerySet":
        """Neither cancelled nor resting on an approval that became void before its instant, after it was decided."""
        cancelled = Cancellation.objects.filter(publication=OuterRef("pk"))
        void = Decision.objects.filter(
            review=OuterRef("review"),
            outcome__in=VOIDING,
            at__gte=OuterRef("at"),
            at__lt=OuterRef("effective_from"),
        )
        return self.filter(~Exists(cancelled), ~Exists(void))

    def valid(self) -> "PublicationQuerySet":
        """Standing rows; an expiry only while no later decision has taken the place of what it would end."""
        later = (
            Publication.objects.standing()
            .filter(leaflet=OuterRef("leaflet"), pk__gt=OuterRef("pk"), effective_from__lte=OuterRef("effective_from"))
            .exclude(kind=Kind.EXPIRY)
        )
        return self.standing().filter(~Q(kind=Kind.EXPIRY) | ~Exists(later))

    def in_effect(self, at: dt.datetime) -> "PublicationQuerySet":
        """Valid rows whose instant has come."""
        return self.valid().filter(effective_from__lte=at)

    def current(self, at: dt.datetime) -> "PublicationQuerySet":
        """For each leaflet the newest row in effect: what it shows at ``at``, a withdrawal's notice included."""
        newer = (
            Publication.objects.in_effect(at)
            .filter(leaflet=OuterRef("leaflet"))
            .filter(
                Q(effective_from__gt=OuterRef("effective_from"))
                | Q(effective_from=OuterRef("effective_from"), pk__gt=OuterRef("pk"))
            )
        )
        return self.in_effect(at).filter(~Exists(newer))

    def shown(self, at: dt.datetime) -> "PublicationQuerySet":
        """The same as `current`, looked up in the rows that the verbs keep (`publication.shown.showings`)."""
        return self.filter(showing__starts_at__lte=at, showing__ends_at__gt=at)

    def read(self, at: dt.datetime) -> "PublicationQuerySet":
        """The same as `live`, looked up."""
        return self.shown(at).filter(revision__isnull=False)

    def begun(self, at: dt.datetime) -> "PublicationQuerySet":
        """The same as `in_effect`, looked up."""
        return self.filter(showing__starts_at__lte=at)

    def coming(self, at: dt.datetime) -> "PublicationQuerySet":
        """The same as `pending`, looked up."""
        return self.filter(showing__starts_at__gt=at)

    def live(self, at: dt.datetime) -> "PublicationQuerySet":
        """What patients can read as a leaflet at ``at``."""
        return self.current(at).filter(revision__isnull=False)

    def pending(self, at: dt.datetime) -> "PublicationQuerySet":
        """Valid rows whose instant is still to come."""
        return self.valid().filter(effective_from__gt=at)


def version_of(major: int | None, minor: int | None) -> str:
    """``"2"`` or ``"2.1"``; "" for a withdrawal or expiry, which has none."""
    if major is None:
        return ""
    return f"{major}.{minor}" if minor else str(major)


class Publication(models.Model):
    """One row of the timeline. Triggers refuse UPDATE and DELETE, and INSERT of a revision nobody approved."""

    leaflet = models.ForeignKey(Leaflet, models.PROTECT, related_name="publications", db_index=False)
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, related_name="publications", help_text=_("Empty: nothing is shown.")
    )
    review = models.ForeignKey(Review, models.PROTECT, null=True, related_name="publications")
    digest = models.CharField(_("SHA-256 of the content"), max_length=64, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.NORMAL)
    major = models.PositiveIntegerField(_("version"), null=True)
    minor = models.PositiveIntegerField(_("minor version"), null=True)
    effective_from = models.DateTimeField(_("in effect from"))
    at = models.DateTimeField(_("decided"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    next_review_on = models.DateField(_("next review"), null=True, db_index=True)
    change_note = models.TextField(_("what changed"), blank=True, help_text=_("Patients read this."))
    notice = models.TextField(
        _("notice"), blank=True, help_text=_("What patients read instead of a withdrawn leaflet.")
    )
    why = models.TextField(_("reason"), blank=True, help_text=_("For the record; patients don't see it."))

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ("-effective_from", "-pk")
        indexes = (models.Index(fields=("leaflet", "-effective_from", "-id"), name="publication_timeline"),)
        constraints = (
            models.UniqueConstraint(fields=("leaflet", "major", "minor"), name="version_number_once"),
            models.CheckConstraint(
                name="shown_or_not",
                condition=Q(
                    kind__in=("normal", "restoration", "emergency"),
                    revision__isnull=False,
                    review__isnull=False,
                    major__isnull=False,
                    minor__isnull=False,
                )
                | Q(kind__in=("withdrawal", "expiry"), revision__isnull=True, major__isnull=True, minor__isnull=True),
            ),
            models.CheckConstraint(name="withdrawal_has_notice", condition=~Q(kind="withdrawal") | ~Q(notice="")),
            models.CheckConstraint(name="not_backdated", condition=Q(effective_from__gte=F("at"))),
        )

    def __str__(self):
        return f"{self.leaflet}, {self.version}" if self.version else f"{self.leaflet}, {self.get_kind_display()}"

    @property
    def version(self) -> str:
        """``"2"`` or ``"2.1"``; "" for a withdrawal or expiry."""
        return version_of(self.major, self.minor)


class Cancellation(models.Model):
    """A pending row that was called off before its instant. Triggers refuse UPDATE and DELETE."""

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="cancellation")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    why = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("cancellation")
        verbose_name_plural = _("cancellations")

    def __str__(self):
        return f"{self.publication}"


class Reminder(models.Model):
    """A letter to one person about a review date that comes near: one for each date and distance, however many
    clocks run and however many versions name that date."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("to whom"), db_index=False
    )
    leaflet = models.ForeignKey(Leaflet, models.PROTECT, related_name="+")
    due_on = models.DateField(_("next review"))
    days = models.PositiveSmallIntegerField(_("days before"))
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = (models.UniqueConstraint(fields=("person", "leaflet", "due_on", "days"), name="reminder_once"),)

    def __str__(self):
        return f"{self.leaflet}: {self.days}"


class PageQuerySet(models.QuerySet):
    def newest(self, at: dt.datetime) -> "PageQuerySet":
        """For each publication its page, if made by ``at``; of several from before slots the last until then."""
        newer = Page.objects.filter(publication=OuterRef("publication"), pk__gt=OuterRef("pk"), compiled_at__lte=at)
        return self.filter(~Exists(newer), compiled_at__lte=at)

    def current(self, at: dt.datetime) -> "PageQuerySet":
        """What each leaflet shows at ``at``, as compiled then."""
        return self.newest(at).filter(publication__in=Publication.objects.shown(at))


class Page(models.Model):
    """What publishing compiled: the leaflet's body, with slots for the clinic's own details
    (`publication.page.assemble`). Triggers refuse UPDATE and DELETE, INSERT of any HTML but the one that the ledger
    names for the publication, and of a second page of it (`publication.guards`).

    Only in a database from before there were slots may a publication have several: one for each change of numbers.
    """

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="pages", db_index=False)
    compiled_at = models.DateTimeField(default=timezone.now)
    html = models.TextField()
    contents = models.JSONField(default=list, help_text=_("List of [anchor, heading]."))
    plain_text = models.TextField()
    digest = models.CharField(_("SHA-256 of the HTML"), max_length=64)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        indexes = (models.Index(fields=("publication", "-id"), name="page_newest"),)

    def __str__(self):
        return f"{self.publication}"

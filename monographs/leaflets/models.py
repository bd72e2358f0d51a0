"""Leaflets and their working drafts."""

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from monographs.leaflets.limits import fits_key_facts, fits_section
from monographs.leaflets.sections import BY_KEY, KIND_CHOICES
from monographs.medicines.models import Medicine


class Edition(models.TextChoices):
    STANDARD = "standard", _("standard")
    EASY_READ = "easy-read", _("easy read")


class Leaflet(models.Model):
    """A patient information leaflet: medicine × language × edition.

    It holds the working draft, which patients never see: they read published revisions. A translation is a leaflet of
    its own that names the leaflet it translates, and as of which of that one's revisions (`content.MadeFrom`).
    """

    medicine = models.ForeignKey(
        Medicine, models.PROTECT, related_name="leaflets", verbose_name=_("medicine"), db_index=False
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    edition = models.CharField(_("edition"), max_length=20, choices=Edition, default=Edition.STANDARD)
    slug = models.SlugField(
        _("name in addresses"),
        max_length=200,
        unique=True,
        error_messages={"unique": _("Another leaflet has this address already.")},
        help_text=_("The end of the leaflet's web address. It stays as it is, whatever the title becomes."),
    )
    title = models.CharField(_("title"), max_length=200)
    key_facts = models.TextField(
        _("key facts"),
        blank=True,
        validators=[fits_key_facts],
        help_text=_("Three to six, one a line: what a reader must know if they read nothing else."),
    )
    next_review_on = models.DateField(
        _("next review"), null=True, blank=True, help_text=_("When it must be checked again.")
    )
    is_frozen = models.BooleanField(
        _("frozen for review"), default=False, editable=False, help_text=_("Set by submission, cleared by its end.")
    )
    source = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="translations",
        verbose_name=_("translation of"), help_text=_("For good; empty for what is no translation."),
    )  # fmt: skip
    source_revision = models.PositiveIntegerField(
        _("as of revision"), null=True, blank=True, editable=False, help_text=_("Of the leaflet that it translates.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("leaflet")
        verbose_name_plural = _("leaflets")
        ordering = ("title",)
        indexes = (
            models.Index(fields=("title", "id"), name="leaflet_by_title"),
            models.Index(fields=("language",), name="leaflet_by_language"),
            models.Index(fields=("edition",), name="leaflet_by_edition"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("medicine", "language", "edition"),
                name="leaflet_once_per_language_and_edition",
                violation_error_message=_("This medicine has a leaflet in this language and edition already."),
            ),
        )
        permissions = (
            ("submit_leaflet", _("Can submit a leaflet for review")),
            ("recall_leaflet", _("Can recall a leaflet from review")),
            ("approve_leaflet", _("Can approve a leaflet as second reader")),
            ("send_back_leaflet", _("Can send a leaflet back to its author")),
            ("restore_revision", _("Can restore an earlier revision as the draft")),
            ("publish_leaflet", _("Can publish an approved leaflet")),
            ("schedule_leaflet", _("Can schedule the release of an approved leaflet")),
            ("cancel_release", _("Can cancel a scheduled release")),
            ("release_in_emergency", _("Can release a leaflet without approval in an emergency")),
            ("withdraw_leaflet", _("Can withdraw a published leaflet")),
        )

    def __str__(self):
        told = [self.language] if self.language != "en" else []
        told += [str(self.get_edition_display())] if self.edition != Edition.STANDARD else []
        return f"{self.title} ({', '.join(told)})" if told else self.title

    @property
    def key_fact_lines(self) -> tuple[str, ...]:
        """The key facts, one string each, without blank lines."""
        return tuple(line.strip() for line in self.key_facts.splitlines() if line.strip())


def new_section_key() -> str:
    """A short random name that a section keeps for life."""
    return f"s-{secrets.token_hex(4)}"


class DraftRow(models.Model):
    """A row of the draft that knows what is stored of it, so that only what changed is written (`leaflets.rows`)."""

    as_stored: tuple = ()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        row = super().from_db(db, field_names, values)
        if not row.get_deferred_fields():
            row.as_stored = row.columns()
        return row

    def columns(self) -> tuple:
        """What it holds now. Lists as tuples: a list that is changed in place is a change, too."""
        values = (getattr(self, field.attname) for field in self._meta.concrete_fields if not field.primary_key)
        return tuple(tuple(value) if isinstance(value, list) else value for value in values)

    @property
    def is_changed(self) -> bool:
        """Whether it is new, or differs from what is stored."""
        return self.columns() != self.as_stored


class Section(DraftRow):
    """One part of the draft."""

    leaflet = models.ForeignKey(Leaflet, models.CASCADE, related_name="sections", db_index=False)
    key = models.SlugField(
        max_length=60, default=new_section_key, editable=False, validators=[MinLengthValidator(1)], db_index=False
    )
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES)
    heading = models.CharField(
        _("heading"), max_length=200, blank=True, help_text=_("Empty: the kind's usual heading.")
    )
    body = models.TextField(_("text"), blank=True, validators=[fits_section])
    is_not_applicable = models.BooleanField(_("does not apply to this medicine"), default=False)
    reason = models.CharField(_("reason why not"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("leaflet", "key"), name="section_key_once"),
            models.CheckConstraint(
                condition=models.Q(is_not_applicable=False) | ~models.Q(reason=""),
                name="not_applicable_has_reason",
                violation_error_message=_("Say why this section does not apply to the medicine."),
            ),
        )

    def __str__(self):
        return self.shown_heading

    def validate_constraints(self, exclude=None) -> None:
        """What the database holds too, told without asking it for each row. Keys are given by `section_keys`."""
        if self.is_not_applicable and not self.reason and "reason" not in (exclude or ()):
            constraint = next(one for one in self._meta.constraints if one.name == "not_applicable_has_reason")
            raise ValidationError(constraint.get_violation_error_message())

    @property
    def shown_heading(self) -> str:
        """The author's heading, else the kind's."""
        return self.heading or str(BY_KEY[self.kind].heading)


class Source(DraftRow):
    """A reference that the text rests on."""

    leaflet = models.ForeignKey(Leaflet, models.CASCADE, related_name="sources")
    citation = models.CharField(_("citation"), max_length=500)
    url = models.URLField(_("link"), blank=True, max_length=500)
    accessed_on = models.DateField(_("read on"), null=True, blank=True)
    supports = models.JSONField(_("sections it supports"), default=list, blank=True, help_text=_("None ticked: all."))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("position", "pk")

    def __str__(self):
        return self.citation


class Autosave(models.Model):
    """What one person has typed into one leaflet's form and not saved, and when they were last seen there.

    It lies beside the revisions and is no part of them: nobody else sees the text, and saving removes it.
    Without a leaflet it is the text of one that is only being started.
    """

    leaflet = models.ForeignKey(Leaflet, models.CASCADE, null=True, related_name="autosaves", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    based_on = models.PositiveIntegerField(default=0, help_text=_("Number of the revision that was open; 0 for none."))
    data = models.JSONField(default=list, help_text=_("The form's fields as [name, value], empty if nothing is kept."))
    at = models.DateTimeField(null=True, help_text=_("When the text was kept."))
    seen_at = models.DateTimeField(null=True, help_text=_("When the form was last open."))

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        constraints = (
            models.UniqueConstraint(fields=("leaflet", "by"), name="one_unsaved_text_per_person"),
            models.UniqueConstraint(
                fields=("by",), condition=models.Q(leaflet__isnull=True), name="one_unsaved_new_leaflet_per_person"
            ),
        )

    def __str__(self):
        return f"{self.leaflet or _('new leaflet')}: {self.by}"

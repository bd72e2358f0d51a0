"""The clinic whose site this is: one row; and its details as patients met them at any time."""

import datetime as dt
import json

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from monographs.audit.chain import canonical_json, sha256
from monographs.clinics.days_off import DaysOff, known_days, read_days
from monographs.clinics.hours import Hours, known_hours, read_hours
from monographs.clinics.numbers import LONGEST_TEXT, known_country, problems_of
from monographs.clinics.presets import PRESETS
from monographs.files.pictures import PictureName
from monographs.prepared import Prepared
from monographs.text.amounts.telephones import DEFAULT_COUNTRY

_USUAL = PRESETS[DEFAULT_COUNTRY]
NEEDED = ("emergency_number", "crisis_lines", "reporting_name")
"""Fields without which the box beside the reply form would leave somebody alone."""


def known_picture(name: str) -> None:
    """A validator: the name of a picture that our own upload has kept."""
    if not PictureName.parse(name):
        raise ValidationError(_("This is no picture that was kept here."))


class Clinic(models.Model):
    """Name, contacts and telephone lines as patients meet them now. Change it by `clinics.actions.change_clinic`, which
    keeps them as `ClinicDetails`, too: from those published pages are assembled.

    A new one has the lines of its country (`clinics.presets`), so that nobody in need reads a page without any."""

    name = models.CharField(_("name"), max_length=200, default=_("Your clinic"))
    country = models.CharField(
        _("country"),
        max_length=2,
        default=DEFAULT_COUNTRY,
        validators=[known_country],
        help_text=_("Two letters (ISO 3166): GB, IE, US, DE… It decides how telephone numbers are read and dialled."),
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True, help_text=_("One number."))
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.TextField(_("address"), blank=True)
    logo = models.CharField(max_length=100, blank=True, default="", editable=False, validators=[known_picture])
    logo_width = models.PositiveSmallIntegerField(default=0, editable=False)
    logo_height = models.PositiveSmallIntegerField(default=0, editable=False)
    opening_hours = models.TextField(
        _("opening hours"),
        blank=True,
        default="",
        validators=[MaxLengthValidator(LONGEST_TEXT)],
        help_text=_("When somebody can come or call, in your own words, one a line."),
    )
    emergency_number = models.CharField(
        _("emergency number"),
        max_length=40,
        default=_USUAL.emergency_number,
        help_text=_("One number, such as 999 or 911."),
    )
    other_emergency_number = models.CharField(
        _("another emergency number"),
        max_length=40,
        blank=True,
        help_text=_("Where there are two, the second: 112. It stands beside the first under “If you need help”."),
    )
    urgent_number = models.CharField(
        _("urgent advice line"),
        max_length=40,
        blank=True,
        help_text=_(
            "One number, whom to call the same day, also out of hours. Words may stand beside it: 111, option 2."
        ),
    )
    out_of_hours = models.TextField(_("out-of-hours advice"), blank=True, validators=[MaxLengthValidator(LONGEST_TEXT)])
    crisis_lines = models.TextField(
        _("crisis lines"),
        default=_USUAL.crisis_lines,
        validators=[MaxLengthValidator(LONGEST_TEXT)],
        help_text=_("One a line: name and number. Whoever writes a reply sees them, day and night."),
    )
    reporting_name = models.CharField(
        _("where to report side effects"),
        max_length=200,
        default=_USUAL.reporting_name,
        help_text=_("The national scheme's name."),
    )
    reporting_url = models.URLField(_("link to report side effects"), default=_USUAL.reporting_url, blank=True)
    reporting_address = models.TextField(
        _("how to report without the internet"),
        blank=True,
        default=_USUAL.reporting_address,
        validators=[MaxLengthValidator(LONGEST_TEXT)],
        help_text=_("Of the same scheme, or your own pharmacovigilance contact: telephone, e-mail, post; one a line."),
    )
    staffed_hours = models.TextField(
        _("when replies are read"),
        default="",
        validators=[MaxLengthValidator(LONGEST_TEXT), known_hours],
        help_text=_(
            "Days and times, one a line: Mon-Fri 09:00-17:30. Outside them the form says first that nobody reads now."
        ),
    )
    days_off = models.TextField(
        _("days off"),
        blank=True,
        default="",
        validators=[MaxLengthValidator(LONGEST_TEXT), known_days],
        help_text=_(
            "Public holidays and others, one a line with the reason: 25 December 2026: Christmas Day. Also "
            "24 December 2026 to 2 January 2027: holidays. The form says so on these days, and they do not count "
            "for what is overdue."
        ),
    )
    replies_overdue_hours = models.PositiveSmallIntegerField(
        _("hours until a waiting reply is overdue"),
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 30)],
    )
    disclaimer = models.TextField(
        _("disclaimer"),
        default=_(
            "This leaflet gives general information. It does not replace the advice of your doctor, nurse or "
            "pharmacist, who know you and your other medicines."
        ),
    )
    hides_stale_translations = models.BooleanField(
        _("hide a translation while any part of it is behind its source"),
        default=False,
        help_text=_("Patients are then sent to the source instead. Otherwise each part that is behind says so."),
    )
    tells_patients_overdue = models.BooleanField(_("tell patients when a leaflet's review is overdue"), default=False)
    quality_severities = models.JSONField(
        _("quality checks that differ from the usual"),
        default=dict,
        blank=True,
        help_text=_("Rule name to “blocks”, “warns” or “off”."),
    )

    class Meta:
        verbose_name = _("clinic")
        verbose_name_plural = _("the clinic")
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="only_one_clinic"),)

    def __str__(self):
        return self.name

    def clean(self) -> None:
        """Refuse, beside its field, what is not exactly one number."""
        if problems := problems_of(self):
            raise ValidationError(problems)

    @property
    def logo_url(self) -> str:
        """Where the logo is, or ""; `reading.images` serves it by its SHA-256."""
        return default_storage.url(self.logo) if self.logo else ""

    @property
    def hours(self) -> Hours:
        """When replies are read; empty if nobody has said so, or not in a way that can be read."""
        return read_hours(self.staffed_hours)

    @property
    def off(self) -> DaysOff:
        """The days on which nobody reads replies, whatever day of the week they are."""
        return read_days(self.days_off)

    @property
    def missing(self) -> list[str]:
        """What must be told to whoever writes a reply, and is not: names of fields. While there are any, no reply is
        taken."""
        return [name for name in NEEDED if not getattr(self, name).strip()]

    @property
    def details(self) -> dict[str, object]:
        """All of it by the field's name, as JSON takes it."""
        fields = [field for field in self._meta.fields if not field.primary_key]
        return {field.name: field.to_python(field.value_from_object(self)) for field in fields}  # defaults are lazy


class ClinicDetailsQuerySet(models.QuerySet):
    def in_effect(self, at: dt.datetime) -> "ClinicDetailsQuerySet":
        """The details that patients met at ``at``, alone."""
        return self.filter(from_at__lte=at).order_by("-from_at", "-pk")[:1]


class ClinicDetails(models.Model):
    """The clinic's details from an instant on, until the next row's. Written by `clinics.actions` in the same
    transaction as the clinic's own row; triggers refuse UPDATE and DELETE, and INSERT of any but those that the ledger
    names, for the instant that it names (`clinics.guards`). `clinics.verify` checks all of it.

    ``fragments`` are the finished pieces of HTML that stand in the slots of published pages, made once, so that a later
    program shows the same bytes.
    """

    from_at = models.DateTimeField(_("in effect from"))
    details = models.TextField(help_text=_("Canonical JSON: every field of the clinic."))
    fragments = models.TextField(help_text=_("Canonical JSON: language to slot to HTML."))
    digest = models.CharField(_("SHA-256 of details and fragments"), max_length=64)

    objects = ClinicDetailsQuerySet.as_manager()

    class Meta:
        verbose_name = _("details of the clinic")
        verbose_name_plural = _("details of the clinic")
        indexes = (models.Index(fields=("-from_at", "-id"), name="clinic_details_newest"),)

    def __str__(self):
        return f"{self.clinic}"

    @classmethod
    def of(cls, clinic: Clinic, fragments: dict[str, dict[str, str]], *, from_at: dt.datetime) -> "ClinicDetails":
        """The row, not saved, with its digest."""
        row = cls(from_at=from_at, details=canonical_json(clinic.details), fragments=canonical_json(fragments))
        row.digest = row.computed_digest()
        return row

    @property
    def clinic(self) -> Clinic:
        """The clinic as it was, for looking at. A field that came later has its default."""
        known = {field.name for field in Clinic._meta.fields}
        return Clinic(pk=1, **{name: value for name, value in json.loads(self.details).items() if name in known})

    def computed_digest(self) -> str:
        """What ``digest`` must be."""
        return sha256(f"{self.details}\n{self.fragments}")


def the_clinic() -> Clinic:
    """The one row, made with its defaults when a database is new."""
    if clinic := _THE_ONE.thing():
        return clinic
    clinic, is_new = Clinic.objects.get_or_create(pk=1)
    if is_new:
        clinic.refresh_from_db()  # its defaults were lazy
    return clinic


_THE_ONE = Prepared(lambda: Clinic.objects.filter(pk=1))

"""The clinic whose site this is: one row."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from monographs.clinics.numbers import LONGEST_TEXT, known_country, problems_of
from monographs.text.amounts.telephones import DEFAULT_COUNTRY
from monographs.text.markup.markdown import CareLines


class Clinic(models.Model):
    """Name, contacts and telephone lines as patients meet them. Change it by `publication.actions.change_clinic`:
    published pages name these numbers and are compiled again with it."""

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
    emergency_number = models.CharField(
        _("emergency number"), max_length=40, blank=True, help_text=_("One number, such as 999 or 911.")
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
        blank=True,
        validators=[MaxLengthValidator(LONGEST_TEXT)],
        help_text=_("One a line: name and number."),
    )
    reporting_name = models.CharField(
        _("where to report side effects"), max_length=200, blank=True, help_text=_("The national scheme's name.")
    )
    reporting_url = models.URLField(_("link to report side effects"), blank=True)
    disclaimer = models.TextField(
        _("disclaimer"),
        default=_(
            "This leaflet gives general information. It does not replace the advice of your doctor, nurse or "
            "pharmacist, who know you and your other medicines."
        ),
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
    def care_lines(self) -> CareLines:
        """The numbers that care cards name."""
        return CareLines(emergency=self.emergency_number, urgent=self.urgent_number)


def the_clinic() -> Clinic:
    """The one row, made with its defaults when a database is new."""
    return Clinic.objects.get_or_create(pk=1)[0]

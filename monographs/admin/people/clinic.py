"""The clinic's own details: one row, one page."""

import io
from collections.abc import Iterable

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image

from monographs.admin.frame.forms.stale import AsOpenedForm, OneAtATime
from monographs.admin.frame.images import encode_anew, keep, sent
from monographs.clinics.actions import change_clinic
from monographs.clinics.models import Clinic, the_clinic
from monographs.clinics.numbers import Dialled, dialled
from monographs.clinics.presets import preset_of
from monographs.quality.findings import Rule
from monographs.quality.rules import RULES
from monographs.refusals import Refused, Unacceptable

_WITH_NUMBERS = ("emergency_number", "other_emergency_number", "urgent_number", "out_of_hours", "crisis_lines")
_ALSO_WITH_NUMBERS = {"country", "phone", "reporting_address"}
LOGO_BOX = (480, 160)  # pixels: twice the largest that it is shown
LARGEST_LOGO = 60_000  # bytes
_FIELD = "severity_{}"  # the form's name for the severity of a rule


def _severity_field(rule: Rule) -> forms.ChoiceField:
    usual = format_lazy(gettext_lazy("As usual: {severity}"), severity=rule.severity.label)
    choices = [("", usual), *((severity.value, severity.label) for severity in rule.choices)]
    return forms.ChoiceField(label=rule.title, required=False, choices=choices, help_text=rule.source)


_SEVERITIES = {_FIELD.format(rule.name): _severity_field(rule) for rule in RULES}
_SeverityForm = type("_SeverityForm", (forms.Form,), dict(_SEVERITIES))


class ClinicForm(_SeverityForm, AsOpenedForm):
    """The clinic's details, and a choice for every quality rule that may differ from the usual."""

    new_logo = forms.FileField(
        label=gettext_lazy("New logo"),
        required=False,
        help_text=gettext_lazy(
            "PNG, JPEG, WebP or GIF (no SVG, which can hold more than a picture). It is made smaller if need be, and "
            "stands on white, so that it can be seen in the dark, too."
        ),
    )
    without_logo = forms.BooleanField(label=gettext_lazy("No logo"), required=False)

    class Meta:
        model = Clinic
        fields = ()  # those that `ClinicAdmin.fieldsets` names are added by the admin

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, severity in self.instance.quality_severities.items():
            if _FIELD.format(name) in self.fields:
                self.fields[_FIELD.format(name)].initial = severity

    def clean_new_logo(self):
        """What `ClinicAdmin.changeform_view` made of the file before the turn to write."""
        upload = self.cleaned_data["new_logo"]
        if upload and isinstance(upload.as_logo, Refused):
            raise ValidationError(str(upload.as_logo))
        return upload

    def clean_country(self) -> str:
        return self.cleaned_data["country"].upper()

    def clean(self) -> dict:
        cleaned = super().clean()
        self._take_lines_of_new_country(cleaned)
        if upload := cleaned.get("new_logo"):
            self.instance.logo, self.instance.logo_width, self.instance.logo_height = upload.as_logo
        elif cleaned.get("without_logo"):
            self.instance.logo, self.instance.logo_width, self.instance.logo_height = "", 0, 0
        chosen = {rule.name: cleaned.get(_FIELD.format(rule.name)) for rule in RULES}
        self.instance.quality_severities = {name: severity for name, severity in chosen.items() if severity}
        return cleaned

    def _take_lines_of_new_country(self, cleaned: dict) -> None:
        """What a clinic has from its country alone goes with the country; a field without a new line is asked for."""
        was, now = preset_of(self.initial.get("country", "")), preset_of(cleaned.get("country", ""))
        if was == now:
            return
        for name in was._fields:
            if name in cleaned and cleaned[name] == getattr(was, name) and name not in self.changed_data:
                cleaned[name] = str(getattr(now, name))
                if not cleaned[name] and self.fields[name].required:
                    self.add_error(name, _("The line of the country before does not hold here. Please give yours."))


@admin.register(Clinic)
class ClinicAdmin(OneAtATime):
    """Every page that patients read has the new numbers from the moment they are saved."""

    form = ClinicForm
    readonly_fields = ("dialled", "logo_now")
    fieldsets = (
        (None, {"fields": ("name", "country", "phone", "email", "address", "opening_hours")}),
        (
            gettext_lazy("Logo"),
            {
                "fields": ("logo_now", "new_logo", "without_logo"),
                "description": gettext_lazy(
                    "At the head of each page in place of the name, and at the head of leaflets on paper."
                ),
            },
        ),
        (
            gettext_lazy("Help at once"),
            {
                "fields": (*_WITH_NUMBERS, "dialled"),
                "description": gettext_lazy("Leaflets name these numbers wherever they tell a patient to call."),
            },
        ),
        (
            gettext_lazy("Replies"),
            {
                "fields": ("staffed_hours", "days_off", "replies_overdue_hours"),
                "description": gettext_lazy(
                    "Whoever writes a reply is told when somebody reads, and outside these hours that nobody does now."
                ),
            },
        ),
        (gettext_lazy("Side effects"), {"fields": ("reporting_name", "reporting_url", "reporting_address")}),
        (
            gettext_lazy("On every leaflet"),
            {"fields": ("disclaimer", "tells_patients_overdue", "hides_stale_translations")},
        ),
        (
            gettext_lazy("Quality checks"),
            {
                "classes": ("collapse",),
                "description": gettext_lazy(
                    "What blocks keeps a leaflet from review; what warns is shown to its author and second readers. A "
                    "check that usually blocks can be made to warn, but not be turned off. Each choice goes on record."
                ),
                "fields": tuple(_SEVERITIES),
            },
        ),
    )
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """There is one clinic, so the list is its page."""
        return redirect("admin:monographs_clinic_change", the_clinic().pk)

    def changeform_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """A picture is decoded and kept before the turn to write, so that nobody waits for it."""
        if request.method == "POST" and self.has_change_permission(request):
            for upload in request.FILES.getlist("new_logo"):
                upload.as_logo = _as_logo(upload)
        return super().changeform_view(request, *args, **kwargs)

    @admin.display(description=gettext_lazy("Logo now"))
    def logo_now(self, clinic: Clinic) -> str:
        if not clinic.logo:
            return "–"
        size = clinic.logo_width, clinic.logo_height
        return format_html('<img src="{}" alt="{}" width="{}" height="{}">', clinic.logo_url, clinic.name, *size)

    @admin.display(description=gettext_lazy("What patients can dial"))
    def dialled(self, clinic: Clinic) -> str:
        """Each number as it is saved, and what a tap on it dials."""
        lines = [(f"{one.label}: {dialled_in_words(one)}",) for one in dialled(clinic)]
        return format_html_join("", "<div>{}</div>", lines) or "–"

    def save_model(self, request, obj, form, change):
        if not form.has_changed():
            messages.info(request, _("Nothing was changed."))
            return
        change_clinic(obj, by=request.user)
        messages.info(request, _("Every leaflet has the new details from now on."))
        if {*_ALSO_WITH_NUMBERS, *_WITH_NUMBERS} & set(form.changed_data):
            _name_back(request, obj)


def _as_logo(upload: UploadedFile) -> tuple[str, int, int] | Refused:
    """The name of the kept picture, its width and height in pixels; or why it is none."""
    try:
        data, extension = encode_anew(sent(upload), box=LOGO_BOX)
        if len(data) > LARGEST_LOGO:
            raise Unacceptable(
                _("Even made smaller this logo has more than %(size)s kB. Send one with fewer colours, or a JPEG.")
                % {"size": LARGEST_LOGO // 1000}
            )
        with Image.open(io.BytesIO(data)) as picture:
            return keep(data, extension), *picture.size
    except Refused as refused:
        return refused


def dialled_in_words(one: Dialled) -> str:
    """``111 → tel:111; “999 1234” is shown but not linked``."""
    return "; ".join(
        [
            *(f"{telephone.shown} → {telephone.href}" for telephone in one.telephones),
            *(_("“%(number)s” is shown but not linked") % {"number": number} for number in one.doubtful),
        ]
    )


def _name_back(request: HttpRequest, clinic: Clinic) -> None:
    """Say what each number dials, and what looks like a number and was not linked, or is given to nobody yet."""
    found = dialled(clinic)
    links = "; ".join(f"{one.shown} → {one.href}" for field in found for one in field.telephones)
    if links:
        messages.info(request, _("Patients can dial: %(links)s.") % {"links": links})
    for field in found:
        unknown = [one.shown for one in field.telephones if not one.is_known]
        if field.doubtful:
            sentence = _(
                "%(field)s: %(numbers)s will be shown but not linked: no number that can be dialled looks like it."
            )
            messages.warning(
                request, sentence % {"field": field.label.capitalize(), "numbers": _quoted(field.doubtful)}
            )
        if unknown:
            sentence = _(
                "%(field)s: %(numbers)s can be dialled, but the country's numbering plan gives it to nobody. "
                "Please try it once."
            )
            messages.warning(request, sentence % {"field": field.label.capitalize(), "numbers": _quoted(unknown)})


def _quoted(numbers: Iterable[str]) -> str:
    return ", ".join(f"“{number}”" for number in numbers)

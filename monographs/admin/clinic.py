"""The clinic's own details: one row, one page."""

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from monographs.admin.stale import AsOpenedForm, OneAtATime
from monographs.clinics.models import Clinic, the_clinic
from monographs.publication.actions import change_clinic
from monographs.quality.findings import Rule
from monographs.quality.rules import RULES

_FIELD = "severity_{}"  # the form's name for the severity of a rule


def _severity_field(rule: Rule) -> forms.ChoiceField:
    usual = format_lazy(gettext_lazy("As usual: {severity}"), severity=rule.severity.label)
    choices = [("", usual), *((severity.value, severity.label) for severity in rule.choices)]
    return forms.ChoiceField(label=rule.title, required=False, choices=choices, help_text=rule.source)


_SEVERITIES = {_FIELD.format(rule.name): _severity_field(rule) for rule in RULES}
_SeverityForm = type("_SeverityForm", (forms.Form,), dict(_SEVERITIES))


class ClinicForm(_SeverityForm, AsOpenedForm):
    """The clinic's details, and a choice for every quality rule that may differ from the usual."""

    class Meta:
        model = Clinic
        fields = ()  # those that `ClinicAdmin.fieldsets` names are added by the admin

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, severity in self.instance.quality_severities.items():
            if _FIELD.format(name) in self.fields:
                self.fields[_FIELD.format(name)].initial = severity

    def clean(self) -> dict:
        cleaned = super().clean()
        chosen = {rule.name: cleaned.get(_FIELD.format(rule.name)) for rule in RULES}
        self.instance.quality_severities = {name: severity for name, severity in chosen.items() if severity}
        return cleaned


@admin.register(Clinic)
class ClinicAdmin(OneAtATime):
    """Saving writes the new numbers into every page that patients read."""

    form = ClinicForm
    fieldsets = (
        (None, {"fields": ("name", "phone", "email", "address")}),
        (
            gettext_lazy("Help at once"),
            {
                "fields": ("emergency_number", "urgent_number", "out_of_hours", "crisis_lines"),
                "description": gettext_lazy("Leaflets name these numbers wherever they tell a patient to call."),
            },
        ),
        (gettext_lazy("Side effects"), {"fields": ("reporting_name", "reporting_url")}),
        (gettext_lazy("On every leaflet"), {"fields": ("disclaimer", "tells_patients_overdue")}),
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

    def save_model(self, request, obj, form, change):
        if not form.has_changed():
            messages.info(request, _("Nothing was changed."))
            return
        count = change_clinic(obj, by=request.user)
        sentence = _("No published page names what you changed, so none had to be renewed.")
        if count:
            sentence = ngettext(
                "%(count)s published page was renewed with the new details.",
                "%(count)s published pages were renewed with the new details.",
                count,
            ) % {"count": count}
        messages.info(request, sentence)

"""The form of a new alert: its words in each language, whom it is for, and from when until when."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.admin.frame.forms.day_field import DayField
from monographs.admin.frame.forms.instants import TimeInput, instant_in
from monographs.alerts.models import LONGEST_REASON, LONGEST_TEXT, LONGEST_TITLE, Alert, Severity
from monographs.medicines.models import Medicine, MedicineName
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission
from monographs.text.letters.folding import fold
from monographs.text.markup.markdown import direction

SOME, ALL = "medicines", "all"
_MOST_NAMES = 5_000  # characters


def languages() -> list[tuple[str, str]]:
    """(code, name) of each language that an alert may have words in, the site's first."""
    return sorted(settings.LANGUAGES, key=lambda language: language[0] != settings.LANGUAGE_CODE)


@dataclass(frozen=True)
class InOneLanguage:
    """The two fields of one language. ``is_filled`` if somebody wrote there."""

    code: str
    name: str
    title: BoundField
    text: BoundField

    @property
    def is_filled(self) -> bool:
        return bool(self.title.value() or self.text.value() or self.title.errors or self.text.errors)


class AlertForm(forms.Form):
    """What `alerts.actions.write_alert` wants. ``seen`` says what the preview on the screen was made of."""

    severity = forms.ChoiceField(
        label=gettext_lazy("How serious is it?"),
        choices=Severity.choices,
        initial=Severity.IMPORTANT,
        widget=forms.RadioSelect,
    )
    where = forms.ChoiceField(
        label=gettext_lazy("Where is it shown?"),
        choices=[
            (SOME, gettext_lazy("Above the leaflets of these medicines, and by its title on the home page")),
            (ALL, gettext_lazy("On the whole site: above every leaflet, and on the home page")),
        ],
        initial=SOME,
        widget=forms.RadioSelect,
    )
    medicines = forms.CharField(
        required=False,
        max_length=_MOST_NAMES,
        label=gettext_lazy("Medicines"),
        help_text=gettext_lazy("One name a line, generic or brand."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    from_on = DayField(required=False, label=gettext_lazy("First date"))
    from_at = forms.TimeField(required=False, label=gettext_lazy("First time"), widget=TimeInput)
    until_on = DayField(required=False, label=gettext_lazy("Last date"))
    until_at = forms.TimeField(required=False, label=gettext_lazy("Last time"), widget=TimeInput)
    reason = forms.CharField(
        required=False,
        max_length=LONGEST_REASON,
        label=gettext_lazy("Why it is needed (for the record)"),
        help_text=gettext_lazy("Where you know it from. Patients don’t see it."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    is_emergency = forms.BooleanField(
        required=False,
        label=gettext_lazy("Emergency: show it at once, before a second person approved it"),
        help_text=gettext_lazy("Patients are told that nobody has confirmed it yet, until somebody does."),
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, user: StaffMember, **kwargs):
        super().__init__(*args, **kwargs)
        if not user.has_perm(permission("show_alert_in_emergency")):
            del self.fields["is_emergency"]
        for code, name in languages():
            attrs = {"lang": code, "dir": direction(code)}
            self.fields[f"title_{code}"] = forms.CharField(
                required=False,
                max_length=LONGEST_TITLE,
                label=_("Title in %(language)s") % {"language": name},
                widget=forms.TextInput(attrs={**attrs, "autocomplete": "off"}),
            )
            self.fields[f"text_{code}"] = forms.CharField(
                required=False,
                max_length=LONGEST_TEXT,
                label=_("Text in %(language)s") % {"language": name},
                widget=forms.Textarea(attrs={**attrs, "rows": 6}),
            )

    @property
    def in_languages(self) -> list[InOneLanguage]:
        return [InOneLanguage(code, name, self[f"title_{code}"], self[f"text_{code}"]) for code, name in languages()]

    def clean_medicines(self) -> list[Medicine]:
        """Those that are named, each by any of its names; one that nobody knows, or that is of several, is told."""
        typed = [line.strip() for line in self.cleaned_data["medicines"].splitlines() if line.strip()]
        found, unknown = [], []
        for name in typed:
            known = Medicine.objects.filter(
                pk__in=MedicineName.objects.filter(folded=fold(name)).order_by().values("medicine")
            )[:2]
            if len(known) == 1:
                found.append(known[0])
            else:
                unknown.append(name)
        if unknown:
            raise forms.ValidationError(
                _("No medicine, or more than one, has this name: %(names)s") % {"names": " · ".join(unknown)}
            )
        return found

    def clean(self) -> dict:
        data = super().clean()
        if data.get("where") == ALL and data.get("medicines"):
            self.add_error("medicines", _("You named medicines but chose the whole site. Choose one of the two."))
        data["starts_at"] = instant_in(self, "from_on", "from_at")
        data["ends_at"] = instant_in(self, "until_on", "until_at")
        return data

    def alert(self) -> dict:
        """What `write_alert` wants, but who."""
        data = self.cleaned_data
        return {
            "severity": data["severity"],
            "words": [(code, data[f"title_{code}"], data[f"text_{code}"]) for code, _name in languages()],
            "reason": data["reason"],
            "medicines": data["medicines"],
            "is_for_all": data["where"] == ALL,
            "is_emergency": data.get("is_emergency", False),
            "starts_at": data["starts_at"],
            "ends_at": data["ends_at"],
        }


def as_typed(alert: Alert) -> dict:
    """The first values of a form for another alert like this one; its times are not taken over."""
    words = {name: text for one in alert.in_all_languages for name, text in _fields(one)}
    medicines = alert.medicines.order_by("name").values_list("name", flat=True)
    return {
        "severity": alert.severity,
        "where": ALL if alert.is_for_all else SOME,
        "medicines": "\n".join(medicines),
        "reason": alert.reason,
        **words,
    }


def _fields(words) -> list[tuple[str, str]]:
    return [(f"title_{words.language}", words.title), (f"text_{words.language}", words.text)]

"""Who is on call for replies: a list in an order, one turn a row."""

from django import forms
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.admin.frame.forms.day_field import DayField
from monographs.admin.frame.forms.stale import AsOpenedForm, OneAtATime
from monographs.comments.telling.rota import RotaTurn, Weekday, on_call, save_turn, take_off_rota
from monographs.staff.models import StaffMember
from monographs.staff.rules import holders

_FIELDS = ("person", "position", "weekdays", "begins_at", "ends_at", "first_on", "last_on")


class RotaTurnForm(AsOpenedForm):
    """Weekdays are ticked; only who may decide on replies can have a turn."""

    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Weekdays"),
        choices=Weekday,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: every day."),
    )

    class Meta:
        model = RotaTurn
        fields = _FIELDS
        field_classes = {"first_on": DayField, "last_on": DayField}
        widgets = {
            "begins_at": forms.TimeInput(attrs={"type": "time"}),
            "ends_at": forms.TimeInput(attrs={"type": "time"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "weekdays" in self.fields:
            self.initial["weekdays"] = list(self.instance.weekdays)
        if "person" in self.fields:
            theirs = Q(pk__in=holders("moderate_comment").values("pk")) | Q(pk=self.instance.person_id)
            self.fields["person"].queryset = StaffMember.objects.filter(theirs).order_by("last_name", "username")

    def clean_weekdays(self) -> str:
        return "".join(self.cleaned_data["weekdays"])


@admin.register(RotaTurn)
class RotaTurnAdmin(OneAtATime):
    """Each change is a verb, on record; nothing is done to turns in bulk."""

    form = RotaTurnForm
    fields = _FIELDS
    list_display = ("person", "position", "on_which_days", "at_which_hours", "from_until", "is_now")
    list_select_related = ("person",)
    ordering = ("position", "pk")
    actions = None

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """It says above the list who is told now: also where the list has nobody for this hour."""
        if request.method == "GET":
            names = ", ".join(person.name for person in on_call(timezone.now()))
            told = _("A cry for help that comes now is told to: %(names)s.") % {"names": names} if names else ""
            messages.info(request, told or _("Nobody who may decide on replies has an e-mail address. Nobody is told."))
        return super().changelist_view(request, extra_context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[RotaTurn]:
        return super().get_queryset(request).select_related("person")

    def save_model(self, request: HttpRequest, obj: RotaTurn, form: RotaTurnForm, change: bool) -> None:
        save_turn(obj, by=request.user)
        if not obj.person.email:
            messages.warning(
                request, _("%(name)s has no e-mail address, so no letter gets there.") % {"name": obj.person}
            )

    def delete_model(self, request: HttpRequest, obj: RotaTurn) -> None:
        take_off_rota(obj, by=request.user)

    @admin.display(description=gettext_lazy("weekdays"))
    def on_which_days(self, turn: RotaTurn) -> str:
        return ", ".join(str(Weekday(day).label) for day in turn.weekdays) or _("every day")

    @admin.display(description=gettext_lazy("hours"))
    def at_which_hours(self, turn: RotaTurn) -> str:
        if turn.begins_at is None and turn.ends_at is None:
            return _("day and night")
        begins, ends = (time_format(hour, "H:i") if hour else "0:00" for hour in (turn.begins_at, turn.ends_at))
        return f"{begins} – {ends}"

    @admin.display(description=gettext_lazy("days"))
    def from_until(self, turn: RotaTurn) -> str:
        first, last = (date_format(day, "j M Y") if day else "" for day in (turn.first_on, turn.last_on))
        return f"{first} – {last}" if first or last else _("always")

    @admin.display(description=gettext_lazy("on call now"), boolean=True)
    def is_now(self, turn: RotaTurn) -> bool:
        return turn.covers(timezone.now())

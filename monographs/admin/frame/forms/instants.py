"""The instant that a date and a time name, in the site's time zone, also in the night when the clocks change."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MISSING_HOUR = gettext_lazy("There is no such time on that day: the clocks go forward.")


class TimeInput(forms.TimeInput):
    """``step`` is in seconds: 60 asks for minutes, 1 for seconds too."""

    input_type = "time"

    def __init__(self, *, step: int = 60):
        super().__init__(attrs={"step": step}, format="%H:%M" if step >= 60 else "%H:%M:%S")


def instants_of(day: dt.date, time: dt.time) -> list[dt.datetime]:
    """The instants that the clock on the wall calls so: one, none (the clocks go forward) or two (they go back)."""
    zone = timezone.get_current_timezone()
    wall = dt.datetime.combine(day, time)
    both = [wall.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC) for fold in (0, 1)]
    return [instant for instant in dict.fromkeys(both) if instant.astimezone(zone).replace(tzinfo=None) == wall]


def instant_in(form: forms.Form, on: str, at: str) -> dt.datetime | None:
    """What a form's cleaned date and time name (midnight if no time is given); None where nothing is given, or what is
    given names no single instant: the form says why. A time without a date is an error."""
    day, time = form.cleaned_data.get(on), form.cleaned_data.get(at)
    if time and not day and on not in form.errors:
        form.add_error(on, _("You gave a time without a date."))
    if not day:
        return None
    instants = instants_of(day, time or dt.time())
    if len(instants) == 1:
        return instants[0]
    form.add_error(at, _("This time comes twice that night; give another.") if instants else MISSING_HOUR)
    return None

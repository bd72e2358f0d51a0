"""The instant that a date and a time name, in the site's time zone, also in the night when the clocks change."""

import datetime as dt

from django import forms
from django.utils import timezone
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

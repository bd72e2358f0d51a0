"""A day as staff type it: a text field that takes what has one reading, and names it back in words beside it.

No ``<input type=date>``: a browser reads what is typed there in its own language's order and sends the result
without a word. What is taken and what is refused stands in `monographs.text.amounts.dates`.
"""

import datetime as dt

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from monographs.text.amounts.dates import NotADay, read_day, with_weekday


class DayInput(forms.DateInput):
    """A text field with its day in words beside it; the words follow what is typed where scripts run."""

    class Media:
        js = (Script("monographs/js/days.js", type="module"),)

    def __init__(self, attrs: dict | None = None):
        super().__init__(attrs={"autocomplete": "off", "dir": "auto", "size": 18, **(attrs or {})}, format="%Y-%m-%d")

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        """The field, and the day that it holds in words: "" for none, and for what names no day."""
        field = super().render(name, value, attrs, renderer)
        two_ways = _("This can be read two ways. Type the month as a word, or the year first: 2028-06-01.")
        # No ``output`` element: Django's script for new rows takes its ``for`` to be a label's.
        return format_html(
            '<div class="day-field">{} <span class="day-in-words" role="status" data-two-ways="{}">{}</span></div>',
            field,
            two_ways,
            _words(value),
        )


class CalendarDayInput(DayInput, AdminDateWidget):
    """The same with the admin's calendar, which writes ISO (`clinicinfo.formats`)."""


class DayField(forms.DateField):
    """A date, read by `read_day`; what is refused stays in the field as it was typed."""

    widget = DayInput

    def to_python(self, value: object) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return super().to_python(value)
        try:
            return read_day(str(value))
        except NotADay as problem:
            raise ValidationError(str(problem), code=problem.code) from problem


def _words(value: object) -> str:
    if isinstance(value, str) and value.strip():
        try:
            value = read_day(value)
        except NotADay:
            return ""
    return with_weekday(value) if isinstance(value, dt.date) else ""

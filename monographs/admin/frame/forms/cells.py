"""Tables of fields: each field is named, also for those who do not see the head of its column."""

from django import forms
from django.db.models import Field
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _


class NamedCells:
    """For an admin with fields in a table: every field's name is its ``aria-label`` (WCAG 2.2, 1.3.1 and 4.1.2)."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs["aria-label"] = capfirst(field.label)
        return field


class NamedRows(BaseInlineFormSet):
    """The box that deletes a row says so."""

    def get_deletion_widget(self) -> forms.Widget:
        return forms.CheckboxInput(attrs={"aria-label": _("Delete")})

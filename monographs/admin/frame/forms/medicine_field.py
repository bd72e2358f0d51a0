"""The field for a medicine: chosen from a list while there are few, else written by any of its names."""

from collections.abc import Iterator
from functools import cached_property

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.models import ModelChoiceIterator
from django.forms.widgets import Script
from django.utils.translation import gettext as _

from monographs.beginnings import Begins, InOrder
from monographs.medicines.models import Medicine, MedicineName
from monographs.text.letters.folding import fold
from monographs.text.letters.signs import cleaned

LISTED_AT_MOST = 40  # medicines; a longer list nobody reads, and a page would grow with it
_NAMED_AT_MOST = 10  # medicines that a refusal names
_LONGEST = 200  # characters


class _WhileFew(ModelChoiceIterator):
    """Nothing where names are written."""

    def __iter__(self) -> Iterator[tuple]:
        if not self.field.is_typed:
            yield from super().__iter__()


class MedicineWidget(forms.Select):
    """Django's list, or a line to write in, as its field says."""

    class Media:
        js = (Script("monographs/js/medicine-field.js", type="module"),)

    def render(self, name, value, attrs=None, renderer=None):
        if not self.choices.field.is_typed:
            return super().render(name, value, attrs, renderer)
        line = forms.TextInput({"class": "vTextField is-name", "maxlength": _LONGEST, "dir": "auto", **self.attrs})
        return line.render(name, value, attrs, renderer)


class MedicineField(forms.ModelChoiceField):
    """``is_typed``: a name is written. The number of a medicine is taken either way, as a list sends it."""

    widget = MedicineWidget
    iterator = _WhileFew

    @cached_property
    def is_typed(self) -> bool:
        return self.queryset.order_by().values("pk")[: LISTED_AT_MOST + 1].count() > LISTED_AT_MOST

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        bound = super().get_bound_field(form, field_name)
        if self.is_typed:
            bound.help_text = _("Any of its names, generic or brand, in full.")
            if isinstance(self.widget, RelatedFieldWidgetWrapper):  # its links want a number, not what was typed
                self.widget.can_change_related = self.widget.can_view_related = False
        return bound

    def prepare_value(self, value: object) -> object:
        """A medicine by its name where names are written; what was typed stays as it is."""
        value = super().prepare_value(value)
        if not self.is_typed or not _is_number(value):
            return value
        return self.queryset.filter(pk=value).values_list("name", flat=True).first() or value

    def to_python(self, value: object) -> Medicine | None:
        """Raises ValidationError for a name that no medicine has, or several; it names those that begin so."""
        if value in self.empty_values or _is_number(value) or isinstance(value, Medicine):
            return super().to_python(value)
        folded = fold(cleaned(str(value)[:_LONGEST]))  # PostgreSQL takes no NUL
        named = MedicineName.objects.filter(folded=folded).order_by().values("medicine")
        found = list(self.queryset.filter(pk__in=named).order_by("name")[:_NAMED_AT_MOST])
        if len(found) == 1:
            return found[0]
        names = [medicine.name for medicine in found] or _names_of_those_that_begin(folded)
        if not names:
            raise ValidationError(_("No medicine has this name here."), code="invalid_choice")
        raise ValidationError(
            _("Write one of these in full: %(names)s."), code="invalid_choice", params={"names": ", ".join(names)}
        )

    def has_changed(self, initial: object, data: object) -> bool:
        try:
            found = self.to_python(data)
        except ValidationError:
            return True
        was = super().prepare_value(initial)
        return not self.disabled and (was or None) != (found.pk if found else None)


def _names_of_those_that_begin(folded: str) -> list[str]:
    if not folded:
        return []
    names = MedicineName.objects.filter(Begins("folded", folded)).order_by(InOrder("folded"))
    return list(dict.fromkeys(names.values_list("medicine__name", flat=True)[:_NAMED_AT_MOST]))


def _is_number(value: object) -> bool:
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) <= 18

"""What keeps the leaflet's form from being saved, each with the way to its field: it may be far down the page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import forms
from django.forms.models import BaseInlineFormSet


@dataclass(frozen=True)
class Mistake:
    """One sentence about one field: ``address`` leads there, ``place`` names it ("How to take it, Reason why not")."""

    address: str
    place: str
    sentence: str


def mistakes_in(form: forms.BaseForm, formsets: Iterable[BaseInlineFormSet]) -> list[Mistake]:
    """Every error of a form that was sent, in the order of the page."""
    found = [*_of(form, "", "content-main")]
    for formset in formsets:
        rows, group = formset.model._meta.verbose_name_plural, f"{formset.prefix}-group"
        found += [Mistake(f"#{group}", str(rows).capitalize(), sentence) for sentence in formset.non_form_errors()]
        for number, row in enumerate(formset.forms, 1):
            if not getattr(row, "cleaned_data", {}).get("DELETE"):
                new = f"{formset.model._meta.verbose_name} #{number}".capitalize()
                found += _of(row, str(row.instance) if row.instance.pk else new, row.prefix)
    return found


def _of(form: forms.BaseForm, row: str, whole: str) -> Iterator[Mistake]:
    for name, sentences in form.errors.items():
        is_field = name in form.fields
        label = str(form[name].label) if is_field else ""
        address = form[name].id_for_label if is_field else whole
        for sentence in sentences:
            yield Mistake(f"#{address}", ", ".join(filter(None, (row, label))), sentence)

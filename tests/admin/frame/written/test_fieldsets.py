"""A fieldset that is written in Python says what Django's template says."""

from pathlib import Path

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import Fieldset
from django.template import Context, Template
from django.test.html import parse_html
from django.utils.safestring import mark_safe

from monographs.admin.frame.written.fieldsets import written
from monographs.medicines.models import Medicine

DJANGOS = Path(admin.__file__).parent / "templates" / "admin" / "includes" / "fieldset.html"


class OfEveryKind(forms.ModelForm):
    name = forms.CharField(label="<Your> name?", help_text=mark_safe("Any <b>name</b>."))
    agreed = forms.BooleanField(label="Agreed & signed", required=True)
    many = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)
    secret = forms.CharField(widget=forms.HiddenInput, help_text="Not to be seen.", required=False)

    class Meta:
        model = Medicine
        fields = ("name", "drug_class")

    def validate_unique(self) -> None:
        """No database is asked."""


class Suffixed(OfEveryKind):
    required_css_class = "must"


FIELDS = ("name", ("agreed", "many"), "secret", ("drug_class", "name"), "many", ("secret", "agreed"))
OPTIONS = {
    "plain": {},
    "named": {"name": "<Heading>", "description": mark_safe("What <i>this</i> is.")},
    "folded": {"name": "Heading", "classes": ("collapse", "wide")},
}
DATA = {"not sent": None, "with mistakes": {"secret": "x"}, "right": {"name": "Abc", "agreed": "on", "many": ["a"]}}


def both(form, *, readonly=(), **options) -> tuple[str, str]:
    """Ours and Django's, of the same fieldset."""
    model_admin = admin.ModelAdmin(Medicine, admin.site)

    def fieldset():
        return Fieldset(form, fields=FIELDS, readonly_fields=readonly, model_admin=model_admin, **options)

    place = {"prefix": "sections", "id_prefix": 3, "id_suffix": 0, "heading_level": 4}
    theirs = Template(DJANGOS.read_text()).render(Context({"fieldset": fieldset(), **place}))
    return written(fieldset(), heading_level=4, heading_id="sections-3-0-heading"), theirs


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS.keys())
@pytest.mark.parametrize("data", DATA.values(), ids=DATA.keys())
@pytest.mark.parametrize("form", [OfEveryKind, Suffixed])
def test_a_fieldset_is_what_djangos_template_makes_of_it(form, data, options):
    ours, theirs = both(form(data), **options)
    assert parse_html(ours) == parse_html(theirs)


def test_fields_that_are_only_read_stand_as_django_has_them():
    medicine = Medicine(name="<b>Testamol</b>", drug_class="of two\nlines")
    ours, theirs = both(OfEveryKind(instance=medicine), readonly=("name", "drug_class"))
    assert parse_html(ours) == parse_html(theirs)
    assert "&lt;b&gt;Testamol&lt;/b&gt;" in ours


def test_a_form_without_ids_has_labels_as_django_has_them():
    ours, theirs = both(OfEveryKind(auto_id=False))
    assert parse_html(ours) == parse_html(theirs)


def test_a_template_that_has_the_fieldset_gets_its_heading():
    fieldset = Fieldset(
        OfEveryKind(), name="Heading", fields=FIELDS, model_admin=admin.ModelAdmin(Medicine, admin.site)
    )
    page = Template('{% include "admin/includes/fieldset.html" with prefix="a" id_prefix=1 id_suffix=2 %}')
    html = page.render(Context({"fieldset": fieldset}))
    assert '<h2 id="a-1-2-heading" class="fieldset-heading">Heading</h2>' in html
    assert 'aria-labelledby="a-1-2-heading"' in html

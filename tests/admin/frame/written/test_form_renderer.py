"""The widgets that are written in Python say what Django's templates say."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

from monographs.admin.frame.written.form_renderer import WRITERS, WrittenOut

CHOICES = [("", "---"), ("a", "<b>&amp;"), ("Group", [(1, "one"), (2, "two")]), (None, "none")]
WIDGETS = (
    forms.TextInput(attrs={"class": "wide", "required": True, "hidden": False, "maxlength": 3, "title": None}),
    forms.NumberInput(),
    forms.HiddenInput(),
    forms.CheckboxInput(),
    forms.DateInput(),
    forms.URLInput(),
    forms.Textarea(attrs={"rows": 3}),
    forms.Select(choices=CHOICES, attrs={"class": "one"}),
    forms.SelectMultiple(choices=CHOICES),
    forms.CheckboxSelectMultiple(choices=CHOICES, attrs={"class": "many"}),
)
VALUES = (None, "", "a", 1, 1_234_567, True, False, ["a", 1], "<script>\"'&", "\nfirst line")


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_a_widget_is_what_djangos_template_makes_of_it(widget):
    for value in VALUES:
        for attrs in ({}, {"id": "id_x", "aria-label": 'A "name"'}):
            ours, theirs = (widget.render('na"me', value, dict(attrs), one()) for one in (WrittenOut, DjangoTemplates))
            assert parse_html(ours) == parse_html(theirs), value


class ShortForm(forms.Form):
    name = forms.CharField(label="<Your> name", help_text="Any.")
    agreed = forms.BooleanField(required=False)


@pytest.mark.parametrize("data", [None, {"name": ""}], ids=["empty", "with mistakes"])
def test_labels_and_errors_are_djangos(data):
    ours, theirs = (ShortForm(data, renderer=one()) for one in (WrittenOut, DjangoTemplates))
    for name in ("name", "agreed"):
        assert parse_html(ours[name].label_tag()) == parse_html(theirs[name].label_tag())
        assert parse_html(str(ours[name].errors)) == parse_html(str(theirs[name].errors))
        assert ours[name].legend_tag() == theirs[name].legend_tag()
    assert parse_html(ours.as_p()) == parse_html(theirs.as_p())


def test_every_writer_stands_for_a_template_of_django():
    for name in WRITERS:
        DjangoTemplates().get_template(name)


def test_what_a_person_typed_is_escaped_once():
    assert str(forms.TextInput().render("x", "<&amp;>", {}, WrittenOut())) == (
        '<input type="text" name="x" value="&lt;&amp;amp;&gt;">'
    )

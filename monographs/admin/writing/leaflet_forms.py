"""The form on which a leaflet is written: its own fields, its sections in Markdown editors, its sources."""

import copy
import functools
from collections.abc import Mapping, Sequence

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.models import BaseInlineFormSet
from django.forms.widgets import Script
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from markdownx.widgets import AdminMarkdownxWidget

from monographs.admin.frame.forms.day_field import CalendarDayInput, DayField
from monographs.admin.frame.forms.medicine_field import MedicineField
from monographs.admin.writing.beside import Beside, beside
from monographs.admin.writing.typed import LAST
from monographs.exchange.draft import section_keys
from monographs.leaflets.form_size import MOST_PARTS, MOST_ROWS
from monographs.leaflets.limits import fits_leaflet
from monographs.leaflets.models import DraftRow, Leaflet, Section, Source
from monographs.leaflets.sections import KIND_CHOICES, REQUIRED_KINDS, spoken
from monographs.staff.roles import permission


class MarkdownEditor(AdminMarkdownxWidget):
    """markdownx's widget, started by our own script: see ``static/monographs/js/editor.js`` for what it does."""

    class Media:
        extend = False
        css = {"all": ("monographs/css/editor.css",)}
        js = (Script("monographs/js/editor.js", type="module"),)


@functools.cache
def _kinds(language: str | None) -> list[tuple[str, str]]:
    """The kinds of sections in words, made once for each language: a form has them twenty times."""
    with translation.override(language):
        return [(key, str(heading)) for key, heading in KIND_CHOICES]


class FreshForm(forms.ModelForm):
    """A form whose fields the browser does not fill by itself, and whose words run in their own direction.

    After "back" it would put older text into a page that was made from a newer revision, and nobody could tell
    that the next save overwrites a colleague's. What was typed is kept as unsaved text, and offered instead.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _make_fresh(field)


def _make_fresh(field: forms.Field) -> None:
    # In this page's language, once: Django asks for these words again and again.
    field.label, field.help_text = field.label and str(field.label), str(field.help_text)
    field.widget.attrs["autocomplete"] = "off"
    if type(field) is forms.CharField or isinstance(field.widget, forms.Textarea):
        field.widget.attrs["dir"] = "auto"


def _fresh_copies(fields: Mapping[str, forms.Field]) -> dict[str, forms.Field]:
    """The fields that one page's rows are copied from, fresh already: each row would look up the same words again.

    Copies of them, because what a form declares belongs to the pages of all languages.
    """
    found = copy.deepcopy(dict(fields))
    for field in found.values():
        _make_fresh(field)
    return found


class LeafletForm(FreshForm):
    """The leaflet's own fields, and what the author says about the change."""

    why = forms.CharField(
        label=_("What did you change?"),
        required=False,
        max_length=300,
        widget=admin.widgets.AdminTextInputWidget(attrs={"class": "vTextField"}),
        help_text=_("One line for your colleagues; it stays with this revision."),
    )

    class Meta:
        model = Leaflet
        fields = ("medicine", "language", "edition", "slug", "title", "key_facts", "next_review_on")
        field_classes = {"medicine": MedicineField, "next_review_on": DayField}
        widgets = {
            "key_facts": admin.widgets.AdminTextareaWidget(attrs={"rows": 6}),
            "next_review_on": CalendarDayInput,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:  # only a leaflet that is being started still chooses its address
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "The end of the leaflet's web address, for good. Empty: made from medicine, language and edition."
            )


class PlacedForm(FreshForm):
    """A row with a place among the others; a row of which only the place is given is an empty row."""

    position = forms.IntegerField(
        label=_("Order"),
        required=False,
        min_value=0,
        max_value=LAST,
        widget=admin.widgets.AdminIntegerFieldWidget(attrs={"class": "vIntegerField position"}),
        help_text=_("Empty: at the end."),
    )

    def has_changed(self) -> bool:
        return bool(set(self.changed_data) - {"position", "row_key"}) or (
            bool(self.instance.pk) and "position" in self.changed_data
        )

    def clean_position(self) -> int:
        position = self.cleaned_data["position"]
        return LAST if position is None else position


class SectionForm(PlacedForm):
    """One section. ``row_key`` tells which section a row was, even after somebody else has deleted it."""

    row_key = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Section
        fields = ("kind", "heading", "body", "is_not_applicable", "reason", "position")
        widgets = {"body": MarkdownEditor(attrs={"rows": 12})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["row_key"] = self.instance.key

    def clean_body(self) -> str:
        """With the line ends that are stored: browsers send others (CRLF), and a row that says the same stays."""
        return self.cleaned_data["body"].replace("\r\n", "\n")


class SourceForm(PlacedForm):
    """One source."""

    supports = forms.MultipleChoiceField(
        label=_("Sections it supports"),
        required=False,
        choices=lambda: _kinds(get_language()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all of them."),
    )

    class Meta:
        model = Source
        fields = ("citation", "accessed_on", "supports", "position")  # the link comes with the inline
        field_classes = {"accessed_on": DayField}
        widgets = {"accessed_on": CalendarDayInput}


class RowField(forms.ModelChoiceField):
    """Which row it is, among those that its formset has read: Django would ask the database for each of them."""

    def __init__(self, rows: Sequence[DraftRow], **kwargs):
        super().__init__(kwargs.pop("queryset"), **kwargs)
        self.rows = {str(row.pk): row for row in rows}

    def to_python(self, value: object) -> DraftRow | None:
        if value in self.empty_values:
            return None
        row = self.rows.get(str(value))
        if not row:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})
        return row


class PlacedFormSet(BaseInlineFormSet):
    """Rows in order, handed to the verb that writes them: here nothing is written."""

    @cached_property
    def empty_form(self) -> forms.ModelForm:
        """The row that scripts copy, made once: the admin asks for it three times."""
        return super().empty_form

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        field = form.fields[self.model._meta.pk.name]
        form.fields[self.model._meta.pk.name] = RowField(
            self.get_queryset(), queryset=field.queryset, initial=field.initial, required=False, widget=field.widget
        )

    def placed(self) -> list[DraftRow]:
        """The rows that are kept and those that are new, by the place that each was given; new ones behind."""
        self.save(commit=False)
        kept = [form.instance for form in self.initial_forms if form not in self.deleted_forms]
        return sorted([*kept, *self.new_objects], key=lambda row: row.position)


class SectionFormSet(PlacedFormSet):
    """Sections get a readable key when they are new, and keep it for life."""

    @cached_property
    def beside(self) -> Beside | None:
        """What the sections of a translation are made from, read once."""
        return beside(self.instance)

    def add_fields(self, form: SectionForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.beside = self.beside.sections.get(form.instance.key) if self.beside and form.instance.pk else None

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms]
        fits_leaflet(form.cleaned_data.get("body", "") for form in kept if hasattr(form, "cleaned_data"))

    def save_new(self, form: SectionForm, commit: bool = True) -> Section:
        kept = [other.instance for other in self.initial_forms if other not in self.deleted_forms]
        taken = [("", "", row.key) for row in (*kept, *self.new_objects)]
        section = form.instance
        section.key = section_keys([*taken, (section.kind, section.shown_heading, "")])[-1]
        return super().save_new(form, commit=commit)


class PlacedInline(admin.StackedInline):
    """Rows as the draft orders them. Only who may change the leaflet sees what is only there for changing."""

    extra = 1
    max_num = MOST_PARTS
    only_for_writing: tuple[str, ...] = ()

    def get_formset(self, request: HttpRequest, obj: Leaflet | None = None, **kwargs):
        """Says how many rows are too many, and shows all of them again."""
        limits = {"validate_max": True, "absolute_max": MOST_ROWS}
        formset = super().get_formset(request, obj, **{**limits, **kwargs})
        formset.form.base_fields = self.fresh_fields(formset.form.base_fields)
        return formset

    def fresh_fields(self, fields: Mapping[str, forms.Field]) -> dict[str, forms.Field]:
        """What every row of a page has."""
        return _fresh_copies(fields)

    def may_write(self, request: HttpRequest, leaflet: Leaflet | None) -> bool:
        return request.user.has_perm(permission("change_leaflet")) and not (leaflet and leaflet.is_frozen)

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and self.may_write(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.may_write(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.may_write(request, obj)

    def get_fields(self, request, obj=None):
        if self.has_change_permission(request, obj) or self.has_add_permission(request, obj):
            return (*self.fields, *self.only_for_writing)
        return self.fields


class SectionInline(PlacedInline):
    model = Section
    form = SectionForm
    formset = SectionFormSet
    fields = (("kind", "heading"), "body", ("is_not_applicable", "reason", "position"))
    only_for_writing = ("row_key",)

    def fresh_fields(self, fields: Mapping[str, forms.Field]) -> dict[str, forms.Field]:
        found = super().fresh_fields(fields)
        if "kind" in found:
            found["kind"].choices = lambda: [*BLANK_CHOICE_DASH, *_kinds(get_language())]
        return found

    def get_formset(self, request: HttpRequest, obj: Leaflet | None = None, **kwargs):
        """A translation is written beside its source."""
        if obj and obj.source_id:
            self.template = "admin/writing/sections_beside.html"
        return super().get_formset(request, obj, **kwargs)

    def get_extra(self, request, obj=None, **kwargs):
        """A new leaflet starts with a row for each section that it must have."""
        return self.extra if obj else len(REQUIRED_KINDS)


class SourceInline(PlacedInline):
    model = Source
    form = SourceForm
    formset = PlacedFormSet
    formfield_overrides = {
        models.URLField: {"widget": admin.widgets.AdminURLFieldWidget, "assume_scheme": "https"},
    }
    fields = (("citation", "url"), ("accessed_on", "position"), "supports")
    readonly_fields = ("supported",)

    def get_fields(self, request, obj=None):
        """Who may not change it reads the sections in words, not as the form's keys."""
        fields = super().get_fields(request, obj)
        if self.may_write(request, obj):
            return fields
        return [("supported" if name == "supports" else name) for name in fields]

    @admin.display(description=_("Sections it supports"))
    def supported(self, source: Source) -> str:
        return spoken(source.supports) or _("all")


def first_rows() -> list[dict]:
    """The sections that a new leaflet starts with."""
    return [{"kind": kind, "position": place} for place, kind in enumerate(REQUIRED_KINDS, 1)]

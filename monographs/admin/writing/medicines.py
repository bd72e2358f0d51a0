"""Medicines, the names they are found by, and their codes."""

from collections.abc import Iterator
from itertools import islice

from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.db.models import Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from monographs.admin.frame.forms.cells import NamedCells, NamedRows
from monographs.admin.frame.forms.seen import SeenForm
from monographs.admin.frame.forms.stale import AsOpenedForm, OneAtATime
from monographs.admin.writing.leaflet_list import FOUND_AT_MOST, LongListPaginator, medicines_named
from monographs.audit.record import lock_ledger, record
from monographs.beginnings import Begins
from monographs.medicines.actions import list_names, new_address
from monographs.medicines.models import ClassWords, Medicine, MedicineCode, MedicineName, NameKind
from monographs.refusals import Conflict, Unacceptable


class NameInline(NamedCells, admin.TabularInline):
    """Other names. The generic name has a row too, which follows the medicine's own name by itself."""

    model = MedicineName
    form = SeenForm
    formset = NamedRows
    fields = ("name", "kind", "listed_under")
    extra = 1

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).exclude(kind=NameKind.GENERIC)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "kind":
            kwargs["choices"] = [choice for choice in NameKind.choices if choice[0] != NameKind.GENERIC]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class CodeInline(NamedCells, admin.TabularInline):
    model = MedicineCode
    form = SeenForm
    formset = NamedRows
    fields = ("system", "code")
    extra = 1


class ClassWordsInline(NamedCells, admin.TabularInline):
    """What the class is called in other languages than the site's: for who may change the medicine."""

    model = ClassWords
    form = SeenForm
    formset = NamedRows
    fields = ("language", "words")
    extra = 1

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        """The class in the site's language is a field of the medicine."""
        others = [choice for choice in db_field.choices if choice[0] != settings.LANGUAGE_CODE]
        return super().formfield_for_choice_field(db_field, request, choices=[("", "---------"), *others], **kwargs)

    def has_view_permission(self, request: HttpRequest, obj: Medicine | None = None) -> bool:
        return self._may(request, "view") or self._may_change(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Medicine | None = None) -> bool:
        return self._may_change(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Medicine | None = None) -> bool:
        return self._may_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Medicine | None = None) -> bool:
        return self._may_change(request, obj)

    def _may_change(self, request: HttpRequest, medicine: Medicine | None) -> bool:
        return self._may(request, "change" if medicine else "add")

    def _may(self, request: HttpRequest, what: str) -> bool:
        return request.user.has_perm(f"monographs.{what}_medicine")


class MedicineForm(AsOpenedForm):
    """A medicine that is being added gets its address from its name, unless one is given."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "The end of the web addresses of its leaflets, for good. Empty: made from the name."
            )

    def clean(self) -> dict:
        cleaned = super().clean()
        if "slug" in self.fields and "slug" not in self.errors and not cleaned.get("slug") and cleaned.get("name"):
            try:
                cleaned["slug"] = new_address(cleaned["name"])
            except Unacceptable as refusal:
                self.add_error("name", str(refusal))
        return cleaned


class ClassFilter(admin.SimpleListFilter):
    """The classes that occur: each is found by the one before it along the index, not by reading every medicine."""

    title = _("class")
    parameter_name = "drug_class"
    at_most = 200

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin):
        return [(name, name) for name in islice(_classes_used(), self.at_most)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(drug_class=self.value()) if self.value() else queryset


def _classes_used() -> Iterator[str]:
    last = ""
    while last := Medicine.objects.filter(drug_class__gt=last).aggregate(first=Min("drug_class"))["first"]:
        yield last


@admin.register(Medicine)
class MedicineAdmin(OneAtATime):
    form = MedicineForm
    list_display = ("name", "drug_class", "atc_code")
    list_filter = (ClassFilter,)
    search_fields = ("name",)  # that there is a field to search with; how, says `get_search_results`
    search_help_text = _("How any name of the medicine, or its ATC code, begins")
    ordering = ("name",)
    paginator = LongListPaginator
    inlines = (ClassWordsInline, NameInline, CodeInline)
    show_full_result_count = False

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str):
        """By the beginning of names, which an index finds however many medicines there are."""
        words = search_term.strip()
        if not words:
            return queryset, False
        coded = Medicine.objects.filter(Begins("atc_code", words.upper())).values_list("pk", flat=True)
        return queryset.filter(pk__in={*medicines_named(words), *coded[:FOUND_AT_MOST]}), False

    def get_readonly_fields(self, request: HttpRequest, obj: Medicine | None = None) -> tuple[str, ...]:
        """Addresses stay: patients have them on paper."""
        return ("slug",) if obj else ()

    def get_actions(self, request: HttpRequest) -> dict:
        return {}

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        medicine = self.get_object(request, object_id)
        if medicine and self.has_delete_permission(request, medicine) and medicine.leaflets.exists():
            raise Conflict(_("This medicine has leaflets, so it can't be deleted."))
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request: HttpRequest, obj: Medicine) -> None:
        with transaction.atomic():
            lock_ledger()
            record("medicine.deleted", by=request.user, about=obj, is_public=True)
            super().delete_model(request, obj)

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        """Whatever was typed, the generic name is listed, and the ledger says that the medicine was touched."""
        super().save_related(request, form, formsets, change)
        list_names(form.instance)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            verb = "medicine.changed" if change else "medicine.added"
            # Patients find leaflets by these names, so the lists they see change with them.
            record(verb, by=request.user, about=form.instance, is_public=True)

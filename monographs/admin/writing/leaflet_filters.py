"""The filters beside the list of leaflets: short, however many medicines there are."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.admin.frame.forms.medicine_field import LISTED_AT_MOST
from monographs.admin.writing.leaflet_list import STANDS, due_as, medicines_named, standing_as
from monographs.leaflets.models import Edition, Leaflet
from monographs.medicines.models import Medicine


class _Choice(admin.SimpleListFilter):
    """A filter with named choices; whatever else an address says makes no sense, and is told so."""

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        if self.value() not in {str(value) for value, _title in self.lookup_choices}:
            raise IncorrectLookupParameters
        return queryset.filter(self.chosen(request, self.value()))

    def chosen(self, request: HttpRequest, value: str) -> Q:
        raise NotImplementedError


class StandsFilter(_Choice):
    title = _("state")
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin):
        return list(STANDS.items())

    def chosen(self, request: HttpRequest, value: str) -> Q:
        return standing_as(value)


class OverdueFilter(_Choice):
    title = _("next review")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin):
        return [("overdue", _("overdue")), ("90", _("within 90 days")), ("none", _("no date"))]

    def chosen(self, request: HttpRequest, value: str) -> Q:
        today = timezone.localdate()
        how = {
            "overdue": ("lte", today),
            "90": ("range", (today + dt.timedelta(days=1), today + dt.timedelta(days=90))),
            "none": ("isnull", True),
        }[value]
        return due_as(*how)


class MedicineFilter(admin.SimpleListFilter):
    """By medicine: links while they are few to read through, else a field in which any of its names is typed."""

    title = _("medicine")
    parameter_name = "medicine"
    template = "admin/writing/medicine_filter.html"
    at_most = LISTED_AT_MOST

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.others = [(name, value) for name, value in request.GET.items() if name not in (self.parameter_name, "p")]

    @property
    def is_typed(self) -> bool:
        """Whether it is a field."""
        return len(self.lookup_choices) > self.at_most

    @property
    def typed(self) -> str:
        """What stands in the field: the words, or the name of the medicine whose number the address has."""
        value = self.value() or ""
        if not _is_number(value):
            return value
        return Medicine.objects.filter(pk=value).values_list("name", flat=True).first() or value

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin):
        named = Medicine.objects.filter(Exists(Leaflet.objects.filter(medicine=OuterRef("pk"))))
        return list(named.order_by("name", "pk").values_list("pk", "name")[: self.at_most + 1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = (self.value() or "").strip()
        if not value:
            return queryset
        if _is_number(value):
            return queryset.filter(medicine=value)
        return queryset.filter(medicine__in=medicines_named(value))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


class LanguageFilter(_Choice):
    """By language: those that there are leaflets in."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin):
        used = set(_languages_used())
        return [(code, name) for code, name in settings.LANGUAGES if code in used]

    def chosen(self, request: HttpRequest, value: str) -> Q:
        return Q(language=value)


def _languages_used() -> Iterator[str]:
    """Each is found by the one before it along the index: not every leaflet is read."""
    last = ""
    while last := Leaflet.objects.filter(language__gt=last).aggregate(first=Min("language"))["first"]:
        yield last


class EditionFilter(_Choice):
    title = _("edition")
    parameter_name = "edition"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin):
        return Edition.choices

    def chosen(self, request: HttpRequest, value: str) -> Q:
        return Q(edition=value)


class HolderFilter(_Choice):
    title = _("who has it")
    parameter_name = "holder"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin):
        return [
            ("mine", _("I wrote last")),
            ("readers", _("second readers")),
            ("publishers", _("publishers")),
            ("authors", _("authors")),
        ]

    def chosen(self, request: HttpRequest, value: str) -> Q:
        with_authors = ("draft", "changed", "sent-back", "empty", "withdrawn", "expired")
        if value == "mine":
            return Q(standing__writer=request.user.pk) & standing_as(*with_authors)
        others = {"readers": ("waiting", "emergency"), "publishers": ("approved",), "authors": with_authors}
        return standing_as(*others[value])

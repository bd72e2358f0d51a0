"""The ledger for auditors: who did what to which thing, when, why and from where. Nobody changes anything here."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import get_script_prefix, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import escape, format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.admin.frame.exports import BOM, csv_line, harmless, whole_or_streamed
from monographs.audit.models import Entry, EntryQuerySet, KindOfSubject, verb_in_words
from monographs.quality.pieces.excerpts import beginning
from monographs.refusals import Unacceptable
from monographs.text.order.in_order import in_order

COLUMNS = (
    "position", "at", "verb", "by", "by_name", "about", "about_label", "subject", "why", "data", "address",
    "is_public", "effective_at", "previous_hash", "hash",
)  # fmt: skip
COUNTED_AT_MOST = 1_000  # entries of a filtered list; more can be exported, or found by narrower filters
_CLOCKS_DIFFER = dt.timedelta(days=2)
LONGEST_NUMBER = 18  # digits of a row's number
SEARCHED_AT_MOST = 20_000  # entries that a search for words reads; named in `EntryAdmin.search_help_text`
HISTORIES = {
    "leaflet": gettext_lazy("leaflets"),
    "medicine": gettext_lazy("medicines"),
    "clinic": gettext_lazy("the clinic"),
    "staffmember": gettext_lazy("staff"),
    "group": gettext_lazy("roles"),
    "checklistitem": gettext_lazy("review checklist"),
    "approvalrule": gettext_lazy("approval rules"),
    "suspectedreaction": gettext_lazy("suspected adverse reactions"),
    "alert": gettext_lazy("safety alerts"),
}


class LedgerQuerySet(EntryQuerySet):
    """Entries along the index that fits what is asked for, and what the page's date hierarchy asks for, answered
    without reading every entry: they are in the order of time."""

    along: tuple[str, ...] = ()  # the column of which one value is asked for: its index is read

    def _clone(self) -> "LedgerQuerySet":
        clone = super()._clone()
        clone.along = self.along
        return clone

    def where_one(self, column: str, value: object) -> "LedgerQuerySet":
        """With this value, as a range and in the order of its index: see `EntryQuerySet.newest_where`."""
        found = self.filter(**{f"{column}__gte": value, f"{column}__lte": value})
        found.along = self.along or (column,)
        return found

    def oldest_first(self) -> "LedgerQuerySet":
        return self.order_by(*self.along, "position")

    def newest_first(self) -> "LedgerQuerySet":
        return self.oldest_first().reverse()

    def aggregate(self, *args, **kwargs) -> dict:
        """The first and the last instant, which Django asks for by these names; of each list there is an index in the
        order of numbers."""
        if args or set(kwargs) != {"first", "last"}:
            return super().aggregate(*args, **kwargs)
        oldest_first = self.oldest_first().values_list("at", flat=True)
        return {"first": oldest_first.first(), "last": oldest_first.last()}

    def datetimes(self, field_name, kind, order="ASC", tzinfo=None) -> list[dt.datetime]:
        """Each year, month or day from the first entry to the last; one without entries may be among them."""
        oldest_first = self.oldest_first().values_list(field_name, flat=True)  # in the order of time, too
        ends = oldest_first.first(), oldest_first.last()
        if not ends[0]:
            return []
        days = [timezone.localtime(end).date() for end in ends]
        begin = {"year": lambda day: day.replace(month=1, day=1), "month": lambda day: day.replace(day=1)}.get(kind)
        step = {"year": 366, "month": 31, "day": 1}[kind]
        day, last = ((begin(day) if begin else day) for day in days)
        found = []
        while day <= last:
            found.append(timezone.make_aware(dt.datetime.combine(day, dt.time())))
            day += dt.timedelta(days=step)
            day = begin(day) if begin else day
        return found


class LedgerChangeList(ChangeList):
    """In the order of the index that is read, which is the ledger's own for one verb, person or history."""

    def get_ordering(self, request: HttpRequest, queryset: LedgerQuerySet) -> list[str]:
        ordering = super().get_ordering(request, queryset)
        sign = "-" if ordering[0].startswith("-") else ""
        return [*(f"{sign}{column}" for column in queryset.along), *ordering]


class LedgerPaginator(Paginator):
    """Pages of a list of any length: the whole ledger is as long as its last number says, a part is counted so far."""

    @cached_property
    def count(self) -> int:
        if not self.object_list.query.where:
            return Entry.objects.order_by("-position").values_list("position", flat=True).first() or 0
        return self.object_list[:COUNTED_AT_MOST].count()  # in their order, which is that of an index

    @property
    def is_cut(self) -> bool:
        """Whether there may be more than is counted and can be turned to."""
        return bool(self.object_list.query.where) and self.count >= COUNTED_AT_MOST


def numbers_around(asked: Mapping[str, str]) -> dict[str, int]:
    """Between which numbers the entries of the chosen year, month or day are, as a filter; a few days more at each end,
    as clocks differ. Without it the index in the order of numbers would be read from its end to that day."""
    year, month, day = (asked.get(f"at__{part}", "") for part in ("year", "month", "day"))
    try:
        begin = dt.datetime(int(year), int(month or 1), int(day or 1), tzinfo=dt.UTC)
        end = begin + dt.timedelta(days=1 if day else 31 if month else 366)
        begin, end = begin - _CLOCKS_DIFFER, end + _CLOCKS_DIFFER
    except (ValueError, OverflowError):
        return {}
    by_time = Entry.objects.values_list("position", flat=True)
    first = by_time.filter(at__gte=begin).order_by("at").first()
    last = by_time.filter(at__lt=end).order_by("-at").first()
    return {"position__gte": first, "position__lte": last} if first and last else {}


class VerbFilter(admin.SimpleListFilter):
    """The verbs that occur. They are found by hopping along the index, not by reading every entry."""

    title = gettext_lazy("what")
    parameter_name = "verb"

    def lookups(self, request, model_admin):
        table = connection.ops.quote_name(Entry._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH RECURSIVE found(verb) AS (SELECT MIN(verb) FROM {table} UNION ALL "  # noqa: S608 - our own name
                f"SELECT (SELECT MIN(verb) FROM {table} WHERE verb > found.verb) FROM found "
                "WHERE found.verb IS NOT NULL) "
                "SELECT verb FROM found WHERE verb IS NOT NULL"
            )
            return [(verb, verb_in_words(verb)) for (verb,) in cursor.fetchall()]

    def queryset(self, request, queryset):
        if self.value() and self.value() not in dict(self.lookup_choices):
            raise IncorrectLookupParameters
        return queryset.where_one("verb", self.value()) if self.value() else queryset


class PersonFilter(admin.RelatedFieldListFilter):
    """Who did it."""

    def queryset(self, request, queryset):
        asked = self.used_parameters.get(self.lookup_kwarg)
        if not asked:
            return super().queryset(request, queryset)  # nobody: a reader, or the clock
        number = asked[-1]
        if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
            raise IncorrectLookupParameters
        return queryset.where_one("by_id", int(number))


class HistoryFilter(admin.SimpleListFilter):
    """Entries of one kind of thing (``leaflet``), or of one thing (``leaflet/12``)."""

    title = gettext_lazy("history of")
    parameter_name = "history"

    def lookups(self, request, model_admin):
        return list(HISTORIES.items())

    def queryset(self, request, queryset):
        value = self.value()
        if not value:
            return queryset
        if value.partition("/")[0] not in HISTORIES:
            raise IncorrectLookupParameters
        if "/" in value:
            return queryset.where_one("subject", value)
        return queryset.alias(kind=KindOfSubject("subject")).where_one("kind", f"{value}/")

    def choices(self, changelist):
        yield from super().choices(changelist)
        if self.value() and "/" in self.value():
            query = changelist.get_query_string({self.parameter_name: self.value()})
            yield {"selected": True, "query_string": query, "display": self.value()}


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    """Read only for everybody, superusers included: the database would refuse anything else."""

    list_display = ("position", "moment", "who", "what", "what_about")
    list_filter = (VerbFilter, ("by", PersonFilter), HistoryFilter, "is_public")
    search_fields = ("by_name", "about_label", "why", "subject", "address")
    search_help_text = gettext_lazy(
        "Who, about what, why, or from which address; among the newest 20,000 entries that the filters leave"
    )
    date_hierarchy = "at"
    list_select_related = ("by",)
    list_per_page = 100
    ordering = ("-position",)
    sortable_by = ("position",)
    show_full_result_count = False
    paginator = LedgerPaginator
    actions = None
    fields = COLUMNS

    class Media:
        css = {"all": ("monographs/css/ledger.css",)}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_changelist(self, request, **kwargs):
        return LedgerChangeList

    def get_queryset(self, request):
        return LedgerQuerySet(self.model).order_by(*self.ordering).filter(**numbers_around(request.GET))

    def get_search_results(self, request, queryset, search_term):
        """Words anywhere in an entry, which no index finds: so not in all of the ledger, however long it is. A month, a
        person or a history that is chosen first brings older entries within reach."""
        if not search_term.strip():
            return queryset, False
        beyond = queryset.newest_first().values_list("position", flat=True)[SEARCHED_AT_MOST:][:1].first()
        return super().get_search_results(request, queryset.filter(position__gt=beyond or 0), search_term)

    def get_urls(self):
        return [
            path("export/<str:form>/", self.admin_site.admin_view(self.export), name="monographs_entry_export"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        exports = {
            label: f"{reverse('admin:monographs_entry_export', args=[form])}?{request.GET.urlencode()}"
            for form, label in (("csv", "CSV"), ("jsonl", "JSON Lines"))
        }
        return super().changelist_view(request, {"exports": exports, **(extra_context or {})})

    def export(self, request: HttpRequest, form: str) -> HttpResponse | StreamingHttpResponse:
        """Everything that the same filters show, in the ledger's order, however much it is.

        The last line says how many entries there are and the hash of the last: a file without it was cut off.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        if form not in EXPORTS:
            raise Unacceptable(_("The ledger can be had as CSV or as JSON Lines."))
        try:
            entries = self.get_changelist_instance(request).queryset.oldest_first()
        except IncorrectLookupParameters as error:
            raise Unacceptable(_("These filters make no sense together. Please choose them again.")) from error
        write, content_type = EXPORTS[form]
        name = f"ledger-{timezone.localdate().isoformat()}.{form}"
        return whole_or_streamed(
            (line.encode() for line in write(entries)),
            content_type=content_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
        )

    @admin.display(description=gettext_lazy("who"))
    def who(self, entry: Entry) -> str:
        name = entry.by_name or (entry.by.name if entry.by_id else _("a reader, or the clock"))
        return format_html('{}<br><span class="quiet">{}</span>', name, entry.address)

    @admin.display(description=gettext_lazy("what"))
    def what(self, entry: Entry) -> str:
        return entry.what

    @admin.display(description=gettext_lazy("when"))
    def moment(self, entry: Entry) -> str:
        return date_format(timezone.localtime(entry.at), "j M Y H:i:s")

    @admin.display(description=gettext_lazy("about, and why"))
    def what_about(self, entry: Entry) -> str:
        """The thing in words, a link to all entries of its history, and the reason that was given."""
        address = f"{_address_below(get_script_prefix())}?{urlencode({'history': entry.subject})}"
        return format_html(
            '<bdi dir="ltr">{}</bdi> <a href="{}">{}</a><br><bdi class="quiet">{}</bdi>',
            _with_its_names_in_order(beginning(entry.about_label, 60)),
            address,
            entry.subject,
            Truncator(entry.why).chars(200),
        )


@cache
def _address_below(mounted_at: str) -> str:
    """The ledger's, looked up once: a list has it in every row."""
    return reverse("admin:monographs_entry_changelist")


def _with_its_names_in_order(words: str) -> SafeString:
    """What we say of a thing, from left to right, whatever letters its name is written in."""
    return mark_safe(in_order(escape(words), "ltr"))  # noqa: S308 - escaped; tags alone are put in


def csv_lines(entries: QuerySet[Entry]) -> Iterator[str]:
    """A line of heads, then one an entry. Cells that a spreadsheet would run as a formula get an apostrophe first,
    and so do those that begin with one: without the first apostrophe each cell is what was recorded."""
    write, seen = csv_line(), Seen()
    yield BOM + write(COLUMNS)
    for row in seen.counted(_rows(entries)):
        yield write([harmless(value) for value in row])
    end = {"position": "end", "about_label": f"{seen.count} entries", "hash": seen.last_hash}
    yield write([end.get(name, "") for name in COLUMNS])


def json_lines(entries: QuerySet[Entry]) -> Iterator[str]:
    """One JSON object a line, with every column that the hash is made of; ``data`` as the text that was hashed."""
    seen = Seen()
    for row in seen.counted(_rows(entries)):
        yield json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False) + "\n"
    yield json.dumps({"end": True, "entries": seen.count, "last_hash": seen.last_hash}) + "\n"


class Seen:
    """What the closing line of an export says: how many entries went by, and the hash of the last ("" if none)."""

    def __init__(self):
        self.count, self.last_hash = 0, ""

    def counted(self, rows: Iterable[list]) -> Iterator[list]:
        for row in rows:
            self.count, self.last_hash = self.count + 1, row[COLUMNS.index("hash")]
            yield row


EXPORTS = {
    "csv": (csv_lines, "text/csv; charset=utf-8"),
    "jsonl": (json_lines, "application/jsonl; charset=utf-8"),
}


def _rows(entries: QuerySet[Entry]) -> Iterable[list]:
    for row in entries.values_list(*COLUMNS).iterator(chunk_size=1_000):
        yield [value.isoformat() if hasattr(value, "isoformat") else value for value in row]

"""Suspected adverse reactions: the list, drafts first; one report with what it has and lacks; the way out as CSV."""

import copy
from collections.abc import Iterable, Iterator
from itertools import islice

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Min, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from monographs.admin.frame.exports import BOM, csv_line, harmless, whole_or_streamed
from monographs.admin.frame.forms.stale import OneAtATime
from monographs.admin.replies.reactions.form import PartOfADayField, ReactionForm
from monographs.audit.models import Entry
from monographs.clinics.models import the_clinic
from monographs.comments.models import Comment
from monographs.medicines.models import Medicine
from monographs.reactions.actions import begin, change, check_open, erase, keep_number, note_export, send, write
from monographs.reactions.e2b import COLUMNS, row
from monographs.reactions.items import minimum, missing, more_asked
from monographs.reactions.models import SERIOUS, WORDS, State, SuspectedReaction
from monographs.refusals import Refused, Unacceptable
from monographs.staff.roles import permission

_PARTS_OF_DAYS = {"taken_from", "taken_until", "began_on", "ended_on"}


_FIELDSETS = (
    (gettext_lazy("The report"), "", "received_on", ("reporter_qualification", "reporter_country")),
    (
        gettext_lazy("The patient"),
        gettext_lazy("No name and no date of birth: one of these is enough."),
        ("patient_initials", "local_number"),
        "patient_age",
        "patient_age_unit",
        "patient_age_group",
        "patient_sex",
    ),
    (gettext_lazy("The medicine"), "", "medicine_name", "product", "batch", "dose", ("taken_from", "taken_until")),
    (
        gettext_lazy("The suspected reaction"),
        "",
        "reaction",
        "reporter_language",
        "reaction_in_english",
        ("began_on", "ended_on"),
        "outcome",
    ),
    (
        gettext_lazy("Is it serious?"),
        gettext_lazy("Tick whatever holds. Nothing ticked: not serious, or not known."),
        *SERIOUS,
    ),
    (gettext_lazy("What happened"), "", "narrative"),
)
"""Title, description, and the fields of each part of the form."""
_SHOWN = tuple(
    (title, "", "seriousness")
    if "results_in_death" in fields
    else (title, "", *("medicine" if name == "medicine_name" else name for name in fields))
    for title, _description, *fields in _FIELDSETS
)
"""The same of a report that is only shown."""


def urls(site: AdminSite) -> list[URLPattern]:
    """The report of one reply: GET leads to the one there is, POST begins one if there is none."""
    return [
        path("replies/<int:pk>/suspected-reaction/", site.admin_view(of_reply), name="reply-suspected-reaction"),
    ]


def of_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the reply's report, which a POST begins. A GET begins nothing: without one it leads to the reply."""
    if not request.user.has_perm(permission("view_suspectedreaction")):
        raise PermissionDenied
    comment = get_object_or_404(Comment, pk=pk)
    if request.method == "POST":
        reaction = begin(comment, by=request.user)
    else:
        reaction = SuspectedReaction.objects.filter(comment=comment).first()
    return _to(reaction) if reaction else redirect("admin:reply", pk)


def _to(reaction: SuspectedReaction) -> HttpResponse:
    return redirect("admin:monographs_suspectedreaction_change", reaction.pk)


class ReportedMedicineFilter(admin.SimpleListFilter):
    """The medicines that there are reports of: each is found by the one before it along the index."""

    title = gettext_lazy("medicine")
    parameter_name = "medicine"
    at_most = 200

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin):
        names = Medicine.objects.in_bulk(list(islice(_medicines_reported(), self.at_most)))
        return sorted(((pk, medicine.name) for pk, medicine in names.items()), key=lambda one: one[1].casefold())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        if not (self.value().isascii() and self.value().isdigit() and len(self.value()) <= 18):
            raise IncorrectLookupParameters
        return queryset.filter(medicine=self.value())


def _medicines_reported() -> Iterator[int]:
    last = 0
    while last := SuspectedReaction.objects.filter(medicine__gt=last).aggregate(first=Min("medicine"))["first"]:
        yield last


@admin.register(SuspectedReaction)
class SuspectedReactionAdmin(OneAtATime):
    """A draft is a form; what was sent or erased is shown, with what can still be done about it."""

    form = ReactionForm
    change_form_template = "admin/replies/reaction.html"
    change_list_template = "admin/replies/reactions.html"
    list_display = ("number", "suspect", "state", "items_met", "serious", "received_on", "made_by")
    list_filter = ("state", ReportedMedicineFilter)
    list_select_related = ("medicine", "made_by")
    ordering = ("state", "-pk")
    sortable_by = ()
    readonly_fields = ("seriousness",)
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})}}

    # --- Who may what ---

    def has_add_permission(self, request):
        return request.user.has_perm(permission("change_suspectedreaction"))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.is_open)

    def has_delete_permission(self, request, obj=None):
        return False

    # --- The list ---

    @admin.display(description=gettext_lazy("report"))
    def number(self, reaction: SuspectedReaction) -> str:
        return str(reaction).capitalize()

    @admin.display(description=gettext_lazy("medicine"))
    def suspect(self, reaction: SuspectedReaction) -> str:
        return with_triangle(reaction.medicine) if reaction.medicine else reaction.product or "–"

    @admin.display(description=gettext_lazy("minimum items"))
    def items_met(self, reaction: SuspectedReaction) -> str:
        if reaction.erased_at:
            return _("erased")
        items = minimum(reaction)
        return _("%(met)s of %(all)s") % {"met": sum(item.is_met for item in items), "all": len(items)}

    @admin.display(description=gettext_lazy("serious"))
    def serious(self, reaction: SuspectedReaction) -> str:
        return _("serious") if reaction.is_serious else "–"

    def changelist_view(self, request, extra_context=None):
        may_export = request.user.has_perm(permission("export_suspectedreaction"))
        export = f"{reverse('admin:monographs_suspectedreaction_export')}?{request.GET.urlencode()}"
        return super().changelist_view(request, {"export": may_export and export, **(extra_context or {})})

    # --- One report ---

    def get_fieldsets(self, request, obj=None):
        is_form = self.has_change_permission(request, obj)
        found = [
            (title, {"description": description, "fields": [*fields]})
            for title, description, *fields in (_FIELDSETS if is_form else _SHOWN)
        ]
        if not obj:
            found[0][1]["fields"].append("form_key")
        return self.with_fingerprints(request, obj, found)

    @admin.display(description=gettext_lazy("criteria of seriousness that hold"))
    def seriousness(self, reaction: SuspectedReaction) -> str:
        held = [str(reaction._meta.get_field(name).verbose_name) for name in SERIOUS if getattr(reaction, name)]
        return ", ".join(held) or _("none")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in _PARTS_OF_DAYS:
            return PartOfADayField(
                label=capfirst(db_field.verbose_name), help_text=db_field.help_text, required=False, max_length=60,
                widget=forms.TextInput(attrs={"autocomplete": "off", "size": 18}),
            )  # fmt: skip
        if db_field.name == "patient_age":  # no field of numbers: Chromium makes 25 of "2,5" there
            kwargs["widget"] = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        return {
            "received_on": timezone.localdate(),
            "reporter_country": the_clinic().country,
            **super().get_changeform_initial_data(request),
        }

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        reaction = self.get_object(request, object_id) if object_id else None
        if request.method == "POST" and reaction and super().has_change_permission(request):
            if reaction.sent_by == request.user and _says_what_was_sent(request.POST, reaction):
                return _to(reaction)  # a second click
            check_open(reaction)  # what a colleague closed meanwhile: 409, with what was typed
        beside = {**_beside(request, reaction), **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, beside)

    def render_change_form(self, request, context, *args, **kwargs):
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        if change:
            request.is_new = _change(obj, by=request.user)
            return
        obj.pk = write(obj, by=request.user).pk
        obj._state.adding = False

    def response_add(self, request, obj, post_url_continue=None):
        return self._answer(request, obj)

    def response_change(self, request, obj):
        return self._answer(request, obj)

    def _answer(self, request: HttpRequest, reaction: SuspectedReaction) -> HttpResponse:
        """Back to its page. What was typed is saved, also where it can't be sent."""
        if "_send" in request.POST:
            try:
                send(reaction, by=request.user, is_asked_for="is_asked_for" in request.POST)
            except Refused as refusal:
                messages.warning(request, _("What you typed is saved.") + f" {refusal}")
            else:
                messages.success(request, _("The report is put down as sent. From now on it stays as it is."))
            return _to(reaction)
        lacking = missing(minimum(reaction))
        if lacking:
            messages.info(request, _("Saved. Before it can be sent it needs: %(items)s.") % {"items": lacking})
        else:
            messages.success(request, _("Saved. All four items are there: it can be sent."))
        return _to(reaction)

    def log_addition(self, request, obj, message):
        """It is on the ledger."""

    log_change = log_addition

    def history_view(self, request, object_id, extra_context=None):
        """Its page says what happened to it."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return redirect("admin:monographs_suspectedreaction_change", object_id)

    # --- What else can be done ---

    def get_urls(self):
        def screen(name: str, where: str, view) -> URLPattern:
            name = f"monographs_suspectedreaction_{name}"
            return path(where, require_POST(self.admin_site.admin_view(view)), name=name)

        return [
            screen("export", "export/", self.export),
            screen("number", "<int:pk>/number/", self.number_given),
            screen("erase", "<int:pk>/erase/", self.erased),
            *super().get_urls(),
        ]

    def number_given(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The authority's number; a refusal comes back with what was typed."""
        reaction, typed = self._seen(request, pk), request.POST.get("reference_number", "")
        try:
            keep_number(reaction, by=request.user, number=typed)
        except Refused as refusal:
            return self._again(request, pk, refusal, typed)
        messages.success(request, _("The reference number is kept."))
        return _to(reaction)

    def _again(self, request: HttpRequest, pk: int, refusal: Refused, typed: str) -> HttpResponse:
        again = copy.copy(request)
        again.method, again.POST = "GET", QueryDict()
        response = self.changeform_view(again, str(pk), "", {"refusal": str(refusal), "typed_number": typed})
        response.status_code = refusal.status
        return response

    def erased(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Its words go for good."""
        reaction = self._seen(request, pk)
        erase(reaction, by=request.user)
        messages.success(request, _("The words of this report are erased for good."))
        return _to(reaction)

    def _seen(self, request: HttpRequest, pk: int) -> SuspectedReaction:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(SuspectedReaction, pk=pk)

    def export(self, request: HttpRequest) -> HttpResponse:
        """All that the same filters show, oldest first, as CSV with the element numbers of ICH E2B(R3) as heads. Who
        takes how many is on record. The last line says how many there are: a file without it was cut off."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            reactions = self.get_changelist_instance(request).queryset.order_by("pk")
        except IncorrectLookupParameters as error:
            raise Unacceptable(_("These filters make no sense together. Please choose them again.")) from error
        note_export(by=request.user, count=reactions.count())
        name = f"suspected-reactions-{timezone.localdate().isoformat()}.csv"
        return whole_or_streamed(
            (line.encode() for line in csv_lines(reactions.iterator(chunk_size=500))),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
        )


_change = change  # a method's argument has that name


def csv_lines(reactions: Iterable[SuspectedReaction]) -> Iterator[str]:
    """A line of heads, one a report, and a last one with their number; cells as `harmless` makes them."""
    write_line, clinic, count = csv_line(), the_clinic(), 0
    yield BOM + write_line(COLUMNS)
    for reaction in reactions:
        count += 1
        yield write_line([harmless(value) for value in row(reaction, clinic)])
    yield write_line(["end", f"{count} reports", *[""] * (len(COLUMNS) - 2)])


def with_triangle(medicine: Medicine) -> str:
    """``"Newmol ▼"`` for a medicine under additional monitoring."""
    return f"{medicine.name} ▼" if medicine.is_under_additional_monitoring else medicine.name


def _says_what_was_sent(posted: QueryDict, reaction: SuspectedReaction) -> bool:
    """Whether a form that was sent once more holds nothing that the report does not say."""
    words = all(posted.get(name, "").split() == str(_or_empty(getattr(reaction, name))).split() for name in WORDS)
    return "_send" in posted and words and all((name in posted) == getattr(reaction, name) for name in SERIOUS)


def _or_empty(value: object) -> object:
    return "" if value is None else value


def _beside(request: HttpRequest, reaction: SuspectedReaction | None) -> dict:
    """What the page has beside the form: what is there and what is missing, what happened, and what may be done."""
    if not reaction:
        return {"reaction": None}
    may = request.user.has_perm
    return {
        "reaction": reaction,
        "items": [] if reaction.erased_at else minimum(reaction),
        "more_items": [] if reaction.erased_at else more_asked(reaction),
        "triangle": reaction.medicine and with_triangle(reaction.medicine),
        "happened": Entry.objects.about(reaction).select_related("by"),
        "may_change": may(permission("change_suspectedreaction")),
        "takes_number": reaction.state != State.DRAFT and may(permission("change_suspectedreaction")),
        "may_erase": not reaction.erased_at and may(permission("erase_comment")),
        "may_export": may(permission("export_suspectedreaction")),
    }

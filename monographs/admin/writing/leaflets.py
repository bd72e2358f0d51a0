"""Leaflets in the admin: the list, and the form on which they are written."""

import secrets
from dataclasses import replace

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.admin.frame.forms.mistakes import mistakes_in
from monographs.admin.frame.leaflet.facts import newest_of
from monographs.admin.frame.leaflet.places import field_of
from monographs.admin.frame.leaflet.state import LeafletState, state_of
from monographs.admin.writing import conflicts
from monographs.admin.writing.beside import Beside
from monographs.admin.writing.editor import offer_of, others_sentence, panel_of, settings_for_script
from monographs.admin.writing.leaflet_filters import (
    EditionFilter,
    HolderFilter,
    LanguageFilter,
    MedicineFilter,
    OverdueFilter,
    StandsFilter,
)
from monographs.admin.writing.leaflet_forms import LeafletForm, SectionInline, SourceInline, first_rows
from monographs.admin.writing.leaflet_list import STANDS, LeafletChangeList, LongListPaginator, found_by
from monographs.admin.writing.typed import check_rows, saved_number, typed_content
from monographs.audit.record import lock_ledger
from monographs.leaflets.actions import start_leaflet
from monographs.leaflets.autosave import discard_text, note_presence
from monographs.leaflets.models import Leaflet, Section, Source
from monographs.leaflets.rows import Rows
from monographs.medicines.models import Medicine
from monographs.refusals import Conflict
from monographs.review.remarks import PlacedRemark, open_remarks
from monographs.revisions.actions import check_may_change, newest_revision, record_revision
from monographs.revisions.models import Revision
from monographs.staff.roles import permission

_FOR_GOOD = ("medicine", "language", "edition", "slug")


@admin.register(Leaflet)
class LeafletAdmin(admin.ModelAdmin):
    form = LeafletForm
    inlines = (SectionInline, SourceInline)
    list_display = ("title", "medicine", "language", "edition", "shown_state", "live_version", "next_review", "holder")
    list_filter = (StandsFilter, OverdueFilter, HolderFilter, LanguageFilter, EditionFilter, MedicineFilter)
    list_per_page = 50
    search_fields = ("title",)  # that there is a field to search with; how, says `get_search_results`
    search_help_text = gettext_lazy("How a title, any name of the medicine, or the address begins")
    show_full_result_count = False
    ordering = ("standing__folded", "pk")
    sortable_by = ("title", "shown_state", "next_review")
    paginator = LongListPaginator

    class Media:
        css = {"all": ("monographs/css/list.css",)}

    # --- The list ---

    def get_queryset(self, request: HttpRequest):
        leaflets = super().get_queryset(request)
        is_list = request.resolver_match and request.resolver_match.url_name == "monographs_leaflet_changelist"
        return leaflets.filter(standing__isnull=False) if is_list else leaflets.select_related("medicine")

    def get_changelist(self, request: HttpRequest, **kwargs) -> type[LeafletChangeList]:
        return LeafletChangeList

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str):
        """By the beginning of names, which an index finds however many leaflets there are."""
        return (queryset.filter(pk__in=found_by(search_term)) if search_term.strip() else queryset), False

    def get_actions(self, request: HttpRequest) -> dict:
        """Nothing happens to leaflets in bulk: each transition is a decision about one text."""
        return {}

    @admin.display(description=_("state"), ordering="standing__stands")
    def shown_state(self, leaflet: Leaflet) -> str:
        return str(STANDS[leaflet.stands])

    @admin.display(description=_("patients read"), empty_value="–")
    def live_version(self, leaflet: Leaflet) -> str | None:
        if leaflet.live_major is None:
            return None
        number = f"{leaflet.live_major}.{leaflet.live_minor}" if leaflet.live_minor else str(leaflet.live_major)
        return _("version %(number)s") % {"number": number}

    @admin.display(description=_("next review"), ordering="standing__due_on", empty_value="–")
    def next_review(self, leaflet: Leaflet) -> str | None:
        return leaflet.due_on and date_format(leaflet.due_on, "j M Y")

    @admin.display(description=_("who has it"))
    def holder(self, leaflet: Leaflet) -> str:
        if leaflet.stands in {"waiting", "emergency"}:
            return _("a second reader")
        if leaflet.stands == "approved":
            return _("a publisher")
        if leaflet.stands in {"published", "scheduled"}:
            return "–"
        return leaflet.writer or _("an author")

    # --- Who may ---

    def has_change_permission(self, request: HttpRequest, obj: Leaflet | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_frozen)

    def has_delete_permission(self, request: HttpRequest, obj: Leaflet | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and newest_revision(obj))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        leaflet = self.get_object(request, object_id)
        if leaflet and super().has_delete_permission(request, leaflet) and newest_revision(leaflet):
            raise Conflict(
                _("This leaflet has a history, and history is kept. It can't be deleted; it can be withdrawn.")
            )
        return super().delete_view(request, object_id, extra_context)

    # --- The form ---

    def get_readonly_fields(self, request: HttpRequest, obj: Leaflet | None = None) -> tuple[str, ...]:
        return _FOR_GOOD if obj else ()

    def get_fieldsets(self, request: HttpRequest, obj: Leaflet | None = None):
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        which = ("medicine", ("language", "edition"), "slug")
        says = ("title", "key_facts", "next_review_on")
        return ((None, {"fields": (*which, *says, "why") if may_write else (*which, *says)}),)

    def get_formset_kwargs(self, request: HttpRequest, obj: Leaflet, inline, prefix: str) -> dict:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if prefix == "sections" and not obj.pk and request.method == "GET":
            kwargs["initial"] = first_rows()
        return kwargs

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        initial = super().get_changeform_initial_data(request)
        chosen = initial.get("medicine", "")
        medicine = Medicine.objects.filter(pk=chosen).first() if chosen.isascii() and chosen.isdigit() else None
        return {**initial, "title": initial.get("title") or medicine.name} if medicine else initial

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Leaflet | None:
        """Read once for each request: judging, showing and saving are about one and the same state."""
        read = request.__dict__.setdefault("leaflets_read", {})
        if object_id not in read:
            read[object_id] = super().get_object(request, object_id, from_field)
        return read[object_id]

    def _changeform_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: dict | None
    ) -> HttpResponse:
        """Judge and save in one turn, so that nobody can save or submit between the two.

        Django opens the transaction around it.
        """
        if request.method == "POST":
            check_rows(request.POST)
            lock_ledger()
            leaflet = self.get_object(request, unquote(object_id)) if object_id else None
            if leaflet and self.has_view_permission(request, leaflet):
                try:
                    request.newest = check_may_change(leaflet, based_on=saved_number(request.POST))
                except Conflict as conflict:
                    if answer := self._not_saved(request, leaflet, conflict):
                        return answer
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def _not_saved(self, request: HttpRequest, leaflet: Leaflet, conflict: Conflict) -> HttpResponse | None:
        """The page for a draft in review, or one that a colleague has saved meanwhile."""
        newest = conflict.details.get("newest")
        if not newest:
            typed, based_on = typed_content(request.POST, leaflet), saved_number(request.POST)
            return conflicts.show_frozen(request, leaflet, typed, based_on=based_on)
        if self.has_change_permission(request, leaflet):
            return conflicts.show_conflict(request, leaflet, newest)
        return None

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        newest = newest_of(obj) if obj else None
        may_write = self.has_add_permission(request) if add else self.has_change_permission(request, obj)
        beside = self._opened if request.method == "GET" else self._refused
        context.update(
            {
                "is_nav_sidebar_enabled": False,
                "leaflet": obj,
                "state": self._state(request, obj, newest) if obj else None,
                "may_write": may_write,
                "beside": self._beside_source(context),
                "remarks": self._open_remarks(request, obj, newest) if newest else [],
                "page": secrets.token_hex(8),
                "offer": None,
                "mistakes": [],
                "panel": None,
                **beside(request, context, obj, newest, may_write=may_write),
                "others": others_sentence(obj, request.user) if obj and may_write else "",
                "show_save_and_add_another": False,
                "show_save_and_continue": False,  # every save leads back to this form
            }
        )
        context["script"] = settings_for_script(obj, context["offer"]) if may_write else None
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _beside_source(self, context: dict) -> Beside | None:
        """What a translation is made from; the sections' formset has read it."""
        formsets = (one.formset for one in context["inline_admin_formsets"])
        return next((formset.beside for formset in formsets if formset.model is Section), None)

    def _opened(
        self, request: HttpRequest, context: dict, leaflet: Leaflet | None, newest: Revision | None, *, may_write: bool
    ) -> dict:
        """A form that is opened: what is found in the saved text, and text that was typed and not saved."""
        if leaflet and may_write:
            note_presence(leaflet, by=request.user)
        return {
            "based_on": newest.number if newest else 0,
            "offer": offer_of(request, leaflet, newest) if may_write else None,
            "panel": panel_of(newest.content, leaflet) if leaflet and newest else None,
        }

    def _refused(
        self, request: HttpRequest, context: dict, leaflet: Leaflet | None, newest: Revision | None, *, may_write: bool
    ) -> dict:
        """A form that came back: what is wrong with it, and what is found in the text as it was typed."""
        formsets = [one.formset for one in context["inline_admin_formsets"]]
        return {
            "based_on": saved_number(request.POST),
            "mistakes": mistakes_in(context["adminform"].form, formsets),
            "panel": panel_of(typed_content(request.POST, leaflet), leaflet) if leaflet and newest else None,
        }

    def _state(self, request: HttpRequest, leaflet: Leaflet, newest: Revision | None) -> LeafletState | None:
        """Without the findings, which stand in their own panel; None for who may not see revisions."""
        if not request.user.has_perm(permission("view_revision")):
            return None
        return replace(state_of(leaflet, request.user, newest=newest), findings=())

    def _open_remarks(self, request: HttpRequest, leaflet: Leaflet, newest: Revision) -> list[tuple[PlacedRemark, str]]:
        """What colleagues wait to see dealt with, each with the address of its field."""
        if not request.user.has_perm(permission("view_remark")):
            return []
        content = newest.content
        return [(one, field_of(one.remark.section_key, content)) for one in open_remarks(leaflet, content)]

    # --- Saving ---

    def save_model(self, request: HttpRequest, obj: Leaflet, form: LeafletForm, change: bool) -> None:
        """A new leaflet is started; its columns are written with its rows."""
        if not change:
            started = start_leaflet(
                obj.medicine,
                by=request.user,
                language=obj.language,
                edition=obj.edition,
                title=obj.title,
                slug=obj.slug,
            )
            obj.pk, obj.slug, obj.created_at = started.pk, started.slug, started.created_at
            obj._state.adding, obj._state.db = False, started._state.db

    def save_related(self, request: HttpRequest, form: LeafletForm, formsets, change: bool) -> None:
        by_model = {formset.model: formset for formset in formsets}
        sections, sources = by_model[Section], by_model[Source]
        rows = Rows(sections.placed(), sources.placed(), gone=[*sections.deleted_objects, *sources.deleted_objects])
        request.recorded = record_revision(
            form.instance,
            by=request.user,
            why=form.cleaned_data.get("why", ""),
            rows=rows,
            newest=getattr(request, "newest", None),
        )
        # Text from another window, and text that was offered and neither restored nor discarded, stays.
        discard_text(form.instance if change else None, by=request.user, page=request.POST.get("page", ""))

    def log_addition(self, request: HttpRequest, obj: Leaflet, message: object) -> None:
        """It is on the ledger."""

    log_change = log_addition

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Ours has all that Django's could say."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        leaflet = self.get_object(request, unquote(object_id))
        if not leaflet:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return HttpResponseRedirect(reverse("admin:leaflet-history", args=[leaflet.pk]))

    def response_add(self, request: HttpRequest, obj: Leaflet, post_url_continue: str | None = None) -> HttpResponse:
        return self._answer(request, obj)

    def response_change(self, request: HttpRequest, obj: Leaflet) -> HttpResponse:
        return self._answer(request, obj)

    def _answer(self, request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
        revision: Revision | None = request.recorded
        if revision:
            messages.success(request, _("Saved as revision %(number)s.") % {"number": revision.number})
        else:
            messages.info(request, _("You changed nothing, so nothing was recorded."))
        if "_preview" in request.POST:
            return HttpResponseRedirect(reverse("admin:leaflet-preview", args=[leaflet.pk]))
        return HttpResponseRedirect(reverse("admin:monographs_leaflet_change", args=[leaflet.pk]))

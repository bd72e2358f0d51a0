"""A leaflet's history: everything on record, an earlier text restored, and what patients saw at an instant."""

import datetime as dt

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from monographs.admin.frame.forms.day_field import DayField
from monographs.admin.frame.forms.instants import MISSING_HOUR, TimeInput, instants_of
from monographs.admin.frame.leaflet.facts import newest_of
from monographs.admin.frame.leaflet.page import (
    Missing,
    leaflet_screen,
    revision_of,
    show,
    to_leaflet,
    whole_number,
)
from monographs.admin.frame.leaflet.places import in_text
from monographs.admin.frame.written.alike import DrawnOnce
from monographs.admin.record.lines import lines_of
from monographs.admin.release.timeline import EntriesOf, moments_of
from monographs.admin.review.compare import check_may_see_revisions, revision_choices
from monographs.audit.chain import sha256
from monographs.leaflets.models import Leaflet
from monographs.publication.models import Page
from monographs.publication.page.assemble import assembled, details_at
from monographs.quality.rules import blocking
from monographs.review.findings import findings_of
from monographs.revisions.actions import check_may_change, newest_revision, restore_revision
from monographs.revisions.models import Revision
from monographs.staff.rules import check_permission
from monographs.text.markup.markdown import direction

PER_PAGE = 25
FIRST, SECOND = "first", "second"
_DRAWN = DrawnOnce()


class InstantForm(forms.Form):
    """A moment in the past, in the site's time zone. ``turn`` says which, if the clock showed that time twice."""

    on = DayField(label=gettext_lazy("Date"), error_messages={"required": gettext_lazy("Give a date.")})
    at = forms.TimeField(
        label=gettext_lazy("Time"),
        widget=TimeInput(step=1),
        error_messages={"required": gettext_lazy("Give a time."), "invalid": gettext_lazy("This is not a time.")},
    )

    turn = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Which of the two"),
        choices=[
            (FIRST, gettext_lazy("The first, before the clocks went back")),
            (SECOND, gettext_lazy("The second, after the clocks went back")),
        ],
        widget=forms.RadioSelect,
    )
    comes_twice = False

    def clean(self) -> dict:
        data = super().clean()
        day, time = data.get("on"), data.get("at")
        if day and time:
            data["instant"] = self._chosen(instants_of(day, time), data.get("turn"))
        return data

    def _chosen(self, instants: list[dt.datetime], turn: str) -> dt.datetime | None:
        self.comes_twice = len(instants) == 2
        if not instants:
            self.add_error("at", MISSING_HOUR)
            return None
        if self.comes_twice and not turn:
            self.add_error("at", _("The clocks went back that night, so this time came twice. Choose which you mean."))
            return None
        instant = instants[-1 if turn == SECOND else 0]
        if instant > timezone.now():
            self.add_error("on", _("This moment has not come yet."))
        return instant


class WhyForm(forms.Form):
    why = forms.CharField(
        required=False,
        max_length=300,
        label=gettext_lazy("Why (for the record, may be empty)"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of these screens."""
    return [
        path("leaflets/<int:pk>/history/", leaflet_screen(site, history_page), name="leaflet-history"),
        path("leaflets/<int:pk>/seen/", leaflet_screen(site, seen_page), name="leaflet-seen"),
        path(
            "leaflets/<int:pk>/revisions/<int:number>/restore/",
            leaflet_screen(site, restore_page),
            name="revision-restore",
        ),
    ]


def history_page(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """Everything on record about the leaflet, newest first, a page at a time."""
    check_may_see_revisions(request.user)
    paginator = Paginator(EntriesOf(leaflet, most=PER_PAGE), PER_PAGE)
    number = whole_number(request.GET.get("page", "1"), _("The page"))
    if not 1 <= number <= paginator.num_pages:
        raise Missing(_("The history has %(count)s pages; there is no page %(number)s.")
                      % {"count": paginator.num_pages, "number": number})  # fmt: skip
    page, newest = paginator.page(number), newest_of(leaflet)
    return show(
        request,
        "record/history",
        leaflet,
        _("History: %(leaflet)s") % {"leaflet": leaflet},
        page=page,
        lines=lines_of(leaflet, moments_of(leaflet, page), request.user),
        drawn=_DRAWN,
        newest=newest,
        choices=revision_choices(leaflet, newest),
        instant_form=InstantForm(),
        zone=timezone.get_current_timezone_name(),
    )


def restore_page(request: HttpRequest, leaflet: Leaflet, number: int) -> HttpResponse:
    """Make the draft say again what it said in a revision: GET says what will happen, POST does it."""
    check_permission(request.user, "restore_revision", _("You may not restore an earlier revision."))
    revision = revision_of(leaflet, number)
    check_may_change(leaflet)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        restored = restore_revision(revision, by=request.user, why=form.cleaned_data["why"])
        if restored:
            words = {"number": number, "new": restored.number}
            messages.success(request, _("Revision %(number)s is restored as revision %(new)s, a draft.") % words)
            _warn_of_findings(request, restored)
        else:
            messages.info(request, _("The draft says just that already; nothing was changed."))
        return to_leaflet(leaflet)
    title = _("Restore revision %(number)s of %(leaflet)s") % {"number": number, "leaflet": leaflet}
    status = 400 if form.is_bound else 200
    return show(
        request,
        "record/restore",
        leaflet,
        title,
        status=status,
        revision=revision,
        newest=newest_revision(leaflet),
        form=form,
        findings=in_text(findings_of(revision.content, leaflet), [], otherwise="staff-findings"),
    )


def _warn_of_findings(request: HttpRequest, restored: Revision) -> None:
    """An old text may say what today's checks would not let through."""
    found = blocking(findings_of(restored.content, restored.leaflet))
    if found:
        counted = ngettext(
            "%(count)d thing in the restored text must be put right before review. %(first)s",
            "%(count)d things in the restored text must be put right before review. The first: %(first)s",
            len(found),
        )
        first = f"{found[0].label}: {found[0].message} {found[0].instead}"
        messages.warning(request, counted % {"count": len(found), "first": first})


def seen_page(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """``?on=2027-03-03&at=10:00``: the page's body as it was served then; with ``download`` its very bytes."""
    check_may_see_revisions(request.user)
    form = InstantForm(request.GET)
    page, html, details = None, "", None
    if form.is_valid():
        instant = form.cleaned_data["instant"]
        shown = Page.objects.current(instant).filter(publication__leaflet=leaflet)
        page = shown.select_related("publication__revision", "publication__by").first()
    if page:
        details = details_at(instant)
        html = assembled(page.html, leaflet.language, details)
    if page and "download" in request.GET:
        return _download(html, f"{leaflet.slug}-{instant:%Y-%m-%dT%H%M%S}")
    return show(
        request,
        "record/seen",
        leaflet,
        _("What patients saw: %(leaflet)s") % {"leaflet": leaflet},
        status=200 if form.is_valid() else 400,
        instant_form=form,
        zone=timezone.get_current_timezone_name(),
        instant=form.cleaned_data.get("instant") if form.is_valid() else None,
        seen=page,
        html=html,
        size=len(html.encode()),
        digest=sha256(html),
        details=details,
        direction=direction(leaflet.language),
    )


def _download(html: str, name: str) -> HttpResponse:
    """The very bytes as a file: never opened as a page of this site."""
    response = HttpResponse(html.encode(), content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.html"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

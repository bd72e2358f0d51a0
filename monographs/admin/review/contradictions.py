"""Leaflets that may contradict each other: what the clock found, and "not one, because…"."""

from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monographs.refusals import Refused
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission
from monographs.together.judging import LONGEST_WHY, MAY_JUDGE, judge
from monographs.together.models import Finding, Kind

PAGE_SIZE = 25


def urls(site: AdminSite) -> list[URLPattern]:
    return [
        path("contradictions/", site.admin_view(contradictions), name="contradictions"),
        path("contradictions/judge/", site.admin_view(require_POST(judged)), name="contradiction-judge"),
    ]


def contradictions(request: HttpRequest) -> HttpResponse:
    """The newest first, a page of them behind the one that ``before`` names; ``judged`` lists those that are done,
    ``kind`` those of one kind."""
    check_permission(request.user, "view_leaflet", _("You may not see the leaflets."))
    return _listed(request, request.GET)


def judged(request: HttpRequest) -> HttpResponse:
    """Take one off the list, with the reason; a refusal gives back the words, on the page where they were typed."""
    digest, why = request.POST.get("digest", ""), request.POST.get("why", "")
    try:
        judge(digest, by=request.user, why=why)
    except Refused as refused:
        if refused.status == 403:
            raise
        return _listed(request, request.GET, refusal=refused, digest=digest, why=why)
    messages.success(request, _("Taken off the list; your reason is on record."))
    return redirect(f"{reverse('admin:contradictions')}{_here(request.GET)}")


def _listed(
    request: HttpRequest, asked: QueryDict, *, refusal: Refused | None = None, digest: str = "", why: str = ""
) -> HttpResponse:
    is_done, kind, before = "judged" in asked, _kind(asked), _before(asked)
    rows = Finding.objects.filter(judgement__isnull=not is_done).order_by("-pk")
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(pk__lt=int(before)) if before else rows
    found = list(rows.select_related("leaflet__medicine", "other__medicine", "judgement__by")[: PAGE_SIZE + 1])
    context = {
        "title": _("Leaflets that may contradict each other"),
        "findings": found[:PAGE_SIZE],
        "following": _here(asked, before=found[PAGE_SIZE - 1].pk) if len(found) > PAGE_SIZE else "",
        "is_done": is_done,
        "here": _here(asked),
        "of_kind": kind,
        "kinds": [
            (kind, words, _here(asked, kind=kind, before=""))
            for kind, words in (("", _("All")), ("amount", _("Other amounts")), ("one-sided", _("One is silent")))
        ],
        "may_judge": request.user.has_perm(permission(MAY_JUDGE)),
        "longest": LONGEST_WHY,
        "refusal": str(refusal) if refusal else "",
        "refused": digest,
        "is_gone": bool(digest) and all(finding.digest != digest for finding in found),
        "why": why,
    }
    status = refusal.status if refusal else 200
    template = "admin/review/contradictions.html"
    return render(request, template, {**admin.site.each_context(request), **context}, status=status)


def _kind(asked: QueryDict) -> str:
    return asked["kind"] if asked.get("kind") in Kind.values else ""


def _before(asked: QueryDict) -> str:
    before = asked.get("before", "")[:18]
    return before if before.isascii() and before.isdecimal() else ""


def _here(asked: QueryDict, **changed: str | int) -> str:
    """The query of the same page, "?" if it has none; ``changed``: of another one."""
    known = {"kind": _kind(asked), "before": _before(asked), "judged": "1" if "judged" in asked else "", **changed}
    return "?" + urlencode({name: word for name, word in known.items() if word})

"""How right each rule of the triage is, for whoever writes rules."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from monographs.admin.replies.access import check_may_see, context_of
from monographs.comments.deciding.judging import LOOKED_THROUGH, records_of_rules
from monographs.comments.labels import Label


def urls(site: AdminSite) -> list[URLPattern]:
    """The rules and what became of their labels."""
    return [path("replies/rules/", site.admin_view(rules), name="reply-rules")]


def rules(request: HttpRequest) -> HttpResponse:
    """Every rule that put one of the newest labels, the least precise first."""
    check_may_see(request)
    records = records_of_rules()
    for one in records:
        one.title = Label(one.label).label if one.label in Label.values else one.label
        one.percent = None if one.precision is None else round(100 * one.precision)
    context = {"title": _("How right the rules are"), "rules": records, "looked_through": LOOKED_THROUGH}
    return render(request, "admin/replies/rules.html", context_of(request, **context))

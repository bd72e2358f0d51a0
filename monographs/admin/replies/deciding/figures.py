"""Figures for the desk: what waits, and how long replies waited for somebody."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.admin.replies.access import check_may_see, context_of
from monographs.comments.deciding.figures import COUNTED, PERIODS, figures_of


def urls(site: AdminSite) -> list[URLPattern]:
    """The figures."""
    return [path("replies/figures/", site.admin_view(figures), name="reply-figures")]


def figures(request: HttpRequest) -> HttpResponse:
    """What waits now, by label, and medians of the last thirty and ninety days."""
    check_may_see(request)
    context = {
        "title": _("Figures"),
        "rows": figures_of(timezone.now()),
        "periods": [period.days for period in PERIODS],
        "counted": COUNTED,
    }
    return render(request, "admin/replies/figures.html", context_of(request, **context))

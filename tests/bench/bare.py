"""A bare Django site beside ours, on the same server and database: what a page can't cost less than."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.bare_settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402 - the settings must be named first
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def one_query(request: HttpRequest, slug: str) -> HttpResponse:
    # The models can be loaded only when Django is set up.
    from monographs.leaflets.models import Leaflet

    return render(request, "bare.html", {"leaflet": Leaflet.objects.get(slug=slug)})


urlpatterns = [path("empty/", empty), path("one-query/<slug:slug>/", one_query)]
application = get_wsgi_application()

"""A bare Django site beside ours, on the same server and database: what a page can't cost less than."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.bare_settings")

import django  # noqa: E402 - the settings must be named first
from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
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
django.setup()
settings.MIDDLEWARE = []  # not in the settings: allauth looks for its own there when it starts
application = WSGIHandler()

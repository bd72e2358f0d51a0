"""The ways in: the home page and the A–Z."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from urllib.parse import unquote

from django.conf import settings
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from monographs.publication.models import Publication
from monographs.reading.page_cache.marks import do_not_keep
from monographs.reading.public import PRIVATE, Site, public_page, show
from monographs.search.a_to_z import Entry, Listing, letters, listing
from monographs.text.letters import alphabets
from monographs.text.letters.alphabets import as_letter, label_of, sort_key

RECENT = 5  # updates on the home page
_MOST_PAGES = 10_000  # of the A–Z; what asks for more asks for nothing that could be


@dataclass(frozen=True)
class Letter:
    """One place in the A–Z: a link where ``is_used``. ``key`` stands in the address, ``label`` on the page."""

    key: str
    is_used: bool

    @property
    def label(self) -> str:
        return label_of(self.key)


@dataclass(frozen=True)
class Group:
    """The names under one letter."""

    letter: Letter
    entries: list[Entry]


def alphabet(at: dt.datetime) -> tuple[Letter, ...]:
    """The letters of the site's language, whether used or not; then digits and other scripts' letters that are used."""
    return _alphabet(settings.LANGUAGE_CODE, frozenset(letters(at)))


@lru_cache(maxsize=100)
def _alphabet(language: str, used: frozenset[str]) -> tuple[Letter, ...]:
    ours = alphabets.alphabet(language)
    others = sorted(used.difference(ours), key=lambda letter: sort_key("", language, under=letter))
    return tuple(Letter(key, key in used) for key in (*ours, *others))


def recent_updates(at: dt.datetime) -> list[Publication]:
    """The leaflets that changed last, newest first, each as it is now; with ``title``. One query."""
    return list(
        Publication.objects.shown(at)
        .select_related("leaflet")
        .annotate(title=F("showing__title"))
        .order_by("-showing__starts_at", "-pk")[:RECENT]
    )


@public_page
def home(request: HttpRequest, site: Site) -> HttpResponse:
    context = {"letters": alphabet(site.at), "updates": recent_updates(site.at), "canonical": _address(request)}
    return show("reading/home.html", context, site=site)


@public_page
def a_to_z(request: HttpRequest, site: Site, letter: str | None = None, page: int = 1) -> HttpResponse:
    """All names, or those under one letter, page by page. A letter that no name begins with says so; what is no letter
    or page is a 404."""
    key = None if letter is None else as_letter(letter, settings.LANGUAGE_CODE)
    places = alphabet(site.at)
    chosen = next((place for place in places if place.key == key), None)
    if (letter is not None and not chosen) or not 0 < page <= _MOST_PAGES:
        raise Http404
    if page == 1 and request.resolver_match.url_name in ("a-z-page", "a-z-letter-page"):
        return _to_first_page(key)
    listed = listing(site.at, key, page=page)
    if page > 1 and not listed.entries:
        raise Http404
    context = {
        "letters": places,
        "letter": chosen.label if chosen else None,
        "groups": [Group(Letter(under, True), list(names)) for under, names in groupby(listed.entries, _letter)],
        "page": page,
        **_neighbours(key, page, listed),
        "canonical": request.build_absolute_uri(_page_address(key, page)),
    }
    response = show("reading/a_to_z.html", context, site=site)
    # An address can be written in any number of ways ("É́" is "e", "02" is 2), and each would be kept.
    return response if request.path == unquote(_page_address(key, page)) else do_not_keep(response)


def _to_first_page(key: str | None) -> HttpResponse:
    response = redirect(_page_address(key, 1))
    response["Cache-Control"] = PRIVATE
    return response


def _neighbours(key: str | None, page: int, listed: Listing) -> dict[str, str | None]:
    return {
        "previous": _page_address(key, page - 1) if page > 1 else None,
        "next": _page_address(key, page + 1) if listed.has_more else None,
    }


def _page_address(key: str | None, page: int) -> str:
    if key is None:
        return reverse("a-z") if page == 1 else reverse("a-z-page", args=[page])
    return reverse("a-z-letter", args=[key]) if page == 1 else reverse("a-z-letter-page", args=[key, page])


def _address(request: HttpRequest) -> str:
    return request.build_absolute_uri(request.path)


def _letter(entry: Entry) -> str:
    return entry.letter

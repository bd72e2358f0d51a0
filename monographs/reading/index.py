"""The ways in: the home page and the A–Z."""

import datetime as dt
import string
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse

from monographs.publication.models import Publication
from monographs.reading.public import Site, public_page, show
from monographs.search.a_to_z import NOT_A_LETTER, Entry, letters, listing
from monographs.text.letters.folding import fold

RECENT = 5  # updates on the home page


@dataclass(frozen=True)
class Letter:
    """One place in the A–Z: a link where ``is_used``. ``key`` stands in the address, ``label`` on the page."""

    key: str
    is_used: bool

    @property
    def label(self) -> str:
        return self.key.upper()


@dataclass(frozen=True)
class Group:
    """The names under one letter."""

    letter: Letter
    entries: list[Entry]


def alphabet(at: dt.datetime) -> list[Letter]:
    """A to Z, whether used or not; then the other scripts' letters and the digits that names begin with."""
    used = letters(at)
    others = sorted(used - set(string.ascii_lowercase) - {NOT_A_LETTER})
    keys = [*string.ascii_lowercase, *others, *({NOT_A_LETTER} & used)]
    return [Letter(key, key in used) for key in keys]


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
def a_to_z(request: HttpRequest, site: Site, letter: str | None = None) -> HttpResponse:
    """All names, or those under one letter. A letter that no name begins with says so; what is no letter is a 404."""
    places = alphabet(site.at)
    if letter is None:
        entries = listing(site.at)
    else:
        chosen = next((place for place in places if place.key == fold(letter)), None)
        if not chosen:
            raise Http404
        letter, entries = chosen.label, listing(site.at, chosen.key) if chosen.is_used else []
    groups = [Group(Letter(key, True), list(names)) for key, names in groupby(entries, _initial)]
    context = {"letters": places, "letter": letter, "groups": groups, "canonical": _address(request)}
    return show("reading/a_to_z.html", context, site=site)


def _address(request: HttpRequest) -> str:
    return request.build_absolute_uri(request.path)


def _initial(entry: Entry) -> str:
    first = fold(entry.name)[0]
    return first if first.isalpha() else NOT_A_LETTER

"""The ways in: the home page and the A–Z."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice
from urllib.parse import unquote

from django.conf import settings
from django.db.models import DateTimeField, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.i18n import language_name_local
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from monographs.leaflets.editions import titled
from monographs.prepared import Given, Prepared
from monographs.publication.models import Publication
from monographs.publication.shown.behind import behind_at, behind_where_hidden
from monographs.reading.alerts.beside import AlertsBeside
from monographs.reading.alerts.pages import alerts_on_home
from monographs.reading.languages.addresses import address, language_of_the_address, leaflet_address, permanent_address
from monographs.reading.languages.switch import own_page_words
from monographs.reading.page_cache.marks import do_not_keep
from monographs.reading.patterns import pattern
from monographs.reading.public import PRIVATE, Site, public_page, show_filled
from monographs.search.named.a_to_z import Entry, Listing, Other, letters, listing
from monographs.templatetags.leaflet_language import in_order, spoken
from monographs.templatetags.leaflet_text import day
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


def alphabet(used: Iterable[str]) -> tuple[Letter, ...]:
    """The letters of the site's language, whether ``used`` or not; then digits and other scripts' letters that are."""
    return _alphabet(settings.LANGUAGE_CODE, frozenset(used))


@lru_cache(maxsize=100)
def _alphabet(language: str, used: frozenset[str]) -> tuple[Letter, ...]:
    ours = alphabets.alphabet(language)
    others = sorted(used.difference(ours), key=lambda letter: sort_key("", language, under=letter))
    return tuple(Letter(key, key in used) for key in (*ours, *others))


def _find() -> QuerySet:
    """The leaflets that changed last, newest first, each as it is now; more than are shown, as some may be hidden."""
    newest = Publication.objects.shown(Given("at", DateTimeField())).order_by("-showing__starts_at", "-pk")
    columns = (
        "leaflet__slug",
        "leaflet__language",
        "leaflet__edition",
        "kind",
        "revision",
        "change_note",
        "effective_from",
    )
    return newest.values_list(*columns, "showing__title", behind_where_hidden("showing__"))[: 4 * RECENT]


_updates = Prepared(_find)


@public_page
def home(request: HttpRequest, site: Site) -> HttpResponse:
    words = {
        "alerts": alerts_on_home(site),
        "updates": _updates_as_html(site.at),
        "canonical": _address(request),
        **own_page_words(request, "home"),
    }
    return show_filled("reading/home.html", words, site=site, letters=alphabet(letters(site.at)))


def _updates_as_html(at: dt.datetime) -> SafeString:
    template, here, html = pattern("reading/update.html"), language_of_the_address(), []
    shown = (row for *row, hidden in _updates.rows(at=at) if not behind_at(hidden, at))
    for slug, language, edition, kind, revision, note, since, title in islice(shown, RECENT):
        words = {
            "address": leaflet_address(slug, language),
            "title": in_order(titled(title, edition, language), language),
            "speaks": spoken(language, here),
            "tag": language_name_local(language) if language != here else "",
            "change_note": in_order(note),
            "note_in": format_html(' lang="{}"', language) if note and language != here else "",
            "when": day(since),
        }
        html.append(template.filled(words, {"kind": kind, "is_read": revision is not None}))
    return mark_safe("".join(html))  # noqa: S308 - each is the template's output


@public_page
def a_to_z(request: HttpRequest, site: Site, letter: str | None = None, page: int = 1) -> HttpResponse:
    """All names, or those under one letter, page by page. A letter that no name begins with says so; what is no letter
    or page is a 404."""
    key = None if letter is None else as_letter(letter, settings.LANGUAGE_CODE)
    places = alphabet(letters(site.at))
    chosen = next((place for place in places if place.key == key), None)
    if (letter is not None and not chosen) or not 0 < page <= _MOST_PAGES:
        raise Http404
    if page == 1 and request.resolver_match.url_name in ("a-z-page", "a-z-letter-page"):
        return _to_first_page(key)
    listed = listing(site.at, key, page=page)
    if page > 1 and not listed.entries:
        raise Http404
    words = {
        "names": _names_as_html(listed.entries, AlertsBeside(site)),
        "page": page,
        "further": page if page > 1 else None,
        **_neighbours(key, page, listed),
        "canonical": request.build_absolute_uri(_page_address(key, page)),
        **own_page_words(request, *_page(key, page)),
    }
    label = chosen.label if chosen else None
    response = show_filled("reading/a_to_z.html", words, site=site, letters=places, letter=label)
    # An address can be written in any number of ways ("É́" is "e", "02" is 2), and each would be kept.
    return response if request.path == unquote(_page_address(key, page)) else do_not_keep(response)


def _names_as_html(entries: list[Entry], alerts: AlertsBeside) -> SafeString:
    group, line, html = pattern("reading/names.html"), pattern("reading/name.html"), []
    for key, found in groupby(entries, _letter):
        lines = (line.filled(_words(entry, alerts), {"kind": entry.leaflet.in_effect}) for entry in found)
        names = "".join(lines)
        html.append(group.filled({"key": key, "label": label_of(key), "names": mark_safe(names)}))  # noqa: S308 - so is that
    return mark_safe("".join(html))  # noqa: S308 - each is the template's output


def _words(entry: Entry, alerts: AlertsBeside) -> dict[str, object]:
    """Of `reading/name.html`."""
    lead, here = entry.leaflet, language_of_the_address()
    words = {
        "name": in_order(entry.name, here),
        "address": leaflet_address(lead.slug, lead.language),
        "speaks": spoken(lead.language, here),
        "alerts": alerts.tags(entry.medicine),
    }
    title = titled(lead.title, lead.edition, lead.language)
    if title and title != entry.name:
        words["title"] = in_order(title, lead.language)
    if lead.language != here:
        words["language_name"] = language_name_local(lead.language)
    if entry.others:
        words["others"] = _others_as_html(entry.others)
    return words


def _others_as_html(others: tuple[Other, ...]) -> SafeString:
    template, html = pattern("reading/other_leaflet.html"), []
    for other in others:
        language = other.leaflet.language
        words = {
            "address": permanent_address(other.leaflet.slug),
            "title": in_order(titled(other.leaflet.title, other.leaflet.edition, language), language),
            "speaks": spoken(language, language_of_the_address()),
        }
        if other.is_told_by_language:
            words["title"] = language_name_local(language)
        html.append(template.filled(words, {"kind": other.leaflet.in_effect}))
    return mark_safe("".join(html))  # noqa: S308 - each is the template's output


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
    return address(*_page(key, page))


def _page(key: str | None, page: int) -> tuple[str | int, ...]:
    """Its name among the addresses, and what stands in it."""
    if key is None:
        return ("a-z",) if page == 1 else ("a-z-page", page)
    return ("a-z-letter", key) if page == 1 else ("a-z-letter-page", key, page)


def _address(request: HttpRequest) -> str:
    return request.build_absolute_uri(request.path)


def _letter(entry: Entry) -> str:
    return entry.letter

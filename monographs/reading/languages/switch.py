"""From a page to the same in another language: links for the reader, and for search engines (``hreflang``)."""

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.i18n import language_name_local
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from monographs.leaflets.models import Edition
from monographs.publication.relatives import Relative
from monographs.reading.languages.addresses import address, language_of_the_address, offered, permanent_address
from monographs.reading.patterns import pattern
from monographs.text.markup.markdown import direction

_ANY = "x-default"  # for readers of none of the languages


class InLanguage(NamedTuple):
    """The same page in one language."""

    language: str
    address: str


def own_page(name: str, *args: object, query: str = "") -> list[InLanguage]:
    """One of the site's own pages in each language that is offered, with the same ``query`` behind its address."""
    return [InLanguage(language, f"{address(name, *args, language=language)}{query}") for language in offered()]


def own_page_words(request: HttpRequest, name: str, *args: object, query: str = "") -> dict[str, str]:
    """``languages``, ``alternates`` and ``origin`` of one of the site's own pages. With a ``query`` it is an answer to
    one reader: the links keep it, and search engines are told of nothing."""
    pages = own_page(name, *args, query=query)
    told = mark_safe("") if query else alternates(request, pages)
    return {"languages": switch(pages), "alternates": told, "origin": origin_of(request)}


def leaflet_words(request: HttpRequest, relatives: tuple[Relative, ...], slug: str) -> dict[str, SafeString]:
    """The same of a leaflet, whose page is in its own language: those of its medicine that are shown now."""
    known = pages_of_medicine(relatives, slug)
    pages = [InLanguage(code, permanent_address(each.slug)) for code, each in known.items()]
    if len(pages) < 2:
        return {}
    return {"languages": switch(pages), "alternates": alternates(request, pages)}


def switch_beside(relatives: tuple[Relative, ...], slug: str, name: str = "leaflet-read") -> SafeString:
    """The switch of a page about a leaflet that is shown, to the page of this ``name`` of its medicine's leaflets in
    other languages. "" where there is none, and where a notice stands in place of the leaflet."""
    known = pages_of_medicine(relatives, slug)
    here = next((code for code, each in known.items() if each.slug == slug), "")
    if not here or len(known) < 2:
        return mark_safe("")
    return switch((InLanguage(code, reverse(name, args=[each.slug])) for code, each in known.items()), here=here)


def pages_of_medicine(relatives: tuple[Relative, ...], slug: str) -> dict[str, Relative]:
    """By language, in the order of the settings, the one leaflet to go to from this one (itself in its own language,
    if it is shown): where a language has two editions, the one that this leaflet is."""
    edition = next((each.edition for each in relatives if each.slug == slug), Edition.STANDARD)
    best: dict[str, Relative] = {}
    for each in sorted(relatives, key=lambda each: (each.slug != slug, each.edition != edition)):
        best.setdefault(each.language, each)
    return {code: best[code] for code, _name in settings.LANGUAGES if code in best}


def switch(pages: Iterable[InLanguage], *, here: str = "") -> SafeString:
    """Links to the ``pages``, each under the language's own name; ``here`` is the language of this one."""
    here = here or language_of_the_address()
    line, links = pattern("reading/language.html"), []
    for page in pages:
        shape = {"code": page.language, "order": direction(page.language), "is_here": page.language == here}
        words = {"address": page.address, "name": language_name_local(page.language)}
        links.append(line.filled(words, shape))
    if not links:
        return mark_safe("")
    joined = mark_safe("".join(links))  # noqa: S308 - each is the template's output
    return pattern("reading/languages.html").filled({"links": joined})


def alternates(request: HttpRequest, pages: list[InLanguage]) -> SafeString:
    """``link`` elements for the head: each names all, itself included."""
    origin = origin_of(request)
    lines = ((page.language, f"{origin}{page.address}") for page in with_one_for_anybody(pages))
    return format_html_join("", '<link rel="alternate" hreflang="{}" href="{}">\n', lines)


def origin_of(request: HttpRequest) -> str:
    """What stands before the path of a whole address: ``"https://leaflets.example"``."""
    return f"{request.scheme}://{request.get_host()}"


def with_one_for_anybody(pages: list[InLanguage]) -> list[InLanguage]:
    """The pages as search engines are told of them: whoever speaks none of the languages is led to the site's own, else
    to English."""
    by_language = dict(pages)
    anybody = by_language.get(settings.LANGUAGE_CODE) or by_language.get("en")
    return [*pages, InLanguage(_ANY, anybody)] if anybody else pages

"""The languages that the site's own pages speak, and the addresses under which they do.

Home, A–Z and search stand at ``/`` in the language of the site, and at ``/ar/…`` in another. The address alone says
which: never a cookie, which a cache does not see, nor Accept-Language, which is the browser's and not the reader's.
What there is once keeps its one address without a language: a leaflet is in its own.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.urls import Resolver404, get_script_prefix, resolve, reverse
from django.utils.translation import get_language, to_locale

from monographs.remembered import MOST_REMEMBERED

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_ANY_SLUG = "any-slug-at-all"  # no address has it for another reason
_OTHER_SCRIPTS = {"hant", "tw", "hk", "mo"}  # a reader of these is not led to simplified Chinese


def offered() -> tuple[str, ...]:
    """The codes of the languages with a catalogue of readers' words, and of English, in the order of the settings; the
    site's own language is always one."""
    return _offered(settings.LANGUAGE_CODE)


@cache
def _offered(ours: str) -> tuple[str, ...]:
    return tuple(code for code, _name in settings.LANGUAGES if code in ("en", ours) or _has_catalogue(code))


def _has_catalogue(code: str) -> bool:
    places = (Path(folder, to_locale(code), "LC_MESSAGES", "django.mo") for folder in settings.LOCALE_PATHS)
    return any(place.is_file() for place in places)


def understood(tag: str) -> str:
    """The offered language that a tag means, written as people write it, or "": ``"ar-EG" → "ar"``, ``"zh-CN" →
    "zh-hans"``, ``"zh-TW" → ""``, which is another script."""
    if not _TAG.fullmatch(tag):
        return ""
    code, _hyphen, rest = tag.lower().replace("_", "-").partition("-")
    parts = set(rest.split("-"))
    if code == "zh":
        code = "" if parts & _OTHER_SCRIPTS else "zh-hans"
    return code if code in offered() else ""


class LanguageConverter:
    """``<language:language>`` in an address: a language that is offered, written in its one way.

    It asks nothing about the reader or the active language: who resolves an address keeps what was found for the next.
    """

    regex = "[a-z]{2}(?:-[a-z]{4})?"

    def to_python(self, value: str) -> str:
        if value not in offered():
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        return value


def language_of_the_address() -> str:
    """The language of the page that is asked for; its address has made it the active one."""
    return get_language() or settings.LANGUAGE_CODE


def prefix_of(language: str) -> str:
    """What an address in this language begins with: ``"ar/"``; "" for the site's own, and for one without pages."""
    return "" if language == settings.LANGUAGE_CODE or language not in offered() else f"{language}/"


def address(name: str, *args: object, language: str = "") -> str:
    """The address of one of the site's own pages in a language, by default the active one: ``"/ar/a-z/"``."""
    language = language or language_of_the_address()
    return _address(name, (language, *args) if prefix_of(language) else args, get_script_prefix())


@lru_cache(maxsize=MOST_REMEMBERED)
def _address(name: str, args: tuple[object, ...], _script_prefix: str) -> str:
    return reverse(name, args=args)


def leaflet_address(slug: str, language: str) -> str:
    """Where a leaflet in ``language`` is read from the page that is asked for: at its one address; from a page in a
    language of its own, which the leaflet has not, where it stands in that language's frame."""
    here = language_of_the_address()
    frame = here if language != here and prefix_of(here) else ""
    return address_of_slug("leaflet-elsewhere", slug, frame) if frame else permanent_address(slug)


def permanent_address(slug: str) -> str:
    """Where a leaflet stands in its own language."""
    return address_of_slug("leaflet-read", slug)


def address_of_slug(name: str, slug: str, *before: str) -> str:
    """``reverse(name, args=[*before, slug])``, but that Django is asked once for all slugs: none has a sign that an
    address would write in another way."""
    begins, ends = _around_slug(name, before, get_script_prefix())
    return f"{begins}{slug}{ends}"


@lru_cache(maxsize=100)
def _around_slug(name: str, before: tuple[str, ...], _script_prefix: str) -> tuple[str, str]:
    begins, _slug, ends = reverse(name, args=[*before, _ANY_SLUG]).partition(_ANY_SLUG)
    return begins, ends


def language_and_rest(path: str) -> tuple[str, str]:
    """``"/ar-EG/a-z/" → ("ar", "a-z/")``; of a path that begins with no language that is offered ``("", "")``."""
    tag, _slash, rest = path[1:].partition("/")
    language = understood(tag)
    return (language, rest) if language else ("", "")


def one_address(path: str) -> str:
    """Where to look instead, if the path's language is written in another way than the addresses here, or need not be
    there; "" if not, and where no page would be there either."""
    language, rest = language_and_rest(path)
    instead = f"/{prefix_of(language)}{rest}"
    return instead if language and instead != path and _is_page(instead) else ""


def _is_page(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return not path.startswith("//")  # which a browser takes for another site

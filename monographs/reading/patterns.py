"""Templates of which each page differs from the next only in the words put in: rendered once, then filled.

Django walks through all of a template for every page, and nearly all that it finds there is what it found the last
time. A `Pattern` is a template that was rendered once with a mark where each word goes; a page is made by putting the
words in. The template stays as it was: it may ask whether a word is there (``{% if brands %}``, ``|default:…``) and
put it in (``{{ brands }}``, ``{% url 'leaflet-read' slug %}``) at any number of places, but not look into it: filters
are for what makes the words. What a template decides upon is given as its shape; each shape is rendered for itself.
"""

import re
import secrets
from collections.abc import Hashable, Mapping
from functools import lru_cache
from html import escape

from django.conf import settings
from django.template import Context, Engine
from django.template.base import Template
from django.urls import get_script_prefix
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

_MOST = 100  # shapes of one template: a site has one clinic at a time
_KEY = secrets.token_hex(16)  # nobody can have written it; letters and digits, so that addresses take it
_MARK = re.compile(f"{_KEY}-([a-z_]+)-{_KEY}")
_IN_ADDRESSES = {"slug", "version"}  # nothing but letters, digits, full stops and hyphens
_TRIED = "<Put in> &\n\n\u202e عدد 5 mg %"  # a text of which any filter that reads it makes another


class Slot:
    """Stands in a template for a word that is there, and differs each time."""

    def __init__(self, name: str):
        self._mark = f"{_KEY}-{name}-{_KEY}"

    def __str__(self) -> str:
        return self._mark

    __html__ = __str__


class Filling:
    """A pattern in one shape: called with its words, which are safe HTML and all there, it is the template's output in
    pieces. To be joined: a format would ask each word for its text."""

    __slots__ = ("_names", "_pieces")

    def __init__(self, pieces: list[str]):
        self._pieces, self._names = pieces, pieces[1::2]  # every second one is the name of a word that goes there

    def __call__(self, words: Mapping[str, str]) -> list[str]:
        pieces = self._pieces.copy()
        pieces[1::2] = map(words.__getitem__, self._names)
        return pieces


class Pattern:
    """A template in one language; `filled` makes pages, or parts of pages, of it."""

    def __init__(self, template: Template):
        self._template = template
        self._made: dict[tuple, Filling] = {}

    def filled(
        self, words: Mapping[str, object], shape: Mapping[str, Hashable] | None = None, **besides: object
    ) -> SafeString:
        """The template with the ``words`` put in under their names; what is no safe HTML is escaped, as in a template.

        ``shape`` is what else the template gets, ``besides`` what follows from the shape (a clinic from its details).
        Words that stand in an address are named slug or version. An error if the template looks into a word: most often
        ValueError, or what its filter says of a `Slot`.
        """
        there = {
            name: word if type(word) is SafeString else _escaped(word)
            for name, word in words.items()
            if word or word == 0
        }
        return SafeString("".join(self.shaped(there, shape or {}, **besides)(there)))

    def shaped(self, there: Mapping[str, str], shape: Mapping[str, Hashable], **besides: object) -> Filling:
        """What fills it with words that have the names of ``there``, for who does so many times in a page."""
        key = (*there, None, *shape, *shape.values())
        made = self._made.get(key)
        if made is None:
            made = self._make(there, {**besides, **shape})
            if len(self._made) >= _MOST:
                self._made.clear()
            self._made[key] = made
        return made

    def _make(self, words: Mapping[str, str], rest: Mapping[str, object]) -> Filling:
        made = Filling(_MARK.split(self._rendered({name: Slot(name) for name in words}, rest)))
        tried = {name: word if name in _IN_ADDRESSES else _TRIED for name, word in words.items()}
        escaped = {name: conditional_escape(word) for name, word in tried.items()}
        if "".join(made(escaped)) != self._rendered(tried, rest):
            raise ValueError(f"{self._template.name} does more with one of {', '.join(words)} than put it in.")
        return made

    def _rendered(self, words: Mapping[str, object], rest: Mapping[str, object]) -> str:
        return self._template.render(Context({**rest, **words}))


def _escaped(word: object) -> str:
    """As `conditional_escape` has it, which looks four times before it comes to plain text or a number."""
    return escape(word) if type(word) is str else str(word) if type(word) is int else conditional_escape(word)


def pattern(name: str) -> Pattern:
    """The pattern of a template in the active language."""
    template = Engine.get_default().get_template(name)
    return _pattern(template, get_language(), settings.LANGUAGE_CODE, get_script_prefix())


@lru_cache(maxsize=200)
def _pattern(template: Template, _language: str, _of_the_site: str, _script_prefix: str) -> Pattern:
    # A file that somebody has changed is another template; the site's own language has addresses without a prefix.
    return Pattern(template)

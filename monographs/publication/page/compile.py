"""Publishing compiles: from a revision's content to the page body that patients get, once.

Where the clinic's own numbers go the page has slots, which `publication.page.assemble` fills as it is read.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from monographs.leaflets.content import Content, SectionContent, SourceContent
from monographs.leaflets.sections import BY_KEY
from monographs.remembered import remembered
from monographs.templatetags.leaflet_language import in_order, marked_in_order
from monographs.templatetags.leaflet_text import for_readers
from monographs.text.markup.markdown import direction, plain, plain_line, render, render_line

_MOST_CHARACTERS = 2_000_000  # of sections whose page is known: some hundred leaflets
_MOST_AROUND = 20_000  # each counts some two hundred: a hundred leaflets
_Placed = tuple[str, str, tuple[int, ...]]  # a section's anchor and heading, and the numbers of its sources


@dataclass(frozen=True)
class Compiled:
    """``html`` is the body (key facts, contents, sections, sources); ``contents`` its [anchor, heading] pairs;
    ``plain_text`` the words for search, one block a line, without any number of the clinic's."""

    html: str
    contents: list[list[str]]
    plain_text: str


def compile_page(content: Content) -> Compiled:
    """The one way from content to a page: preview, publication and archive all show this."""
    language = content.language
    sources = list(enumerate(content.sources, start=1))
    with translation.override(language):
        sections = _sections(content, sources)
        parts = tuple((section["anchor"], section["heading"], section["sources"]) for section in sections)
        contents = _contents(parts, content.sources)
        above, below = _around(language, content.key_facts, parts, content.sources)
    html = "".join((above, *(section["html"] for section in sections), below))
    words = [content.title, *(plain_line(fact, language=language) for fact in content.key_facts)]
    for section in content.sections:
        if not section.is_not_applicable:
            words += [section.heading, _words(section.body, language)]
    return Compiled(html.strip() + "\n", contents, "\n".join(word for word in words if word))


@remembered(_MOST_AROUND)
def _around(
    language: str, facts: tuple[str, ...], parts: tuple[_Placed, ...], cited: tuple[SourceContent, ...]
) -> list[str]:
    """What stands above the sections and below them, in the active language, which is that of the leaflet."""
    sections = [{"anchor": anchor, "heading": heading, "sources": numbers} for anchor, heading, numbers in parts]
    html = render_to_string(
        "publication/body.html",
        {
            "key_facts": [render_line(fact, language=language) for fact in facts],
            "contents": _contents(parts, cited),
            "sections": [{"html": SafeString(_SECTIONS)}],
            "sources": [_source(number, source, sections) for number, source in enumerate(cited, start=1)],
            "language": language,
        },
    )
    return html.split(_SECTIONS)


def _contents(parts: tuple[_Placed, ...], cited: tuple[SourceContent, ...]) -> list[list[str]]:
    contents = [[anchor, heading] for anchor, heading, _numbers in parts]
    return [*contents, ["sources", _("Sources")]] if cited else contents


_SECTIONS = "<\0>"  # no text has it: its "<" would be escaped, and no tag is called so


def _sections(content: Content, sources: list[tuple[int, SourceContent]]) -> list[dict]:
    """Those that have a text, in the active language."""
    return [
        _section(section, tuple(number for number, source in sources if _supports(source, section.kind)), content)
        for section in content.sections
        if not section.is_not_applicable and section.body.strip()
    ]


def _section(section: SectionContent, sources: tuple[int, ...], content: Content) -> dict:
    anchor = f"part-{section.key}"  # so that no section can take another id of the page
    heading = section.heading or str(BY_KEY[section.kind].heading)
    html = _section_html(section.body, heading, anchor, sources, content.language)
    return {"anchor": anchor, "heading": heading, "sources": sources, "html": html}


@remembered(_MOST_CHARACTERS)
def _section_html(body: str, heading: str, anchor: str, sources: tuple[int, ...], language: str) -> SafeString:
    """In the active language, which is that of the leaflet."""
    words = {
        "heading": in_order(heading, language),
        "heading_in_attribute": escape(marked_in_order(heading, language)),
        "anchor": escape(anchor),
        "html": for_readers(render(body, language=language)),
    }
    pieces = list(_shape(sources, language))
    pieces[1::2] = [words[name] for name in pieces[1::2]]
    return SafeString("".join(pieces))


@lru_cache(maxsize=200)
def _shape(sources: tuple[int, ...], language: str) -> tuple[str, ...]:
    """The template of a section, rendered once for all that have these sources; every other piece names the words that
    stand there."""
    marked = {name: SafeString(f"\0{name}\0") for name in ("heading", "heading_in_attribute", "anchor", "html")}
    return tuple(render_to_string("publication/section.html", {**marked, "sources": sources}).split("\0"))


@remembered(_MOST_CHARACTERS)
def _words(body: str, language: str) -> str:
    return plain(body, language=language)


def _source(number: int, source: SourceContent, sections: list[dict]) -> dict:
    """With the sections that it supports, where it is said which."""
    supported = [section for section in sections if source.supports and number in section["sources"]]
    return {"number": number, "source": source, "is_of_all": not source.supports, "supported": supported}


def _supports(source: SourceContent, kind: str) -> bool:
    """One for which no section is ticked supports all."""
    return not source.supports or kind in source.supports


def compile_notice(notice: str, language: str) -> Compiled:
    """The body of a leaflet that is not shown: its notice."""
    with translation.override(language):
        html = render_to_string(
            "publication/notice.html", {"notice": render(notice, language=language), "direction": direction(language)}
        )
    return Compiled(html.strip() + "\n", [], "")

"""The one renderer and the one sanitiser: leaflet text (CommonMark with tables and care cards) to safe HTML.

Every place that shows leaflet text calls `render`: the editor's preview, the compiled page, the
comparison. What the text may hold is said in `text.markup.parser`. Raw HTML in the text is shown as text, never
obeyed. A care card is a block between two lines of colons::

    ::: emergency
    You have trouble breathing.
    :::

with one of the kinds in `cards.CARE_KINDS`; what to do and how fast stand in its heading. Whom to call is the clinic's
own affair and comes in later (`text.markup.finished.slots`).
"""

import html as html_entities
import re

import nh3
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from monographs.remembered import remembered
from monographs.text.markup.parser import leaflet_parser, read_tokens
from monographs.text.order.in_order import in_order

RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}

_TAGS = {
    "p", "br", "hr", "em", "strong", "ul", "ol", "li", "a", "img", "h3", "h4", "h5", "h6",
    "table", "thead", "tbody", "tr", "th", "td", "section", "div", "span", "bdi",
}  # fmt: skip
_ATTRIBUTES = {
    "*": set(),  # no tooltip: no comparison shows one
    "a": {"href"}, "img": {"src", "alt"}, "ul": {"class", "role"}, "th": {"class", "scope"}, "td": {"class"},
    "section": {"class"}, "div": {"class"}, "span": {"class"}, "h3": {"class"}, "bdi": {"dir"},
}  # fmt: skip


def direction(language: str) -> str:
    """``"rtl"`` or ``"ltr"``, for the ``dir`` attribute: ``direction("ar-EG") == "rtl"``."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def care_heading(kind: str, number: str = "") -> SafeString:
    """What to do and how fast, in the active language, as HTML; ``number`` is the HTML of whom to call, if any."""
    if kind == "emergency":
        words = gettext("Call %(number)s now") if number else gettext("Call the emergency number now")
    elif kind == "today":
        words = gettext("Ask for help today: call %(number)s") if number else gettext("Ask for help today")
    else:
        words = gettext("Tell your doctor or pharmacist")
    return mark_safe(escape(words) % {"number": number} if number else escape(words))  # noqa: S308 - escaped, or HTML


def _open_card(renderer, tokens, index, options, env) -> str:
    kind = tokens[index].info
    return f'<div class="care care-{kind}">\n<h3 class="care-heading">{care_heading(kind)}</h3>\n'


def _close_card(renderer, tokens, index, options, env) -> str:
    return "</div>\n"


def _list_number(renderer, tokens, index, options, env) -> str:
    """A list's number as a word of the text: it is read, found, copied and compared as typed."""
    return f'<span class="number">{escape(tokens[index].content)}</span> '


def _heading(renderer, tokens, index, options, env) -> str:
    """Body headings live under the section's h2: the highest becomes h3, the others keep their distance."""
    token = tokens[index]
    level = min(6, int(token.tag[1]) - env["top"] + 3)
    return f"<h{level}>" if token.nesting > 0 else f"</h{level}>\n"


_PARSER = leaflet_parser()
_PARSER.add_render_rule("care_open", _open_card)
_PARSER.add_render_rule("care_close", _close_card)
_PARSER.add_render_rule("list_number", _list_number)
_PARSER.add_render_rule("heading_open", _heading)
_PARSER.add_render_rule("heading_close", _heading)


def render(source: str, *, language: str = "en") -> str:
    """Leaflet Markdown to sanitised HTML, headings from h3 down, care cards in ``language``."""
    return _rendered(source, language)


@remembered(1_000_000)  # a comparison reads each text three times, and what was checked is published
def _rendered(source: str, language: str) -> str:
    if ":::" in source:  # care cards speak the language
        with translation.override(language):
            return in_order(clean(_html(source)), direction(language))
    return in_order(clean(_html(source)), direction(language))


def _html(source: str) -> str:
    """The HTML of the tokens that the checks read, so that a text is parsed once."""
    tokens = read_tokens(source)
    top = min((int(token.tag[1]) for token in tokens if token.type == "heading_open"), default=1)
    return _PARSER.renderer.render(tokens, _PARSER.options, {"top": top})


def render_line(source: str, *, language: str = "en") -> str:
    """One line of Markdown (a key fact) to sanitised inline HTML, without a paragraph around it."""
    return _rendered_line(source, language)


@remembered(500_000)  # each key fact is read three times when a leaflet is published, and few change
def _rendered_line(source: str, language: str) -> str:
    return in_order(clean(_PARSER.renderInline(source)), direction(language))


def clean(html: str) -> str:
    """The one allow-list for HTML that patients meet: no script, style, form, event handler or unknown scheme."""
    return _CLEANER.clean(html)


# Told once: to hand the lists over takes as long as to clean a section. Any number of threads may ask it.
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener nofollow",
)
_BLOCK_END = re.compile(r"</(?:p|li|h\d|tr)>|<(?:ul|div|table)[^>]*>|<br\s*/?>|<hr\s*/?>")
_CELL_END = re.compile(r"</t[dh]>\s*(?=<t[dh])")


_CARE_HEADING = re.compile(r'<h3 class="care-heading">.*?</h3>', re.DOTALL)
_SPACES = re.compile("  +")
_TAG = re.compile(r'<(?:[^<>"]|"[^"]*")*>')  # as the sanitiser writes them
_IMAGE = re.compile(r'<img[^>]*?alt="([^"]*)"[^>]*>')


def plain(source: str, *, language: str = "en") -> str:
    """The words of a Markdown text, one block a line, without markup: for search, counting and comparing.

    A row of a table is one line, its cells parted by tabs; a line typed inside a paragraph is one here. The numbers
    of lists are words. Care cards keep their heading, images their alternative text.
    """
    return _words(render(source, language=language))


def plain_line(source: str, *, language: str = "en") -> str:
    """The same for one line of Markdown, as `render_line` shows it: nothing in it makes a list or a heading."""
    return _words(render_line(source, language=language))


def typed_words(source: str, *, language: str = "en", is_line: bool = False) -> str:
    """The words that patients read of what was typed: `plain` or `plain_line` without the headings of care cards."""
    html = render_line(source, language=language) if is_line else render(source, language=language)
    return _words(_CARE_HEADING.sub("", html))


def _words(html: str) -> str:
    if "<img" in html:
        html = _IMAGE.sub(r" \1 ", html)
    html = html.replace("\t", " ").replace("\n", " ")
    if "</t" in html:
        html = _CELL_END.sub("\t", html)
    html = _BLOCK_END.sub("\n", html)
    words = html_entities.unescape(_TAG.sub("", html))
    words = _SPACES.sub(" ", words)
    for end in "\t\n":
        words = words.replace(f" {end}", end).replace(f"{end} ", end)
    return re.sub(r"\n[^\S\t]+", "\n", words).strip("\n ") if words.strip() else ""

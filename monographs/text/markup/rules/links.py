"""Links and pictures in leaflet text: ``[words](https://…)``, ``![words](/media/…)``, and nothing that only looks so.

An address is a web address, ``mailto:``, ``tel:``, or one of this site (``/…``, ``#…``, no mere number; of a picture
also its file's name, or ``symbol:`` and one of our own, see `symbols`), without spaces and without a title, which
nobody would see. ``[5 mg](10)``, ``[5](#10)`` and ``[1 or 2](tel:999 "never 3")`` are text as typed. The words of a
link stand on one line and may hold a picture, but no other brackets unless they are escaped.
"""

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from monographs.text.markup.rules.symbols import TYPED, address_of

_ADDRESS = r"\((?P<%s>(?:[^\s()<>\\\"]|\([^\s()<>\\\"]*\))+)\)"
_PICTURE = r"!\[(?:[^\[\]\\\n]|\\.)*\]" + _ADDRESS % "within"
_LINK = re.compile(rf"\[(?P<words>(?:[^\[\]!\\\n]|\\.|!(?!\[)|{_PICTURE})*)\]{_ADDRESS % 'address'}")
_IMAGE = re.compile(rf"!\[(?P<words>(?:[^\[\]\\\n]|\\.)*)\]{_ADDRESS % 'address'}")
_OF_A_LINK = re.compile(
    r"https?://[^\s/?#]\S*|mailto:\S+@\S+|tel:[^\s\d]*\d\S*|/(?!/|[\d.,]+$)\S*|#[^\W\d]\S*", re.IGNORECASE
)
_OF_AN_IMAGE = re.compile(
    r"https?://[^\s/?#]\S*|/(?!/)\S*|[\w.%+-]+(?:/[\w.%+-]+)*\.(?:png|jpe?g|gif|webp|svg|avif)", re.IGNORECASE
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def read_link(source: str, place: int = 0) -> re.Match | None:
    """The link that begins at ``place``, as a match with the groups ``words`` and ``address``, or None."""
    match = _LINK.match(source, place)
    return match if match and _OF_A_LINK.fullmatch(match["address"]) else None


def read_image(source: str, place: int = 0) -> re.Match | None:
    """The picture that begins at ``place``, with the same groups, or None."""
    match = _IMAGE.match(source, place)
    is_one = match and (_OF_AN_IMAGE.fullmatch(match["address"]) or TYPED.fullmatch(match["address"]))
    return match if is_one else None


def link(state: StateInline, silent: bool) -> bool:
    """Inline rule: a link with its words."""
    if state.src[state.pos] != "[":
        return False
    match = read_link(state.src, state.pos)
    address = _safe(state, match)
    if match is None or address is None or match.end() > state.posMax:
        return False
    end = state.posMax
    state.push("link_open", "a", 1).attrs = {"href": address}
    state.pos, state.posMax = match.start("words"), match.end("words")
    state.md.inline.tokenize(state)
    state.push("link_close", "a", -1)
    state.pos, state.posMax = match.end(), end
    return True


def image(state: StateInline, silent: bool) -> bool:
    """Inline rule: a picture, its alternative text without any markup."""
    if state.src[state.pos] != "!":
        return False
    match = read_image(state.src, state.pos)
    address = _safe(state, match)
    if match is None or address is None or match.end() > state.posMax:
        return False
    words = _ESCAPED.sub(r"\1", match["words"])
    token = state.push("image", "img", 0)
    token.attrs = {"src": address_of(address) or address, "alt": ""}
    token.content, token.children = words, [Token("text", "", 0, content=words)]
    state.pos = match.end()
    return True


def _safe(state: StateInline, match: re.Match | None) -> str | None:
    """The address as it may stand in a page, or None."""
    if match is None:
        return None
    address = state.md.normalizeLink(match["address"])
    return address if state.md.validateLink(address) else None

"""Slots in a finished page: where the clinic's own details go, so that a new number compiles no leaflet again.

A slot stands in the page as ``<!--clinic "emergency"-->``. It is put in after the sanitiser, which takes comments out,
and no author can write one: the sanitiser and the templates write ``<`` as ``&lt;``, and even in an attribute, where
HTML would let it stand, ``"`` is always ``&quot;``. So wherever these signs stand together, the program put them.
"""

import re
from collections.abc import Mapping

CARE_SLOTS = ("emergency", "today")
"""The headings of these kinds of care cards name whom to call."""

_BEGINS, _ENDS = '<!--clinic "', '"-->'
_CARE_HEADING = re.compile(
    rf'(<div class="care care-({"|".join(CARE_SLOTS)})">\s*<h3 class="care-heading">)(?:(?!</h3>).)*(?=</h3>)',
    re.DOTALL,
)


def slot(name: str) -> str:
    """The mark that stands in a page for one of the clinic's details."""
    return f"{_BEGINS}{name}{_ENDS}"


def with_slots(html: str) -> str:
    """Sanitised HTML of a leaflet with slots for the headings of its care cards."""
    return _CARE_HEADING.sub(lambda card: f"{card[1]}{slot(card[2])}", html)


def filled(html: str, fragments: Mapping[str, str]) -> str:
    """A page with each slot taken by its fragment of HTML; nothing else of it changes. A slot without one is left out.

    The page is read once, however many slots it has.
    """
    first, *rest = html.split(_BEGINS)
    parts = [first]
    for piece in rest:
        name, end, after = piece.partition(_ENDS)
        parts += (fragments.get(name, ""), after) if end else (_BEGINS, piece)
    return "".join(parts)

"""A link to a telephone number dials the number that its words show.

Sources: RFC 3966, section 5.1.1 (visual separators are not dialled); WCAG 2.2, 2.4.4 Link Purpose (In Context).
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.pieces.passages import passages
from monographs.text.amounts.not_telephones import blank_out
from monographs.text.amounts.numbering_plans import ascii_digits
from monographs.text.amounts.telephones import shown_extension, shown_numbers

_DIALS = re.compile(r"\s*(?:tel|sms):", re.IGNORECASE)
_SUBSCRIBER = re.compile(r"\+?[\d().\s-]{1,40}", re.ASCII)  # RFC 3966, section 3


def telephone_links(content: Content) -> Iterator[Observation]:
    """Whoever taps reaches the number that stands there; on paper the words are all there is."""
    instead = _("Write one number in the words and the same after tel:, as in [0800 123 456](tel:0800123456).")
    for passage in passages(content):
        for link in passage.block.links:
            if not _DIALS.match(link.address):
                continue
            target = unquote(link.address.partition(":")[2])
            number, _sign, parameters = target.partition("?")[0].partition(";")
            if not _SUBSCRIBER.fullmatch(number.strip()) or not ascii_digits(number):
                yield passage.observe(link.text or link.address, _("This link dials no telephone number."), instead)
                continue
            shown = shown_numbers(link.text)
            is_long = len(ascii_digits(number)) >= 7
            if not shown and (is_long or not ascii_digits(blank_out(link.text))):
                continue  # "Call ward 5", with the ward's number
            extension = ascii_digits(parameters) if parameters.lower().startswith("ext=") else ""
            is_same = shown and all(_is_same(one, ascii_digits(number)) for one in shown)
            if not is_same or extension not in ("", shown_extension(link.text)):
                message = _("Patients read “%(words)s”, but the link dials %(number)s.")
                yield passage.observe(link.text, message % {"words": link.text, "number": target}, instead)


def _is_same(shown: str, dialled: str) -> bool:
    """Whether the digits shown are those dialled, with or without country code and trunk prefix."""
    one, other = shown.lstrip("0"), dialled.lstrip("0")
    return shown == dialled or len(one) >= 7 and other.endswith(one) or len(other) >= 7 and one.endswith(other)


RULES = (
    Rule(
        "telephone-link",
        Severity.BLOCKS,
        gettext_lazy("A link that dials another number than it shows"),
        "RFC 3966; WCAG 2.2, 2.4.4 Link Purpose (In Context)",
        telephone_links,
    ),
)

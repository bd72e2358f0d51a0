"""How long a leaflet may be: long enough for any that one would print, short enough to be shown and checked at once.

What is longer is refused whole, never cut.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from monographs.leaflets.content import Content
from monographs.refusals import Unacceptable

LONGEST_KEY_FACTS = 5_000  # characters, all of them together
LONGEST_SECTION = 50_000  # some 8,000 words
LONGEST_LEAFLET = 150_000  # all sections together


def fits_key_facts(text: str) -> None:
    """A validator of a draft's key facts."""
    _check(text, LONGEST_KEY_FACTS, _("Key facts can have at most %(most)s characters; these have %(number)s."))


def fits_section(text: str) -> None:
    """A validator of a section's text."""
    _check(text, LONGEST_SECTION, _("A section can have at most %(most)s characters; this one has %(number)s."))


def fits_leaflet(bodies: Iterable[str]) -> None:
    """Raise ValidationError if the sections together are too long."""
    _check(
        "".join(bodies),
        LONGEST_LEAFLET,
        _("The sections of a leaflet can have at most %(most)s characters together; these have %(number)s."),
    )


def check_length(content: Content) -> None:
    """Raise Unacceptable, naming the place, if a part of the leaflet or the whole is too long."""
    checks = [(_("Key facts"), fits_key_facts, "\n".join(content.key_facts))]
    checks += [(section.heading, fits_section, section.body) for section in content.sections]
    checks += [(_("Whole leaflet"), fits_leaflet, [section.body for section in content.sections])]
    for place, fits, text in checks:
        try:
            fits(text)
        except ValidationError as error:
            raise Unacceptable(f"{place}: {error.message}") from error


def _check(text: str, most: int, sentence: str) -> None:
    text = text.replace("\r\n", "\n")
    if len(text) > most:
        numbers = {"most": f"{most:,}", "number": f"{len(text):,}"}
        raise ValidationError(sentence % numbers + " " + _("Please shorten or part it; nothing was cut off."))

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
MOST_LINES = 3_000  # of a section: some 60 printed pages, and what can be checked while somebody waits


def fits_key_facts(text: str) -> None:
    """A validator of a draft's key facts."""
    _check(text, LONGEST_KEY_FACTS, _("Key facts can have at most %(most)s characters; these have %(number)s."))


def fits_section(text: str) -> None:
    """A validator of a section's text."""
    _check(text, LONGEST_SECTION, _("A section can have at most %(most)s characters; this one has %(number)s."))
    lines = text.splitlines()
    _check(lines, MOST_LINES, _("A section can have at most %(most)s lines; this one has %(number)s."))


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


def _check(text: str | list[str], most: int, sentence: str) -> None:
    number = len(text.replace("\r\n", "\n")) if isinstance(text, str) else len(text)
    if number > most:
        numbers = {"most": f"{most:,}", "number": f"{number:,}"}
        raise ValidationError(sentence % numbers + " " + _("Please shorten or part it; nothing was cut off."))

"""What a check says: the finding, how serious it is, and the rule it comes from."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from monographs.leaflets.content import Content


class Severity(TextChoices):
    """What a finding does to a leaflet. A clinic can set it for each rule."""

    BLOCKS = "blocks", _("Blocks publishing")
    WARNS = "warns", _("Warns")
    OFF = "off", _("Off")


@dataclass(frozen=True)
class Observation:
    """One thing that a check saw, before it is known how serious the clinic takes it.

    ``place`` is an anchor: a section's key, "key_facts", "sources", "title" or "next_review_on".
    ``label`` is that place in words, ``excerpt`` the offending words, whole (line ends become spaces),
    ``message`` one sentence on what is wrong and ``instead`` what to write or do.
    """

    place: str
    label: str
    excerpt: str
    message: str
    instead: str


@dataclass(frozen=True)
class Finding:
    """An observation with the name of its rule and the severity that the clinic gives that rule."""

    rule: str
    severity: Severity
    place: str
    label: str
    excerpt: str
    message: str
    instead: str


@dataclass(frozen=True)
class Rule:
    """One thing that is checked.

    ``name`` is the code that a clinic's settings use, ``severity`` the usual one, ``source`` the standard (and
    section) behind it, ``look`` the pure function that reads a leaflet. What it sees in a section or in the key facts
    follows from these words, the medicine, language and edition (`quality.seen_before`), unless it reads
    ``across_parts``.
    """

    name: str
    severity: Severity
    title: str
    source: str
    look: Callable[[Content], Iterable[Observation]]
    across_parts: bool = False

    @property
    def choices(self) -> tuple[Severity, ...]:
        """What a clinic may choose. What usually blocks can be made to warn, never to be silent."""
        return tuple(one for one in Severity if one != Severity.OFF or self.severity != Severity.BLOCKS)

    def check(self, content: Content, severity: Severity | None = None) -> Iterator[Finding]:
        """What this rule finds in ``content``, with its own severity or the one given."""
        for seen in self.look(content):
            yield self.found(seen, severity or self.severity)

    def found(self, seen: Observation, severity: Severity) -> Finding:
        """What was seen, as serious as that."""
        return Finding(self.name, severity, seen.place, seen.label, seen.excerpt, seen.message, seen.instead)

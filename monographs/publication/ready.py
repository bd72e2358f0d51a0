"""What publishing makes of a text before its turn comes: the page and its passages, so that nobody waits for that work.

All of it follows from the text alone, and a revision's text never changes. It is known by the SHA-256 of the text that
it was made from, and a verb takes only what was made from the very text that it read in its own turn.
"""

from dataclasses import dataclass

from monographs.publication.found.passages import Part, parts_of
from monographs.publication.page.compile import Compiled, compile_notice, compile_page
from monographs.remembered import Memory
from monographs.revisions.models import Revision

_MOST_CHARACTERS = 4_000_000  # of all texts that are kept: some fifty leaflets


@dataclass(frozen=True)
class Ready:
    """``digest`` is the SHA-256 of the text that ``compiled`` and the ``parts`` to be found were made from."""

    digest: str
    compiled: Compiled
    parts: tuple[Part, ...]

    @property
    def weight(self) -> int:
        """Characters."""
        found = sum(len(part.tokens) + sum(map(len, part.sentences)) for part in self.parts)
        return len(self.compiled.html) + len(self.compiled.plain_text) + found


def ready(revision: Revision) -> Ready:
    """The page of a revision with its passages, made now or a short while ago."""
    digest = revision.computed_digest()
    if known := _known.get(digest):
        return known
    compiled = compile_page(revision.content)
    made = Ready(digest, compiled, parts_of(revision.content, compiled.html))
    _known.keep(digest, made, characters=made.weight)
    return made


def ready_notice(notice: str, language: str) -> Ready:
    """What stands in place of a leaflet: nothing is to be found in it."""
    return Ready("", compile_notice(notice, language), ())


_known: Memory[Ready] = Memory(_MOST_CHARACTERS)

"""Every text of a leaflet as its author typed it, with its place: what checks of single signs read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monographs.leaflets.content import Content
from monographs.quality.findings import Observation
from monographs.quality.pieces.passages import where, where_key_fact
from monographs.text.letters.settling import settle, settle_facts, settle_line


@dataclass(frozen=True)
class TypedText:
    """A text and its place, named as in `Passage`. ``settle`` is how a text of its kind is settled."""

    place: str
    where: str | Promise
    text: str
    settle: Callable[[str], str] = settle_line

    def observe(self, excerpt: str, message: str, instead: str) -> Observation:
        return Observation(self.place, str(self.where), " ".join(excerpt.split()), message, instead)


@lru_cache(maxsize=4)  # each of five rules asks for those of the same leaflet
def typed_texts(content: Content) -> tuple[TypedText, ...]:
    """Title, names of the medicine, key facts, headings, reasons, bodies, sources: all that patients may read."""
    return tuple(_read(content))


def _read(content: Content) -> Iterator[TypedText]:
    yield TypedText("title", _("Title"), content.title)
    for name in (content.medicine.name, *content.medicine.brands, content.medicine.drug_class):
        yield TypedText("title", _("Medicine"), name)
    for number, fact in enumerate(content.key_facts, start=1):
        yield TypedText("key_facts", where_key_fact(number), fact, settle_facts)
    for section in content.sections:
        place = section.key, where(section)
        yield TypedText(*place, section.heading)
        yield TypedText(*place, section.reason)
        yield TypedText(*place, section.body, settle)
    for source in content.sources:
        yield TypedText("sources", _("Sources"), source.citation)
        yield TypedText("sources", _("Sources"), source.url)

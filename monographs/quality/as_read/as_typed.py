"""Every text of a leaflet as its author typed it, with its place: what checks of single signs read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monographs.leaflets.content import Content
from monographs.quality.findings import Observation
from monographs.quality.pieces.passages import label
from monographs.text.letters.settling import settle, settle_facts, settle_line


@dataclass(frozen=True)
class TypedText:
    """A text and its place, named as in `Observation`. ``settle`` is how a text of its kind is settled."""

    place: str
    label: str
    text: str
    settle: Callable[[str], str] = settle_line

    def observe(self, excerpt: str, message: str, instead: str) -> Observation:
        return Observation(self.place, self.label, " ".join(excerpt.split()), message, instead)


def typed_texts(content: Content) -> tuple[TypedText, ...]:
    """Title, names of the medicine, key facts, headings, reasons, bodies, sources: all that patients may read."""
    return _typed_texts(content, get_language())


@lru_cache(maxsize=4)  # each of five rules asks for those of the same leaflet
def _typed_texts(content: Content, language: str | None) -> tuple[TypedText, ...]:
    return tuple(_read(content))


def _read(content: Content) -> Iterator[TypedText]:
    yield TypedText("title", _("Title"), content.title)
    for name in (content.medicine.name, *content.medicine.brands, content.medicine.drug_class):
        yield TypedText("title", _("Medicine"), name)
    for number, fact in enumerate(content.key_facts, start=1):
        yield TypedText("key_facts", _("Key fact %(number)d") % {"number": number}, fact, settle_facts)
    for section in content.sections:
        yield TypedText(section.key, label(section), section.heading)
        yield TypedText(section.key, label(section), section.reason)
        yield TypedText(section.key, label(section), section.body, settle)
    for source in content.sources:
        yield TypedText("sources", _("Sources"), source.citation)
        yield TypedText("sources", _("Sources"), source.url)

"""A translation into Spanish of what `tests.makers.make_content` says."""

from dataclasses import replace

from monographs.leaflets.content import Content
from monographs.leaflets.models import Leaflet
from monographs.publication.models import Publication
from monographs.revisions.actions import newest_revision, save_draft
from monographs.translations.actions import begin_translation
from tests.makers import make_published
from tests.people import make_person

FACTS = ("Tómelo con comida.", "No conduzca si nota sueño.", "Manténgalo fuera del alcance de los niños.")


def in_spanish(content: Content, *, dosage: str = "Tome 5 mg una vez al día.", **bodies: str) -> Content:
    """Every section written; ``bodies`` by the kinds of sections."""
    bodies = {"dosage": dosage, **bodies}
    sections = tuple(
        replace(one, body="" if one.is_not_applicable else bodies.get(one.kind, f"Sobre {one.key.replace('_', ' ')}."))
        for one in content.sections
    )
    return replace(content, key_facts=FACTS, sections=sections)


def write(leaflet: Leaflet, **bodies: str) -> Leaflet:
    """Ana writes all of it."""
    assert save_draft(leaflet, in_spanish(newest_revision(leaflet).content, **bodies), by=make_person("ana"))
    leaflet.refresh_from_db()
    return leaflet


def make_translation(publication: Publication | None = None, *, language: str = "es", **bodies: str) -> Leaflet:
    """Begun and written by Ana, as of what is shown."""
    source = (publication or make_published()).leaflet
    return write(begin_translation(source, by=make_person("ana"), language=language), **bodies)


def make_published_translation(publication: Publication | None = None, **fields) -> Publication:
    """The same, approved by Bruno and published by Priya."""
    return make_published(make_translation(publication, **fields))

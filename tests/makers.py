"""Makers return valid plain objects: `make_leaflet(medicine="paracetamol")`. Each goes through the real verbs."""

import datetime as dt

from django.utils import timezone

from monographs.comments.arrival import actions as arrival
from monographs.comments.deciding import actions as comments
from monographs.comments.models import Comment, Urgency
from monographs.leaflets.actions import start_leaflet
from monographs.leaflets.content import Content, MedicineContent, SectionContent, SourceContent
from monographs.leaflets.models import Leaflet
from monographs.leaflets.sections import SECTION_KINDS
from monographs.medicines.actions import add_medicine, find_medicine
from monographs.medicines.models import Medicine
from monographs.publication.actions import publish
from monographs.publication.models import Publication
from monographs.review.actions import approve, submit
from monographs.review.models import ChecklistItem, Decision, Review
from monographs.review.rules import last_released
from monographs.revisions.actions import save_draft
from tests.people import PASSWORD, make_person


def make_medicine(name: str = "Testamol", **fields) -> Medicine:
    return find_medicine(name) or add_medicine(name, by=None, **fields)


def make_content(medicine: str = "Testamol", *, dosage: str = "Take 5mg once a day.", **fields) -> Content:
    """A leaflet that passes the quality gate: every required section, three key facts, a source, a review date."""
    bodies = {"dosage": dosage}
    sections = tuple(
        SectionContent(
            kind.key, kind.key, str(kind.heading), bodies.get(kind.key, f"About {kind.key.replace('_', ' ')}.")
        )
        for kind in SECTION_KINDS
        if kind.is_required
    )
    defaults = {
        "title": medicine,
        "medicine": MedicineContent(medicine),
        "key_facts": ("Take it with food.", "Do not drive if you feel sleepy.", "Keep it away from children."),
        "sections": sections,
        "sources": (SourceContent("British National Formulary", "https://bnf.nice.org.uk/", "2026-10-01"),),
        "next_review_on": (timezone.localdate() + dt.timedelta(days=400)).isoformat(),
    }
    return Content(**{**defaults, **fields})


def make_leaflet(
    medicine: str = "Testamol", *, by=None, language: str = "en", edition: str = "standard", **fields
) -> Leaflet:
    """A leaflet with one revision by Ana (or ``by``)."""
    author = by or make_person("ana")
    leaflet = start_leaflet(make_medicine(medicine), by=author, language=language, edition=edition)
    content = make_content(medicine, language=language, edition=edition, **fields)
    save_draft(leaflet, content, by=author, why="First draft.")
    leaflet.refresh_from_db()
    return leaflet


def change_leaflet(leaflet: Leaflet, *, by=None, **fields) -> Leaflet:
    """Another revision, by Ana unless told."""
    content = make_content(leaflet.medicine.name, language=leaflet.language, edition=leaflet.edition, **fields)
    assert save_draft(leaflet, content, by=by or make_person("ana"), why="Changed.")
    leaflet.refresh_from_db()
    return leaflet


def make_review(leaflet: Leaflet | None = None, *, by=None, **fields) -> Review:
    """Submitted by Ana, waiting."""
    return submit(leaflet or make_leaflet(**fields), by=by or make_person("ana"))


def sign(review: Review, *, by=None, **fields) -> Decision:
    """Approve with everything in order, by Bruno; ``fields`` replace one of the things in order."""
    base = last_released(review.leaflet)
    in_order = {
        "password": PASSWORD,
        "ticked": set(ChecklistItem.objects.filter(is_active=True).values_list("text", flat=True)),
        "seen": (base.pk if base else None, review.revision_id),
    }
    return approve(review, by=by or make_person("bruno"), **{**in_order, **fields})


def make_approved(leaflet: Leaflet | None = None, **fields) -> Review:
    """Submitted by Ana, approved by Bruno."""
    review = make_review(leaflet, **fields)
    sign(review)
    review.refresh_from_db()
    return review


def make_published(
    leaflet: Leaflet | None = None, *, change_note: str = "First version.", size: str = "major", **fields
) -> Publication:
    """Written by Ana, approved by Bruno, published by Priya."""
    return publish(make_approved(leaflet, **fields), by=make_person("priya"), change_note=change_note, size=size)


def make_comment(
    publication: Publication | None = None,
    *,
    body: str = "May I take it with milk?",
    shown: bool = False,
    labelled: bool = False,
    **fields,
) -> Comment:
    """A reader's reply, waiting; or shown, by Carla. Without what rules see in it, unless it is to be ``labelled``."""
    leaflet = (publication or make_published()).leaflet
    comment = arrival.submit(leaflet, body=body, **fields)
    if not labelled:
        comment.labels.all().delete()
        Comment.objects.filter(pk=comment.pk).update(urgency=Urgency.ORDINARY)
        comment.urgency = Urgency.ORDINARY
    if shown:
        comments.approve(comment, by=make_person("carla"))
        comment.refresh_from_db()
    return comment

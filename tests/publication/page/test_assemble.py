"""A changed number reaches every leaflet without compiling one, and what was read before can be shown again."""

import datetime as dt

import pytest
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.clinics.models import ClinicDetails
from monographs.publication.actions import publish, withdraw
from monographs.publication.models import Page, Publication
from monographs.publication.page.assemble import as_read
from monographs.search.texts.fulltext import find
from tests.makers import change_leaflet, make_approved, make_leaflet, make_published
from tests.reading.parts import make_clinic, words

pytestmark = pytest.mark.django_db

CARE = "::: emergency\nYou can't breathe.\n:::\n\n::: today\nYou feel dizzy.\n:::"


def body(response) -> bytes:
    """The leaflet's body on a public page."""
    return response.content[response.content.index(b"</header>\n<section") : response.content.index(b"</article>")]


def test_every_body_that_was_ever_read_can_be_shown_again(client, priya):
    """Numbers change between and after publications, one scheduled, one a notice: each instant has its own bytes."""
    read = []

    def look() -> None:
        read.append((timezone.now(), client.get("/leaflets/testamol/").content))

    make_clinic(emergency_number="")
    leaflet = make_published(make_leaflet(dosage=CARE)).leaflet
    look()
    make_clinic(emergency_number="999", urgent_number="111")
    look()
    make_clinic(emergency_number="112", urgent_number="")
    look()
    make_published(change_leaflet(leaflet, dosage=f"Take 4mg.\n\n{CARE}"), change_note="Dose.")
    look()
    make_clinic(emergency_number="999", urgent_number="01632 960123 ext. 7")
    look()
    withdraw(leaflet, by=priya, notice=f"Bring it back.\n\n{CARE}", why="An error.")
    look()
    make_clinic(emergency_number="911", urgent_number="", phone="", country="US")
    look()
    publish(make_approved(change_leaflet(leaflet, dosage=CARE)), by=priya, change_note="Back.")
    look()
    bodies = [as_read(Publication.objects.current(at).get(), at) for at, _page in read]
    for (_at, page), shown in zip(read, bodies, strict=True):
        assert shown.strip().encode() in page
    assert len(set(bodies)) == len(read) == 8
    assert (Page.objects.count(), ClinicDetails.objects.count()) == (4, 6)
    assert "Call the emergency number now" in bodies[0]
    assert '<a href="tel:911" dir="ltr">911</a>' in bodies[-1]


def test_of_several_pages_from_before_slots_the_last_that_was_made_by_then_is_read(behind_the_back):
    publication = make_published()
    first = publication.pages.get()
    later, tick = first.compiled_at + dt.timedelta(hours=1), dt.timedelta(microseconds=1)
    with behind_the_back():
        second = Page.objects.create(publication=publication, compiled_at=later, html="<p>Call 112.</p>")

    def newest(at):
        return list(Page.objects.newest(at))

    assert newest(first.compiled_at - tick) == []
    assert newest(first.compiled_at) == newest(later - tick) == [first]
    assert newest(later) == [second]
    assert as_read(publication, later) == second.html
    with pytest.raises(Page.DoesNotExist):
        as_read(publication, first.compiled_at - tick)


def test_a_change_costs_the_same_at_1_and_at_30_leaflets(django_assert_num_queries, django_assert_max_num_queries):
    make_published(make_leaflet(dosage=CARE))
    with django_assert_max_num_queries(12) as first:
        make_clinic(emergency_number="999")
    for number in range(29):
        make_published(make_leaflet(f"Testamol {number}", dosage=CARE))
    pages, entries = Page.objects.count(), Entry.objects.count()
    with django_assert_num_queries(len(first)):
        make_clinic(emergency_number="112")
    assert (Page.objects.count(), Entry.objects.count()) == (pages, entries + 1)
    assert "Call 112 now" in as_read(Publication.objects.first(), timezone.now()).replace("</a>", "").replace(
        '<a href="tel:112" dir="ltr">', ""
    )


def test_an_old_version_names_the_numbers_that_were_read_last(client):
    make_clinic(emergency_number="999")
    leaflet = make_published(make_leaflet(dosage=CARE)).leaflet
    make_clinic(emergency_number="112")
    make_published(change_leaflet(leaflet, dosage=CARE, key_facts=("A.", "B.", "C.")), change_note="Facts.")
    make_clinic(emergency_number="911")
    assert "Call 112 now" in words(client.get("/leaflets/testamol/versions/1/"))
    assert "Call 911 now" in words(client.get("/leaflets/testamol/versions/2/"))
    assert "Call 911 now" in words(client.get("/leaflets/testamol/"))


def test_a_notice_names_the_clinics_number(client, priya):
    leaflet = make_published().leaflet
    withdraw(leaflet, by=priya, notice=CARE, why="An error.")
    make_clinic(emergency_number="999")
    assert "Call 999 now" in words(client.get("/leaflets/testamol/"))


def test_words_for_searching_and_quotes_hold_no_number(client):
    make_clinic(emergency_number="999", urgent_number="111")
    make_published(make_leaflet(dosage=CARE))
    text = Page.objects.get().plain_text
    assert "999" not in text
    assert "111" not in text
    assert "Call the emergency number now" in text
    (hit,) = find("breathe", at=timezone.now()).hits
    assert hit.snippet == "How to take it › Call the emergency number now: You can't breathe."


def test_a_page_compiled_before_there_were_slots_stays_as_it_is(behind_the_back):
    publication = make_published(make_leaflet(dosage=CARE))
    old = '<div class="care care-emergency">\n<h3 class="care-heading">Call 333 now</h3></div>'
    with behind_the_back():
        Page.objects.update(html=old)
    make_clinic(emergency_number="999")
    assert as_read(publication, timezone.now()) == old

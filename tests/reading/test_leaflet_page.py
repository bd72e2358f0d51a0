"""The leaflet as patients read it: what is there, in which order, and nothing that nobody approved."""

import datetime as dt

import pytest
from django.utils import timezone

from monographs.comments.deciding import actions as comments
from monographs.leaflets.content import MedicineContent, SectionContent
from monographs.publication.actions import publish
from tests.makers import change_leaflet, make_approved, make_comment, make_content, make_leaflet, make_published
from tests.people import make_person
from tests.reading.parts import make_clinic, words
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db


def test_parts_stand_in_their_order(client):
    make_clinic(disclaimer="Ask us too.")
    publication = make_published(change_note="We wrote it.")
    make_comment(publication, body="Is milk all right?", shown=True)
    page = client.get("/leaflets/testamol/").content.decode()
    marks = (
        "<h1>Testamol</h1>", "Next check by", 'id="key-facts"', 'id="contents"', 'id="part-dosage"', 'id="sources"',
        "We wrote it.", "Ask us too.", "Is milk all right?", 'id="leave-a-reply"',
    )  # fmt: skip
    places = [page.find(mark) for mark in marks]
    assert -1 not in places
    assert places == sorted(places)


def test_title_brands_version_and_dates_come_from_the_published_revision(client):
    next_review = timezone.localdate() + dt.timedelta(days=400)
    make_published(medicine="Testamol", next_review_on=next_review.isoformat())
    page = client.get("/leaflets/testamol/")
    assert f"Next check by {next_review.day} {next_review:%B %Y}" in words(page)
    assert f"Checked {timezone.localdate().day} {timezone.localdate():%B %Y}" in words(page)
    assert "Version 1" in words(page)
    assert f'<time datetime="{next_review.isoformat()}">' in page.content.decode()


def test_brands_are_those_that_the_revision_named(client):
    from_revision = make_content(medicine="Testamol")
    assert from_revision.medicine == MedicineContent("Testamol")
    publication = make_published()
    publication.leaflet.medicine.names.create(name="Laterbrand", kind="brand")
    assert "Laterbrand" not in words(client.get("/leaflets/testamol/"))


def test_draft_edits_do_not_show(client):
    leaflet = make_published(dosage="Take 5mg once a day.").leaflet
    change_leaflet(leaflet, dosage="Take 50mg once a day.", title="Testamol, new")
    assert "50mg" in leaflet.sections.get(kind="dosage").body
    page = words(client.get("/leaflets/testamol/"))
    assert "Take 5mg once a day." in page
    assert "50mg" not in page
    assert "Testamol, new" not in page


def test_approved_edits_do_not_show_before_they_are_published(client):
    leaflet = make_published().leaflet
    make_approved(change_leaflet(leaflet, dosage="Take 50mg once a day."))
    assert "50mg" not in words(client.get("/leaflets/testamol/"))


def test_scheduled_version_shows_from_its_instant_on(priya, monkeypatch):
    reader = Reader()
    leaflet = make_published().leaflet
    soon = timezone.now() + dt.timedelta(hours=2)
    review = make_approved(change_leaflet(leaflet, dosage="Take 7mg once a day."))
    publish(review, by=priya, change_note="Another dose.", effective_from=soon)
    before = reader.get("/leaflets/testamol/")
    assert "7mg" not in words(before)
    assert "Another dose." not in words(before)
    monkeypatch.setattr(timezone, "now", lambda: soon)
    after = reader.get("/leaflets/testamol/", headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert "Take 7mg once a day." in words(after)
    assert "Another dose." in words(after)


def test_leaflet_that_was_never_published_is_not_found(client):
    make_leaflet(dosage="A secret dose.")
    response = client.get("/leaflets/testamol/")
    assert response.status_code == 404
    assert "A secret dose." not in words(response)


def test_leaflet_that_is_only_scheduled_is_not_found(client, priya):
    soon = timezone.now() + dt.timedelta(hours=2)
    publish(make_approved(), by=priya, change_note="First.", effective_from=soon)
    for address in ("", "versions/", "versions/1/"):
        assert client.get(f"/leaflets/testamol/{address}").status_code == 404


def test_only_approved_replies_show(client, carla):
    publication = make_published()
    make_comment(publication, body="One that waits.")
    comments.reject(make_comment(publication, body="One rejected."), by=carla, reason="No.")
    comments.mark_spam(make_comment(publication, body="One of spam."), by=carla)
    taken_back = make_comment(publication, body="One taken back.", shown=True)
    comments.undo(taken_back, by=carla)
    make_comment(publication, body="One that is shown.", shown=True)
    page = words(client.get("/leaflets/testamol/"))
    assert "One that is shown." in page
    for hidden in ("One that waits.", "One rejected.", "One of spam.", "One taken back."):
        assert hidden not in page


def test_what_answers_a_rejected_reply_stays_and_says_that_it_was_taken_away(client, carla):
    publication = make_published()
    question = make_comment(publication, body="Can I double it?", shown=True)
    make_comment(publication, body="Yes, I always do.", parent=question, shown=True)
    assert "Yes, I always do." in words(client.get("/leaflets/testamol/"))
    comments.reject(question, by=carla, reason="Harmful.")
    page = words(client.get("/leaflets/testamol/"))
    assert "Can I double it?" not in page
    assert "This reply was taken away." in page
    assert "Yes, I always do." in page


def test_answers_stand_under_their_question_and_the_clinic_is_named(client, carla):
    make_clinic()
    publication = make_published()
    first = make_comment(publication, body="First question.", shown=True)
    make_comment(publication, body="Second question.", shown=True)
    comments.answer(first, by=carla, body="Our answer to the first.")
    page = words(client.get("/leaflets/testamol/"))
    assert page.index("First question.") < page.index("Our answer to the first.") < page.index("Second question.")
    assert "Mill Lane Surgery our answer Carla Moderator" in page


def test_long_chain_of_answers_is_shown(client):
    publication = make_published()
    last = None
    for number in range(30):
        last = make_comment(publication, body=f"Turn {number}.", parent=last, shown=True)
    assert "Turn 29." in words(client.get("/leaflets/testamol/"))


def test_reply_to_an_earlier_version_says_so(client):
    publication = make_published()
    make_comment(publication, body="About the old text.", shown=True)
    make_published(change_leaflet(publication.leaflet, dosage="Take 6mg."), change_note="Changed.")
    assert "about version 1" in words(client.get("/leaflets/testamol/"))


def test_reply_text_is_shown_as_written_and_obeyed_never(client):
    body = '<script>alert(1)</script>\n<a href="https://pills.example">cheap</a> https://pills.example'
    make_comment(make_published(), body=body, name='<b onclick="x">Eve</b>', shown=True)
    page = client.get("/leaflets/testamol/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>&lt;a href=" in page
    assert 'href="https://pills.example"' not in page
    assert "<b onclick" not in page


def test_arabic_leaflet_speaks_arabic_from_right_to_left(client):
    make_published(language="ar", title="باراسيتامول", dosage="الجرعة 500mg مرتين.")
    page = client.get("/leaflets/testamol-ar/").content.decode()
    assert '<html lang="ar" dir="rtl"' in page
    assert '<bdi dir="ltr">500mg</bdi>' in page


def test_reply_in_another_language_finds_its_own_direction(client):
    make_comment(make_published(), body="هل يمكنني أخذه مع الحليب؟", name="ليلى", shown=True)
    page = client.get("/leaflets/testamol/").content.decode()
    assert '<b dir="auto">ليلى</b>' in page
    assert '<div dir="auto"><p>هل يمكنني' in page


def test_numbers_in_care_cards_can_be_dialled(client):
    make_clinic(urgent_number="0800 123 456")
    make_published(dosage="::: emergency\nYou cannot breathe.\n:::\n\n::: today\nA rash.\n:::")
    page = client.get("/leaflets/testamol/").content.decode()
    assert 'Call <a href="tel:999" dir="ltr">999</a> now</h3>' in page
    assert '<a href="tel:0800123456" dir="ltr">0800 123 456</a></h3>' in page


def test_wide_table_scrolls_in_a_box_that_the_keyboard_reaches(client):
    make_published(dosage="| Age | Dose |\n|---|---|\n| 8 | 5mg |")
    page = client.get("/leaflets/testamol/").content.decode()
    assert '<div class="wide" tabindex="0" role="group" aria-label="Table"><table>' in page
    assert page.count("</table></div>") == 1


def test_section_that_does_not_apply_is_left_out(client):
    sections = tuple(
        SectionContent("storage", "storage", "Where to keep it", "", True, "Given in hospital.")
        if section.kind == "storage"
        else section
        for section in make_content().sections
    )
    make_published(sections=sections)
    page = words(client.get("/leaflets/testamol/"))
    assert "Where to keep it" not in page
    assert "Given in hospital." not in page


def test_page_names_the_permanent_address_of_this_version(client):
    make_published()
    page = client.get("/leaflets/testamol/").content.decode()
    assert "http://testserver/leaflets/testamol/versions/1/" in page
    assert '<link rel="canonical" href="http://testserver/leaflets/testamol/">' in page


def test_only_get_and_head_are_answered(client):
    make_published()
    assert client.head("/leaflets/testamol/").status_code == 200
    assert client.post("/leaflets/testamol/").status_code == 405


def test_who_wrote_and_who_signed_is_not_told_to_patients(client):
    make_published()
    page = words(client.get("/leaflets/testamol/"))
    for person in ("ana", "bruno", "priya"):
        assert make_person(person).name not in page

"""A leaflet names its medicine's class in its own language; else the words are marked as those of another one
(WCAG 2.2, 3.1.2): on the page, on paper, in a book, for machines."""

import io
import json
import re
import zipfile

import pikepdf
import pytest

from monographs.medicines.actions import add_names
from monographs.publication.actions import publish
from monographs.revisions.actions import newest_revision
from tests.makers import change_leaflet, make_approved, make_leaflet, make_medicine, make_published
from tests.paper.parts import text_of
from tests.paper.test_several import _spoken
from tests.reading.arabic import arabic, make_arabic_clinic
from tests.reading.parts import make_clinic

pytestmark = pytest.mark.django_db

CLASS, WORDS = "Reliever inhaler (bronchodilator)", "بخاخ إسعافي (موسّع للشعب الهوائية)"
ADDRESS = "/leaflets/testamol-ar/"


@pytest.fixture
def in_english():
    """An Arabic leaflet of a medicine whose class is there in English alone."""
    make_clinic()
    make_medicine(drug_class=CLASS)
    return make_published(make_leaflet(language="ar", **arabic()))


@pytest.fixture
def in_arabic(in_english, ana, priya):
    """The same, released again with words for the class."""
    add_names(in_english.leaflet.medicine, by=ana, classes=[("ar", WORDS)])
    change_leaflet(in_english.leaflet, **arabic())
    return publish(make_approved(in_english.leaflet), by=priya, change_note="", size="minor")


def shown_class(client, address: str = ADDRESS) -> tuple[str, str]:
    """The attributes of the class's paragraph, and its words without isolates."""
    html = client.get(address).content.decode()
    found = re.search(r'<p class="class"([^>]*)><bdi>(.*?)</bdi></p>', html)
    return found[1], re.sub(r"<[^>]+>", "", found[2])


def test_words_of_the_site_are_marked_as_such(client, in_english):
    assert shown_class(client) == (' lang="en"', CLASS)


def test_own_words_are_shown_and_not_marked(client, in_arabic):
    assert shown_class(client) == ("", WORDS)


def test_in_the_sites_language_nothing_is_marked(client):
    make_medicine(drug_class=CLASS)
    make_published()
    assert shown_class(client, "/leaflets/testamol/") == ("", CLASS)


def test_what_was_released_goes_on_saying_what_it_said(client, in_english, ana):
    revision = newest_revision(in_english.leaflet)
    before, page = revision.content_json, client.get(f"{ADDRESS}versions/1/").content
    add_names(in_english.leaflet.medicine, by=ana, classes=[("ar", WORDS)])
    assert shown_class(client) == (' lang="en"', CLASS)
    revision.refresh_from_db()
    assert revision.content_json == before
    assert client.get(f"{ADDRESS}versions/1/").content == page


def test_an_older_version_keeps_the_words_of_its_day(client, in_arabic):
    assert shown_class(client, f"{ADDRESS}versions/1/") == (' lang="en"', CLASS)


def test_what_changed_tells_each_in_its_language(client, in_arabic):
    html = client.get(f"{ADDRESS}changes/").content.decode()
    assert re.search(rf'<bdi lang="en">{re.escape(CLASS)}</bdi> <span[^>]*>→</span> <bdi>', html)


def test_on_paper_it_is_tagged_with_its_language(client, in_english):
    pdf = client.get(f"{ADDRESS}leaflet.pdf").content
    assert "Reliever" in text_of(pdf)
    assert spoken_in(pdf) >= {"ar", "en"}


def test_on_paper_own_words_need_no_other_language(client, in_arabic):
    make_clinic(disclaimer="")  # which is in the site's
    pdf = client.get(f"{ADDRESS}leaflet.pdf").content
    assert "Reliever" not in text_of(pdf)
    assert spoken_in(pdf) == {"ar"}


def test_in_the_book_it_stands_under_its_language(client, in_english):
    book = zipfile.ZipFile(io.BytesIO(client.get(f"{ADDRESS}leaflet.epub").content)).read("EPUB/leaflet.xhtml").decode()
    assert re.search(r'<div lang="en" xml:lang="en"[^>]*>\s*<p[^>]*>[^<]*(<[^>]+>)*[^<]*Reliever', book)


def test_plain_text_has_the_words_of_the_page(client, in_arabic):
    text = client.get(f"{ADDRESS}leaflet.txt").content.decode()
    assert WORDS in re.sub("[\u2066-\u2069]", "", text)
    assert CLASS not in text


def spoken_in(pdf: bytes) -> set[str]:
    """The languages in which something of the document is read out."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {language for _tag, language in _spoken(document.Root.StructTreeRoot.K, str(document.Root.Lang))}


def drug_class(client) -> object:
    html = client.get(ADDRESS).content.decode()
    found = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])
    return found["about"]["drugClass"]["name"]


def test_machines_are_told_the_language_of_words_that_are_not_the_leaflets(client, in_english):
    assert drug_class(client) == {"@language": "en", "@value": CLASS}


def test_machines_are_told_own_words_as_they_stand(client, in_arabic):
    assert drug_class(client) == WORDS


def test_staff_see_it_as_patients_will(client, ana, in_english):
    client.force_login(ana)
    page = client.get(f"/admin/leaflets/{in_english.leaflet_id}/preview/").content.decode()
    assert '<p class="class" lang="en"><bdi>' in page


def test_the_arabic_clinics_own_class_is_arabic(client):
    make_arabic_clinic()
    make_published(make_leaflet(language="ar", **arabic()))
    assert shown_class(client) == ("", "مسكّن")

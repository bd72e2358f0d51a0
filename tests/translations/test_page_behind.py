"""What patients read of a translation whose source has changed."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from monographs.clinics.actions import change_clinic
from monographs.clinics.models import the_clinic
from monographs.publication.actions import publish, withdraw
from monographs.reading import public
from monographs.review.models import Review
from tests.makers import change_leaflet, make_approved
from tests.reading.through_the_cache import Reader
from tests.translations.translating import make_published_translation

pytestmark = pytest.mark.django_db
ADDRESS = "/leaflets/testamol-es/"
CAUTION = '<p class="caution behind">'


@pytest.fixture
def spanish():
    return make_published_translation().leaflet


@pytest.fixture
def change_source(spanish, priya):
    def change(**fields):
        review = make_approved(change_leaflet(spanish.source, dosage="Take 7mg once a day."))
        return publish(review, by=priya, change_note="Another dose.", **fields)

    return change


def test_nothing_is_said_of_one_that_is_up_to_date(client, spanish):
    page = client.get(ADDRESS).text
    assert CAUTION not in page
    assert re.search(r'<h2 id="part-dosage">[^<]*</h2>\s*<p>', page)


def test_the_part_that_is_behind_says_so_with_a_way_to_the_source(client, change_source):
    change_source()
    page = client.get(ADDRESS).text
    assert page.count(CAUTION) == 1
    _before, _heading, after = page.partition('<h2 id="part-dosage">')
    note = after[: after.index("Tome 5 mg")]
    assert 'href="/leaflets/testamol/#part-dosage" lang="en" hreflang="en"' in note
    assert "Testamol (English)" in note
    assert re.search(r'<h2 id="part-uses">[^<]*</h2>\s*<p>Sobre', page)  # the others say nothing
    assert '<div class="banner">' in page


def test_it_says_so_in_the_very_request_after_the_change(change_source):
    reader = Reader()
    assert CAUTION not in reader.get(ADDRESS).text
    change_source()
    assert CAUTION in reader.get(ADDRESS).text


def test_a_scheduled_change_is_marked_when_its_second_comes(client, change_source, monkeypatch):
    later = timezone.now() + dt.timedelta(days=2)
    change_source(effective_from=later)
    assert CAUTION not in client.get(ADDRESS).text
    monkeypatch.setattr(public.timezone, "now", lambda: later)
    assert CAUTION in client.get(ADDRESS).text


def test_it_takes_no_query_more(client, spanish, change_source, django_assert_num_queries):
    client.get(ADDRESS)
    with django_assert_num_queries(3):
        client.get(ADDRESS)
    change_source()
    with django_assert_num_queries(3):
        assert CAUTION in client.get(ADDRESS).text


def test_where_the_source_is_withdrawn_the_translation_says_so(client, spanish, priya):
    withdraw(spanish.source, by=priya, notice="Withdrawn.", why="Wrong.")
    page = client.get(ADDRESS).text
    assert '<div class="banner">' in page
    assert "/leaflets/testamol/#" not in page


def test_paper_and_plain_text_say_it_as_well(client, change_source):
    change_source()
    text = client.get(f"{ADDRESS}leaflet.txt").text
    assert text.count("Testamol (English)") == 2


def hide(ada) -> None:
    clinic = the_clinic()
    clinic.hides_stale_translations, clinic.phone = True, "01632 960100"
    change_clinic(clinic, by=ada)


def test_a_clinic_may_hide_what_is_behind_with_a_way_to_the_source_and_its_telephone(client, change_source, ada):
    hide(ada)
    assert "Tome 5 mg" in client.get(ADDRESS).text
    change_source()
    page = client.get(ADDRESS).text
    for address in (ADDRESS, f"{ADDRESS}leaflet.txt"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Tome 5 mg" not in answer.text
        assert "01632 960100" in answer.text.replace("\u00a0", " ")
    assert 'href="/leaflets/testamol/" lang="en"' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "7mg" in client.get("/leaflets/testamol/").text  # the source itself is not hidden
    assert Review.objects.count() == 3

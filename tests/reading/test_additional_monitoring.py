"""A medicine under additional monitoring has its black triangle and sentence, on screen and on paper, at once."""

import pytest

from monographs.medicines.models import Medicine
from monographs.publication.actions import withdraw
from tests.makers import change_leaflet, make_published
from tests.paper.parts import text_of
from tests.reading.parts import make_clinic, words

pytestmark = pytest.mark.django_db

SENTENCE = "▼ This medicine is subject to additional monitoring. This will allow quick identification of new safety"
PAGE = "/leaflets/testamol/"


@pytest.fixture
def monitored():
    """Testamol, under additional monitoring."""
    make_clinic(reporting_name="Yellow Card", reporting_url="https://yellowcard.mhra.gov.uk/")
    publication = make_published()
    Medicine.objects.update(is_under_additional_monitoring=True)
    return publication


def test_the_sentence_stands_under_the_title_and_says_where_to_report(client, monitored):
    page = client.get(PAGE)
    read = words(page)
    assert SENTENCE in read
    assert read.index("Testamol") < read.index(SENTENCE) < read.index("Checked") < read.index("Key facts")
    assert '<a href="https://yellowcard.mhra.gov.uk/" dir="auto">Yellow Card</a></p>' in page.content.decode()


def test_a_place_to_report_that_is_no_page_is_named(client):
    make_clinic(reporting_name="the pharmacy's desk", reporting_url="")
    make_published()
    Medicine.objects.update(is_under_additional_monitoring=True)
    assert "you may get. To report a side effect: the pharmacy's desk" in words(client.get(PAGE))


def test_other_medicines_have_neither(client):
    make_published()
    page = client.get(PAGE).content.decode()
    assert "▼" not in page
    assert "monitor" not in page


def test_it_costs_no_query(client, monitored, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert SENTENCE in words(client.get(PAGE))


def test_an_earlier_version_says_what_holds_now(client, monitored):
    make_published(change_leaflet(monitored.leaflet, dosage="Take 7mg."), change_note="The dose.")
    assert SENTENCE in words(client.get("/leaflets/testamol/versions/1/"))


def test_a_notice_of_a_withdrawal_has_none(client, monitored, priya):
    withdraw(monitored.leaflet, by=priya, notice="Ask us.", why="Wrong.")
    assert "▼" not in words(client.get(PAGE))


@pytest.mark.parametrize("name", ["leaflet.pdf", "leaflet.txt"])
def test_it_is_on_paper_too(client, monitored, name):
    response = client.get(f"{PAGE}{name}")
    read = text_of(response.content) if name.endswith("pdf") else response.content.decode()
    assert SENTENCE in " ".join(read.split())
    assert "https://yellowcard.mhra.gov.uk/" in read


def test_it_is_in_the_leaflets_language(client):
    make_published(language="ar")
    Medicine.objects.update(is_under_additional_monitoring=True)
    page = words(client.get("/leaflets/testamol-ar/"))
    assert "▼" in page
    assert "subject to additional monitoring" not in page

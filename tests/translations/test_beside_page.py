"""A translation and its source side by side: what staff hand over, and read."""

import pytest

from monographs.clinics.actions import change_clinic
from monographs.clinics.models import the_clinic
from monographs.publication.actions import publish, withdraw
from tests.makers import change_leaflet, make_approved, make_published
from tests.translations.translating import make_published_translation

pytestmark = pytest.mark.django_db
ADDRESS = "/leaflets/testamol-es/beside/testamol/"


@pytest.fixture
def spanish():
    return make_published_translation().leaflet


def test_each_part_stands_beside_its_own(client, spanish):
    page = client.get(ADDRESS).text
    rows = page.split('<div class="beside-row">')
    row = next(row for row in rows if "Tome 5 mg" in row)
    assert "Take 5mg once a day." in row
    assert row.index('lang="es"') < row.index("Tome 5 mg") < row.index('lang="en"') < row.index("Take 5mg")
    assert "About uses." in next(row for row in rows if "Sobre uses." in row)
    assert 'id="part-' not in page
    assert 'id="source-' not in page
    assert 'href="#source-' not in page
    assert "Versión 1 · <time " in page
    assert "Version 1 · <time " in page
    assert '<meta name="robots" content="noindex">' in page
    other_way = client.get("/leaflets/testamol/beside/testamol-es/").text
    assert other_way.index("Take 5mg") < other_way.index("Tome 5 mg")


def test_it_takes_a_query_for_the_clinic_and_one_for_each_side(client, spanish, django_assert_num_queries):
    client.get(ADDRESS)
    with django_assert_num_queries(3):
        client.get(ADDRESS)


def test_a_part_that_is_behind_says_so_here_as_well(client, spanish, priya):
    review = make_approved(change_leaflet(spanish.source, dosage="Take 7mg once a day."))
    publish(review, by=priya, change_note="Dose.")
    assert '<p class="caution behind">' in client.get(ADDRESS).text


def test_there_is_none_of_two_that_do_not_belong_together_or_are_not_shown(client, spanish, priya, ada):
    make_published(medicine="Otheramol")
    assert client.get("/leaflets/testamol-es/beside/otheramol/").status_code == 404
    assert client.get("/leaflets/testamol-es/beside/nothing/").status_code == 404
    clinic = the_clinic()
    clinic.hides_stale_translations = True
    change_clinic(clinic, by=ada)
    assert client.get(ADDRESS).status_code == 200
    withdraw(spanish.source, by=priya, notice="Withdrawn.", why="Wrong.")
    assert client.get(ADDRESS).status_code == 404

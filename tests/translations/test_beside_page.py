"""A translation and its source side by side: what staff hand over, and read."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from monographs.clinics.actions import change_clinic
from monographs.clinics.models import the_clinic
from monographs.publication.actions import publish, withdraw
from tests.makers import change_leaflet, make_approved, make_published
from tests.makers_alerts import ENGLISH, make_approved_alert
from tests.paper.parts import text_of
from tests.translations.translating import make_published_translation

pytestmark = pytest.mark.django_db
ADDRESS = "/leaflets/testamol-es/beside/testamol/"
PDF = f"{ADDRESS}leaflet.pdf"
TITLE, TEXT = ENGLISH[1:]


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
    assert "Tómelo con comida." in page
    assert "Take it with food." in page
    assert '<meta name="robots" content="noindex">' in page
    other_way = client.get("/leaflets/testamol/beside/testamol-es/").text
    assert other_way.index("Take 5mg") < other_way.index("Tome 5 mg")


def test_it_has_what_stands_around_each_leaflet(client, spanish):
    alert = make_approved_alert(severity="urgent")
    page = client.get(ADDRESS).text
    head, end = page.partition('<div class="beside-row">')[2].split("</header>", 1)[0], page.rpartition("beside-row")[2]
    assert (
        head.index(TITLE) < head.index("Información para pacientes") < head.index('<a href="/leaflets/testamol-es/">')
    )
    assert head.index("Revisado") < head.index("Versión")
    assert page.count(TEXT) == 1  # in the one language that it has
    assert f"/alerts/{alert.pk}/" in page
    assert "http://testserver/leaflets/testamol-es/versions/1/" in end
    assert "http://testserver/leaflets/testamol/versions/1/" in end
    assert page.count('class="address-code"') == 2
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    foot = re.search(r'data-foot="([^"]*)"', page)[1]
    one, other = foot.splitlines()
    assert one.startswith("\u2066Testamol, versión 1 del ")
    assert other.startswith("\u2066Testamol, version 1 of ")


def test_it_says_that_a_check_is_overdue(client, spanish, ada, monkeypatch):
    clinic = the_clinic()
    clinic.tells_patients_overdue = True
    change_clinic(clinic, by=ada)
    later = timezone.now() + dt.timedelta(days=4000)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert client.get(ADDRESS).text.count('class="banner overdue"') == 2


def test_it_takes_a_query_for_the_clinic_and_one_for_each_side(client, spanish, django_assert_num_queries):
    client.get(ADDRESS)
    with django_assert_num_queries(3):
        client.get(ADDRESS)


def test_a_part_that_is_behind_says_so_here_as_well(client, spanish, priya):
    review = make_approved(change_leaflet(spanish.source, dosage="Take 7mg once a day."))
    publish(review, by=priya, change_note="Dose.")
    assert '<p class="caution behind">' in client.get(ADDRESS).text


def test_pdf_says_what_the_page_says_in_both_columns(client, spanish):
    make_approved_alert(severity="urgent")
    assert f'href="{PDF}"' in client.get(ADDRESS).text
    answer = client.get(PDF)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert (answer["Content-Language"], answer["X-Robots-Tag"]) == ("es", "noindex")
    assert "testamol-es-beside-testamol.pdf" in answer["Content-Disposition"]
    read = text_of(answer.content)
    assert read.count(TITLE) == read.count(TEXT) == 1
    for words in ("Tome 5 mg una vez al día.", "Take 5mg once a day.", "Información para pacientes", "Checked: "):
        assert words in read
    assert "Testamol, versión 1 del" in read
    assert "Testamol, version 1 of" in read
    for slug in ("testamol", "testamol-es"):
        assert f"testserver/leaflets/{slug}/versions/1/".replace("-", "") in re.sub(r"[\s\x02-]", "", read)


def test_pdf_takes_no_more_queries_than_the_page(client, spanish, django_assert_num_queries):
    client.get(PDF)
    with django_assert_num_queries(3):
        client.get(PDF)


def test_language_without_a_typeface_has_the_page_and_no_pdf(client, spanish, monkeypatch):
    monkeypatch.setattr("monographs.reading.paper.beside.can_set", lambda language: language != "es")
    assert f'href="{PDF}"' not in client.get(ADDRESS).text
    answer = client.get(PDF)
    assert answer.status_code == 404
    assert "/leaflets/testamol-es/" in answer.text


def test_there_is_none_of_two_that_do_not_belong_together_or_are_not_shown(client, spanish, priya, ada):
    make_published(medicine="Otheramol")
    assert client.get("/leaflets/testamol-es/beside/otheramol/").status_code == 404
    assert client.get("/leaflets/testamol-es/beside/nothing/").status_code == 404
    assert client.get("/leaflets/testamol-es/beside/otheramol/leaflet.pdf").status_code == 404
    clinic = the_clinic()
    clinic.hides_stale_translations = True
    change_clinic(clinic, by=ada)
    assert client.get(ADDRESS).status_code == 200
    withdraw(spanish.source, by=priya, notice="Withdrawn.", why="Wrong.")
    assert client.get(ADDRESS).status_code == 404
    assert client.get(PDF).status_code == 404

"""The edition of a leaflet on the staff's side: chosen when it is begun, told wherever a leaflet is named."""

import pytest

from monographs.leaflets.models import Leaflet
from tests.makers import make_leaflet, make_medicine
from tests.reading.parts import words

pytestmark = pytest.mark.django_db

LIST = "/admin/monographs/leaflet/"


@pytest.fixture
def both(db):
    return make_leaflet(), make_leaflet(edition="easy-read")


def test_an_easy_read_leaflet_is_named_so(both):
    standard, easy = both
    assert (str(standard), str(easy)) == ("Testamol", "Testamol (easy read)")
    assert str(make_leaflet(language="ar", edition="easy-read")) == "Testamol (ar, easy read)"


def test_an_easy_read_leaflet_has_an_address_and_a_draft_of_its_own(both):
    standard, easy = both
    assert (standard.slug, easy.slug) == ("testamol", "testamol-easy-read")
    assert easy.medicine == standard.medicine


def test_the_list_has_the_edition_and_can_be_narrowed_to_one(client, ana, both):
    client.force_login(ana)
    assert "easy read" in words(client.get(LIST))
    for edition, leaflet in (("standard", both[0]), ("easy-read", both[1])):
        listed = client.get(f"{LIST}?edition={edition}")
        assert list(listed.context["cl"].result_list) == [leaflet]
    assert client.get(f"{LIST}?edition=tall").status_code == 400


def test_the_edition_is_chosen_once(client, ana, both):
    client.force_login(ana)
    begun = client.get(f"{LIST}add/?medicine={make_medicine().pk}").content.decode()
    assert '<select name="edition"' in begun
    page = client.get(f"{LIST}{both[1].pk}/change/")
    assert '<select name="edition"' not in page.content.decode()
    assert "Testamol (easy read)" in words(page)
    assert Leaflet.objects.get(pk=both[1].pk).edition == "easy-read"


def test_the_preview_is_the_easy_read_page(client, ana, both):
    client.force_login(ana)
    easy = client.get(f"/admin/leaflets/{both[1].pk}/preview/").content.decode()
    assert '<article class="leaflet easy-read">' in easy
    assert "Information for patients: easy read" in easy
    assert '<article class="leaflet">' in client.get(f"/admin/leaflets/{both[0].pk}/preview/").content.decode()

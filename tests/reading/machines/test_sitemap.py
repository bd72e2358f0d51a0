"""/sitemap.xml"""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from monographs.publication.actions import publish, withdraw
from monographs.reading.machines import sitemap
from tests.makers import make_approved, make_leaflet, make_published
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db
_XHTML = "{http://www.w3.org/1999/xhtml}"
_NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LANGUAGES = ("", "ar/", "zh-hans/", "ur/", "pl/", "cy/", "es/")
WAYS_IN = {
    f"http://testserver/{language}{page}" for language in LANGUAGES for page in ("", "a-z/", "together/", "alerts/")
}


def addresses(response) -> dict[str, str | None]:
    """Address → day of the last change."""
    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own answer
    assert root.tag == f"{_NS}urlset"
    return {url.findtext(f"{_NS}loc"): url.findtext(f"{_NS}lastmod") for url in root}


def test_it_lists_the_ways_in_and_every_leaflet_that_is_shown(client):
    make_published(medicine="Baclofen")
    make_published(medicine="Metformin")
    today = timezone.localdate().isoformat()
    assert addresses(client.get("/sitemap.xml")) == {
        **dict.fromkeys(WAYS_IN),
        "http://testserver/leaflets/baclofen/": today,
        "http://testserver/leaflets/metformin/": today,
    }


def test_it_lists_neither_drafts_nor_scheduled_nor_withdrawn_leaflets(client, priya):
    make_leaflet("Draftol")
    later = timezone.now() + dt.timedelta(days=1)
    publish(make_approved(medicine="Laterol"), by=priya, change_note="First version.", effective_from=later)
    gone = make_published(medicine="Gonol")
    assert "http://testserver/leaflets/gonol/" in addresses(client.get("/sitemap.xml"))
    withdraw(gone.leaflet, by=priya, notice="We check it.", why="An error.")
    assert set(addresses(client.get("/sitemap.xml"))) == WAYS_IN


def test_each_way_in_names_itself_in_every_language(client):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own answer
    found = {
        url.findtext(f"{_NS}loc"): {link.get("hreflang"): link.get("href") for link in url.iterfind(f"{_XHTML}link")}
        for url in root
    }
    for page in ("", "a-z/", "together/", "alerts/"):
        addresses = {language.strip("/") or "en": f"http://testserver/{language}{page}" for language in LANGUAGES}
        for address in addresses.values():
            assert found[address] == addresses | {"x-default": f"http://testserver/{page}"}


@pytest.fixture
def _many(monkeypatch):
    """Two leaflets are many."""
    monkeypatch.setattr(sitemap, "ON_A_MAP", 2)


@pytest.mark.usefixtures("_many")
def test_many_leaflets_have_an_index_of_sitemaps_each_of_one_range(client, django_assert_num_queries):
    published = [make_published(medicine=f"Medol {number}") for number in range(5)]
    numbers = [publication.leaflet.pk for publication in published]
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own answer
    assert root.tag == f"{_NS}sitemapindex"
    parts = [place.findtext(f"{_NS}loc") for place in root]
    assert parts == [f"http://testserver/sitemap-{part}.xml" for part in range(-(-numbers[-1] // 2))]
    with django_assert_num_queries(3):  # the clinic, how many parts there are, the leaflets
        client.get(parts[-1])
    found = [set(addresses(client.get(part))) for part in parts]
    assert found[0] >= WAYS_IN
    assert sum(map(len, found)) == 5 + len(WAYS_IN)
    assert set().union(*found) == WAYS_IN | {f"http://testserver/leaflets/medol-{number}/" for number in range(5)}
    assert client.get(f"/sitemap-{len(parts)}.xml").status_code == 404
    assert client.get("/sitemap-00.xml").status_code == 404  # one address for each, or every spelling would be kept


def test_it_sets_no_cookie_and_its_queries_do_not_grow(client, django_assert_max_num_queries):
    for number in range(5):
        make_published(medicine=f"Medol {number}")
    with django_assert_max_num_queries(3):
        response = client.get("/sitemap.xml")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert response["Content-Type"] == "application/xml"


def test_who_has_it_already_is_told_so():
    make_published(medicine="Baclofen")
    reader = Reader()
    etag = reader.get("/sitemap.xml")["ETag"]
    assert reader.get("/sitemap.xml", headers={"if-none-match": etag}).status_code == 304

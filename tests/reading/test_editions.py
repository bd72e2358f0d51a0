"""A medicine's standard and easy-read leaflet: linked at the top of one another, and never taken for one another."""

import pytest
from django.urls import reverse
from django.utils import timezone

from monographs.leaflets.editions import titled
from monographs.publication.actions import withdraw
from monographs.search.texts import fulltext
from tests.makers import change_leaflet, make_leaflet, make_published
from tests.people import make_person
from tests.reading.parts import words
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db

TO_EASY_READ = '<a href="/leaflets/testamol-easy-read/">Easy read version of this leaflet</a>'
TO_STANDARD = '<a href="/leaflets/testamol/">The full leaflet</a>'


@pytest.fixture
def both(db):
    """Both editions; the easy-read one was published first and under the same title."""
    easy = make_published(edition="easy-read").leaflet
    return make_published().leaflet, easy


def page(client, slug: str) -> str:
    return client.get(f"/leaflets/{slug}/").content.decode()


def test_each_edition_leads_to_the_other_above_its_title(client, both):
    standard, easy = page(client, "testamol"), page(client, "testamol-easy-read")
    assert TO_EASY_READ in standard.partition("<h1>")[0]
    assert TO_STANDARD in easy.partition("<h1>")[0]
    assert "The full leaflet" not in standard
    assert "Easy read version" not in easy


def test_a_leaflet_without_another_edition_leads_nowhere(client):
    make_published()
    make_published(language="ar", title="تيستامول")
    make_leaflet(edition="easy-read")
    assert "Easy read version" not in page(client, "testamol")


@pytest.mark.parametrize("gone", [0, 1])
def test_the_link_is_gone_with_the_edition_that_it_led_to(both, gone):
    reader = Reader()
    links = {0: ("/leaflets/testamol-easy-read/", TO_STANDARD), 1: ("/leaflets/testamol/", TO_EASY_READ)}
    address, link = links[gone]
    assert link in reader.get(address).content.decode()
    withdraw(both[gone], by=make_person("priya"), notice="Do not use this leaflet.", why="A mistake.")
    assert link not in reader.get(address).content.decode()
    assert link not in reader.get(f"/leaflets/{both[gone].slug}/").content.decode()


def test_an_easy_read_leaflet_says_so_in_its_title_and_above_it(client, both):
    easy = page(client, "testamol-easy-read")
    assert "<title>Testamol (easy read)" in easy
    assert '<p class="eyebrow">Information for patients: easy read</p>' in easy
    assert '<article class="leaflet easy-read">' in easy
    assert "easy-read" not in page(client, "testamol").replace("testamol-easy-read", "")


def test_a_search_for_the_medicine_gives_the_standard_leaflet_first(client, both):
    found = client.get("/search/?q=testamol").content.decode()
    first = found.index('<a href="/leaflets/testamol/">Testamol</a>')
    assert first < found.index('<a href="/leaflets/testamol-easy-read/">Testamol (easy read)</a>')


def test_a_search_by_words_gives_the_standard_leaflet_first(client, both):
    found = fulltext.find("sleepy", at=timezone.now())
    assert [hit.slug for hit in found.hits] == ["testamol", "testamol-easy-read"]
    assert "Testamol (easy read)" in words(client.get("/search/?q=sleepy"))


def test_a_question_is_answered_by_the_standard_leaflet_first(client, both):
    found = words(client.get("/search/?q=what+is+testamol+used+for"))
    assert found.index("The leaflet “Testamol” says") < found.index("The leaflet “Testamol (easy read)” says")


def test_the_a_to_z_leads_to_the_standard_leaflet_and_names_the_other(client, both):
    listed = client.get("/a-z/").content.decode()
    assert '<a href="/leaflets/testamol/">Testamol</a>' in listed
    assert '<a class="other" href="/leaflets/testamol-easy-read/">Testamol (easy read)</a>' in listed


def test_the_a_to_z_tells_languages_by_their_names_though_one_has_two_editions(client, both):
    make_published(language="ar", title="تيستامول")
    make_published(language="ar", title="تيستامول", edition="easy-read")
    listed = client.get("/a-z/").content.decode()
    assert ">العربيّة</a>" in listed
    assert listed.count('href="/leaflets/testamol-ar-easy-read/"') == 1
    assert listed.count("تيستامول") == 1  # the standard one is told by its language


def test_an_easy_read_leaflet_alone_is_told_as_such(client):
    make_published(edition="easy-read")
    assert "Testamol (easy read)" in words(client.get("/a-z/"))
    assert "Testamol (easy read)" in words(client.get("/"))


def test_home_and_feed_tell_the_editions_apart(client, both):
    assert "Testamol (easy read)" in words(client.get("/"))
    feed = client.get(reverse("feed")).content.decode()
    assert "<title>Testamol: version 1</title>" in feed
    assert "<title>Testamol (easy read): version 1</title>" in feed


def test_both_are_in_the_sitemap(client, both):
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "/leaflets/testamol/<" in sitemap
    assert "/leaflets/testamol-easy-read/<" in sitemap


def test_notice_versions_and_paper_bear_the_edition(client, both):
    _standard, easy = both
    change_leaflet(easy, title="Testamol", dosage="Take 5mg once a day. Take it with water.")
    make_published(easy, change_note="Water.")
    assert "Testamol (easy read): all versions" in words(client.get("/leaflets/testamol-easy-read/versions/"))
    assert "Testamol (easy read), version 1" in words(client.get("/leaflets/testamol-easy-read/versions/1/"))
    assert client.get("/leaflets/testamol-easy-read/leaflet.txt").status_code == 200
    withdraw(easy, by=make_person("priya"), notice="Do not use this leaflet.", why="A mistake.")
    assert "Testamol (easy read)" in words(client.get("/leaflets/testamol-easy-read/"))


def test_a_name_as_address_leads_to_the_standard_leaflet(client, both):
    assert client.get("/testamol/").url == "/leaflets/testamol/"


@pytest.mark.parametrize(
    ("title", "edition", "language", "told"),
    [
        ("Testamol", "standard", "en", "Testamol"),
        ("Testamol", "easy-read", "en", "Testamol (easy read)"),
        ("Testamol: Easy Read", "easy-read", "en", "Testamol: Easy Read"),
        ("", "easy-read", "en", ""),
    ],
)
def test_a_title_that_says_so_itself_is_left_as_it_is(title, edition, language, told):
    assert titled(title, edition, language) == told

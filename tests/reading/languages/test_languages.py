"""Each of the site's own pages in each language, at an address of its own: nothing but the address decides."""

import re
from html import unescape

import pytest
from django.urls import get_resolver
from django.utils import translation

from monographs.publication.actions import withdraw
from monographs.reading.languages import addresses
from monographs.reading.page_cache.marks import query_names_at
from tests.makers import make_leaflet, make_published
from tests.makers_alerts import ARABIC, ENGLISH, make_approved_alert
from tests.reading.arabic import check_arabic, make_arabic_clinic, make_arabic_leaflet
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db

OFFERED = ("en", "ar", "cy", "es", "pl", "ur", "zh-hans")
OTHERS = OFFERED[1:]
TO_A_DATABASE_ONE = [OTHERS[0], *[pytest.param(language, marks=pytest.mark.once) for language in OTHERS[1:]]]
RIGHT_TO_LEFT = {"ar", "ur"}


def root_of(response) -> tuple[str, str]:
    """The page's ``lang`` and ``dir``."""
    return re.search(r'<html lang="([^"]+)" dir="([^"]+)"', response.content.decode()).groups()


def hrefs(response, language: str) -> list[str]:
    """Where the page's switch leads to in a language."""
    found = re.findall(rf'<a rel="alternate" href="([^"]*)" hreflang="{language}"', response.content.decode())
    return [unescape(address) for address in found]


def alternates(response) -> dict[str, str]:
    """What the head names for search engines."""
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', response.content.decode()))


def test_those_with_a_catalogue_are_offered():
    assert addresses.offered() == OFFERED


def test_a_site_in_a_language_without_a_catalogue_offers_it_as_well(settings):
    settings.LANGUAGE_CODE = "fr"
    assert set(addresses.offered()) == {*OFFERED, "fr"}


@pytest.mark.parametrize("address", ["", "a-z/", "a-z/t/", "search/?q=testamol", "together/?m=testamol", "alerts/"])
@pytest.mark.parametrize("language", TO_A_DATABASE_ONE)
def test_each_own_page_speaks_the_language_of_its_address(client, language, address):
    make_published()
    response = client.get(f"/{language}/{address}")
    assert response.status_code == 200
    assert root_of(response) == (language, "rtl" if language in RIGHT_TO_LEFT else "ltr")
    assert root_of(client.get(f"/{address}")) == ("en", "ltr")


@pytest.mark.parametrize("asked", ["zh-TW,zh;q=0.9", "ar;q=0", "ar", "pl,en;q=0.1"])
@pytest.mark.parametrize("cookie", ["ar", "zh-hans"])
def test_neither_the_browser_nor_a_cookie_decides(client, asked, cookie):
    client.cookies["django_language"] = cookie
    for address, language in (
        ("/", "en"),
        ("/a-z/", "en"),
        ("/es/", "es"),
        ("/nothing/", "en"),
        ("/ur/nothing/", "ur"),
    ):
        response = client.get(address, headers={"accept-language": asked})
        assert root_of(response)[0] == language
        assert "Accept-Language" not in response.get("Vary", "")
        assert "Cookie" not in response.get("Vary", "")


def test_a_page_in_arabic_has_not_one_english_word(client):
    make_arabic_clinic()
    make_published(make_arabic_leaflet(), change_note="إصدار.")
    for address in ("/ar/", "/ar/a-z/", "/ar/search/", "/ar/together/", "/ar/alerts/"):
        html = check_arabic(client.get(address))
        assert 'href="/ar/a-z/"' in html
        assert 'href="/ar/search/"' in html
        assert ('action="/ar/search/"' in html) == ('role="search"' in html)
        assert 'class="brand" href="/ar/"' in html


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/zh-Hans/", "/zh-hans/"), ("/zh-cn/", "/zh-hans/"), ("/zh/a-z/", "/zh-hans/a-z/"), ("/zh_CN/", "/zh-hans/"),
        ("/zh-Hans-CN/search/?q=a%20b&page=2", "/zh-hans/search/?q=a%20b&page=2"),
        ("/ar-EG/", "/ar/"), ("/AR/", "/ar/"), ("/ar", "/ar/"), ("/AR", "/ar/"), ("/es-419/a-z/b/", "/es/a-z/b/"),
        ("/en/", "/"), ("/en-GB/a-z/", "/a-z/"), ("/EN/search/?q=x", "/search/?q=x"),
        ("/en/leaflets/testamol/", "/leaflets/testamol/"), ("/AR/leaflets/testamol/", "/ar/leaflets/testamol/"),
        ("/ar-EG/a-z/%D8%A8/", "/ar/a-z/%D8%A8/"), ("/en-GB/a-z/%25/", "/a-z/%25/"),
    ],
)  # fmt: skip
def test_another_way_of_writing_a_language_leads_to_its_one_address_for_good(client, asked, led_to):
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, led_to)
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "asked",
    ["/xx/", "/zh-TW/", "/zh-hant/", "/zh-Hant-CN/", "/fr/", "/ar/nothing/", "/AR/nothing/", "/ar/leaflets/nothing/",
     "/ar/updates.atom", "/ar/media/x", "/ar/admin/", "/ar/a-z/%00/", "/en//evil.example/", "/en-GB//evil.example/",
     "/ar/ar/", "/ar-" + "x" * 500 + "/", "/-/", "/ar-\u200f/", "/\u0661\u0662/"],
)  # fmt: skip
def test_an_unknown_language_or_page_is_a_good_404(client, asked):
    make_published()
    response = client.get(asked)
    assert response.status_code == 404
    assert b'role="search"' in response.content
    is_arabic = asked.lower().startswith("/ar/")
    assert root_of(response)[0] == ("ar" if is_arabic else "en")


def test_a_form_is_not_led_elsewhere(client):
    assert client.post("/AR/").status_code == 404


def test_addresses_are_resolved_before_anything_is_known_of_the_reader(client):
    """The page cache asks once for each path, whoever asks first; `i18n_patterns` would answer in her language."""
    query_names_at.__globals__["_known"].cache_clear()
    with translation.override("pl"):
        assert query_names_at("/ar/search/") == {"q", "page"}
        assert query_names_at("/search/") == {"q", "page"}
        assert get_resolver().resolve("/ar/").kwargs == {"language": "ar"}
    assert root_of(client.get("/ar/search/")) == ("ar", "rtl")


def test_an_arabic_site_has_english_behind_en(client, settings):
    settings.LANGUAGE_CODE = "ar"
    assert root_of(client.get("/")) == ("ar", "rtl")
    assert root_of(client.get("/en/")) == ("en", "ltr")
    assert client.get("/ar/a-z/")["Location"] == "/a-z/"
    assert hrefs(client.get("/"), "en") == ["/en/"]
    assert hrefs(client.get("/en/"), "ar") == ["/"]


# --- The switch ---


@pytest.mark.parametrize(
    ("address", "elsewhere"),
    [
        ("/", "/pl/"), ("/ur/", "/pl/"), ("/a-z/", "/pl/a-z/"), ("/a-z/t/", "/pl/a-z/t/"), ("/ar/a-z/t/", "/pl/a-z/t/"),
        ("/together/", "/pl/together/"), ("/ar/together/?m=a&m=%26", "/pl/together/?m=a&m=%26"),
        ("/alerts/", "/pl/alerts/"),
        ("/search/", "/pl/search/"), ("/search/?q=a+%26+%22b%22", "/pl/search/?q=a+%26+%22b%22"),
    ],
)  # fmt: skip
def test_the_switch_keeps_the_page(client, address, elsewhere):
    make_published()
    response = client.get(address)
    assert hrefs(response, "pl") == [elsewhere]
    assert client.get(elsewhere).status_code == 200
    assert sorted(re.findall(r'hreflang="([^"]+)" lang="\1"', response.content.decode())) == sorted(
        set(OFFERED) - {root_of(response)[0]}
    )


def test_the_switch_names_each_language_in_itself(client):
    html = client.get("/").content.decode()
    assert '<span lang="en" dir="ltr" aria-current="true">English</span>' in html
    assert 'hreflang="ar" lang="ar" dir="rtl">العربيّة</a>' in html
    assert 'hreflang="zh-hans" lang="zh-hans" dir="ltr">简体中文</a>' in html


@pytest.mark.parametrize("address", ["", "a-z/", "a-z/t/", "together/", "alerts/"])
def test_search_engines_are_told_of_every_language_on_each_of_them(client, address):
    make_published()
    wanted = {code: f"http://testserver/{code}/{address}" for code in OTHERS}
    wanted |= dict.fromkeys(("en", "x-default"), f"http://testserver/{address}")
    for language in ("", "ar/", "zh-hans/"):
        assert alternates(client.get(f"/{language}{address}")) == wanted
    assert (
        f'<link rel="canonical" href="http://testserver/ar/{address}">' in client.get(f"/ar/{address}").content.decode()
    )


# --- Leaflets ---


@pytest.fixture
def in_two(db):
    """A leaflet in English, and one on the same medicine in Arabic."""
    return make_published(), make_published(make_leaflet(language="ar", title="تستامول"))


def test_a_leaflet_leads_to_those_of_its_medicine_in_other_languages(client, in_two, django_assert_num_queries):
    address = {code: f"http://testserver/leaflets/testamol{end}/" for code, end in (("en", ""), ("ar", "-ar"))}
    with django_assert_num_queries(3):
        english = client.get("/leaflets/testamol/")
    assert hrefs(english, "ar") == ["/leaflets/testamol-ar/"]
    arabic = client.get("/leaflets/testamol-ar/")
    assert hrefs(arabic, "en") == ["/leaflets/testamol/"]
    for response in (english, arabic):
        assert alternates(response) == {**address, "x-default": address["en"]}
        assert hrefs(response, "pl") == []


def test_a_leaflet_that_stands_alone_has_no_switch(client):
    make_published()
    html = client.get("/leaflets/testamol/").content.decode()
    assert 'class="languages' not in html
    assert "hreflang" not in html


def test_a_leaflet_that_is_withdrawn_is_named_no_longer(client, priya, in_two):
    withdraw(in_two[1].leaflet, by=priya, notice="لا تتناوله.", why="خطأ.")
    assert hrefs(client.get("/leaflets/testamol/"), "ar") == []
    assert client.get("/ar/leaflets/testamol/").status_code == 200


def test_the_leaflet_is_looked_for_in_the_readers_language(client, in_two):
    for asked, status, led_to in (
        ("/ar/leaflets/testamol-ar/", 301, "/leaflets/testamol-ar/"),
        ("/ar/leaflets/testamol/", 302, "/leaflets/testamol-ar/"),
    ):
        response = client.get(asked)
        assert (response.status_code, response["Location"]) == (status, led_to)
        assert response["Cache-Control"] == "no-store"


def test_a_leaflet_that_is_not_in_the_readers_language_stands_in_a_frame_that_says_so(
    client, in_two, django_assert_num_queries
):
    with django_assert_num_queries(2):
        response = client.get("/pl/leaflets/testamol/")
    html = response.content.decode()
    assert root_of(response) == ("pl", "ltr")
    assert "Tej ulotki nie ma jeszcze w tym języku." in html
    assert '<div lang="en" dir="ltr">' in html
    assert "Take 5mg once a day." in html
    assert '<meta name="robots" content="noindex">' in html
    assert '<link rel="canonical" href="http://testserver/leaflets/testamol/">' in html
    assert hrefs(response, "en") == ["/leaflets/testamol/"]
    assert hrefs(response, "ar") == ["/leaflets/testamol-ar/"]
    assert "<form" not in html


def test_the_frame_names_the_clinics_telephone(client, in_two):
    make_arabic_clinic()
    html = client.get("/zh-hans/leaflets/testamol-ar/").content.decode()
    assert re.search(r'class="banner".*?href="tel:01632960100".*?</aside>', html, re.DOTALL)
    assert '<div lang="ar" dir="rtl">' in html


def test_the_frame_begins_with_the_safety_alerts_in_the_readers_language(client):
    """Also where the leaflet itself is not in it."""
    make_published()
    make_approved_alert(words=[ENGLISH, ARABIC])
    main = client.get("/ar/leaflets/testamol/").content.decode().partition("<main")[2]
    assert ARABIC[1] in main.partition('<aside class="banner"')[0]
    assert ENGLISH[1] in client.get("/pl/leaflets/testamol/").content.decode()


def test_pages_in_a_language_lead_to_leaflets_in_it_or_to_the_frame(client, in_two):
    make_published(medicine="Betamol")
    for address in ("/ar/", "/ar/a-z/", "/ar/search/?q=betamol"):
        assert 'href="/ar/leaflets/betamol/"' in client.get(address).content.decode()
    assert '<li><a href="/leaflets/testamol-ar/">' in client.get("/ar/a-z/").content.decode()
    assert '<li><a href="/leaflets/testamol/">' in client.get("/a-z/").content.decode()
    assert '<li><a href="/pl/leaflets/testamol/">' in client.get("/pl/a-z/").content.decode()


# --- What it costs ---


@pytest.mark.parametrize(("address", "most"), [("", 4), ("a-z/", 4), ("a-z/t/", 4), ("search/?q=testamol", 8)])
def test_a_page_in_arabic_costs_the_queries_of_one_in_english(client, django_assert_max_num_queries, address, most):
    make_published()
    for prefix in ("/", "/ar/"):
        client.get(f"{prefix}{address}")
        with django_assert_max_num_queries(most):
            client.get(f"{prefix}{address}")


@pytest.mark.parametrize("address", ["/", "/a-z/", "/search/"])
def test_each_language_is_kept_by_its_own_address(django_assert_num_queries, address):
    make_published()
    reader = Reader()
    known = {}
    for language in ("", *(f"/{code}" for code in OTHERS)):
        known[language] = reader.get(f"{language}{address}")
    assert len({response["ETag"] for response in known.values()}) == len(OFFERED)
    for language, response in known.items():
        with django_assert_num_queries(1):  # the look-up of the stamp
            again = reader.get(f"{language}{address}", headers={"accept-language": "pl"})
        assert again.content == response.content


def test_the_frame_is_kept_as_well_and_goes_when_there_is_a_leaflet(django_assert_num_queries):
    make_published()
    reader = Reader()
    assert root_of(reader.get("/ar/leaflets/testamol/"))[0] == "ar"
    with django_assert_num_queries(1):
        assert reader.get("/ar/leaflets/testamol/").status_code == 200
    make_published(make_leaflet(language="ar", title="تستامول"))
    assert reader.get("/ar/leaflets/testamol/")["Location"] == "/leaflets/testamol-ar/"

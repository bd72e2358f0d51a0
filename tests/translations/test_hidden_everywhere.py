"""A translation that the clinic hides while it is behind: nothing quotes it, nothing lists it, nothing leads to it."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from monographs.medicines.actions import add_names
from monographs.publication.actions import publish
from monographs.reading import public
from monographs.translations.actions import bring_up_to_date
from tests.makers import change_leaflet, make_approved, make_published
from tests.makers_alerts import make_approved_alert
from tests.reading.parts import make_clinic, send_once, token_on, words
from tests.reading.through_the_cache import Reader
from tests.translations.translating import make_published_translation, write

pytestmark = pytest.mark.django_db
ADDRESS = "/leaflets/testamol-es/"
GTIN = "05012345678900"
HERE = 'href="/leaflets/testamol-es/'
TEXT = "Tome 5 mg"
LISTS = (
    "/es/", "/es/a-z/", "/a-z/", "/search/?q=testamol", "/es/search/?q=testamol", "/es/search/?q=sueño",
    "/es/search/?q=cómo+tomar+testamol", "/es/together/?m=testamol",
)  # fmt: skip


@pytest.fixture
def spanish():
    """It quotes itself: its dosage and its key facts are found."""
    make_clinic()
    return make_published_translation().leaflet


@pytest.fixture
def change_source(spanish, priya):
    def change(**fields):
        review = make_approved(change_leaflet(spanish.source, dosage="Take 7mg once a day."))
        return publish(review, by=priya, change_note="Another dose.", **fields)

    return change


def hide() -> None:
    make_clinic(hides_stale_translations=True)


def is_led_to(reader, address: str) -> bool:
    return HERE in reader.get(address).content.decode()


def test_every_list_has_it_until_the_very_request_after_the_change(change_source):
    hide()
    reader = Reader()
    assert [address for address in LISTS if not is_led_to(reader, address)] == []
    change_source()
    assert [address for address in LISTS if is_led_to(reader, address)] == []
    assert "/leaflets/testamol/" in reader.get("/es/search/?q=testamol").content.decode()  # its source is there
    assert TEXT not in words(reader.get("/es/search/?q=cómo+tomar+testamol"))


def test_every_list_has_it_while_the_clinic_hides_nothing(change_source):
    change_source()
    reader = Reader()
    assert [address for address in LISTS if not is_led_to(reader, address)] == []


def test_it_goes_at_the_second_of_a_scheduled_change(client, change_source, monkeypatch):
    hide()
    later = timezone.now() + dt.timedelta(days=2)
    change_source(effective_from=later)
    for instant, is_there in ((later - dt.timedelta(seconds=1), True), (later, False)):
        monkeypatch.setattr(public.timezone, "now", lambda instant=instant: instant)
        assert is_led_to(client, "/es/search/?q=testamol") == is_there
        assert is_led_to(client, "/es/a-z/") == is_there


def test_it_comes_back_when_it_is_brought_up_to_date(client, spanish, change_source, ana):
    hide()
    change_source()
    spanish.refresh_from_db()
    bring_up_to_date(spanish, to=2, by=ana)
    spanish.refresh_from_db()
    make_published(write(spanish, dosage="Tome 7 mg una vez al día."), change_note="Otra dosis.")
    assert [address for address in LISTS if not is_led_to(client, address)] == []


def test_a_pack_and_a_name_for_an_address_lead_to_what_can_be_read(client, spanish, change_source):
    add_names(spanish.medicine, by=None, codes=[("GTIN", GTIN)])
    hide()
    assert client.get("/testamol/")["Location"] == "/leaflets/testamol/"
    change_source()
    assert client.get(f"/01/{GTIN}")["Location"] == "/leaflets/testamol/"
    assert not is_led_to(client, "/testamoll/")


def test_suggestions_name_the_medicine_for_its_source_can_be_read(client, change_source):
    hide()
    change_source()
    names = json.loads(client.get("/search/suggestions/?q=test").content)["names"]
    assert names == [{"name": "Testamol"}]


def test_the_sitemap_lists_it_no_more_nor_as_another_language(client, change_source):
    hide()
    assert client.get("/sitemap.xml").content.decode().count(f"http://testserver{ADDRESS}") == 1 + 2
    change_source()
    assert f"http://testserver{ADDRESS}" not in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("feed", ["/updates.atom", "/medicines/testamol/updates.atom"])
def test_a_feed_leads_to_it_no_more(client, change_source, feed):
    hide()
    assert f"http://testserver{ADDRESS}" in client.get(feed).content.decode()
    change_source()
    entries = client.get(feed).content.decode()
    assert f"http://testserver{ADDRESS}" not in entries
    assert "http://testserver/leaflets/testamol/" in entries


def test_no_page_leads_to_it_as_the_same_in_another_language(client, spanish, change_source):
    hide()
    make_published(edition="easy-read", title="Testamol")
    alert = make_approved_alert().pk
    source = "/leaflets/testamol/"
    addresses = (
        source, f"{source}versions/", f"{source}changes/", f"{source}versions/1/", "/print/?m=testamol",
        "/pl/leaflets/testamol/", f"/alerts/{alert}/",
    )  # fmt: skip
    there = "leaflets/testamol-es/", 'value="testamol-es"'

    def leading() -> list[str]:
        pages = {address: client.get(address).content.decode() for address in addresses}
        return [address for address, html in pages.items() if any(way in html for way in there)]

    assert leading() == list(addresses)
    assert client.get("/es/leaflets/testamol/")["Location"] == ADDRESS
    change_source()
    assert leading() == []
    assert client.get("/es/leaflets/testamol/").status_code == 200  # the source, in a frame that says so
    assert client.get("/es/print/", {"m": "Testamol "}).content.decode().count("checked") == 1


def test_its_own_pages_lead_back_to_the_source(client, change_source):
    hide()
    change_source()
    for address in ("versions/", "versions/1/", "changes/"):
        assert 'href="/leaflets/testamol/' in client.get(f"{ADDRESS}{address}").content.decode(), address


def test_no_sentence_of_it_answers_a_reply_before_it_is_sent(client, change_source):
    token = token_on(client, "testamol-es")
    question = {"token": token, "name": "", "email": "", "website": "", "body": "¿Cómo debo tomar Testamol?"}
    assert TEXT in send_once(client, "testamol-es", **question).content.decode()
    hide()
    change_source()
    assert TEXT not in send_once(client, "testamol-es", **question).content.decode()


# --- The archive ---


def test_the_version_that_is_shown_marks_what_is_behind_as_the_leaflet_does(client, change_source):
    version = f"{ADDRESS}versions/1/"
    assert "caution behind" not in client.get(version).content.decode()
    change_source()
    html = client.get(version).content.decode()
    assert html.count('<p class="caution behind">') == 1
    assert 'href="/leaflets/testamol/#part-dosage"' in html
    assert client.get(f"{version}leaflet.txt").content.decode().count("Testamol (English)") == 2


def test_a_version_that_the_clinic_hides_says_first_that_nobody_shall_follow_it(client, change_source):
    hide()
    change_source()
    for address in (f"{ADDRESS}versions/1/", f"{ADDRESS}versions/1/leaflet.txt"):
        said = words(client.get(address))
        first = said.index("No siga lo que dice este texto.")
        assert first < said.index("Testamol (English)") < said.index(TEXT), address


def test_an_old_version_of_it_says_what_it_said_and_nothing_of_what_is_hidden(client, spanish, change_source):
    make_published(write(spanish, uses="No lo tome si tiene asma."), change_note="Otras palabras.")
    hide()
    compared = (f"{ADDRESS}versions/1/", f"{ADDRESS}changes/", f"{ADDRESS}versions/1/changes/")
    assert all("asma" in words(client.get(address)) for address in compared)
    change_source()
    assert not any("asma" in words(client.get(address)) for address in compared)
    assert "caution behind" not in client.get(f"{ADDRESS}versions/1/").content.decode()
    html = client.get(f"{ADDRESS}versions/").content.decode()
    assert 'class="banner banner-strong"' in html
    assert "/changes/" not in html


@pytest.mark.parametrize("hides", [False, True])
def test_the_archive_takes_no_query_more_where_nothing_can_be_hidden(
    client, change_source, django_assert_num_queries, hides
):
    if hides:
        hide()
    change_source()
    for address, queries in (("versions/", 2), ("versions/1/", 3), ("changes/", 2)):
        with django_assert_num_queries(queries + hides):  # where it hides some: which of the others
            client.get(f"{ADDRESS}{address}")


def test_lists_take_no_query_more(client, change_source, django_assert_num_queries, monkeypatch):
    hide()
    change_source()
    make_published(medicine="Othermol")
    client.get("/es/search/?q=testamol")
    monkeypatch.setattr("monographs.search.index.kept.LOOK_EVERY", 60)
    client.get("/es/search/?q=testamol")
    # That it is left out is known when it is read: one query that finds nothing else.
    for address, queries in (("/es/search/?q=testamol", 4), ("/es/a-z/", 4), ("/es/", 3)):
        with django_assert_num_queries(queries):
            client.get(address)

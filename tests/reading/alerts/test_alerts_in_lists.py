"""Safety alerts where a leaflet is found, before it is read: A–Z, search, medicines taken together, a pack."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from monographs.alerts.actions import end_alert
from tests.makers import change_leaflet, make_medicine, make_published
from tests.makers_alerts import ARABIC, ENGLISH, make_alert, make_approved_alert
from tests.reading.parts import words
from tests.reading.through_the_cache import Reader
from tests.translations.translating import make_published_translation

pytestmark = pytest.mark.django_db
TITLE, TEXT = ENGLISH[1:]
MINUTE = dt.timedelta(minutes=1)
LISTS = (
    "/a-z/", "/a-z/t/", "/search/?q=testamol", "/search/?q=testamoll", "/search/?q=sleepy", "/together/?m=testamol",
    "/search/?q=how+to+store+testamol",
)  # fmt: skip
ABOUT_TESTAMOL = ("/leaflets/testamol/changes/", "/leaflets/testamol/versions/1/changes/")


def line_of(html: str, name: str) -> str:
    """The line of a list that leads to this medicine's leaflet."""
    return next(line for line in re.findall(r"<li>.*?</li>", html, re.DOTALL) if f"/leaflets/{name}/" in line)


@pytest.fixture
def two(db):
    """Leaflets on Testamol, which is also called Testex, and on Othermol."""
    make_medicine("Testamol", names=(("Testex", "brand"),))
    return make_published(), make_published(medicine="Othermol")


def test_the_a_to_z_says_how_serious_it_is_behind_each_name_of_the_medicine(client, two):
    alert = make_approved_alert(severity="urgent")
    html = client.get("/a-z/").content.decode()
    tag = re.findall(r'<a class="tag alert-tag (\S+)" href="([^"]+)">Urgent safety alert<', html)
    assert tag == [("care-emergency", f"/alerts/{alert.pk}/")] * 2  # behind Testamol and behind Testex
    assert "alert" not in line_of(html, "othermol")


def test_each_result_of_a_search_has_its_title_and_the_way_to_it(client, two):
    alert = make_approved_alert()
    for query in ("testamol", "testamoll", "testex", "sleepy"):
        html = client.get("/search/", {"q": query}).content.decode()
        line = line_of(html, "testamol")
        assert f'<a href="/alerts/{alert.pk}/">' in line, query
        assert TITLE in line, query
        if query == "sleepy":
            assert TITLE not in line_of(html, "othermol")


def test_an_answer_to_a_question_has_it_before_the_leaflets_words(client, two):
    make_approved_alert()
    answer = client.get("/search/?q=how+to+take+testamol").content.decode()
    section = re.search(r'<section class="answer">.*?</section>', answer, re.DOTALL)[0]
    assert section.index(TITLE) < section.index("<blockquote")


def test_a_medicine_without_a_leaflet_has_it_as_well(client):
    make_medicine("Draftol", codes=(("GTIN", "05012345678900"),))
    make_approved_alert(medicines=[make_medicine("Draftol")])
    for address in ("/search/?q=draftol", "/01/05012345678900"):
        page = words(client.get(address))
        assert page.index(TITLE) < page.index("We have no leaflet about"), address


def test_medicines_taken_together_have_each_alert_once_first_of_all_and_whom_it_is_about(client, two):
    both = [make_medicine("Testamol"), make_medicine("Othermol")]
    make_approved_alert(medicines=both)
    make_approved_alert(words=[("en", "Only Othermol", TEXT)], medicines=both[1:])
    main = client.get("/together/?m=testamol&m=othermol").content.decode().partition("<main")[2]
    page = " ".join(re.sub(r"<[^>]+>", " ", main).split())
    assert main.index(TITLE) < main.index("<h1")
    assert main.count(TITLE) == 1
    assert f"{TEXT} About Othermol, Testamol Shown since" in page
    assert f"Only Othermol {TEXT} About Othermol Shown since" in page
    alone = words(client.get("/together/?m=testamol"))
    assert f"{TEXT} About Testamol Shown since" in alone
    assert "Only Othermol" not in alone


def test_the_form_before_anything_is_chosen_has_none(client, two):
    make_approved_alert(is_for_all=True)
    assert TITLE not in words(client.get("/together/"))
    assert TITLE in words(client.get("/together/?m=testamol"))


def test_what_changed_and_two_columns_begin_with_it(client):
    translation = make_published_translation().leaflet
    make_published(change_leaflet(translation.source, dosage="Take 6mg."), change_note="Another dose.")
    make_approved_alert()
    for address in (*ABOUT_TESTAMOL, f"/leaflets/{translation.slug}/beside/testamol/"):
        main = client.get(address).content.decode().partition("<main")[2]
        assert -1 < main.index(TITLE) < main.index("<h1"), address


def columns(client, address: str) -> tuple[str, str]:
    """What stands above the two columns."""
    row = client.get(address).content.decode().partition('<div class="beside-row">')[2].partition("<header")[0]
    one, other = re.findall(
        r'<div lang="[a-z]+" dir="[a-z]+">((?:\s*<section class="care.*?</section>)*)', row, re.DOTALL
    )
    return one, other


def test_each_of_two_columns_has_it_in_its_language_and_what_has_no_words_there_stands_in_the_other(client):
    make_published_translation(language="ar")
    address = "/leaflets/testamol-ar/beside/testamol/"
    make_approved_alert(words=[ENGLISH, ARABIC])
    make_approved_alert(words=[("en", "English alone", TEXT)])
    make_approved_alert(words=[("ar", "عربي فقط", ARABIC[2])])
    arabic, english = columns(client, address)
    assert (ARABIC[1] in arabic, "عربي فقط" in arabic, "English alone" in arabic) == (True, True, False)
    assert (TITLE in english, "English alone" in english, "عربي فقط" in english) == (True, True, False)
    ids = re.findall(r' id="(alert-[^"]+)"', client.get(address).content.decode())
    assert len(ids) == len(set(ids)) == 4


def test_it_is_told_in_the_language_of_the_page_or_says_in_which_it_is(client, two):
    make_approved_alert(words=[ENGLISH, ARABIC])
    assert ARABIC[1] in words(client.get("/ar/search/?q=testamol"))
    assert f'<span lang="en" dir="ltr">{TITLE}</span>' in client.get("/pl/search/?q=testamol").content.decode()
    assert f'<span lang="en" dir="ltr">{TITLE}</span>' in client.get("/pl/a-z/").content.decode()


def test_what_waits_is_in_no_list_and_what_nobody_confirmed_says_so(client, two, priya):
    make_alert()
    assert not any(TITLE in words(client.get(address)) for address in LISTS)
    alert = make_alert(is_emergency=True)
    assert all(TITLE in words(client.get(address)) for address in LISTS)
    assert f"{TITLE} not yet confirmed by a second person" in words(client.get("/search/?q=testamol"))
    end_alert(alert, by=priya, reason="Over.")
    assert not any(TITLE in words(client.get(address)) for address in LISTS)


def test_it_begins_and_ends_to_the_second_through_the_page_cache(two, monkeypatch):
    client, now = Reader(), timezone.now()
    make_approved_alert(starts_at=now + MINUTE, ends_at=now + 2 * MINUTE)
    second = dt.timedelta(seconds=1)
    for later, is_there in ((second, False), (MINUTE, True), (2 * MINUTE - second, True), (2 * MINUTE, False)):
        monkeypatch.setattr(timezone, "now", lambda later=later: now + later)
        assert [TITLE in words(client.get(address)) for address in LISTS] == [is_there] * len(LISTS), later


@pytest.mark.parametrize("count", [0, 5])
@pytest.mark.parametrize(
    ("address", "queries"), [("/a-z/", 4), ("/search/?q=testamol", 3), ("/together/?m=testamol&m=othermol", 4)]
)
def test_lists_take_no_query_more_for_alerts(
    client, two, django_assert_num_queries, monkeypatch, count, address, queries
):
    for _number in range(count):
        make_approved_alert()
    client.get(address)  # from now on the names and the letters are known
    monkeypatch.setattr("monographs.search.index.kept.LOOK_EVERY", 60)
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).content.decode().count(TITLE) == count * (2 if "a-z" in address else 1)

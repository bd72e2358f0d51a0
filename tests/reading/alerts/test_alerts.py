"""Safety alerts as readers meet them: first thing on the leaflets they are about, on home, at their own addresses."""

import datetime as dt
import html
import io
import re
import zipfile

import pypdfium2
import pytest
from django.utils import timezone

from monographs.alerts.actions import decline_alert, end_alert
from monographs.paper.from_page.blocks import Heading
from monographs.paper.from_page.reading import read_blocks
from monographs.publication.actions import withdraw
from monographs.reading.alerts.pages import alerts_above
from monographs.reading.public import read_site
from monographs.reading.shown import page_of
from tests.makers import change_leaflet, make_medicine, make_published
from tests.makers_alerts import ARABIC, ENGLISH, approve, make_alert, make_approved_alert
from tests.reading.parts import words
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db
TITLE, TEXT = ENGLISH[1:]
HOUR = dt.timedelta(hours=1)


def shows(client, address="/leaflets/testamol/") -> bool:
    return TITLE in words(client.get(address))


def in_main(response) -> str:
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def test_it_is_the_first_thing_on_the_pages_of_its_medicines_and_on_no_other(client):
    make_published(), make_published(medicine="Othermol")
    make_approved_alert()
    page = in_main(client.get("/leaflets/testamol/"))
    assert re.match(r'[^>]*>\s*<section class="care care-today safety-alert" aria-labelledby="alert-(\d+)-en">', page)
    assert page.index(TITLE) < page.index("<h1")
    assert not shows(client, "/leaflets/othermol/")


def test_how_serious_it_is_is_told_in_words(client):
    make_published()
    for severity, label in (
        ("urgent", "Urgent safety alert"), ("important", "Safety alert"), ("notice", "Safety notice")
    ):  # fmt: skip
        make_approved_alert(severity=severity)
        assert f"{label}: {TITLE}" in words(client.get("/leaflets/testamol/"))


def test_the_gravest_comes_first_then_the_newest(client):
    make_published()
    for severity, title in (("urgent", "One"), ("notice", "Two"), ("important", "Three"), ("urgent", "Four")):
        make_approved_alert(severity=severity, words=[("en", title, TEXT)])
    page = words(client.get("/leaflets/testamol/"))
    places = [page.index(f"alert: {title}") for title in ("Four", "One", "Three")]
    assert sorted(places) == places
    assert places[-1] < page.index("Safety notice: Two")


def test_what_waits_is_nowhere_and_what_nobody_has_confirmed_says_so(client):
    make_published()
    alert = make_alert()
    for address in ("/leaflets/testamol/", "/", "/alerts/", "/alerts.atom"):
        assert not shows(client, address)
    assert client.get(f"/alerts/{alert.pk}/").status_code == 404
    urgent = make_alert(is_emergency=True)
    for address in ("/leaflets/testamol/", "/alerts/", f"/alerts/{urgent.pk}/", "/alerts.atom"):
        assert "A second person has not confirmed it yet" in words(client.get(address))
    assert "not yet confirmed by a second person" in words(client.get("/"))
    approve(urgent)
    for address in ("/leaflets/testamol/", "/", "/alerts/", f"/alerts/{urgent.pk}/", "/alerts.atom"):
        page = words(client.get(address))
        assert TITLE in page
        assert "confirmed it yet" not in page
        assert "not yet confirmed" not in page


def test_it_is_there_and_gone_at_once_through_the_page_cache(priya):
    make_published()
    client = Reader()
    pages = ("/leaflets/testamol/", "/", "/alerts/", "/alerts.atom", "/leaflets/testamol/leaflet.txt")
    assert not any(shows(client, address) for address in pages)
    alert = make_alert(is_emergency=True)
    assert all(shows(client, address) for address in pages)
    approve(alert)
    assert "confirmed it yet" not in words(client.get("/leaflets/testamol/"))
    end_alert(alert, by=priya, reason="Over.")
    assert not any(shows(client, address) for address in ("/leaflets/testamol/", "/", "/leaflets/testamol/leaflet.txt"))


def test_it_begins_and_ends_by_itself_through_the_page_cache(monkeypatch):
    make_published()
    client, now = Reader(), timezone.now()
    make_approved_alert(starts_at=now + HOUR / 60, ends_at=now + HOUR / 30)
    assert not shows(client)
    for minutes, is_there in ((1, True), (2, False)):
        later = now + dt.timedelta(minutes=minutes)
        monkeypatch.setattr(timezone, "now", lambda later=later: later)
        assert shows(client) == is_there


def test_one_for_everybody_is_on_every_leaflet_and_in_full_on_home(client):
    make_published(), make_published(medicine="Othermol")
    make_approved_alert(is_for_all=True)
    for address in ("/leaflets/testamol/", "/leaflets/othermol/", "/"):
        assert TEXT in words(client.get(address))


def test_home_tells_it_by_title_with_its_medicines_and_links_to_it(client):
    alert = make_approved_alert(medicines=[make_medicine("Testamol"), make_medicine("Alphamol")])
    page = in_main(client.get("/"))
    assert page.index("Safety alerts") < page.index("<h1")
    assert f'<a href="/alerts/{alert.pk}/">' in page
    assert "Alphamol, Testamol" in page
    assert TEXT not in page


def test_a_leaflet_in_another_language_has_it_in_that_language(client):
    make_published(language="ar", title="تستامول")
    make_approved_alert(words=[ENGLISH, ARABIC])
    response = client.get("/leaflets/testamol-ar/")
    assert ARABIC[2] in words(response)
    assert TEXT not in words(response)


def test_words_in_another_language_than_the_page_say_which(client):
    make_published(language="ar", title="تستامول")
    make_approved_alert()
    page = in_main(client.get("/leaflets/testamol-ar/"))
    assert re.search(rf'<div lang="en" dir="ltr">.*{re.escape(TEXT)}', page, re.DOTALL)


def test_a_withdrawn_leaflet_and_an_old_version_have_it_first(client, priya):
    leaflet = make_published().leaflet
    make_published(change_leaflet(leaflet, dosage="Take 6mg."), change_note="Another dose.")
    make_approved_alert()
    page = in_main(client.get("/leaflets/testamol/versions/1/"))
    assert page.index(TITLE) < page.index("This is an old version")
    withdraw(leaflet, by=priya, notice="Ask us.", why="Wrong.")
    page = in_main(client.get("/leaflets/testamol/"))
    assert page.index(TITLE) < page.index("<h1") < page.index("Ask us.")


def test_the_clinics_own_number_stands_in_its_care_cards(client):
    make_published()
    make_approved_alert(words=[("en", TITLE, "::: emergency\nYou cannot breathe.\n:::")])
    page = in_main(client.get("/leaflets/testamol/"))
    assert 'href="tel:999"' in page.partition("</section>")[0]


def test_its_own_page_has_all_its_languages_its_medicines_and_their_leaflets(client):
    make_published()
    alert = make_approved_alert(words=[ENGLISH, ARABIC], ends_at=timezone.now() + 48 * HOUR)
    page = in_main(client.get(f"/alerts/{alert.pk}/"))
    assert f'<h2 lang="ar" dir="rtl">{ARABIC[1]}' in page
    assert '<a href="/leaflets/testamol/">' in page
    assert "has confirmed it" in page
    assert page.count("<h1") == 1


def test_what_is_over_says_so_first_and_is_not_for_search_engines(client, priya, bruno):
    ended, declined = make_approved_alert(), make_alert(is_emergency=True)
    end_alert(ended, by=priya, reason="Secret reason.")
    decline_alert(declined, by=bruno, reason="Secret reason.")
    for alert, sentence in ((ended, "It was over on"), (declined, "It was taken back on")):
        response = client.get(f"/alerts/{alert.pk}/")
        page = words(response)
        assert page.index("Do not act on this alert. " + sentence) < page.rindex(TITLE)
        assert "noindex" in response.content.decode()
        assert "Secret reason." not in page
    page = words(client.get("/alerts/"))
    assert "There is no safety alert at the moment" in page
    assert page.index("Earlier alerts") < page.index(TITLE)
    feed = client.get("/alerts.atom").content.decode()
    assert feed.count(f"Over: {TITLE}") == 2


@pytest.mark.parametrize("number", ["0", "999999999999999999999", "%D9%A1", "-1", "x"])
def test_an_address_of_no_alert_is_not_found(client, number):
    assert client.get(f"/alerts/{number}/").status_code == 404


def test_an_alert_has_one_address_alone(client):
    alert = make_approved_alert()
    assert client.get(f"/alerts/{alert.pk}/").status_code == 200
    assert client.get(f"/alerts/0{alert.pk}/").status_code == 404


def test_the_feed_has_each_language_and_changes_when_it_is_over(client, priya, monkeypatch):
    alert = make_approved_alert(words=[ENGLISH, ARABIC], severity="urgent")
    response = client.get("/alerts.atom")
    feed = response.content.decode()
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert f"Urgent safety alert: {TITLE}" in feed
    assert 'xml:lang="ar"' in feed
    assert f"/alerts/{alert.pk}/" in feed
    ids = re.findall("<id>(.*?)</id>", feed)
    later = timezone.now() + HOUR
    monkeypatch.setattr(timezone, "now", lambda: later)
    end_alert(alert, by=priya, reason="Over.")
    feed = client.get("/alerts.atom").content.decode()
    assert re.findall("<id>(.*?)</id>", feed) == ids
    assert feed.count(f"<updated>{later.astimezone(dt.UTC):%Y-%m-%dT%H:%M}") == 3


@pytest.mark.parametrize("count", [0, 5])
def test_a_leaflet_takes_no_query_more_for_its_alerts(client, django_assert_num_queries, count):
    make_published()
    for _number in range(count):
        make_approved_alert()
    with django_assert_num_queries(3):
        page = client.get("/leaflets/testamol/").content.decode()
    assert page.count(TEXT) == count


@pytest.mark.parametrize("file", ["leaflet.pdf", "large-print.pdf?size=28", "leaflet.txt", "leaflet.epub"])
def test_every_file_of_the_leaflet_has_it_before_its_title(client, file):
    make_published()
    make_approved_alert(severity="urgent")
    make_approved_alert(words=[("en", "Another alert", "Call us.")])
    read = words_of_file(client.get(f"/leaflets/testamol/{file}"))
    assert f"Urgent safety alert: {TITLE}" in read
    assert read.index(TITLE) < read.index("Another alert") < read.index("Information for patients")


def test_on_paper_alerts_stand_beside_the_title_and_not_above_one_another(client):
    make_published()
    make_approved_alert(), make_approved_alert()
    page = page_of("testamol", timezone.now())
    above = alerts_above(read_site(), page.publication.leaflet.medicine_id, heading="h1")
    blocks = read_blocks(above + "<h1>Testamol</h1><h2>Part</h2>")
    parts = [part for block in blocks for part in getattr(block, "blocks", [block])]
    assert [part.level for part in parts if isinstance(part, Heading)] == [1, 1, 1, 2]


def test_a_withdrawn_leaflets_file_has_it_with_a_whole_address(client, priya):
    leaflet = make_published().leaflet
    alert = make_approved_alert()
    withdraw(leaflet, by=priya, notice="Ask us.", why="Wrong.")
    read = client.get("/leaflets/testamol/leaflet.txt").content.decode()
    assert read.index(TITLE) < read.index("Ask us.")
    assert f"http://testserver/alerts/{alert.pk}/" in read


def words_of_file(response) -> str:
    """The words of a PDF, text or EPUB, spaces folded."""
    data = response.content
    if response["Content-Type"] == "application/pdf":
        text = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    elif response["Content-Type"] == "application/epub+zip":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            parts = [book.read(name).decode() for name in book.namelist() if name.endswith("html")]
        text = html.unescape(re.sub("<[^>]+>", "", max(parts, key=len)))
    else:
        text = data.decode()
    return " ".join(text.split())


# --- An alert's page in each language ---


def test_an_alerts_page_leads_to_the_languages_in_which_it_has_words(client):
    alert = make_approved_alert(words=[ENGLISH, ARABIC])
    here, arabic = f"/alerts/{alert.pk}/", f"/ar/alerts/{alert.pk}/"
    for address, other, code in ((here, arabic, "ar"), (arabic, here, "en")):
        html = client.get(address).content.decode()
        assert re.findall(r'<a rel="alternate" href="([^"]+)" hreflang="([^"]+)"', html) == [(other, code)]
        told = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="http://testserver([^"]+)">', html))
        assert told == {"en": here, "ar": arabic, "x-default": here}
        assert f'<link rel="canonical" href="http://testserver{address}">' in html


def test_in_its_own_language_its_words_come_first(client):
    alert = make_approved_alert(words=[ENGLISH, ARABIC])
    response = client.get(f"/ar/alerts/{alert.pk}/")
    main = in_main(response)
    assert ARABIC[1] in main.partition("</h1>")[0]
    assert f'<h2 lang="en" dir="ltr">{TITLE}' in main
    assert f"<title>{ARABIC[1]}" in response.content.decode()


def test_in_a_language_without_words_it_is_told_around_those_of_another_which_are_the_page_for_search_engines(client):
    alert = make_approved_alert()
    html = client.get(f"/pl/alerts/{alert.pk}/").content.decode()
    assert '<html lang="pl"' in html
    assert f'<span lang="en" dir="ltr">{TITLE}</span>' in html
    assert re.findall(r'<a rel="alternate" href="([^"]+)" hreflang="([^"]+)"', html) == [(f"/alerts/{alert.pk}/", "en")]
    assert f'<link rel="canonical" href="http://testserver/alerts/{alert.pk}/">' in html
    assert '<link rel="alternate"' not in html


def test_an_alert_in_the_sites_language_alone_has_no_switch(client):
    alert = make_approved_alert()
    assert "hreflang" not in client.get(f"/alerts/{alert.pk}/").content.decode()


def test_pages_in_a_language_lead_to_an_alerts_page_in_it(client):
    make_published(), make_published(language="ar", title="تستامول")
    alert = make_approved_alert()
    for address in ("/ar/", "/ar/alerts/", "/leaflets/testamol-ar/"):
        assert f'href="/ar/alerts/{alert.pk}/"' in client.get(address).content.decode(), address


def test_what_is_over_is_told_to_search_engines_in_no_language(client, priya):
    alert = make_approved_alert(words=[ENGLISH, ARABIC])
    end_alert(alert, by=priya, reason="Over.")
    html = client.get(f"/alerts/{alert.pk}/").content.decode()
    assert "noindex" in html
    assert '<link rel="alternate"' not in html
    assert f'href="/ar/alerts/{alert.pk}/" hreflang="ar"' in html


@pytest.mark.parametrize("address", ["/ar/alerts/0{}/", "/en/alerts/{}/", "/xx/alerts/{}/", "/AR/alerts/{}/"])
def test_an_alert_has_one_address_in_each_language(client, address):
    alert = make_approved_alert()
    assert client.get(address.format(alert.pk)).status_code in (301, 302, 404)


def test_earlier_alerts_are_listed_in_the_language_of_the_page(client, priya):
    end_alert(make_approved_alert(words=[ENGLISH, ARABIC]), by=priya, reason="Over.")
    end_alert(make_approved_alert(), by=priya, reason="Over.")
    page = in_main(client.get("/ar/alerts/"))
    assert f'rel="nofollow">{ARABIC[1]}' in page
    assert f'rel="nofollow" lang="en" dir="ltr">{TITLE}' in page

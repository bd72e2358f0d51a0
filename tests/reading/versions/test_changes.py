"""What changed, for patients: what counts most first, then part by part, words marked, also above an older version."""

import copy
import datetime as dt
import threading

import pytest
from django.utils import timezone

from monographs.leaflets.content import SectionContent
from monographs.publication.actions import publish, withdraw
from monographs.reading.versions import archive, compared
from monographs.revisions.compare import _compared
from tests.makers import change_leaflet, make_approved, make_content, make_published
from tests.paper.parts import text_of
from tests.reading.parts import words
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db
OLD, ALL, LAST = (
    "/leaflets/testamol/versions/1/",
    "/leaflets/testamol/versions/1/changes/",
    "/leaflets/testamol/changes/",
)


@pytest.fixture(scope="module")
def versions_of_all(rows_of_the_file):
    """Versions 1 to 3 of one leaflet: the dose is 5mg, then 7mg, then 10mg, which may not be taken with milk."""
    leaflet = make_published(dosage="Take 5mg once a day. Swallow it.", change_note="We began.").leaflet
    make_published(change_leaflet(leaflet, dosage="Take 7mg once a day. Swallow it."), change_note="More of it.")
    dosage = "Take 10mg once a day. Swallow it. Do not take it with milk."
    return make_published(change_leaflet(leaflet, dosage=dosage), change_note="Twice the dose.")


@pytest.fixture
def third(versions_of_all):
    return copy.deepcopy(versions_of_all)


def html_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_older_version_says_first_which_amounts_changed_since(client, third):
    html, page = html_of(client, OLD), words(client.get(OLD))
    changed = page.index("How to take it: 5mg → 10mg")
    assert page.index("This is an old version.") < changed < page.index("Information for patients")
    assert f'<a href="{ALL}">All that changed since, word by word</a>' in html


def test_paper_and_text_of_an_older_version_say_so_too(client, third):
    assert "5mg → 10mg" in text_of(client.get(f"{OLD}leaflet.pdf").content)
    assert "- How to take it: 5mg → 10mg" in client.get(f"{OLD}leaflet.txt").content.decode()


def test_the_current_version_and_one_of_a_withdrawn_leaflet_name_no_change(client, third, priya):
    assert "→" not in words(client.get("/leaflets/testamol/versions/3/"))
    withdraw(third.leaflet, by=priya, notice="Ask us.", why="Wrong.")
    page = words(client.get(OLD))
    assert "Do not follow this text." in page
    assert "→" not in page
    assert "10mg" not in page


def test_changed_amounts_stand_before_the_text_and_warnings_behind_them(client, third):
    page = words(client.get(ALL))
    marks = (
        "What changed from version 1 to version 3",
        "What counts most",
        "5mg → 10mg",
        "Part by part",
        "Not changed",
    )
    places = [page.find(mark) for mark in marks]
    assert -1 not in places
    assert places == sorted(places)
    assert page.index("5mg → 10mg") < page.index("with milk") < page.index("Part by part")


def test_words_are_marked_for_eye_and_ear(client, third):
    html = html_of(client, ALL)
    assert '<del><span class="visually-hidden">[removed: </span>5mg<span class="visually-hidden">]</span></del>' in html
    assert '<ins><span class="visually-hidden">[added: </span>10mg<span class="visually-hidden">]</span></ins>' in html
    assert "/static/monographs/css/changes.css" in html


def test_any_version_is_held_against_what_is_shown_now_and_the_last_change_has_a_page(client, third):
    assert "5mg → 10mg" in words(client.get(ALL))
    page = words(client.get(LAST))
    assert "What changed from version 2 to version 3" in page
    assert "7mg → 10mg" in page
    assert "5mg" not in page
    places = [page.index(note) for note in ("Twice the dose.", "More of it.", "We began.")]
    assert places == sorted(places)
    assert f'href="{ALL}"' in html_of(client, LAST)


def test_the_leaflet_links_to_what_changed_behind_its_sources(client, third):
    html = html_of(client, "/leaflets/testamol/")
    assert (
        html.index('class="sources"')
        < html.index(f'<a class="on-screen" href="{LAST}">Word by word</a>')
        < html.index('id="replies"')
    )


def test_a_first_version_has_no_link_to_what_changed(client, db):
    slug = make_published(medicine="Firstamol").leaflet.slug
    assert "Word by word" not in html_of(client, f"/leaflets/{slug}/")


def test_the_version_shown_now_and_a_first_version_have_nothing_to_tell(client, third):
    assert "nothing has changed since" in words(client.get("/leaflets/testamol/versions/3/changes/"))
    make_published(medicine="Newmol")
    assert "This is the first version" in words(client.get("/leaflets/newmol/changes/"))
    assert "<del>" not in html_of(client, "/leaflets/newmol/changes/")


@pytest.mark.parametrize("address", [ALL, LAST])
def test_of_a_withdrawn_leaflet_nothing_is_compared_from_the_next_request_on(third, priya, address):
    reader = Reader()
    assert "10mg" in words(reader.get(address))
    withdraw(third.leaflet, by=priya, notice="Ask us.", why="Wrong dose.")
    page = words(reader.get(address))
    assert "This leaflet has been withdrawn." in page
    for hidden in ("5mg", "7mg", "10mg", "Wrong dose."):
        assert hidden not in page


def test_no_draft_and_no_release_to_come_is_in_it(client, third, priya):
    soon = timezone.now() + dt.timedelta(hours=2)
    review = make_approved(change_leaflet(third.leaflet, dosage="Take 90mg once a day."))
    publish(review, by=priya, change_note="Ninety.", effective_from=soon)
    change_leaflet(third.leaflet, dosage="Take 80mg once a day.")
    for address in (ALL, LAST, OLD, "/leaflets/testamol/versions/"):
        page = words(client.get(address))
        assert "90mg" not in page
        assert "80mg" not in page
        assert "Ninety" not in page
    assert client.get("/leaflets/testamol/versions/4/changes/").status_code == 404


def test_the_page_is_another_as_soon_as_another_version_is_shown(third):
    reader = Reader()
    assert "5mg → 10mg" in words(reader.get(OLD))
    make_published(change_leaflet(third.leaflet, dosage="Take 12mg once a day."), change_note="Twelve.")
    assert "5mg → 12mg" in words(reader.get(OLD))
    assert "5mg → 12mg" in words(reader.get(ALL))


@pytest.mark.parametrize("number", ["4", "0", "01", "1.0", "x", "%00", "9" * 40, "٢", "1/2"])
def test_what_never_was_is_not_found(client, third, number):
    assert client.get(f"/leaflets/testamol/versions/{number}/changes/").status_code == 404
    assert client.get("/leaflets/nothing/changes/").status_code == 404


@pytest.mark.parametrize("address", [ALL, LAST])
def test_search_engines_show_the_leaflet_and_not_its_past(client, third, address):
    assert '<meta name="robots" content="noindex">' in html_of(client, address)


def test_what_stands_in_a_text_is_never_markup(client):
    leaflet = make_published(dosage="Take 5mg if x < y & z.", title="Testamol < 6 & more").leaflet
    make_published(change_leaflet(leaflet, dosage="Take 6mg if x < y & z.", title="Testamol < 7 & more"))
    html = html_of(client, LAST)
    assert not any(raw in html for raw in ("< ", " & "))
    assert "x &lt; y &amp; z." in html


def test_many_changes_are_told_up_to_a_bound_and_marked_all_the_same(client, monkeypatch):
    monkeypatch.setattr(compared, "MOST_TOLD", 3)
    kinds = make_content().sections

    def doses(by):
        return tuple(
            SectionContent(kind.key, kind.kind, kind.heading, f"Take {by + place}mg at once.")
            for place, kind in enumerate(kinds)
        )

    leaflet = make_published(sections=doses(10)).leaflet
    make_published(change_leaflet(leaflet, sections=doses(100)), change_note="All of it.")
    html = html_of(client, LAST)
    assert html.count('class="became"') == 3
    assert f"{len(kinds) - 3} more changes are marked in the text below." in html
    assert all(f"{100 + place}mg" in html for place in range(len(kinds)))


def test_versions_come_a_page_at_a_time_each_at_one_address(client, third, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(archive, "ON_A_PAGE", 2)
    first = html_of(client, "/leaflets/testamol/versions/")
    assert ("Twice the dose." in first, "We began." in first) == (True, False)
    assert 'rel="next" href="/leaflets/testamol/versions/all/2/"' in first
    with django_assert_num_queries(3):
        second = html_of(client, "/leaflets/testamol/versions/all/2/")
    assert ("Twice the dose." in second, "We began." in second) == (False, True)
    assert 'rel="prev" href="/leaflets/testamol/versions/"' in second
    for number in ("0", "1", "02", "3", "9" * 30):
        assert client.get(f"/leaflets/testamol/versions/all/{number}/").status_code == 404


def test_two_texts_are_compared_once_whatever_else_becomes_public(third, monkeypatch):
    reader, made = Reader(), []
    compare = compared.compare_once
    monkeypatch.setattr(compared, "compare_once", lambda *texts, **more: made.append(1) or compare(*texts, **more))
    monkeypatch.setattr(compared, "_shelf", compared.Shelf(1_000_000))
    for number in range(3):
        for address in (OLD, ALL):
            assert "10mg" in words(reader.get(address))
        make_published(medicine=f"Medol {number}")
    assert len(made) == 1


def test_one_comparison_is_made_at_a_time_and_a_version_is_read_without_waiting_for_it(client, third, monkeypatch):
    monkeypatch.setattr(compared, "_shelf", compared.Shelf(1_000_000))
    monkeypatch.setattr(compared, "PATIENCE", 0.01)
    monkeypatch.setattr(archive, "_A_MOMENT", 0.01)
    others = threading.Lock()
    monkeypatch.setattr(compared, "_one_at_a_time", others)
    reader = Reader()
    with others:
        assert client.get(ALL).status_code == 503
        page = reader.get(OLD)
    assert "Take 5mg once a day." in words(page)
    assert "All that changed since, word by word" in words(page)
    assert "5mg → 10mg" in words(reader.get(OLD))  # the page without was not kept


def test_a_reader_pushes_out_nothing_that_staff_compare(client, third):
    before = _compared.cache_info()
    client.get(ALL)
    assert _compared.cache_info() == before


def test_a_text_that_was_brought_back_is_the_same(client):
    leaflet = make_published().leaflet
    make_published(change_leaflet(leaflet, dosage="Take 6mg."), change_note="Six.")
    make_published(change_leaflet(leaflet), change_note="Back.")
    assert "The two texts are the same." in words(client.get(ALL))
    assert "→" not in words(client.get(OLD))

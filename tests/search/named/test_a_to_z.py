"""The A–Z: every name that leads somewhere, once, under its letter and in the order of the site's language."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monographs.medicines.actions import add_names
from monographs.medicines.models import Medicine, MedicineName
from monographs.medicines.sorting import sort_anew
from monographs.publication.actions import cancel_release, publish, withdraw
from monographs.publication.models import Kind
from monographs.search.index import kept as index
from monographs.search.named import a_to_z
from monographs.search.named.a_to_z import ON_A_PAGE, letters, letters_lately, listing
from tests.makers import make_approved, make_leaflet, make_medicine, make_published

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def names(letter: str | None = None, *, at: dt.datetime | None = None, page: int = 1) -> list[str]:
    return [entry.name for entry in listing(at or now(), letter, page=page).entries]


@pytest.fixture
def paracetamol(db):
    make_medicine("Paracetamol", names=(("Panadol", "brand"), ("Acetaminophen", "synonym"), ("Paracétamol", "former")))
    return make_published(medicine="Paracetamol")


@pytest.fixture
def baclofen(db):
    make_medicine("Baclofen", names=(("Lioresal", "brand"), ("Panofen", "brand")))
    return make_published(medicine="Baclofen")


def test_the_listing_has_every_name_and_where_it_leads(baclofen, paracetamol):
    found = [(entry.name, entry.letter, entry.leaflet.title) for entry in listing(now()).entries]
    assert found == [
        ("Acetaminophen", "a", "Paracetamol"),
        ("Baclofen", "b", "Baclofen"),
        ("Lioresal", "l", "Baclofen"),
        ("Panadol", "p", "Paracetamol"),
        ("Panofen", "p", "Baclofen"),
        ("Paracetamol", "p", "Paracetamol"),
        ("Paracétamol", "p", "Paracetamol"),
    ]
    assert names("l") == ["Lioresal"]


@pytest.mark.parametrize("letter", ["", "x", "pa", "%", "_", "5", "é", "L"])
def test_a_letter_without_names_has_an_empty_listing(baclofen, letter):
    assert names(letter) == []


def test_letters_are_those_of_names_that_lead_somewhere(baclofen, paracetamol):
    add_names(baclofen.leaflet.medicine, by=None, names=(("5-Relax", "brand"), ("باكلوفين", "synonym")))
    make_leaflet("Zopiclone")
    assert sorted(letters(now())) == sorted(["a", "b", "l", "p", "0-9", "ب"])
    assert names("0-9") == ["5-Relax"]
    assert names("ب") == ["باكلوفين"]


def test_there_are_no_letters_where_nothing_is_shown(db):
    make_leaflet("Zopiclone")
    assert letters(now()) == []


IN_ORDER = {
    "en": ["Ampicillin", "Łodinal", "Lorazepam", "Stomahesive", "5-HTP", "ميتفورمين", "長效"],
    "cy": ["Cwrw", "Chwistrell", "Dosulepin", "Ddraig", "Lorazepam", "Llaeth", "5-HTP"],
    "es": ["Lanzoprazol", "Llanten", "Loratadina", "Nuez", "Ñame", "Omeprazol"],
    "pl": ["Cyna", "Ćma", "Lz", "Łodinal", "Morfina", "Zinnat", "Źródło", "Żel"],
    "ar": ["أسبرين", "باراسيتامول", "ميتفورمين", "هيبارين", "5-HTP", "Aspirin"],
}


@pytest.mark.parametrize("language", IN_ORDER)
def test_names_are_in_the_order_of_the_sites_language(settings, baclofen, language):
    settings.LANGUAGE_CODE = language
    wanted = IN_ORDER[language]
    MedicineName.objects.all().delete()
    add_names(baclofen.leaflet.medicine, by=None, names=[(name, "brand") for name in reversed(wanted)])
    assert [name for name in names() if name != "Baclofen"] == wanted


def test_a_chinese_name_stands_where_its_author_put_it(baclofen):
    make_medicine("Cefalexin")
    make_published(medicine="Cefalexin")
    add_names(baclofen.leaflet.medicine, by=None, names=[("长效胰岛素", "synonym")])
    assert names("长") == ["长效胰岛素"]
    row = MedicineName.objects.get(name="长效胰岛素")
    row.listed_under = "c"
    row.save()
    assert names("c") == ["Cefalexin", "长效胰岛素"]
    assert "长" not in letters(now())


def test_a_generic_name_stands_where_its_medicine_says(baclofen):
    medicine = baclofen.leaflet.medicine
    medicine.listed_under = "w"
    medicine.save()
    add_names(medicine, by=None)
    assert names("w") == ["Baclofen"]


def test_another_language_of_the_site_sorts_all_names_anew(settings, baclofen):
    add_names(baclofen.leaflet.medicine, by=None, names=[("Llaeth", "brand"), ("Lorazepam", "brand")])
    assert names("l") == ["Lioresal", "Llaeth", "Lorazepam"]
    settings.LANGUAGE_CODE = "cy"
    assert sort_anew() == MedicineName.objects.count()
    assert (names("l"), names("ll")) == (["Lioresal", "Lorazepam"], ["Llaeth"])
    assert sort_anew() == 0


def test_what_was_never_published_is_not_listed(priya):
    make_leaflet("Secretol")
    make_approved(medicine="Waitol")
    assert (names(), letters(now())) == ([], [])


def test_a_scheduled_first_release_is_listed_from_its_instant_on_without_a_write(priya):
    later = now() + dt.timedelta(days=2)
    release = publish(make_approved(medicine="Laterol"), by=priya, change_note="First version.", effective_from=later)
    just_before = later - dt.timedelta(microseconds=1)
    assert (names(at=just_before), letters(just_before)) == ([], [])
    assert (names(at=later), letters(later)) == (["Laterol"], ["l"])
    add_names(release.leaflet.medicine, by=None, names=[("Laterbrand", "brand")])
    assert names(at=just_before) == []
    assert names(at=later) == ["Laterbrand", "Laterol"]


def test_a_first_release_that_is_called_off_takes_its_names_back(priya):
    later = now() + dt.timedelta(days=2)
    release = publish(make_approved(medicine="Laterol"), by=priya, change_note="First version.", effective_from=later)
    cancel_release(release, by=priya)
    assert (names(at=later), letters(later)) == ([], [])
    assert list(Medicine.objects.values_list("listed_from", flat=True)) == [None]


def test_a_withdrawn_leaflet_is_listed_and_marked(baclofen, priya):
    withdraw(baclofen.leaflet, by=priya, notice="We check it.", why="An error.")
    entries = listing(now()).entries
    assert len(entries) == 3
    assert {entry.leaflet.in_effect for entry in entries} == {Kind.WITHDRAWAL}


def test_a_medicine_with_leaflets_in_two_languages_has_each_name_once(settings, baclofen):
    make_published(make_leaflet("Baclofen", language="ar", title="باكلوفين"))
    make_published(make_leaflet("Baclofen", language="de", title="Ein Baclofen"))
    entry = listing(now(), "b").entries[0]
    assert names("b") == ["Baclofen"]
    assert (entry.leaflet.language, {other.leaflet.language for other in entry.others}) == ("en", {"ar", "de"})
    assert {other.is_told_by_language for other in entry.others} == {True}
    settings.LANGUAGE_CODE = "ar"
    assert listing(now(), "b").entries[0].leaflet.language == "ar"


def test_an_easy_read_leaflet_is_told_by_its_title_beside_the_full_one_of_its_language(baclofen):
    make_published(make_leaflet("Baclofen", language="de", title="Ein Baclofen"))
    make_published(make_leaflet("Baclofen", language="de", edition="easy-read", title="Einfach Baclofen"))
    (entry,) = listing(now(), "b").entries
    told = {other.leaflet.title: other.is_told_by_language for other in entry.others}
    assert told == {"Ein Baclofen": True, "Einfach Baclofen": False}


def test_a_page_that_is_just_full_has_none_behind_it(baclofen, monkeypatch):
    monkeypatch.setattr(a_to_z, "ON_A_PAGE", 3)
    assert names() == ["Baclofen", "Lioresal", "Panofen"]
    assert not listing(now()).has_more
    monkeypatch.setattr(a_to_z, "ON_A_PAGE", 2)
    assert listing(now()).has_more


def test_a_name_of_two_medicines_leads_to_each(baclofen, paracetamol):
    for publication in (baclofen, paracetamol):
        add_names(publication.leaflet.medicine, by=None, names=[("Twobrand", "brand")])
    assert [entry.leaflet.title for entry in listing(now(), "t").entries] == ["Baclofen", "Paracetamol"]


def test_a_long_letter_comes_page_by_page_with_each_name_once(baclofen):
    rows = [(f"Mednol {number:03}", "brand") for number in range(450)]
    add_names(baclofen.leaflet.medicine, by=None, names=rows)
    pages = [listing(now(), "m", page=page) for page in (1, 2, 3, 4)]
    assert [len(page.entries) for page in pages] == [ON_A_PAGE, ON_A_PAGE, 50, 0]
    assert [page.has_more for page in pages] == [True, True, False, False]
    assert [entry.name for page in pages for entry in page.entries] == [name for name, _kind in rows]
    assert names(page=3)[-1] == "Panofen"  # of all letters


def test_letters_of_lately_are_a_second_old_at_most(baclofen, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(index, "LOOK_EVERY", 1.0)
    at = now()
    was = letters_lately(at)
    assert was == letters(at)
    add_names(baclofen.leaflet.medicine, by=None, names=[("Zoralib", "brand")])
    with django_assert_num_queries(0):
        assert letters_lately(at) == letters_lately(at + dt.timedelta(seconds=0.9)) == was
    later = at + dt.timedelta(seconds=1)
    assert letters_lately(later) == letters(later) == [*was, "z"]
    with django_assert_num_queries(1):  # a clock that was put back
        letters_lately(at)


def test_queries_do_not_grow_with_the_lists(baclofen):
    def count(question):
        with CaptureQueriesContext(connection) as queries:
            answer = question()
        return len(queries), answer

    questions = (lambda: len(names()), lambda: len(names("m")), lambda: len(letters(now())))
    assert [count(question) for question in questions] == [(2, 3), (1, 0), (1, 3)]
    add_names(baclofen.leaflet.medicine, by=None, names=[(f"Medol {number}", "brand") for number in range(297)])
    assert [count(question) for question in questions] == [(2, 200), (2, 200), (1, 4)]


def test_the_look_ups_go_by_the_index(baclofen):
    with CaptureQueriesContext(connection) as queries:
        listing(now(), "b")
        letters(now())
    if connection.vendor == "sqlite":
        asked = [query["sql"] for query in queries.captured_queries]
        plans = [plan for sql in (asked[0], asked[-1]) for plan in _plan(sql)]
        assert not [plan for plan in plans if plan.startswith("SCAN monographs") or plan == "SCAN n"]
        assert [plan for plan in plans if "name_by_letter" in plan]


def _plan(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[-1] for row in cursor.fetchall()]

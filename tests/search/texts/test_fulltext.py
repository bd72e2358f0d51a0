"""Search by what leaflets say: the same hits in the same order on each database."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from monographs.leaflets.content import SectionContent
from monographs.leaflets.sections import BY_KEY
from monographs.publication.actions import cancel_release, publish, withdraw
from monographs.publication.found.passages import Passage, Weight
from monographs.publication.models import Publication
from monographs.search.index.kept import the_index
from monographs.search.texts import fulltext
from monographs.search.texts.fulltext import find
from monographs.templatetags.found_words import marked
from tests.makers import (
    change_leaflet,
    make_approved,
    make_content,
    make_leaflet,
    make_medicine,
    make_published,
    make_review,
    sign,
)

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def slugs(query, **options):
    return [hit.slug for hit in find(query, at=now(), **options).hits]


def section(kind, body, heading=""):
    """Sections of a leaflet in which one is as given."""
    own = SectionContent(kind, kind, heading or str(BY_KEY[kind].heading), body)
    return tuple(own if each.kind == kind else each for each in make_content().sections)


@pytest.fixture
def paracetamol(db):
    make_medicine("Paracetamol", names=(("Panadol", "brand"),))
    return make_published(medicine="Paracetamol", dosage="Take 500mg with a glass of água.")


@pytest.fixture
def baclofen(db):
    make_medicine("Baclofen", names=(("Lioresal", "brand"),))
    return make_published(medicine="Baclofen", dosage="Start with 5mg. It is 100% for you, not a_b.")


def test_a_leaflet_is_found_that_has_all_that_is_looked_for(paracetamol, baclofen):
    assert slugs("start 5mg") == ["baclofen"]
    assert slugs("start 5 mg") == ["baclofen"]
    assert slugs("glass start") == []
    assert slugs("ÁGUA") == slugs("agua") == ["paracetamol"]
    assert slugs("100%") == ["baclofen"]
    assert slugs("glasses") == ["paracetamol"]
    assert slugs("0 mg") == slugs("50 mg") == []


def test_words_may_stand_in_different_sections(paracetamol):
    assert slugs("glass dosage") == []
    assert slugs("glass overdose") == ["paracetamol"]
    (hit,) = find("glass overdose", at=now()).hits
    assert (hit.weight, hit.snippet) == (Weight.ANYWHERE, "")  # half of what was asked is no answer


def test_where_a_name_was_found_words_must_stand_in_one_section(paracetamol):
    assert slugs("glass overdose", together=True) == []
    assert slugs("glass 500mg", together=True) == ["paracetamol"]


def test_the_title_alone_is_no_reason_to_quote_a_sentence(db):
    make_published(medicine="Zebramol", dosage="Take 5mg.")
    (hit,) = find("zebramol", at=now()).hits
    assert (hit.weight, hit.snippet) == (Weight.TITLE, "")


def test_of_two_sentences_the_one_is_quoted_that_says_it_without_the_title(db):
    make_published(medicine="Zebramol", dosage="Milk is fine. Zebramol and milk go together.")
    (hit,) = find("zebramol milk", at=now()).hits
    assert hit.snippet == "How to take it: Zebramol and milk go together."


def test_of_two_sentences_with_as_many_of_the_words_that_with_the_longer_is_quoted(db):
    make_published(medicine="Zebramol", dosage="It does not cure. Some people sleep badly.")
    (hit,) = find("not sleeping", at=now()).hits
    assert hit.snippet == "How to take it: Some people sleep badly."


def test_a_later_section_is_quoted_where_it_says_all_in_one_sentence(db):
    uses, dosage = section("uses", "Against zebras. Milk helps."), section("dosage", "Zebras drink milk.")
    sections = tuple(one if one.kind == "uses" else other for one, other in zip(uses, dosage, strict=True))
    make_published(make_leaflet("Testamol", sections=sections))
    (hit,) = find("zebra milk", at=now()).hits
    assert (hit.weight, hit.snippet) == (Weight.USES, "How to take it: Zebras drink milk.")


def test_titles_are_in_the_order_of_their_letters_and_easy_read_behind_the_rest(db):
    for name in ("Zemol", "Émol", "Femol"):
        make_published(medicine=name, dosage="Not with zebras.")
    make_published(make_leaflet("Zemol", edition="easy-read", title="Amol", dosage="Not with zebras."))
    assert slugs("zebras") == ["emol", "femol", "zemol", "zemol-easy-read"]


def test_a_letter_by_itself_is_no_word_of_another_section(db):
    make_published(medicine="Metformin", dosage="It can lower your vitamin B12. Vitamin D is not changed.")
    parts = section("storage", "Keep it below 30 °C, with the lid on.")
    make_published(make_leaflet("Baclofen", sections=parts))
    assert slugs("vitamin d") == ["metformin"]
    assert slugs("overdose lid") == ["baclofen"]
    assert slugs("overdose c") == []


def test_the_name_of_the_medicine_goes_with_each_of_its_sentences(paracetamol, baclofen):
    (hit,) = find("paracetamol water glass".replace("water ", ""), at=now()).hits
    assert (hit.slug, hit.anchor) == ("paracetamol", "part-dosage")
    assert hit.snippet == "How to take it: Take 500mg with a glass of água."


def test_hits_are_in_the_order_of_where_it_stands_then_of_their_titles(db):
    make_published(make_leaflet("Aamol", sections=section("side_effects", "You may see zebras.")))
    make_published(make_leaflet("Cemol", sections=section("dosage", "Not with zebras.")))
    make_published(make_leaflet("Bemol", sections=section("dosage", "Not with zebras.")))
    make_published(make_leaflet("Demol", sections=section("dosage", "It is given.", "Zebras")))
    make_published(make_leaflet("Eemol", sections=section("uses", "Against zebras.")))
    make_published(make_leaflet("Zebra powder"))
    found = find("zebra", at=now())
    assert [hit.slug for hit in found.hits] == ["zebra-powder", "eemol", "demol", "bemol", "cemol", "aamol"]
    assert [hit.weight for hit in found.hits] == [
        Weight.TITLE,
        Weight.USES,
        Weight.HEADING,
        Weight.TEXT,
        Weight.TEXT,
        Weight.SIDE_EFFECTS,
    ]
    assert (found.count, found.is_capped, found.pages) == (6, False, 1)


def test_an_amount_quotes_no_sentence_of_another_amount(db):
    make_published(medicine="Onemol", dosage="Take 5 mg. Never mg by guess.")
    assert slugs("10 mg") == []
    make_published(medicine="Twomol", dosage="Never mg by guess. Take 10mg.")
    (hit,) = find("10 mg", at=now()).hits
    assert hit.snippet == "How to take it: Take 10mg."


def test_names_of_medicines_are_found_as_they_are_written(db):
    make_published(medicine="Testamol", dosage="Not with fusidate.")
    assert slugs("fusid") == ["testamol"]
    assert slugs("fusid", names={"fusid"}) == []
    assert slugs("fusidate", names={"fusid", "fusidate"}) == ["testamol"]


@pytest.mark.parametrize(
    ("query", "said"), [("cough", "If you are coughing"), ("dose", "Two doses"), ("stop", "Before stopping")]
)
def test_an_everyday_word_or_an_illness_in_a_name_is_found_by_its_stem(query, said):
    make_medicine("Guaifenesin", names=(("Cough Out", "brand"), ("Low-dose Stop", "brand")))
    make_published(medicine="Testamol", dosage=f"{said}, ask us.")
    assert query in the_index()
    (hit,) = find(query, at=now(), names=the_index()).hits
    assert hit.snippet == f"How to take it: {said}, ask us."


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?",
        "()",
        "\x00",
        "\ud800",
        "🙂" * 500,
        "%",
        "_",
        "\\",
        "'",
        '"',
        '"glass',
        "'; DROP TABLE x; --",
        "NEAR(glass 5",
        "glass* ^start",
        "tokens:glass",
        "glass AND",
        "NOT glass OR",
        "-glass +",
        "glass | !start <-> x",
        "{glass} : *",
        "5-HTP 2.5 mg St John's wort 8/500 co-codamol",
    ],
)
def test_what_is_syntax_to_a_database_is_none_here(paracetamol, query, client):
    assert slugs(query) in ([], ["paracetamol"])
    assert client.get(reverse("search"), {"q": query.replace("\ud800", "")}).status_code == 200


def test_a_very_long_query_is_answered(paracetamol, client):
    assert client.get(reverse("search"), {"q": "glass " * 800_000}).status_code in (200, 400, 414)
    assert find("glass " * 10_000, at=now()).count == 1


def test_a_page_has_twenty_and_the_next_the_rest(db):
    for number in range(22):
        make_published(medicine=f"Medol {number:02}", dosage="Not with zebras.")
    first, second, beyond = (find("zebras", at=now(), page=page) for page in (1, 2, 9))
    assert (len(first.hits), first.count, first.pages, first.page) == (20, 22, 2, 1)
    assert [hit.title for hit in second.hits] == ["Medol 20", "Medol 21"]
    assert (beyond.hits, beyond.page) == (second.hits, 2)
    without = Publication.objects.get(leaflet__slug="medol-00").pk
    assert find("zebras", at=now(), without={without}).count == 21


def test_queries_do_not_grow_with_the_leaflets(db):
    def count():
        with CaptureQueriesContext(connection) as queries:
            find("zebras milk", at=now())
        return len(queries)

    make_published(medicine="Medol", dosage="Not with zebras. Milk is fine.")
    count()  # PostgreSQL is asked now and then which words are common
    at_one = count()
    for number in range(9):
        make_published(medicine=f"Medol {number}", dosage="Not with zebra milk.")
    assert count() == at_one == 3


def test_of_very_common_words_a_bounded_number_is_looked_at(db, monkeypatch):
    monkeypatch.setattr(fulltext, "MOST", 3)
    for number in range(5):
        make_published(medicine=f"Medol {number}", dosage="Not with zebras.")
    found = find("zebras", at=now())
    assert [hit.slug for hit in found.hits] == ["medol-0", "medol-1", "medol-2"]
    assert found.is_capped


def test_where_no_more_passages_were_read_there_may_be_more_leaflets(db, monkeypatch):
    make_published(medicine="Testamol", dosage="Not with zebras.")
    passages = Passage.objects.filter(tokens__contains="zebra").count()
    for most, is_capped in ((passages, True), (passages + 1, False)):
        monkeypatch.setattr(fulltext, "_READ", most)
        assert find("not zebras", at=now()).is_capped == is_capped


# In step with what is shown


def test_what_was_never_published_is_not_found(db):
    make_leaflet("Secretol", dosage="Not with zebras.")
    make_approved(medicine="Waitol", dosage="Not with zebras.")
    assert slugs("zebras") == []
    assert not Passage.objects.exists()


def test_a_scheduled_text_is_found_from_its_instant_on_and_the_one_before_until_then(baclofen, priya):
    later = now() + dt.timedelta(days=2)
    change_leaflet(baclofen.leaflet, dosage="Not with zebras.")
    review = make_review(baclofen.leaflet)
    sign(review)
    publication = publish(review, by=priya, change_note="Zebras.", effective_from=later)
    assert slugs("zebras") == []
    assert slugs("start 5mg") == ["baclofen"]
    assert [hit.slug for hit in find("zebras", at=later).hits] == ["baclofen"]
    assert find("start 5mg", at=later).hits == []
    cancel_release(publication, by=priya)
    assert find("zebras", at=later).hits == []
    assert set(Passage.objects.values_list("publication", flat=True)) == {baclofen.pk}


def test_the_text_before_is_gone_with_its_rows(baclofen, priya):
    change_leaflet(baclofen.leaflet, dosage="Not with zebras.")
    make_published(baclofen.leaflet, change_note="Zebras.")
    assert slugs("start 5mg") == []
    assert slugs("zebras") == ["baclofen"]
    assert not Passage.objects.filter(publication=baclofen).exists()


def test_a_withdrawn_text_is_not_found(baclofen, priya):
    withdraw(baclofen.leaflet, by=priya, notice="We check it.", why="An error.")
    assert slugs("start 5mg") == []
    assert not Passage.objects.exists()


def test_a_draft_is_not_found(baclofen):
    change_leaflet(baclofen.leaflet, title="Unread title")
    assert slugs("unread") == []
    assert find("start 5mg", at=now()).hits[0].title == "Baclofen"


def test_the_page_marks_what_was_found_and_escapes_all_else(client, db):
    make_published(medicine="Testamol", dosage="Never mix salt & zebras <two of them>.")
    page = client.get(reverse("search"), {"q": "zebra"}).content.decode()
    assert "Never mix salt &amp; <mark>zebras</mark> &lt;two of them&gt;." in page
    assert f'href="{reverse("leaflet-read", args=["testamol"])}#part-dosage"' in page


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("b", "a <b>c</b>", "a &lt;<mark>b</mark>&gt;c&lt;/<mark>b</mark>&gt;"),
        ("1000", "Take 1,000 mg", "Take <mark>1,000 mg</mark>"),
        ("milk", "MILK, milky milks", "<mark>MILK</mark>, milky <mark>milks</mark>"),
        ("10 mg", "5–10 mg", "5–<mark>10 mg</mark>"),
        ("x", "a & b", "a &amp; b"),
    ],
)
def test_marks_stand_around_escaped_words(text, query, expected):
    ways = frozenset(way for one in fulltext.looked_for(query) for way in one.ways)
    hit = fulltext.TextHit("x", "X", "X", "en", "normal", Weight.TEXT, text, "", ways)
    assert marked(text, hit) == expected

"""Who searches for two medicines reads what their leaflets say of each other, and never that they are safe together."""

import pytest

from monographs.medicines.actions import add_medicine, add_names
from monographs.publication.actions import withdraw
from tests.makers import make_medicine
from tests.reading.parts import make_clinic
from tests.reading.ways_in.test_search_page import said
from tests.together.test_sheet import publish

pytestmark = pytest.mark.django_db

SILENT = "These leaflets do not mention each other. That does not mean that they are safe together: ask a pharmacist."
MORE = "Read their key facts on one page"


@pytest.fixture
def pair():
    make_clinic()
    publish("Baclofen", "Drink water. Ask before you take Nurofen.")
    publish("Ibuprofen", "Ask first if you take blood thinners, such as warfarin. Not with baclofen.")
    add_names(make_medicine("Ibuprofen"), by=None, names=[("Nurofen", "brand")])
    make_medicine("Ibuprofen")


@pytest.mark.parametrize(
    "query",
    [
        "baclofen ibuprofen",
        "baclofen and nurofen",
        "can I take baclofen and ibuprofen together",
        "is it safe to take ibuprofen with baclofen?",
        "does baclofen interact with ibuprofen",
        "baclofen/ibuprofen",
    ],
)
def test_each_leaflet_is_quoted_where_it_names_the_other(client, pair, query):
    text = said(client, query)
    assert "The leaflet about Baclofen says: Ask before you take Nurofen. Other medicines" in text
    assert "The leaflet about Ibuprofen says: Not with baclofen. Other medicines" in text
    assert MORE in text
    assert "Drink water" not in text.partition(" leaflets for “")[0]


def test_the_page_of_both_is_a_link_away(client, pair):
    page = client.get("/search/", {"q": "baclofen with nurofen"}).content.decode()
    assert '<a href="/together/?m=Baclofen&amp;m=Ibuprofen" rel="nofollow">' in page
    assert '<a href="/leaflets/baclofen/#part-interactions">' in page


@pytest.mark.parametrize("query", ["ibuprofen with warfarin", "warfarin ibuprofen", "ibuprofen and warfarin"])
def test_a_medicine_that_the_clinic_does_not_know_is_found_in_the_leaflet_of_the_other(client, pair, query):
    text = said(client, query)
    quoted = "Ibuprofen and warfarin The leaflet about Ibuprofen says: Ask first if you take blood thinners"
    assert text.startswith(quoted)
    assert "There is no leaflet about warfarin at the moment." in text
    assert "We know no medicine called" not in text


def test_a_kind_of_medicines_is_found_by_what_leaflets_call_it(client, pair):
    text = said(client, "can I take ibuprofen with anticoagulants")
    assert "The leaflet about Ibuprofen says: Ask first if you take blood thinners, such as warfarin." in text
    assert "no leaflet about anticoagulants" not in text


def test_what_warns_is_quoted_before_what_does_not(client):
    publish("Baclofen", "Not with ibuprofen.", dosage="Take it as you take ibuprofen.")
    publish("Ibuprofen", dosage="Take it an hour after baclofen.")
    text = said(client, "baclofen with ibuprofen").partition(MORE)[0]
    assert "Not with ibuprofen." in text
    assert "as you take ibuprofen" not in text
    assert "Take it an hour after baclofen." in text  # it is named nowhere else


def test_of_leaflets_that_do_not_name_each_other_this_is_told_and_no_more(client):
    make_clinic()
    publish("Baclofen")
    publish("Metformin")
    text = said(client, "baclofen and metformin")
    assert text.startswith(f"Baclofen and Metformin {SILENT} You can also call us on 01632")
    assert text.partition("leaflets for “")[0].endswith(f" . {MORE} 2 ")


def test_where_one_has_no_leaflet_it_is_never_told_that_both_are_silent(client, priya):
    publish("Baclofen")
    gone = publish("Metformin").leaflet
    add_medicine("Codeine", by=None)
    withdraw(gone, by=priya, notice="Ask us.", why="Wrong.")
    for other in ("Metformin", "Codeine"):
        text = said(client, f"baclofen with {other}")
        assert f"The leaflet about Baclofen does not name {other} ." in text
        assert "Ask your pharmacist before you take them together." in text
        assert SILENT not in text
    assert "does not name" not in said(client, "metformin with codeine")


def test_who_took_too_much_of_two_reads_what_to_do_and_nothing_else_first(client, pair):
    text = said(client, "took too much baclofen and ibuprofen")
    assert text.startswith("If you need help In an emergency 999 Advice today, day or night 111 ")
    assert text.index("The leaflet “Baclofen” says If you take too much") < text.index("The leaflet “Ibuprofen” says")
    assert "Ask before you take Nurofen." not in text


def test_what_else_is_asked_is_answered_first(client, pair):
    text = said(client, "alcohol with baclofen and ibuprofen")
    assert text.index("The leaflet “Baclofen” says") < text.index("The leaflet about Baclofen says")
    text = said(client, "how often can I take baclofen and ibuprofen")
    assert text.index("The leaflet about Baclofen says") < text.index("The leaflet “Baclofen” says How to take it")


def test_two_names_of_one_medicine_are_told_to_be_so(client, pair):
    text = said(client, "nurofen with ibuprofen")
    assert text.startswith(
        "These are names of one medicine: “ Nurofen ”, “ Ibuprofen ”. "
        "Whoever takes both takes it twice. Ask a pharmacist first."
    )
    assert "names of one medicine" not in said(client, "ibuprofen, ibuprofen 200mg")


def test_a_name_that_several_medicines_have_decides_nothing(client, pair):
    for medicine in ("Ibuprofen", "Paracetamol"):
        add_names(make_medicine(medicine), by=None, names=[("Coldaway", "brand")])
    for query in ("coldaway with baclofen", "coldaway with ibuprofen"):
        text = said(client, query)
        assert "The leaflet about" not in text
        assert "names of one medicine" not in text


def test_in_another_language_the_page_says_it_in_its_own(client, pair):
    page = client.get("/es/search/", {"q": "baclofen ibuprofen"}).content.decode()
    assert "El folleto sobre <bdi>Baclofen</bdi> dice:" in page
    assert '<a href="/es/together/?m=Baclofen&amp;m=Ibuprofen" rel="nofollow">' in page


@pytest.mark.parametrize("query", ["baclofen", "baclofen 10 mg tablets", "ibuprofin baclofin", "xyz and zyx"])
def test_any_other_search_says_nothing_of_it(client, pair, query):
    assert "The leaflet about" not in said(client, query)


@pytest.mark.parametrize(
    ("query", "most"),
    [("baclofen ibuprofen", 8), ("ibuprofen with warfarin", 8), ("alcohol with baclofen and ibuprofen", 10)],
)
@pytest.mark.parametrize("path", ["/search/", "/ar/search/"])
def test_it_takes_few_queries_however_many_are_named(
    client, pair, django_assert_max_num_queries, monkeypatch, path, query, most
):
    for number in range(5):
        publish(f"Medol {number}", "Not with baclofen.")
    client.get(path, {"q": query})
    monkeypatch.setattr("monographs.search.index.kept.LOOK_EVERY", 60)
    client.get(path, {"q": query})
    named = "".join(f", medol {number}" for number in range(5))
    for more in ("", named):
        with django_assert_max_num_queries(most + (path != "/search/")):
            assert 'class="telling"' in client.get(path, {"q": query + more}).content.decode()


@pytest.mark.parametrize("query", ["is ibuprofen an antibiotic", "Is ibuprofen a kind of painkiller?"])
def test_who_asks_what_a_medicine_is_is_told_nothing_of_taking_it_with_that(client, pair, query):
    text = said(client, query)
    assert text.startswith(f"One leaflet for “ {query} ” Ibuprofen")


def test_who_asks_whether_it_is_safe_with_an_antibiotic_is(client, pair):
    text = said(client, "is ibuprofen safe with an antibiotic")
    assert text.startswith("Ibuprofen and antibiotic The leaflet about Ibuprofen does not name antibiotic .")

"""Search by names: which medicine is meant, and what is said of it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monographs.medicines.actions import add_medicine
from monographs.publication.actions import publish, withdraw
from monographs.publication.models import Kind
from monographs.search.named.asked import tidy_query
from monographs.search.named.names import How, answer
from tests.makers import change_leaflet, make_approved, make_leaflet, make_medicine, make_published

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def ask(query):
    return answer(query, now())


def names(query):
    return [found.name for found in ask(query).found]


@pytest.fixture
def paracetamol(db):
    make_medicine("Paracetamol", names=(("Panadol", "brand"), ("Acetaminophen", "synonym"), ("Paracétamol", "former")))
    return make_published(medicine="Paracetamol")


@pytest.fixture
def baclofen(db):
    make_medicine("Baclofen", names=(("Lioresal", "brand"), ("Panofen", "brand")))
    return make_published(medicine="Baclofen")


@pytest.mark.parametrize(
    ("query", "how", "matched"),
    [
        ("paracetamol", How.NAME, "Paracetamol"),
        ("PARACÉTAMOL", How.NAME, "Paracetamol"),
        ("  PARAC ", How.BEGUN, "Paracetamol"),
        ("panadol", How.NAME, "Panadol"),
        ("(Panadol®)", How.NAME, "Panadol"),
        ("pana-dol", How.NAME, "Panadol"),
        ("acetaminophen?", How.NAME, "Acetaminophen"),
        ("panadol tablets 500 mg", How.NAME, "Panadol"),
        ("Panadol500mg", How.NAME, "Panadol"),
        ("can I drink wine with panadol", How.NAMED, "Panadol"),
        ("parasetmol", How.NEAR, "Paracetamol"),
        ("how much parasetamol", How.NEAR, "Paracetamol"),
        ("\x00panadol\x07", How.NAME, "Panadol"),
        ("panadol " * 10_000, How.NAMED, "Panadol"),
    ],
)
def test_a_leaflet_is_found_by_each_of_its_names(paracetamol, query, how, matched):
    found = ask(query)
    assert found.how == how
    (hit,) = found.hits
    assert (hit.slug, hit.title, hit.name) == ("paracetamol", "Paracetamol", "Paracetamol")
    assert (hit.matched_name, hit.snippet, hit.language, hit.in_effect) == (matched, "", "en", Kind.NORMAL)


@pytest.mark.parametrize(
    ("query", "not_meant"),
    [
        ("tazocin", "Pentazocine"),
        ("morphine", "Apomorphine"),
        ("codeine", "Dihydrocodeine"),
        ("cetamin", "Acetaminophen"),
        ("omeprazole", "Esomeprazole"),
        ("citalopram", "Escitalopram"),
        ("iron", "Buspirone"),
    ],
)
def test_letters_inside_a_word_are_no_hit(query, not_meant):
    make_published(medicine=not_meant)
    assert ask(query).how == How.NOT


def test_whole_words_inside_a_name_are(db):
    make_published(medicine="Insulin glargine")
    assert names("glargine") == names("glargine insulin") == ["Insulin glargine"]


def test_names_that_begin_so_come_in_order(paracetamol, baclofen):
    make_published(medicine="Propan")
    assert [hit.matched_name for hit in ask("pan").hits] == ["Panadol", "Panofen"]


def test_the_name_itself_comes_before_longer_ones(db):
    for medicine in ("Codeine phosphate", "Codeine", "Co-codamol with codeine"):
        make_published(medicine=medicine)
    assert names("codeine") == ["Codeine", "Codeine phosphate", "Co-codamol with codeine"]


def test_strengths_are_told_apart_where_names_tell_them(db):
    for medicine in ("Co-codamol 8/500", "Co-codamol 30/500"):
        make_published(medicine=medicine)
    assert names("co-codamol 30/500") == names("cocodamol 30/500 tablets") == ["Co-codamol 30/500"]
    assert names("cocodamol") == ["Co-codamol 30/500", "Co-codamol 8/500"]


def test_a_name_that_two_medicines_have_leads_to_both(db):
    for medicine in ("Insulin aspart", "Insulin lispro"):
        make_medicine(medicine, names=(("Rapid", "brand"),))
        make_published(medicine=medicine)
    assert sorted(names("rapid")) == ["Insulin aspart", "Insulin lispro"]


@pytest.mark.parametrize("query", ["", "   ", "\x00", "\x00\x01\x1f", "\ud800", "́", "?!", "'", "🙂" * 500, "-", "®"])
def test_signs_alone_find_nothing_and_do_no_harm(paracetamol, query):
    assert ask(query).found == ()
    assert answer(query, now()).hits == []


@pytest.mark.parametrize("query", ["'; DROP TABLE x; --", "%", "_", "p%l", "pan_dol's", "xyzzyplugh", "5 mg"])
def test_what_is_like_no_name_finds_nothing(baclofen, query):
    assert ask(query).found == ()


def test_only_the_first_hundred_characters_are_looked_at():
    assert len(tidy_query("panadol " * 10_000)) <= 100
    assert tidy_query("\u200b" * 5_000_000 + "panadol") == ""


def test_what_was_never_published_has_no_leaflet():
    make_leaflet("Secretol")
    make_approved(medicine="Waitol")
    for query in ("secretol", "waitol", "secretl"):
        assert ask(query).hits == []
    assert answer("secretol", now()).hits == []


def test_a_scheduled_leaflet_is_found_from_its_instant_on(priya):
    later = now() + dt.timedelta(days=2)
    publish(make_approved(medicine="Laterol"), by=priya, change_note="First version.", effective_from=later)
    assert ask("laterol").hits == []
    assert [hit.slug for hit in answer("laterol", later).hits] == ["laterol"]


def test_a_draft_title_is_not_shown(baclofen):
    change_leaflet(baclofen.leaflet, title="Unread title")
    assert ask("baclofen").hits[0].title == "Baclofen"


def test_a_withdrawn_leaflet_is_found_and_marked(baclofen, priya):
    withdraw(baclofen.leaflet, by=priya, notice="We check it.", why="An error.")
    (hit,) = ask("lioresal").hits
    assert (hit.slug, hit.title, hit.in_effect) == ("baclofen", "Baclofen", Kind.WITHDRAWAL)


def test_each_language_is_a_leaflet_of_its_own(baclofen):
    make_published(make_leaflet("Baclofen", language="fr", title="Baclofène"))
    assert {(hit.slug, hit.language, hit.title) for hit in ask("lioresal").hits} == {
        ("baclofen", "en", "Baclofen"),
        ("baclofen-fr", "fr", "Baclofène"),
    }


def test_a_medicine_without_a_leaflet_is_told_as_such(paracetamol):
    add_medicine("Panadolone", by=None)
    found = ask("panadolone")
    assert (found.how, [each.name for each in found.found], found.hits) == (How.NAME, ["Panadolone"], [])
    assert [(each.name, each.hits) for each in ask("panadolon").found] == [("Panadolone", ())]


def test_names_that_begin_so_are_those_with_leaflets(paracetamol):
    add_medicine("Pantoprazole", by=None)
    assert names("pan") == ["Paracetamol"]
    assert names("pant") == ["Pantoprazole"]


def test_of_two_names_each_is_told(db):
    make_published(medicine="Ibuprofen")
    add_medicine("Codeine", by=None)
    found = ask("ibuprofen/codeine")
    assert found.how == How.TOGETHER
    assert [(each.name, len(each.hits)) for each in found.found] == [("Ibuprofen", 1), ("Codeine", 0)]
    assert names("Codeine and ibuprofin 400mg") == ["Codeine", "Ibuprofen"]
    (mended,) = ask("Codeine and ibuprofin 400mg").mended.items()
    assert (mended[0], [each.name for each in mended[1]]) == ("ibuprofin", ["Ibuprofen"])
    assert ask("ibuprofen + zzyzxone").unknown == ("zzyzxone",)


def test_what_begins_a_name_may_be_another_with_a_slip(db):
    make_medicine("Aminophylline", names=(("Theophyline ethylenediamine", "synonym"),))
    for medicine in ("Aminophylline", "Theophylline"):
        make_published(medicine=medicine)
    found = ask("theophyline")
    assert [each.name for each in found.meant] == ["Aminophylline"]
    assert [each.name for each in found.others] == ["Theophylline"]


def test_a_combination_that_has_a_name_is_one_medicine(db):
    for medicine in ("Carbidopa", "Levodopa", "Carbidopa/levodopa"):
        make_published(medicine=medicine)
    assert names("carbidopa/levodopa")[0] == names("carbidopa-levodopa")[0] == "Carbidopa/levodopa"


def test_what_begins_as_a_published_name_stays_one_look_up(db):
    """Queries don't grow with names, and nothing is asked for what no name is like."""

    def count(query):
        with CaptureQueriesContext(connection) as queries:
            found = ask(query)
        return len(queries) - 2, len(found.found)  # two of each look at the names' stamp and at new publications

    make_published(medicine="Medol 99")
    ask("medol")
    assert [count(query) for query in ("medol", "mdeol 99", "xyzzyplugh")] == [(1, 1), (2, 1), (0, 0)]
    for number in range(29):
        make_published(medicine=f"Medol {number}")
    ask("medol")
    found = [count(query) for query in ("medol", "mdeol", "mdeol 99", "xyzzyplugh")]
    assert found == [(1, 22), (2, 5), (2, 1), (0, 0)]


@pytest.mark.parametrize(
    "query",
    [
        "overdose codeine and metphormin",
        "can i take metphormin with codeine",
        "codeine and can i take metphormin",
        "metphormin + codeine",
    ],
)
def test_beside_a_name_another_that_is_misspelt_is_told(query):
    add_medicine("Codeine", by=None)
    make_published(medicine="Metformin")
    found = answer(query, timezone.now())
    assert {each.name: each.slips > 0 for each in found.meant} == {"Codeine": False, "Metformin": True}
    assert {typed: [each.name for each in meant] for typed, meant in found.mended.items()} == {
        "metphormin": ["Metformin"]
    }


def test_beside_a_name_a_word_that_may_be_two_medicines_tells_both(db):
    for name in ("Codeine", "Prednisone", "Prednisane"):
        add_medicine(name, by=None, drug_class=f"Class of {name}")
    found = answer("can i take prednisine with codeine", timezone.now())
    (meant,) = found.mended.values()
    assert {(each.name, each.use) for each in meant} == {
        ("Prednisone", "Class of Prednisone"),
        ("Prednisane", "Class of Prednisane"),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("vitamine c", []),
        ("vitamin d", []),
        ("vitamn a", ["Vitamin A"]),
        ("vitamn b 12", ["Vitamin B12"]),
        ("a moxicilin", ["Amoxicillin"]),
    ],
)
def test_another_letter_that_stands_by_itself_is_no_slip(query, found):
    for name in ("Vitamin A", "Vitamin BC", "Vitamin B12", "Amoxicillin"):
        add_medicine(name, by=None)
    assert names(query) == found


@pytest.mark.parametrize("query", ["hydroxalazine", "hydraxyzine", "hydroxylzine", "hydralzine"])
def test_what_is_known_to_be_taken_for_one_another_is_told_together(query):
    for name in ("Hydralazine", "Hydroxyzine", "Hydroxycarbamide"):
        add_medicine(name, by=None, drug_class=f"Class of {name}")
    assert {each.use for each in ask(query).found} == {"Class of Hydralazine", "Class of Hydroxyzine"}


@pytest.mark.parametrize("other", ["codeine", "fusidic acid", "zzyzxone"])
def test_of_two_names_the_one_that_the_clinic_does_not_know_is_told(other):
    make_published(medicine="Ibuprofen")
    found = ask(f"ibuprofen/{other} 30mg")
    assert (found.how, [each.name for each in found.found], found.unknown) == (How.TOGETHER, ["Ibuprofen"], (other,))


@pytest.mark.parametrize(
    "query", ["codeine and asthma", "can my mother take codeine in hospital", "codeine in the morning or evening"]
)
def test_other_words_beside_a_name_are_no_names(query):
    for name in ("Codeine", "Astham", "Mornidine", "Hospira"):
        add_medicine(name, by=None)
    found = answer(query, timezone.now())
    assert ([each.name for each in found.found], found.unknown) == (["Codeine"], ())


def test_beside_a_beginning_of_few_letters_no_slip_is_told(paracetamol):
    make_published(medicine="Pena")
    assert names("pana") == ["Paracetamol"]


def test_beside_a_name_a_word_that_may_be_many_medicines_tells_three():
    for name in ("Codeine", "Prednisane", "Prednisene", "Prednisine", "Prednisone"):
        add_medicine(name, by=None)
    ((typed, meant),) = ask("codeine and prednisune").mended.items()
    assert (typed, len(meant)) == ("prednisune", 3)


def test_words_that_are_right_by_themselves_are_no_name_with_several_slips():
    for name in ("Questran", "Heptalac", "Water"):
        add_medicine(name, by=None)
    assert names("chest pain") == names("heart attack") == []


def test_an_everyday_word_beside_a_name_is_no_second_one():
    for name in ("Codeine", "Water"):
        add_medicine(name, by=None)
    assert names("codeine and water") == ["Codeine"]
    assert names("water") == ["Water"]


def test_an_everyday_word_that_is_left_of_a_query_begins_no_name():
    make_medicine("Testamol", names=(("Blue moon", "brand"),))
    make_published(medicine="Testamol")
    assert names("blue") == ["Testamol"]
    assert names("blue inhaler") == []

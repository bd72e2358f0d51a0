"""What the search page says: plainly which name it shows, what it has no leaflet about, and what looks alike."""

import pytest

from monographs.clinics.models import Clinic
from monographs.medicines.actions import add_medicine
from monographs.search.missed import write_missed
from monographs.search.models import MissedSearch
from monographs.search.questions.other_words import in_other_words
from tests.makers import make_content, make_leaflet, make_medicine, make_published
from tests.reading.parts import words
from tests.search.questions.test_questions import publish_leaflet

pytestmark = pytest.mark.django_db


def said(client, query: str) -> str:
    """The words of the page below the search field."""
    answer = client.get("/search/", {"q": query})
    assert answer.status_code == 200
    return words(answer).split("Your medicine, or a question Search ")[1].split(" Find it by letter")[0]


def published(medicine: str, uses: str, **fields):
    content = make_content(medicine)
    sections = [
        section if section.kind != "uses" else type(section)(section.key, section.kind, section.heading, uses)
        for section in content.sections
    ]
    return make_published(make_leaflet(medicine, sections=tuple(sections), **fields))


def test_a_name_leads_to_its_leaflet(client):
    make_medicine("Baclofen", names=(("Lioresal", "brand"),))
    make_published(medicine="Baclofen")
    assert said(client, "lioresal") == "One leaflet for “ lioresal ” Baclofen Also called Lioresal"
    write_missed()
    assert not MissedSearch.objects.filter(query="lioresal").exists()


def test_a_misspelt_name_is_shown_as_such(client):
    published("Betamol", "Betamol helps with cramps. It may do more.")
    assert said(client, "betomol") == (
        "Showing results for “ Betamol ” We know no medicine spelt “ betomol ”. "
        "Check that this is the name on your pack. Betamol Betamol helps with cramps."
    )
    assert client.get("/search/", {"q": "betomol"}).status_code == 200  # never leads there by itself


def test_of_a_question_the_misspelt_name_is_told_and_not_the_whole(client):
    published("Betamol", "Betamol helps with cramps.")
    assert said(client, "is betomol safe in pregnancy") == (
        "Showing results for “ Betamol ” We know no medicine spelt “ betomol ”. "
        "Check that this is the name on your pack. Betamol Betamol helps with cramps."
    )


def test_two_medicines_about_equally_near_stand_side_by_side(client):
    published("Prednisone", "Prednisone calms an inflammation.")
    add_medicine("Prednisane", by=None, drug_class="Laxative")
    assert said(client, "prednisine") == (
        "Showing results for “ Prednisane ” and “ Prednisone ” We know no medicine spelt “ prednisine ”. "
        "These names look alike, but they are different medicines. Check the name on your pack before you read on. "
        "Prednisane Laxative We have no leaflet about Prednisane yet. Your pharmacist can tell you about it. "
        "Prednisone Prednisone calms an inflammation."
    )


def test_what_has_no_leaflet_is_told_by_its_class(client):
    add_medicine("Betamol", by=None, drug_class="Muscle relaxant")
    assert "Betamol Muscle relaxant We have no leaflet" in said(client, "betomol")


def test_a_medicine_without_a_leaflet_is_told_as_such(client):
    make_medicine("Sertraline", names=(("Lustral", "brand"),))
    make_published(make_leaflet("Ibuprofen", dosage="Ask first if you take sertraline."))
    sentence = "We have no leaflet about Sertraline yet. Your pharmacist can tell you about it."
    text = "Leaflets that mention “ sertraline ” Ibuprofen How to take it: Ask first if you take sertraline ."
    assert said(client, "sertraline") == f"No leaflet for “ sertraline ” yet Sertraline {sentence} {text}"
    assert said(client, "sertralne").startswith("Showing results for “ Sertraline ” We know no medicine spelt")
    assert sentence in said(client, "lustral")
    write_missed()
    missed = set(MissedSearch.objects.values_list("query", flat=True))
    assert missed >= {"sertralne", "lustral"}
    assert "sertraline" not in missed  # another leaflet says something of it


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("codeine", "Leaflets that mention “ codeine ”"),
        ("is codeine strong?", "Leaflets that mention “ is codeine strong? ”"),
        ("Tazomycinol 50mg", "Leaflets that mention “ Tazomycinol 50mg ”"),
        ("strong headache", "One leaflet for “ strong headache ”"),
        ("50mg", "One leaflet for “ 50mg ”"),
    ],
)
def test_what_mentions_a_medicine_that_nobody_knows_here_is_no_leaflet_for_it(client, query, heading):
    make_published(make_leaflet("Ibuprofen", dosage="Is codeine too strong for a headache? Tazomycinol 50mg."))
    assert said(client, query).startswith(f"{heading} Ibuprofen How to take it:")


def test_a_leaflet_whose_title_has_it_is_one_for_it(client):
    make_published(make_leaflet("Salbutamol", title="بخاخ سالبوتامول", language="ar"))
    assert said(client, "سالبوتامول").startswith("One leaflet for “ سالبوتامول ” بخاخ سالبوتامول")


def test_of_two_names_it_says_which_has_no_leaflet(client):
    make_published(medicine="Ibuprofen")
    add_medicine("Codeine", by=None)
    assert said(client, "ibuprofen/codeine") == (
        "Ibuprofen and Codeine The leaflet about Ibuprofen does not name Codeine . "
        "There is no leaflet about Codeine at the moment. Ask your pharmacist before you take them together. "
        "Read their key facts on one page "
        "One leaflet for “ ibuprofen/codeine ” Ibuprofen "
        "Codeine We have no leaflet about Codeine yet. Your pharmacist can tell you about it."
    )
    assert "We know no medicine called “ zzyzxone ”" in said(client, "ibuprofen + zzyzxone")


def test_a_question_with_one_name_right_and_one_misspelt_is_answered_for_the_one_and_asks_about_the_other(client):
    make_published(make_leaflet("Codeine", dosage="No alcohol with it."))
    make_published(medicine="Metformin")
    text = said(client, "alcohol with codeine and metphormin")
    assert "The leaflet “Codeine” says How to take it No alcohol with it." in text
    assert "The leaflet “Metformin” says" not in text
    assert (
        "We know no medicine spelt “ metphormin ”. Showing results for “ Metformin ”. "
        "Check that this is the name on your pack."
    ) in text


def test_a_question_of_one_everyday_word_is_about_no_medicine_though_one_is_called_so(client):
    make_medicine("Benzyl alcohol", names=(("alcohol", "synonym"),))
    make_published(medicine="Benzyl alcohol")
    make_published(make_leaflet("Codeine", dosage="No alcohol with it."))
    text = said(client, "alcohol?")
    assert text.startswith("Which medicine do you mean?")
    assert "One leaflet for “ alcohol? ” Benzyl alcohol Also called alcohol" in text
    assert "Codeine How to take it: No alcohol with it." in text
    assert "The leaflet “" not in text


@pytest.mark.parametrize("query", ["can I drink alcohol with naproxen", "is naproxen safe in pregnancy?"])
def test_a_question_that_names_a_medicine_nobody_knows_is_not_asked_which(client, query):
    make_published()
    assert said(client, query).startswith("We know no medicine called “ naproxen ”.")


def test_who_took_many_of_what_nobody_knows_reads_the_emergency_numbers_first(client):
    make_published()
    assert said(client, "i took 20 naproxen").startswith("If you need help In an emergency")
    assert "We know no medicine called “ naproxen ”." in said(client, "i took 20 naproxen")
    assert "Which medicine do you mean?" in said(client, "i took 20 of them")


@pytest.mark.parametrize("query", ["baby not breathing", "hurt my baby", "stopped breathing"])
def test_who_is_in_danger_and_asks_about_no_medicine_is_not_asked_which(client, query):
    text = said(client, query)
    assert text.startswith("If you need help In an emergency")
    assert "Which medicine do you mean?" not in text
    assert "Nothing found" not in text


def test_a_clinic_without_numbers_shows_no_empty_heading_for_them(client):
    Clinic.objects.update(emergency_number="", urgent_number="", crisis_lines="")
    make_published()
    assert "If you need help" not in said(client, "took too much testamol")
    assert said(client, "took too much testamol").startswith("The leaflet “Testamol” says")


def test_what_names_a_medicine_finds_no_other_leaflet_that_has_its_words_here_and_there(client):
    add_medicine("Sertraline", by=None)
    facts = ("Never with zebras.", "Take it with food.", "Keep it away from children.")
    make_published(make_leaflet("Ibuprofen", dosage="Ask if you take sertraline.", key_facts=facts))
    assert "Ibuprofen" not in said(client, "zebras sertraline")
    assert "Ibuprofen" in said(client, "ask sertraline")
    assert "Ibuprofen" in said(client, "zebras ask")


def test_what_is_like_nothing_says_so(client):
    make_published(medicine="Betamol")
    assert said(client, "xyzzyplugh").startswith("Nothing found for “ xyzzyplugh ” Check the spelling on the pack")
    write_missed()
    assert MissedSearch.objects.filter(query="xyzzyplugh").exists()


@pytest.mark.parametrize(
    "query",
    [
        "?",
        "()",
        "''",
        "🙂🙂",
        "\x00",
        "%",
        "Бетамол مول betamol 🙂",
        "<b>betamol</b>",
        "a/b/c/d/e/f",
        "/" * 99,
        "10⁵",
        "%(query)s 100% {{ query }}",
        "\ufdd0query\ufdd1 betamol",
    ],
)
def test_whatever_is_typed_is_answered_in_words(client, query):
    make_published(medicine="Betamol")
    assert said(client, query)


@pytest.mark.once  # a database is asked for the first hundred signs
def test_five_megabytes_are_answered_in_words(client):
    for query in ("betamol " * 600_000, "́" * 2_500_000, "\u200b" * 1_600_000):
        assert client.get("/search/", {"q": query}).status_code == 200


def test_a_class_is_told_in_the_readers_language_or_marked_as_the_sites(client):
    add_medicine("Betamol", by=None, drug_class="Muscle relaxant", classes=[("es", "Relajante muscular")])
    assert "<p>Muscle relaxant</p>" in client.get("/search/", {"q": "betomol"}).content.decode()
    assert "<p>Relajante muscular</p>" in client.get("/es/search/", {"q": "betomol"}).content.decode()
    assert '<p lang="en" dir="ltr">Muscle relaxant</p>' in client.get("/pl/search/", {"q": "betomol"}).content.decode()


def test_a_question_in_chinese_is_answered_though_no_space_parts_the_medicine_from_it(client):
    publish_leaflet("布洛芬", language="zh-hans", avoid="多休息。\n\n不要喝酒。")
    found = words(client.get("/zh-hans/search/", {"q": "布洛芬可以喝酒吗"}))
    assert "不要喝酒" in found
    assert "多休息" not in found


def test_an_ordinary_word_with_a_slip_is_mended_and_told(client):
    published("Betamol", "Betamol helps with diarrhoea.")
    for typed in ("diarrhea", "diarrea"):
        assert said(client, typed) == (
            f"Showing results for “ diarrhoea ” Nothing found for “ {typed} ” "
            "One leaflet for “ diarrhoea ” Betamol What it is used for: Betamol helps with diarrhoea ."
        )


def test_a_question_with_a_slip_is_answered(client):
    publish_leaflet("Betamol", avoid="Do not drink alcohol.")
    text = said(client, "betamol alchohol")
    assert text.startswith("Showing results for “ betamol alcohol ” Nothing found for “ betamol alchohol ” The leaflet")
    assert "Do not drink alcohol ." in text


def test_what_leaflets_spell_so_themselves_is_not_mended(client):
    published("Betamol", "Betamol helps with diarrhea.")
    assert "Showing results for" not in said(client, "diarrhea")


def test_a_name_with_words_of_a_question_in_it_asks_nothing(client):
    make_medicine("Betamol", names=(("Night Nurse", "brand"),))
    publish_leaflet("Betamol", pregnancy="Do not breastfeed.")
    assert said(client, "Night nurse") == "One leaflet for “ Night nurse ” Betamol Also called Night Nurse"
    assert "Do not breastfeed ." in said(client, "betamol nursing")
    assert "Do not breastfeed ." in said(client, "night nurse while breastfeeding")


def test_a_name_that_is_an_everyday_word_may_be_meant_as_that(client):
    add_medicine("Alcohol", by=None)
    publish_leaflet("Betamol", avoid="Do not drink alcohol.")
    assert "Which medicine do you mean?" in said(client, "alcohol")


def test_what_leaflets_say_in_other_words_is_found_and_told(client):
    published("Betamol", "Betamol helps you when you feel sick.")
    assert said(client, "nausea") == (
        "Showing results for “ feeling sick ” Nothing found for “ nausea ” One leaflet for “ feeling sick ” "
        "Betamol What it is used for: Betamol helps you when you feel sick ."
    )
    assert said(client, "nausia").startswith("Showing results for “ feeling sick ”")
    assert said(client, "betamol").startswith("One leaflet for “ betamol ”")


def test_of_other_words_those_count_that_most_leaflets_have(client):
    published("Betamol", "Betamol may make your ankles puffy.")
    published("Gammamol", "Gammamol helps swollen ankles.")
    published("Deltamol", "Deltamol helps swollen ankles.")
    assert next(in_other_words("oedema ankles")) == "swelling ankles"
    assert said(client, "oedema ankles").startswith("Showing results for “ swollen ankles ”")


def test_what_leaflets_say_as_it_was_typed_is_found_alone(client):
    published("Betamol", "Betamol helps you when you feel sick.")
    published("Gammamol", "Gammamol helps with nausea.")
    assert "Betamol" not in said(client, "nausea")


def test_what_leaflets_in_another_language_say_alone_comes_behind_other_words(client):
    published("Deltamol", "Deltamol quita las náuseas.", language="es")
    assert said(client, "nausea").startswith("One leaflet for “ nausea ”")
    published("Betamol", "Betamol helps you when you feel sick.")
    told = said(client, "nausea")
    assert told.startswith("Showing results for “ feeling sick ” One leaflet for “ feeling sick ” Betamol")
    assert "One leaflet for “ nausea ” Deltamol" in told
    published("Gammamol", "Gammamol helps with nausea.")
    assert said(client, "nausea").startswith("2 leaflets for “ nausea ”")


def test_a_name_that_is_as_near_comes_first(client):
    published("Alcohil", "Alcohil cleans the skin.")
    assert said(client, "alcohxl").startswith("Showing results for “ Alcohil ”")


def test_a_cry_with_slips_in_it_shows_whom_to_call(client):
    make_published()
    assert said(client, "swolen tounge").startswith("If you need help In an emergency")


def test_words_of_another_language_are_not_mended(client):
    published("Betamol", "Betamol helps with diarrhoea.")
    client.cookies["django_language"] = "es"
    assert "diarrhoea" not in client.get("/es/search/", {"q": "diarrea"}).content.decode()

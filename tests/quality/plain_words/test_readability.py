"""Sentences, paragraphs and the reading grade."""

import dataclasses

import pytest

from monographs.leaflets.content import MedicineContent
from monographs.quality.pieces.sentences import sentences, word_list
from monographs.quality.plain_words.readability import grade, leaflet_grade
from monographs.text.letters.syllables import syllables
from tests.makers import make_content
from tests.quality.makers import excerpts, found_by, with_body

TWENTY = " ".join(["word"] * 20)
HARD = (
    "Contraindicated administration necessitates immediate discontinuation following consultation "
    "regarding gastrointestinal complications. "
)
EASY = "Take it with food. Do not take more than you need. Ask us if you feel ill. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Take it. Rest.", ["Take it.", "Rest."]),
        ("Some painkillers, e.g. Nurofen, do. Ask.", ["Some painkillers, e.g. Nurofen, do.", "Ask."]),
        ("Take 1.5mg. Then rest.", ["Take 1.5mg.", "Then rest."]),
        ("Ask Dr. Smith or Mrs. Jones.", ["Ask Dr. Smith or Mrs. Jones."]),
        ("Take approx. 5ml, i.e. one spoon.", ["Take approx. 5ml, i.e. one spoon."]),
        ("See No. 3 of the list.", ["See No. 3 of the list."]),
        ("Take max. 4 g. Tel. 0113 4960000.", ["Take max. 4 g.", "Tel. 0113 4960000."]),
        ("The answer is no. Ask us.", ["The answer is no.", "Ask us."]),
        ("Take vitamin C. You may need it.", ["Take vitamin C.", "You may need it."]),
        ("Milk, tea, etc. are fine.", ["Milk, tea, etc. are fine."]),
        ("Is it safe? Yes! It is.", ["Is it safe?", "Yes!", "It is."]),
        ("“Take it.” She said so.", ["“Take it.”", "She said so."]),
        ("Take it (with food.) Rest.", ["Take it (with food.)", "Rest."]),
        ("Take it\nwith food.\nRest", ["Take it with food.", "Rest"]),
        ("خذ الدواء. هل تشعر بألم؟ استرح.", ["خذ الدواء.", "هل تشعر بألم؟", "استرح."]),
        ("一天一次。多喝水。", ["一天一次。", "多喝水。"]),
        ("2 tablets. 3 times a day.", ["2 tablets.", "3 times a day."]),
        ("", []),
        (" . ", ["."]),
    ],
)
def test_text_is_parted_into_sentences(text, expected):
    assert sentences(text) == expected


def test_words_joined_by_marks_count_once():
    assert word_list("Don’t take 1.5mg of long-term, and/or 1,000 tablets: 50%!") == [
        "Don’t", "take", "1.5mg", "of", "long-term", "and/or", "1,000", "tablets", "50%",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("dose", 1), ("used", 1), ("stopped", 1), ("you", 1), ("through", 1), ("don’t", 1), ("the", 1), ("5mg", 1),
        ("doses", 2), ("started", 2), ("table", 2), ("tablet", 2), ("people", 2), ("something", 2), ("safely", 2),
        ("long-term", 2), ("Liver", 2), ("BLOOD-test", 2), ("medicine", 3), ("reaction", 3), ("allergic", 3),
        ("serious", 3), ("pharmacist", 3), ("baclofen", 3), ("diarrhoea", 4), ("emergency", 4), ("ibuprofen", 4),
        ("hypertension", 4), ("paracetamol", 5), ("amoxicillin", 5), ("immediately", 5),
    ],
)  # fmt: skip
def test_syllables_of_leaflet_words(word, number):
    assert syllables(word) == number


@pytest.mark.parametrize(
    "body", [f"{TWENTY} more.", f"- {TWENTY} more", f"Short. {TWENTY}\nmore. Short.".replace(". w", ". W")]
)
def test_sentence_over_20_words_is_caught_whole(body):
    assert [excerpt.rstrip(".").lower() for excerpt in excerpts("long-sentence", body)] == [f"{TWENTY} more"]


@pytest.mark.parametrize(
    "body",
    [
        f"{TWENTY}.",
        "- " + "\n- ".join(["Take it with food"] * 10),
        "Take it with food. " * 10,
        f"### {TWENTY} more",
        "| " + " | ".join(["word word"] * 12) + " |\n" + "|---" * 12 + "|",
    ],
)
def test_sentences_of_20_words_lists_and_tables_pass(body):
    assert excerpts("long-sentence", body) == []


@pytest.mark.parametrize("body", ["One. Two. Three. Four.", "- One. Two. Three. Four.", "> One.\nTwo. Three. Four."])
def test_paragraph_over_3_sentences_is_caught(body):
    assert excerpts("long-paragraph", body) == [body.removeprefix("- ").replace("\n", " ")]


def test_number_of_an_item_is_no_sentence():
    assert excerpts("long-paragraph", "1. One. Two. Three.\n2. One. Two. Three.") == []


@pytest.mark.parametrize(
    "body",
    [
        "One. Two. Three.",
        "One. Two.\n\nThree. Four.",
        "- One.\n- Two.\n- Three.\n- Four.",
        "Take 1.5mg. E.g. at 8 p.m. or so.",
    ],
)
def test_paragraph_of_3_sentences_passes(body):
    assert excerpts("long-paragraph", body) == []


def test_lengths_are_checked_in_other_languages_and_grades_are_not():
    content = with_body(HARD * 30 + f"{TWENTY} more.", language="fr")
    assert [finding.place for finding in found_by("long-sentence", content)] == ["dosage"]
    assert len(found_by("long-paragraph", content)) == 1
    assert found_by("reading-grade", content) == []
    assert leaflet_grade(content) is None


def test_grade_is_the_published_formula():
    # 25 sentences of 4 words, 1 syllable each: 0.39 × 4 + 11.8 × 1 − 15.59
    assert grade(["Take it with food. " * 25]) == pytest.approx(-2.23)
    # one sentence of 100 two-syllable words: 0.39 × 100 + 11.8 × 2 − 15.59
    assert grade(["doctor " * 100]) == pytest.approx(47.01)


def test_grade_needs_100_words():
    assert grade(["doctor " * 99]) is None


def test_list_items_count_as_sentences_of_their_own():
    assert grade(["doctor"] * 100) == pytest.approx(0.39 + 23.6 - 15.59)


def test_medicine_names_count_as_one_syllable():
    assert grade(["Take paracetamol. " * 60], ["Paracetamol"]) == grade(["Take it. " * 60])


def test_hard_section_and_the_leaflet_it_weighs_on_warn():
    findings = found_by("reading-grade", with_body(HARD * 30))
    assert [(finding.place, finding.label) for finding in findings] == [
        ("title", "Whole leaflet"),
        ("dosage", "How to take it"),
    ]


def test_hard_section_among_easy_ones_warns_alone():
    content = with_body(HARD * 12)
    easy = with_body(EASY * 100, kind="uses").sections[1]
    content = make_content(sections=(easy, *[section for section in content.sections if section.kind != "uses"]))
    assert [finding.place for finding in found_by("reading-grade", content)] == ["dosage"]


def test_easy_and_short_sections_pass():
    assert excerpts("reading-grade", EASY * 30) == []
    assert excerpts("reading-grade", HARD) == []


def test_brand_names_do_not_raise_the_grade():
    unknown = with_body("Acetaminophenolate and its mate. " * 40)
    known = dataclasses.replace(unknown, medicine=MedicineContent("Testamol", brands=("Acetaminophenolate",)))
    assert leaflet_grade(known) < leaflet_grade(unknown) - 10

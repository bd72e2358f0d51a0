import random
import re

import pytest

from monographs.exchange.draft import Placement
from monographs.exchange.unmarked.plain_text import read_plain_text
from monographs.leaflets.sections import BY_KEY
from monographs.refusals import Unacceptable
from monographs.text.markup.markdown import plain, render
from tests.exchange.texts import NO_EMPTY_LINES, NO_HEADING, NUMBERED, WEB_PAGE, words_kept, words_typed


def section(imported, kind):
    (found,) = [section for section in imported.content.sections if section.kind == kind]
    return found


def headings(imported):
    return [(section.kind, section.heading) for section in imported.content.sections]


def test_web_page_becomes_sections_in_the_order_of_the_package_leaflet():
    imported = read_plain_text(WEB_PAGE)

    assert imported.content.title == "Cetirizine"
    assert imported.content.medicine.name == "Cetirizine"
    assert headings(imported) == [
        ("introduction", "In short"),
        ("what_it_is", "What is Cetirizine?"),
        ("uses", "Uses of Cetirizine"),
        ("avoid", "What to Avoid While Taking Cetirizine"),
        ("interactions", "Drug Interactions"),
        ("pregnancy", "Pregnancy and Breastfeeding"),
        ("dosage", "Dosage and Administration"),
        ("side_effects", "Potential Side Effects"),
        ("other", "Conclusion"),
        ("other", "Disclaimer"),
        ("other", "Left over from the page"),
    ]
    assert [section.key for section in imported.content.sections][1:5] == [
        "what-it-is",
        "uses",
        "avoid",
        "interactions",
    ]
    assert imported.content.sections[-1].key == "left-over-from-the-page"


def test_subheading_that_names_no_kind_stays_in_the_body_without_its_colon():
    assert section(read_plain_text(WEB_PAGE), "uses").body == (
        "### Hay Fever\n\nIt relieves sneezing, a runny nose and itchy eyes.\n\n"
        "### Hives\n\nIt calms the itch & shrinks the weals."
    )


def test_subheading_that_names_a_kind_becomes_a_section_and_the_next_goes_back_to_the_parent():
    imported = read_plain_text(WEB_PAGE)

    assert section(imported, "interactions").body == (
        "Tell your pharmacist about:\n\n- theophylline\n- sleeping tablets\n- other antihistamines"
    )
    assert section(imported, "avoid").body == (
        "### Driving\n\nMost people stay alert. If you feel drowsy, don’t drive.\n\n"
        "### Alcohol\n\nOne small drink is unlikely to matter; more may make you sleepy."
    )


def test_subheading_of_the_same_kind_as_its_section_stays_a_subheading():
    imported = read_plain_text("Side effects of Ibuprofen\n\nCommon side effects:\n\nHeartburn can happen.")

    assert headings(imported) == [("side_effects", "Side effects of Ibuprofen")]
    assert section(imported, "side_effects").body == "### Common side effects\n\nHeartburn can happen."


def test_placements_follow_the_text_and_say_why():
    placed = read_plain_text(WEB_PAGE).placed
    lines = WEB_PAGE.split("\n")

    assert placed[0] == Placement(
        0, "Cetirizine", "title", 1, "the text has no title line; this is the medicine's name"
    )
    assert [place.line for place in placed] == sorted(place.line for place in placed)
    assert lines[placed[2].line - 1] == "What is Cetirizine?"
    (interactions,) = [place for place in placed if place.kind == "interactions"]
    assert lines[interactions.line - 1] == "Drug Interactions:"
    assert interactions.words == 9
    assert "What to Avoid While Taking Cetirizine" in interactions.note
    assert placed[-1].heading == "Left over from the page"
    assert "furniture" in placed[-1].note


def test_title_line_is_the_title_and_names_the_medicine():
    imported = read_plain_text("Loratadine 10 mg tablets\n\nA tablet for allergies.\n\nStorage\n\nKeep it dry.")

    assert imported.content.title == "Loratadine 10 mg tablets"
    assert imported.content.medicine.name == "Loratadine"
    assert headings(imported) == [("introduction", "In short"), ("storage", "Storage")]
    assert imported.placed[0].line == 1


def test_given_medicine_wins_and_headings_with_the_found_name_are_still_understood():
    imported = read_plain_text("What is Zyrtec?\n\nAn antihistamine.", medicine="Cetirizine")

    assert imported.content.medicine.name == "Cetirizine"
    assert headings(imported) == [("what_it_is", "What is Zyrtec?")]


def test_headings_in_capitals_name_the_medicine_readably():
    imported = read_plain_text("WHAT IS CETIRIZINE?\n\nAn antihistamine.")

    assert imported.content.medicine.name == "Cetirizine"
    assert headings(imported) == [("what_it_is", "WHAT IS CETIRIZINE?")]


def test_text_that_names_no_medicine_is_refused_with_what_to_do():
    with pytest.raises(Unacceptable, match="--medicine NAME"):
        read_plain_text(NO_HEADING)


def test_text_without_any_heading_is_an_introduction():
    imported = read_plain_text(NO_HEADING, medicine="cetirizine")

    assert imported.content.title == "Cetirizine"
    assert headings(imported) == [("introduction", "In short")]
    assert imported.content.sections[0].body == "Take one tablet a day.\n\nDo not take more."


def test_numbered_headings_are_headings_and_numbered_steps_are_a_list():
    imported = read_plain_text(NUMBERED, medicine="Cetirizine")

    assert [kind for kind, _heading in headings(imported)][1:4] == ["what_it_is", "before_taking", "dosage"]
    assert section(imported, "dosage").body == "1. Open the bottle.\n2. Shake it.\n3. Pour 5 ml into the spoon."
    assert section(imported, "more").body == "2024\\. A year, no list."


def test_headings_directly_above_their_text_are_found():
    imported = read_plain_text(NO_EMPTY_LINES)

    assert headings(imported) == [
        ("what_it_is", "What is Cetirizine?"),
        ("side_effects", "Side effects"),
        ("storage", "Storage"),
    ]
    assert [place.line for place in imported.placed] == [0, 1, 3, 5]


def test_table_of_contents_is_no_row_of_empty_sections():
    imported = read_plain_text("Dosage\nStorage\nSide effects\n\nStorage\n\nKeep it dry.", medicine="Cetirizine")

    assert [kind for kind, _heading in headings(imported)] == ["introduction", "storage"]


def test_second_section_of_a_kind_has_its_own_key():
    imported = read_plain_text("Dosage\n\nOne.\n\nStorage\n\nDry.\n\nHow to take it\n\nWith water.", medicine="X")

    assert [(section.key, section.heading) for section in imported.content.sections] == [
        ("dosage", "Dosage"),
        ("dosage-2", "How to take it"),
        ("storage", "Storage"),
    ]


def test_unknown_heading_stays_in_the_section_it_stands_in_and_is_named():
    imported = read_plain_text("Uses\n\nAllergies.\n\nTravelling abroad\n\nTake enough with you.", medicine="X")

    assert headings(imported) == [("uses", "Uses")]
    assert section(imported, "uses").body == "Allergies.\n\n### Travelling abroad\n\nTake enough with you."
    (remark,) = imported.remarks
    assert remark.line == 5
    assert "“Travelling abroad” names no kind of section" in remark.text


def test_unknown_headings_of_a_text_that_names_no_kind_are_sections_in_the_order_of_the_text():
    text = "Conseils\n\nPour le nez\n\nUn jet.\n\nPour les yeux\n\nDeux gouttes.\n\nEn voyage\n\nRien."
    imported = read_plain_text(text, medicine="X", language="fr")

    assert imported.content.title == "Conseils"
    assert headings(imported) == [("other", "Pour le nez"), ("other", "Pour les yeux"), ("other", "En voyage")]


def test_short_line_with_no_text_under_it_is_text():
    imported = read_plain_text("Uses\n\nAllergies.\n\nTake it with food\n\nStorage\n\nDry.", medicine="X")

    assert section(imported, "uses").body == "Allergies.\n\nTake it with food"


def test_advice_to_consult_inside_a_section_is_no_disclaimer():
    text = "Dosage\n\nAlways consult your doctor for advice before you take more.\n\nStorage\n\nDry."

    assert section(read_plain_text(text, medicine="X"), "dosage").body.startswith("Always consult")


@pytest.mark.parametrize(
    "sentence",
    [
        "As a general guide, adults take one tablet a day.",
        "Cetirizine is not a substitute for your inhaler.",
    ],
)
def test_sentence_about_the_medicine_is_no_disclaimer(sentence):
    imported = read_plain_text(f"Dosage\n\n{sentence}", medicine="Cetirizine")

    assert headings(imported) == [("dosage", "Dosage")]


@pytest.mark.parametrize(
    "typed",
    [
        "Take *two* tablets, not **three**",
        "name_of_file and _this_ one",
        "<5 mg or <b>bold</b> or <https://clinic.example>",
        "5 > 4 and a & b and &amp;",
        "# no heading",
        "> no quotation",
        "::: emergency",
        "--- ",
        "a | b\n--- | ---",
        "[no link](https://clinic.example) [1]: note",
        "`no code`",
        "C:\\*",
        "+ no list",
        "2019. A year",
        "~~~",
        "\t    indented far",
    ],
)
def test_special_characters_show_as_typed(typed):
    imported = read_plain_text(f"Dosage\n\n{typed}, says the nurse.", medicine="X")

    shown = plain(section(imported, "dosage").body)
    assert shown.split() == f"{typed}, says the nurse.".split()


def test_ordinary_punctuation_gets_no_backslash():
    typed = "Take 1-2 tablets (5*3 = 15 mg) – don’t chew! 50% of a_b [see 4.2] & <1 in 100 #1 at 10:30."

    assert section(read_plain_text(f"Dosage\n\n{typed}", medicine="X"), "dosage").body == typed


def test_random_typing_shows_as_typed():
    rnd = random.Random(20260302)  # noqa: S311 - a test's choice of characters, no secret
    bits = ["a", "B7", " ", " ", "*", "**", "_", "`", "[", "](", "]:", "<", ">", "#", "-", "=", "|", ":", "\\", "&lt;"]
    bits += ["\n", "~~~", "1.", "+", "!", ":::", "---"]
    for _round in range(1500):
        typed = "x" + "".join(rnd.choice(bits) for _ in range(rnd.randint(1, 14))) + "y."
        lines = [line for line in typed.split("\n") if re.search(r"\w", line)]
        typed = "\n".join(line for line in lines if not re.match(r"\s*[-*]\s|\s*1\.\s", line))
        if not typed:
            continue
        body = section(read_plain_text(f"Dosage\n\nfirst\n{typed}", medicine="X"), "dosage").body
        assert re.sub(r"\s", "", plain(body)) == "first" + re.sub(r"\s", "", typed), typed


def test_line_ends_byte_order_mark_tabs_and_odd_spaces_are_understood():
    text = "\ufeffUses\r\n\u00a0\r\n\tFor\u00a0allergies.\r\fStorage\r\n\r\nBelow 25\u00a0°C."
    imported = read_plain_text(text, medicine="X")

    assert section(imported, "uses").body == "For\u00a0allergies."
    assert section(imported, "storage").body == "Below 25\u00a0°C."


def test_language_code_is_tidied_and_an_unknown_one_refused():
    assert read_plain_text(NO_HEADING, medicine="X", language="pt_BR").content.language == "pt-br"
    with pytest.raises(Unacceptable, match="“xx” is not a language"):
        read_plain_text(NO_HEADING, medicine="X", language="xx")


def test_text_of_spaces_is_refused():
    with pytest.raises(Unacceptable, match="no words"):
        read_plain_text(" \n\n * \n", medicine="X")


def test_arabic_text_is_read():
    imported = read_plain_text("ما هو الدواء؟\n\nدواء للحساسية.", medicine="سيتيريزين", language="ar")

    assert headings(imported) == [("what_it_is", "ما هو الدواء؟")]
    assert imported.content.sections[0].body == "دواء للحساسية."


@pytest.mark.parametrize("text", [WEB_PAGE, NUMBERED, NO_EMPTY_LINES, NO_HEADING])
def test_no_word_is_lost(text):
    assert not words_typed(text) - words_kept(read_plain_text(text, medicine="Cetirizine"), text)


@pytest.mark.parametrize("text", [WEB_PAGE, NUMBERED, NO_EMPTY_LINES, NO_HEADING])
def test_readers_see_every_word(text):
    content = read_plain_text(text, medicine="Cetirizine").content
    shown = "\n".join([content.title, *(f"{section.heading}\n{render(section.body)}" for section in content.sections)])
    numbers_of_steps = {"1", "2", "3"}
    assert not (words_typed(text) - words_typed(shown)).keys() - numbers_of_steps


def test_no_word_is_lost_in_texts_of_shuffled_blocks():
    rnd = random.Random(7)  # noqa: S311 - a test's choice of order, no secret
    blocks = [block for text in (WEB_PAGE, NUMBERED, NO_EMPTY_LINES) for block in re.split(r"\n{2,}", text)]
    blocks += ["Share this:", "Related posts", "* star\n* list", "- - -", "3) three", "Overdose:\nCall us.", "•"]
    for _round in range(300):
        chosen = rnd.sample(blocks, rnd.randint(1, len(blocks)))
        text = "".join(block + rnd.choice(["\n", "\n\n", "\n\n\n", "\r\n\r\n"]) for block in chosen)
        if not words_typed(text):
            continue
        imported = read_plain_text(text, medicine="Cetirizine")
        assert not words_typed(text) - words_kept(imported, text), text
        kinds = [section.kind for section in imported.content.sections]
        parts = [BY_KEY[kind].qrd for kind in kinds if kind not in {"other", "introduction"}]
        has_levels = re.search(r"^\d\. [WHPC]|^(?:Drug Interactions|Pregnancy and Breastfeeding):", text, re.MULTILINE)
        assert has_levels or parts == sorted(parts)
        keys = [section.key for section in imported.content.sections]
        assert len(set(keys)) == len(keys)
        assert imported == read_plain_text(text, medicine="Cetirizine")

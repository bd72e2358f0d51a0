"""What is a heading in an unmarked text, where it stands, and what only looks like one."""

import pytest

from monographs.exchange.draft import TITLE
from monographs.exchange.unmarked.plain_text import read_plain_text
from monographs.exchange.unmarked.words.labels import is_for_somebody, tells_an_amount


def body(text: str, kind: str = "dosage", **options) -> str:
    sections = read_plain_text(text, medicine="Testamol", **options).content.sections
    return "\n\n".join(section.body for section in sections if section.kind == kind)


def kinds(text: str) -> list[str]:
    return [section.kind for section in read_plain_text(text, medicine="Testamol").content.sections]


@pytest.mark.parametrize(
    "line",
    [
        "5 mg", "Take 5 mg", "Two tablets", "Half a tablet", "Once a day", "Every 6 hours", "At night",
        "Before breakfast", "Keep below 25 °C", "May affect up to 1 in 10 people",
        "Rare (up to 1 in 1,000 people)", "Children 6 years: 5 ml", "Adults: 1 tablet", "200 micrograms", "10 units",
        "Cada 8 horas", "500 مجم", "Kann bis zu 1 von 10 betreffen",
        "Puede afectar hasta a 1 de cada 10 personas", "قد يؤثر على 1 من كل 10 أشخاص",
    ],
)  # fmt: skip
def test_line_with_an_amount_is_no_heading(line):
    assert tells_an_amount(line)
    text = f"How to take Testamol\n\nFirst words.\n\n{line}\n\nLast words."
    assert "#" not in body(text, language="en")
    assert line in body(text).replace("\\", "")


@pytest.mark.parametrize(
    "line",
    [
        "Adults", "Children 6 to 12 years", "Adults and children over 12 years", "Children under 30 kg", "Older people",
        "Niños de 6 a 12 años", "Kinder von 6 bis 12 Jahren", "الأطفال من 6 إلى 12 سنة", "Use in children",
    ],
)  # fmt: skip
def test_line_that_only_says_for_whom_is_a_heading(line):
    assert is_for_somebody(line)
    assert body(f"How to take Testamol\n\n{line}\n\nAsk first.") == f"### {line}\n\nAsk first."


@pytest.mark.parametrize("line", ["Common side effects", "Week 1", "What to do now", "Vitamin B12", "Type 2 diabetes"])
def test_other_numbers_and_how_common_something_is_may_stand_in_a_heading(line):
    assert not tells_an_amount(line)


def test_each_dose_stays_under_the_heading_it_stood_under():
    text = (
        "How to take Testamol\n\nFor pain\n\nAdults\n\nTake 2 tablets.\n\nChildren\n\nGive half a tablet.\n\n"
        "For fever\n\nAdults\n\nTake 1 tablet.\n\nChildren\n\nAsk first.\n\nStorage\n\nDry."
    )
    assert body(text) == (
        "### For pain\n\n#### Adults\n\nTake 2 tablets.\n\n#### Children\n\nGive half a tablet.\n\n"
        "### For fever\n\n#### Adults\n\nTake 1 tablet.\n\n#### Children\n\nAsk first."
    )


def test_heading_that_names_the_sections_own_kind_stays_in_it():
    text = "How to take Testamol\n\nFor pain\n\nDose:\n\nOne.\n\nFor fever\n\nDose:\n\nTwo."
    assert kinds(text) == ["dosage"]
    assert body(text) == "### For pain\n\n#### Dose\n\nOne.\n\n### For fever\n\n#### Dose\n\nTwo."


def test_pregnant_women_among_those_a_dose_is_for_are_no_section():
    text = "How to take Testamol\n\nAdults\n\nOne.\n\nPregnant women\n\nAsk.\n\nElderly\n\nHalf."
    assert body(text) == "### Adults\n\nOne.\n\n### Pregnant women\n\nAsk.\n\n### Elderly\n\nHalf."


def test_what_to_do_after_an_overdose_stays_under_it():
    text = "How to take Testamol\n\nOne.\n\nOverdose:\n\nAdults:\n\nCall 1.\n\nChildren:\n\nCall 2."
    assert body(text, "overdose") == "### Adults\n\nCall 1.\n\n### Children\n\nCall 2."


def test_parts_of_how_to_take_it_stand_in_the_order_of_the_text():
    text = (
        "3. How to take Testamol\n\nOne.\n\nIf you take more Testamol than you should\n\nCall.\n\n"
        "If you forget to take Testamol\n\nSkip.\n\nIf you stop taking Testamol\n\nNothing.\n\n"
        "4. Possible side effects\n\nNone.\n\n2. What you need to know before you take Testamol\n\nAsk.\n"
    )
    assert kinds(text) == ["before_taking", "dosage", "overdose", "missed_dose", "stopping", "side_effects"]


def test_how_often_a_side_effect_comes_stays_with_its_list():
    text = (
        "Side effects\n\nCommon side effects\n\nMay affect up to 1 in 10 people\n\n• headache\n• rash\n\n"
        "Rare side effects\n\nMay affect up to 1 in 1,000 people\n\n• fits"
    )
    assert body(text, "side_effects") == (
        "### Common side effects\n\nMay affect up to 1 in 10 people\n\n- headache\n- rash\n\n"
        "### Rare side effects\n\nMay affect up to 1 in 1,000 people\n\n- fits"
    )


@pytest.mark.parametrize("joint", ["\n", "\n\n"])
@pytest.mark.parametrize("bullet", ["{}. ", "• ", ""])
def test_table_of_contents_makes_no_empty_sections(joint, bullet):
    headings = [
        "What Testamol is and what it is used for", "What you need to know before you take Testamol",
        "How to take Testamol", "Possible side effects",
        "How to store Testamol", "Contents of the pack and other information",
    ]  # fmt: skip
    contents = joint.join(bullet.format(number) + text for number, text in enumerate(headings, start=1))
    parts = "\n\n".join(f"{number}. {text}\n\nWords {number}." for number, text in enumerate(headings, start=1))
    imported = read_plain_text(f"Testamol\n\nWhat is in this leaflet\n\n{contents}\n\n{parts}")

    assert [section.kind for section in imported.content.sections] == [
        "introduction", "what_it_is", "before_taking", "dosage", "side_effects", "storage", "more",
    ]  # fmt: skip
    assert all(section.body for section in imported.content.sections)
    assert [section.body for section in imported.content.sections[1:]] == [f"Words {number}." for number in range(1, 7)]


@pytest.mark.parametrize(
    "line",
    [
        "What is in this leaflet", "What is in this leaflet:", "Package leaflet: Information for the patient",
        "PACKAGE LEAFLET: INFORMATION FOR THE USER", "Patient information leaflet", "MEDICATION GUIDE",
        "Prospecto: información para el usuario", "Gebrauchsinformation: Information für Anwender",
        "النشرة الداخلية: معلومات للمريض",
    ],
)  # fmt: skip
def test_line_that_names_the_paper_names_no_medicine(line):
    imported = read_plain_text(f"{line}\n\nHow to take Testamol\n\nOne tablet.")

    assert imported.content.medicine.name == "Testamol"
    assert imported.placed[0].kind == TITLE
    assert imported.content.title == "Testamol"
    assert line.rstrip(":") in imported.content.sections[0].body


def test_name_with_its_strength_below_the_papers_kind_is_the_title():
    imported = read_plain_text("Package leaflet: Information for the user\n\nTestamol 10 mg tablets\n\nUses\n\nPain.")

    assert (imported.content.title, imported.content.medicine.name) == ("Testamol 10 mg tablets", "Testamol")


def test_order_to_take_something_is_no_title():
    assert read_plain_text("Take 10 mg\n\nUses\n\nPain.", medicine="Testamol").content.title == "Testamol"


def test_address_and_unmarked_list_are_no_headings():
    text = "Side effects\n\nHeadache\n\nNausea\n\nDizziness\n\nRash\n\nTell your doctor if they do not go away."
    assert "#" not in body(text, "side_effects")


def test_open_sentence_is_no_heading():
    assert "#" not in body("How to take Testamol\n\nThe most is\n\n20. Do not take more.")


def test_paragraph_with_a_dose_that_sums_up_stays_where_it_stands():
    text = "Storage\n\nDry.\n\nHow to take Testamol\n\nOne.\n\nIn summary, take 5 mg once a day.\n\nThen rest."
    assert body(text) == "One.\n\nIn summary, take 5 mg once a day.\n\nThen rest."


def test_heading_in_two_lines_is_one():
    text = "Uses\n\nPain.\n\n2. What you need to know before you take\nTestamol 10 mg tablets\n\nAsk."
    assert body(text, "before_taking") == "Ask."

"""Jargon with a plainer word, and frequencies without a number."""

import dataclasses
import re

import pytest

from monographs.leaflets.content import MedicineContent
from monographs.quality.plain_words.jargon import JARGON
from tests.makers import make_content
from tests.quality.makers import excerpts, found_by, with_body

SAY_HOW_MANY = "Say how many people, as in “common (may affect up to 1 in 10 people)”."


@pytest.mark.parametrize(
    ("body", "word", "plain"),
    [
        ("Tell us about your medications.", "medications", "medicine"),
        ("Baclofen is contraindicated in children.", "contraindicated", "you should not take it"),
        ("Renal problems.", "Renal", "kidney"),
        ("If you have hepatic disease.", "hepatic", "liver"),
        ("If you have hypertension, ask.", "hypertension", "high blood pressure"),
        ("A nurse administers it.", "administers", "give, take or use"),
        ("For oral use.", "oral", "by mouth"),
        ("Do not discontinue it.", "discontinue", "stop"),
        ("It takes approximately an hour.", "approximately", "about"),
        ("An adverse drug reaction.", "adverse drug reaction", "side effect"),
        ("You may get peripheral oedema.", "oedema", "swelling"),
        ("You may get edema.", "edema", "swelling"),
        ("Rest prior\nto driving.", "prior to", "before"),
        ("### Concomitant use", "Concomitant", "at the same time"),
    ],
)
def test_jargon_is_caught_with_the_plainer_words(body, word, plain):
    found = [(finding.excerpt, finding.instead) for finding in found_by("jargon", with_body(body))]
    assert found == [(word, f"Write “{plain}”.")]


@pytest.mark.parametrize(
    "body",
    [
        "Tell us about your medicines.",
        "High blood pressure (hypertension) has no signs.",
        "You may have hypertension (high blood pressure).",
        "If you take oral contraceptives or use the oral solution.",
        "Cerebral palsy. An adrenal gland. A cardiac-arrest team.",
        "Many temporal words; an unoral one.",
        "See [the page](https://example.org/renal) or https://example.org/renal/ or <https://example.org/hepatic>.",
    ],
)
def test_plain_and_explained_words_pass(body):
    assert excerpts("jargon", body) == []


def test_jargon_is_named_once_for_each_place():
    content = with_body("Your medication. This Medication. All medications.", title="Medication")
    assert [finding.place for finding in found_by("jargon", content)] == ["title", "dosage"]


def test_names_of_the_medicine_are_no_jargon():
    content = dataclasses.replace(
        with_body("Take Oral Renal at night."), medicine=MedicineContent("Testamol", brands=("Oral Renal",))
    )
    assert found_by("jargon", content) == []


def test_jargon_is_looked_for_in_english_only():
    assert excerpts("jargon", "Medication oral renal.", language="es") == []
    assert excerpts("jargon", "Renal failure.", language="en-GB") == ["Renal"]


def test_plainer_words_are_no_jargon_themselves():
    patterns = [rf"\b(?:{pattern})\b" for pattern, _plain in JARGON]
    assert [plain for _pattern, plain in JARGON if any(re.search(pattern, plain) for pattern in patterns)] == []


@pytest.mark.parametrize(
    ("body", "word", "instead"),
    [
        ("Headache is common.", "Headache is common.", "Write “common (may affect up to 1 in 10 people)”."),
        ("### Very common", "Very common", "Write “very common (may affect more than 1 in 10 people)”."),
        ("- uncommon: a rash", "uncommon: a rash", "Write “uncommon (may affect up to 1 in 100 people)”."),
        ("A rash is rare. Rest.", "A rash is rare.", "Write “rare (may affect up to 1 in 1,000 people)”."),
        ("Fits are very rare.", "Fits are very rare.", "Write “very rare (may affect up to 1 in 10,000 people)”."),
        ("It often causes a headache.", "It often causes a headache.", SAY_HOW_MANY),
        ("It rarely happens.", "It rarely happens.", SAY_HOW_MANY.replace("common", "rare").replace("10 ", "1,000 ")),
        ("In rare cases it hurts.", "In rare cases it hurts.", "Write “rare (may affect up to 1 in 1,000 people)”."),
        ("| Common | headache |\n|---|---|", "Common", "Write “common (may affect up to 1 in 10 people)”."),
    ],
)  # fmt: skip
def test_frequency_of_a_side_effect_without_a_number_is_caught(body, word, instead):
    findings = found_by("frequency-without-number", with_body(body, kind="side_effects"))
    assert [(finding.excerpt, finding.instead) for finding in findings] == [(word, instead)]


@pytest.mark.parametrize(
    "body",
    [
        "Headache is common (may affect up to 1 in 10 people).",
        "Headache is common: 5% of people get it.",
        "Common (≥1/100 to <1/10): headache.",
        "Headache is common. It affects 3 out of 100 people.",
        "Headache is common: about one in ten.",
        "Headache is rare, in fewer than 1 in every 1,000 people.",
        "Headache is rare: 1 person in 1,000.",
        "### Common (up to 1 in 10 people)\n\n- headache\n- common tremor",
        "### Common side effects\n\nThese may affect up to 1 in 10 people:\n\n- headache",
        "### Common side effects\n\n- headache (1 in 10 people)",
        "These are common:\n\n- headache (1 in 10 people)\n- a rash",
        "Up to 1 in 10 people have these:\n\n- a common rash",
        "| Common | 1 in 10 people |\n|---|---|\n| Rare | 1 in 1,000 people |",
        "Common means up to 1 in 10 people.\n\n### Common\n\n- headache",
        "The most common side effects are these. A rash is less common. It is more often mild.",
        "A common cold. You have this in common. A rare inherited problem. Use common sense.",
        "Drink water often. Wash your hands frequently. How often does it happen?",
        "A rash that comes back often.",
    ],
)
def test_frequency_with_a_number_or_of_something_else_passes(body):
    assert excerpts("frequency-without-number", body, kind="side_effects") == []


def test_section_heading_may_hold_the_number_for_its_first_words():
    content = with_body("- headache (1 in 10 people)", kind="side_effects")
    sections = [section for section in content.sections if section.kind == "side_effects"]
    named = dataclasses.replace(sections[0], heading="Common side effects")
    assert found_by("frequency-without-number", make_content(sections=(named,))) == []
    bare = dataclasses.replace(named, body="- headache")
    assert len(found_by("frequency-without-number", make_content(sections=(bare,)))) == 1


def test_each_word_is_named_once_for_each_section():
    body = "Headache is common. A rash is common.\n\nFits are rare."
    assert excerpts("frequency-without-number", body, kind="side_effects") == ["Headache is common.", "Fits are rare."]


def test_number_of_one_word_does_not_excuse_another():
    body = "Headache is common (up to 1 in 10 people).\n\nFits are rare."
    assert excerpts("frequency-without-number", body, kind="side_effects") == ["Fits are rare."]


def test_elsewhere_only_sentences_on_side_effects_are_read():
    assert excerpts("frequency-without-number", "Muscle spasms are common. It is rarely used.") == []
    assert excerpts("frequency-without-number", "Serious side effects are rare.") == ["Serious side effects are rare."]
    facts = (
        "Serious side effects are rare.",
        "Spasms are common.",
        "Side effects affect 1 in 10 people, so are common.",
    )
    findings = found_by("frequency-without-number", make_content(key_facts=facts))
    assert [(finding.label, finding.excerpt) for finding in findings] == [("Key fact 1", facts[0])]


def test_frequencies_are_read_in_english_only():
    assert excerpts("frequency-without-number", "Très rare.", kind="side_effects", language="fr") == []

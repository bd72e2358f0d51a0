"""A translation held against its source, section by section: what is missing, left or marked otherwise blocks."""

from dataclasses import replace

from monographs.leaflets.content import Content
from monographs.quality.findings import Severity
from monographs.quality.held_against.translated import translated
from tests.quality.makers import with_body
from tests.translations.translating import in_spanish

SOURCE = with_body("Take 5mg once a day.")


def spanish(source: Content = SOURCE, **bodies: str) -> Content:
    return replace(in_spanish(source, **bodies), language="es")


def blocks(content: Content, source: Content = SOURCE) -> list[tuple[str, str]]:
    found = list(translated(content, source))
    assert all(one.severity == Severity.BLOCKS for one in found)
    return [(one.place, one.message) for one in found]


def test_what_is_translated_whole_differs_in_nothing():
    assert blocks(spanish()) == []


def test_a_section_in_the_words_of_the_source_is_not_translated():
    [(place, message)] = blocks(spanish(dosage="Take 5mg once a day."))
    assert place == "dosage"
    assert "still in the language of the source" in message


def test_a_section_that_the_translation_lost_is_missed_and_one_that_is_empty_or_marked_there_as_well():
    whole = spanish()
    without = replace(whole, sections=tuple(one for one in whole.sections if one.key != "dosage"))
    [(place, message)] = blocks(without)
    assert place == "dosage"
    assert "has a section" in message
    marked = tuple(
        replace(one, body="", is_not_applicable=True, reason="Nobody takes it.") if one.key == "dosage" else one
        for one in whole.sections
    )
    [(place, message)] = blocks(replace(whole, sections=marked))
    assert place == "dosage"
    assert "in one of the two texts and not in the other" in message


def test_care_cards_are_those_of_the_source():
    source = with_body("::: emergency\nYou took too much.\n:::")
    assert blocks(spanish(source, dosage="::: emergency\nTomó demasiado.\n:::"), source) == []
    [(place, message)] = blocks(spanish(source, dosage="::: today\nTomó demasiado.\n:::"), source)
    assert place == "dosage"
    assert "care cards" in message

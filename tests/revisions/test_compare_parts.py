"""Key facts, sources, title and settings are compared like the sections, and no word is lost."""

from dataclasses import replace

import pytest

from monographs.leaflets.content import SourceContent
from monographs.revisions.compare import compare
from monographs.text.changes.differences import Piece
from tests.revisions.leaflet import (
    BNF,
    LEAFLET,
    SPC,
    alerts,
    rebuilt,
    with_order,
    with_section,
)


def test_key_facts_changed_moved_added_and_removed():
    new = replace(
        LEAFLET, key_facts=("Do not stop suddenly.", "It may make you very sleepy.", "Drink plenty of water.")
    )
    found = [(fact.state, fact.old_place, fact.new_place) for fact in compare(LEAFLET, new).key_facts]
    assert ("removed", 0, None) in found
    assert ("added", None, 2) in found
    assert {state for state, *_places in found[1:3]} in ({"moved", "changed"}, {"same", "moved_and_changed"})


def test_key_fact_changed_in_markup_only_is_reported():
    new = replace(LEAFLET, key_facts=(LEAFLET.key_facts[0], "It may make you sleepy.", LEAFLET.key_facts[2]))
    fact = compare(LEAFLET, new).key_facts[1]
    assert (fact.state, fact.text.markup_only) == ("changed", True)


def test_sources_changed_added_and_removed():
    who = SourceContent(citation="WHO model formulary")
    new = replace(LEAFLET, sources=(replace(BNF, accessed_on="2025-01-09", supports=("dosage",)), who))
    found = {change.state: change for change in compare(LEAFLET, new).sources}
    assert found.keys() == {"changed", "removed", "added"}
    assert [(field.name, field.before, field.after) for field in found["changed"].fields] == [
        ("accessed_on", "2024-03-01", "2025-01-09"),
        ("supports", "", "How to take it"),
    ]
    assert found["removed"].before == SPC
    assert found["removed"].citation_pieces == (Piece("removed", "Summary of product characteristics"),)
    assert found["added"].after == who


def test_source_with_another_address_is_still_the_same_source():
    new = replace(LEAFLET, sources=(BNF, replace(SPC, url="https://spc.example/2")))
    change = compare(LEAFLET, new).sources[1]
    assert change.state == "changed"
    assert [(field.before, field.after) for field in change.fields] == [
        ("https://spc.example/1", "https://spc.example/2")
    ]


@pytest.mark.parametrize(
    ("changes", "name", "before", "after"),
    [
        ({"title": "Baclofen tablets"}, "title", "Baclofen", "Baclofen tablets"),
        ({"language": "fr"}, "language", "en", "fr"),
        ({"edition": "easy_read"}, "edition", "standard", "easy_read"),
        ({"next_review_on": "2027-01-01"}, "next_review_on", "2026-03-01", "2027-01-01"),
    ],
)
def test_changed_setting_is_shown(changes, name, before, after):
    comparison = compare(LEAFLET, replace(LEAFLET, **changes))
    assert [(field.name, field.before, field.after) for field in comparison.settings] == [(name, before, after)]
    assert comparison.has_changes


@pytest.mark.parametrize(
    ("changes", "name", "before", "after"),
    [
        ({"name": "Baclophen"}, "medicine.name", "Baclofen", "Baclophen"),
        ({"brands": ("Lioresal", "Lyflex")}, "medicine.brands", "Lioresal", "Lioresal, Lyflex"),
        ({"drug_class": ""}, "medicine.drug_class", "Muscle relaxant", ""),
        ({"atc_code": "M03BX02"}, "medicine.atc_code", "M03BX01", "M03BX02"),
    ],
)
def test_changed_medicine_is_shown(changes, name, before, after):
    comparison = compare(LEAFLET, replace(LEAFLET, medicine=replace(LEAFLET.medicine, **changes)))
    assert [(field.name, field.before, field.after) for field in comparison.settings] == [(name, before, after)]


def test_first_revision_is_all_new():
    comparison = compare(None, LEAFLET)
    assert comparison.has_changes
    assert {part.state for part in (*comparison.sections, *comparison.key_facts, *comparison.sources)} == {"added"}
    assert {piece.op for part in comparison.sections for piece in part.body.pieces} == {"added"}
    assert ("Dosage", "dose", "", "5 mg") in alerts(None, LEAFLET)


def test_no_word_of_either_revision_is_lost():
    new = with_section("uses", with_order("storage", "dosage", "uses"), body="It treats **spasms** and stiffness.")
    comparison = compare(LEAFLET, new)
    for part in comparison.sections:
        if part.old_place is not None:
            assert rebuilt(part.heading_pieces, "added") == LEAFLET.sections[part.old_place].heading
        if part.new_place is not None:
            assert rebuilt(part.heading_pieces, "removed") == new.sections[part.new_place].heading
    assert {part.old_place for part in comparison.sections} == {0, 1, 2, 3, 4}
    assert [part.new_place for part in comparison.sections if part.new_place is not None] == [0, 1, 2]

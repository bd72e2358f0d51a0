"""Sections that changed, moved, came and went are shown as just that."""

from dataclasses import replace

from monographs.revisions.compare import compare
from monographs.text.changes.differences import Piece
from tests.revisions.leaflet import (
    LEAFLET,
    alerts,
    rebuilt,
    section,
    states,
    with_order,
    with_section,
)


def test_only_the_section_that_moved_counts_as_moved():
    comparison = compare(LEAFLET, with_order("storage", "uses", "dosage", "avoid", "pregnancy"))
    assert states(comparison) == [
        ("storage", "moved"), ("uses", "same"), ("dosage", "same"), ("avoid", "same"), ("pregnancy", "same"),
    ]  # fmt: skip
    assert (comparison.sections[0].old_place, comparison.sections[0].new_place) == (3, 0)
    assert comparison.alerts == ()
    assert comparison.has_changes


def test_section_moved_and_changed_is_both():
    new = with_section("storage", with_order("storage", "uses", "dosage", "avoid", "pregnancy"), body="Keep it cold.")
    assert states(compare(LEAFLET, new))[0] == ("storage", "moved_and_changed")


def test_added_section_is_shown_whole_and_moves_nothing():
    sections = (LEAFLET.sections[0], section("overdose", "Call for help."), *LEAFLET.sections[1:])
    comparison = compare(LEAFLET, replace(LEAFLET, sections=sections))
    assert [state for _key, state in states(comparison)] == ["same", "added", "same", "same", "same", "same"]
    added = comparison.sections[1]
    assert added.body.pieces == (Piece("added", "Call for help."),)
    assert added.heading_pieces == (Piece("added", "Overdose"),)
    assert (added.old_place, added.new_place) == (None, 1)


def test_removed_section_is_shown_whole_where_it_stood():
    comparison = compare(LEAFLET, with_order("uses", "dosage", "storage", "pregnancy"))
    assert states(comparison)[2] == ("avoid", "removed")
    assert comparison.sections[2].body.pieces == (Piece("removed", "Do not take with alcohol."),)
    assert (comparison.sections[2].old_place, comparison.sections[2].new_place) == (2, None)


def test_all_sections_replaced_are_all_removed_and_all_added():
    new = replace(LEAFLET, sections=(section("overdose", "Call for help."),))
    comparison = compare(LEAFLET, new)
    assert sorted(state for _key, state in states(comparison)) == ["added"] + ["removed"] * 5
    assert {part.key for part in comparison.sections} == {part.key for part in (*LEAFLET.sections, *new.sections)}


def test_section_with_a_new_key_is_known_by_kind_and_heading():
    new = with_section("dosage", key="s-17", body="Take 10 mg three times a day.\n\nSwallow it with water.")
    comparison = compare(LEAFLET, new)
    assert states(comparison)[1] == ("s-17", "changed")
    assert [(field.name, field.before, field.after) for field in comparison.sections[1].fields] == [
        ("key", "dosage", "s-17")
    ]
    assert alerts(LEAFLET, new) == [("Dosage", "dose", "5 mg", "10 mg")]


def test_two_other_sections_with_different_headings_are_not_taken_for_one():
    old = replace(LEAFLET, sections=(section("a", "Old words.", kind="other", heading="Driving"),))
    new = replace(LEAFLET, sections=(section("b", "New words.", kind="other", heading="Travel"),))
    assert sorted(states(compare(old, new))) == [("a", "removed"), ("b", "added")]


def test_text_moved_to_another_section_is_removed_and_added():
    new = with_section("avoid", with_section("storage", body="Keep it dry.\n\nDo not take with alcohol."), body="")
    comparison = compare(LEAFLET, new)
    assert comparison.sections[2].body.pieces == (Piece("removed", "Do not take with alcohol."),)
    assert rebuilt(comparison.sections[3].body.pieces, "removed") == "Keep it dry.\nDo not take with alcohol."
    assert alerts(LEAFLET, new) == [("Alcohol", "negation", "Do not", ""), ("Storage", "negation", "", "Do not")]


def test_section_that_begins_to_apply_shows_flag_reason_and_text():
    new = with_section("pregnancy", is_not_applicable=False, reason="", body="Ask your doctor.")
    part = compare(LEAFLET, new).sections[4]
    assert part.state == "changed"
    assert [(field.name, field.before, field.after) for field in part.fields] == [("is_not_applicable", "yes", "")]
    assert part.reason_pieces == (Piece("removed", "It is for men only."),)
    assert part.body.pieces == (Piece("added", "Ask your doctor."),)


def test_text_hidden_in_a_section_that_does_not_apply_is_shown_in_its_source():
    old = with_section("pregnancy", body="Take 5 mg.")
    new = with_section("pregnancy", body="Take 50 mg.")
    comparison = compare(old, new)
    part = comparison.sections[4]
    assert (part.state, part.body.pieces, part.body.markup_only) == ("changed", (), True)
    assert Piece("added", "50") in part.body.markup_pieces
    assert comparison.alerts == ()


def test_changed_kind_is_shown():
    part = compare(LEAFLET, with_section("avoid", kind="interactions")).sections[2]
    assert part.state == "changed"
    (field,) = part.fields
    assert (field.name, field.before, field.after) == ("kind", "What to avoid", "Other medicines, food and drink")

"""Comparing two revisions: what a second reader sees, the dangerous things first."""

from dataclasses import replace

import pytest

from monographs.leaflets.content import Content, MedicineContent, SectionContent, SourceContent
from monographs.revisions.alerts import ALERT_ORDER
from monographs.revisions.compare import compare
from monographs.text.differences import Piece


def section(key, body="", *, kind=None, heading=None, **rest):
    return SectionContent(key=key, kind=kind or key, heading=heading or key.capitalize(), body=body, **rest)


BNF = SourceContent(citation="British National Formulary", url="https://bnf.example/baclofen", accessed_on="2024-03-01")
SPC = SourceContent(citation="Summary of product characteristics", url="https://spc.example/1")
LEAFLET = Content(
    title="Baclofen",
    medicine=MedicineContent(name="Baclofen", brands=("Lioresal",), drug_class="Muscle relaxant", atc_code="M03BX01"),
    key_facts=("Baclofen relaxes muscles.", "It may make you **sleepy**.", "Do not stop suddenly."),
    sections=(
        section("uses", "It eases muscle spasms."),
        section("dosage", "Take 5 mg three times a day.\n\nSwallow it with water."),
        section("avoid", "Do not take with alcohol.", heading="Alcohol"),
        section("storage", "Keep it dry."),
        section("pregnancy", is_not_applicable=True, reason="It is for men only."),
    ),
    sources=(BNF, SPC),
    next_review_on="2026-03-01",
)


def with_section(key, content=LEAFLET, /, **changes):
    return replace(
        content, sections=tuple(replace(part, **changes) if part.key == key else part for part in content.sections)
    )


def with_order(*keys):
    by_key = {part.key: part for part in LEAFLET.sections}
    return replace(LEAFLET, sections=tuple(by_key[key] for key in keys))


def with_body(body):
    return replace(LEAFLET, sections=(section("dosage", body),))


def alerts(old, new):
    return [
        (alert.place, alert.change.category, alert.change.before, alert.change.after)
        for alert in compare(old, new).alerts
    ]


def states(comparison):
    return [(part.key, part.state) for part in comparison.sections]


def rebuilt(pieces, without):
    return "".join(piece.text for piece in pieces if piece.op != without)


# Nothing to see ---------------------------------------------------------------------------------


def test_equal_revisions_have_no_changes():
    comparison = compare(LEAFLET, Content.from_dict({**LEAFLET.to_dict(), "sections": LEAFLET.to_dict()["sections"]}))
    assert not comparison.has_changes
    assert comparison.alerts == ()
    assert comparison.settings == ()
    assert {part.state for part in (*comparison.sections, *comparison.key_facts, *comparison.sources)} == {"same"}
    assert comparison.title == (Piece("same", "Baclofen"),)


def test_line_broken_in_the_source_is_no_change_for_the_reader():
    comparison = compare(with_body("Take 5 mg\nat night."), with_body("Take 5\nmg at night."))
    assert comparison.alerts == ()
    assert comparison.sections[0].markup_only
    assert comparison.has_changes


# Alerts -----------------------------------------------------------------------------------------


def test_changed_dose_is_the_first_thing_shown():
    new = with_section("dosage", body="Take 50 mg three times a day.\n\nSwallow it with water.")
    comparison = compare(LEAFLET, new)
    (alert,) = comparison.alerts
    assert (alert.place, alert.state) == ("Dosage", "changed")
    assert (alert.change.category, alert.change.before, alert.change.after) == ("dose", "5 mg", "50 mg")
    assert alert.change.context_after == "Take 50 mg three times a day."
    assert Piece("removed", "5") in comparison.sections[1].pieces
    assert Piece("added", "50") in comparison.sections[1].pieces


def test_dose_after_a_hundred_characters_is_not_cut_off():
    lead = "Read this first. " * 300
    assert alerts(with_body(f"{lead}Take 5 mg."), with_body(f"{lead}Take 50 mg.")) == [
        ("Dosage", "dose", "5 mg", "50 mg")
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Take **5** mg.", "Take **50** mg.", [("dose", "5 mg", "50 mg")]),
        ("Take 5*0* mg.", "Take 5 mg.", [("dose", "50 mg", "5 mg")]),
        ("Take **5** mg.", "Take *5mg*.", []),
        ("| Age | Dose |\n|---|---|\n| Adult | 5 mg |\n| Child | 2 mg |",
         "| Age | Dose |\n|---|---|\n| Adult | 2 mg |\n| Child | 5 mg |",
         [("dose", "5 mg", "2 mg"), ("dose", "2 mg", "5 mg")]),
        ("- Adult: 5 mg\n- Child: 2 mg", "- Child: 2 mg\n- Adult: 5 mg", []),
        ("![Box of 5 mg tablets](box.png)", "![Box of 10 mg tablets](box.png)", [("dose", "5 mg", "10 mg")]),
        ("::: emergency\nYou can't breathe.\n:::", "::: tell\nYou can't breathe.\n:::", 
         [("frequency", "now", ""), ("negation", "Call the emergency number now: can't",
                                      "Tell your doctor or pharmacist: can't")]),
        ("::: emergency\nYou faint.\n:::", "::: today\nYou faint.\n:::",
         [("frequency", "now", "today"),
          ("frequency", "Call the emergency number now: You faint.", "Ask for help today: You faint.")]),
        ("::: emergency\nYou can't breathe.\n:::", "You can't breathe.",
         [("frequency", "now", ""), ("negation", "Call the emergency number now: can't", "can't")]),
        ("Take it by mouth.", "Take it under the tongue.", [("route", "by mouth", "under the tongue")]),
        ("Do not drive.\n\nRest.", "Rest.", [("negation", "Do not", "")]),
        # what a dose or a warning holds for
        ("### Adults\n\nTake 5 mg.\n\n### Children\n\nAsk us.", "### Children\n\nTake 5 mg.\n\n### Adults\n\nAsk us.",
         [("dose", "Adults: 5 mg", "Children: 5 mg")]),
        ("**Adults**\n\nTake 5 mg.", "**Children**\n\nTake 5 mg.", [("dose", "Adults: 5 mg", "Children: 5 mg")]),
        ("### Adults\n\nTake 5 mg.", "Take 5 mg.", [("dose", "Adults: 5 mg", "5 mg")]),
        ("| Adults | Children |\n|---|---|\n| 5 mg | 2 mg |", "| Children | Adults |\n|---|---|\n| 5 mg | 2 mg |",
         [("dose", "Adults Children: 5 mg, 2 mg", "Children Adults: 5 mg, 2 mg")]),
        ("- Adults\n  - 5 mg at night\n- Children\n  - 2 mg at night",
         "- Children\n  - 5 mg at night\n- Adults\n  - 2 mg at night",
         [("dose", "Adults: 5 mg, at night", "Children: 5 mg, at night"),
          ("dose", "Children: 2 mg, at night", "Adults: 2 mg, at night")]),
        ("Do not take it if:\n\n- you have asthma\n- you have gout\n\nTell us if:\n\n- you smoke",
         "Do not take it if:\n\n- you have gout\n\nTell us if:\n\n- you have asthma\n- you smoke",
         [("negation", "Do not take it if: you have asthma", "Tell us if: you have asthma")]),
        ("Do not take it if:\n\n- you have asthma\n- you have gout", "Do not take it if:\n\n- you have gout",
         [("negation", "Do not take it if: you have asthma", "")]),
        ("Do not take it if:\n\n- you have gout", "Do not take it if:\n\n- you have gout\n- you have asthma",
         [("negation", "", "Do not take it if: you have asthma")]),
        ("### Adults\n\nTake 5 mg.\n\nRest.", "### Adults\n\nRest.\n\nTake 5 mg.", []),
        ("### Adults\n\nRest.", "### Children\n\nRest.", []),
        ("You may:\n\n- drive\n- swim", "You may:\n\n- swim\n- drive", []),
    ],
)  # fmt: skip
def test_alerts_rest_on_what_patients_read(before, after, expected):
    assert alerts(with_body(before), with_body(after)) == [("Dosage", *change) for change in expected]


def test_sentence_of_an_alert_is_told_with_what_it_holds_for():
    old, new = with_body("### Adults\n\nTake 5 mg."), with_body("### Adults\n\nTake 50 mg.")
    (alert,) = compare(old, new).alerts
    assert (alert.change.context_before, alert.change.context_after) == ("Adults: Take 5 mg.", "Adults: Take 50 mg.")


def test_alerts_of_all_parts_come_in_order_of_danger():
    old = with_body("Wait 7 days. Do not drive. Take it by mouth. Take it twice a day. Take 5 mg now. Add 3 mg later.")
    new = with_body("Wait 9 days. Drive. Take it rectally. Take it once a day. Take 5 g now. Add 4 mg later.")
    categories = [category for _place, category, _before, _after in alerts(old, new)]
    assert categories == list(ALERT_ORDER)


def test_title_medicine_and_key_facts_raise_alerts_too():
    old = replace(LEAFLET, title="Baclofen 5 mg", medicine=MedicineContent(name="Baclofen 5mg"))
    new = replace(
        LEAFLET,
        title="Baclofen 10 mg",
        medicine=MedicineContent(name="Baclofen 10mg"),
        key_facts=(*LEAFLET.key_facts[:2], "Stop suddenly."),
    )
    assert alerts(old, new) == [
        ("Title", "dose", "5 mg", "10 mg"),
        ("Medicine", "dose", "5mg", "10mg"),
        ("Key facts", "negation", "Do not", ""),
    ]


def test_number_in_a_heading_and_in_a_reason_raises_an_alert():
    new = with_section("storage", heading="Storage up to 30 °C")
    assert alerts(LEAFLET, new) == [("Storage up to 30 °C", "number", "", "up to 30 °C")]
    new = with_section("pregnancy", reason="It is for men.")
    assert alerts(LEAFLET, new) == [("Pregnancy", "negation", "only", "")]


def test_added_section_raises_one_alert_for_each_category():
    body = "Take 5 mg. Take 10 mg. Take 5 mg again. Do not drive. Never swim."
    new = replace(LEAFLET, sections=(*LEAFLET.sections, section("overdose", body)))
    found = [alert for alert in compare(LEAFLET, new).alerts]
    assert [(alert.place, alert.state, alert.change.category, alert.change.after) for alert in found] == [
        ("Overdose", "added", "dose", "5 mg\n10 mg"),
        ("Overdose", "added", "negation", "Do not\nNever"),
    ]
    assert found[0].change.context_after == "Take 5 mg.\nTake 10 mg.\nTake 5 mg again."
    assert found[0].change.before == ""


def test_removed_section_raises_alerts_for_what_went_with_it():
    new = with_order("uses", "dosage", "storage", "pregnancy")
    (alert,) = compare(LEAFLET, new).alerts
    assert (alert.place, alert.state) == ("Alcohol", "removed")
    assert (alert.change.category, alert.change.before, alert.change.after) == ("negation", "Do not", "")


# Sections ---------------------------------------------------------------------------------------


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
    assert added.pieces == (Piece("added", "Call for help."),)
    assert added.heading_pieces == (Piece("added", "Overdose"),)
    assert (added.old_place, added.new_place) == (None, 1)


def test_removed_section_is_shown_whole_where_it_stood():
    comparison = compare(LEAFLET, with_order("uses", "dosage", "storage", "pregnancy"))
    assert states(comparison)[2] == ("avoid", "removed")
    assert comparison.sections[2].pieces == (Piece("removed", "Do not take with alcohol."),)
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
    assert comparison.sections[2].pieces == (Piece("removed", "Do not take with alcohol."),)
    assert rebuilt(comparison.sections[3].pieces, "removed") == "Keep it dry.\nDo not take with alcohol."
    assert alerts(LEAFLET, new) == [("Alcohol", "negation", "Do not", ""), ("Storage", "negation", "", "Do not")]


def test_section_that_begins_to_apply_shows_flag_reason_and_text():
    new = with_section("pregnancy", is_not_applicable=False, reason="", body="Ask your doctor.")
    part = compare(LEAFLET, new).sections[4]
    assert part.state == "changed"
    assert [(field.name, field.before, field.after) for field in part.fields] == [("is_not_applicable", "yes", "")]
    assert part.reason_pieces == (Piece("removed", "It is for men only."),)
    assert part.pieces == (Piece("added", "Ask your doctor."),)


def test_section_that_no_longer_applies_counts_as_gone_whatever_text_is_left_in_it():
    new = with_section("dosage", is_not_applicable=True, reason="A nurse gives it.")
    comparison = compare(LEAFLET, new)
    part = comparison.sections[1]
    assert rebuilt(part.pieces, "added") == "Take 5 mg three times a day.\nSwallow it with water."
    assert not part.markup_only
    assert [(alert.change.category, alert.change.before, alert.state) for alert in comparison.alerts] == [
        ("dose", "5 mg", "removed"),
        ("frequency", "three times a day", "removed"),
        ("route", "Swallow", "removed"),
    ]
    back = compare(new, LEAFLET)
    assert {(alert.change.before, alert.state) for alert in back.alerts} == {("", "added")}


def test_text_hidden_in_a_section_that_does_not_apply_is_shown_in_its_source():
    old = with_section("pregnancy", body="Take 5 mg.")
    new = with_section("pregnancy", body="Take 50 mg.")
    comparison = compare(old, new)
    part = comparison.sections[4]
    assert (part.state, part.pieces, part.markup_only) == ("changed", (), True)
    assert Piece("added", "50") in part.body.markup_pieces
    assert comparison.alerts == ()


def test_only_english_is_read_in_full():
    assert not compare(None, LEAFLET).alerts_are_partial
    assert not compare(None, replace(LEAFLET, language="en-GB")).alerts_are_partial
    assert compare(LEAFLET, replace(LEAFLET, language="ar")).alerts_are_partial


def test_changed_kind_is_shown():
    part = compare(LEAFLET, with_section("avoid", kind="interactions")).sections[2]
    assert part.state == "changed"
    assert [(field.name, field.before, field.after) for field in part.fields] == [("kind", "avoid", "interactions")]


# Markup -----------------------------------------------------------------------------------------


def test_changed_link_target_is_reported_though_the_words_are_the_same():
    old, new = with_body("Call [the ward](tel:111)."), with_body("Call [the ward](tel:222).")
    comparison = compare(old, new)
    part = comparison.sections[0]
    assert (part.state, part.markup_only) == ("changed", True)
    assert part.pieces == (Piece("same", "Call the ward."),)
    assert [(link.before, link.after) for link in part.body.links] == [("tel:111", "tel:222")]
    assert rebuilt(part.body.markup_pieces, "added") == "Call [the ward](tel:111)."
    assert rebuilt(part.body.markup_pieces, "removed") == "Call [the ward](tel:222)."
    assert comparison.has_changes


def test_link_that_rings_another_number_raises_an_alert():
    old, new = with_body("Call [the ward](tel:111)."), with_body("Call [the ward](tel:222).")
    assert alerts(old, new) == [("Dosage", "number", "tel:111", "tel:222")]
    old, new = (replace(LEAFLET, key_facts=(f"Call [us](tel:{number}).",)) for number in (111, 222))
    assert alerts(old, new) == [("Key facts", "number", "tel:111", "tel:222")]
    assert alerts(with_body("See [us](https://a.example)."), with_body("See [us](https://b.example).")) == []


def test_link_target_changed_along_with_the_words_is_not_hidden():
    part = compare(
        with_body("See [a](https://a.example/?x=1&y=2)."), with_body("Look at [a](https://b.example).")
    ).sections[0]
    assert not part.markup_only
    assert [(link.before, link.after) for link in part.body.links] == [
        ("https://a.example/?x=1&y=2", "https://b.example")
    ]


def test_changed_emphasis_is_reported_as_markup_only():
    part = compare(with_body("Keep it dry."), with_body("Keep it **dry**.")).sections[0]
    assert (part.state, part.markup_only, part.body.links) == ("changed", True, ())
    assert rebuilt(part.body.markup_pieces, "removed") == "Keep it **dry**."


def test_changed_alternative_text_is_a_change_of_words():
    part = compare(with_body("![A blue box](b.png)"), with_body("![A red box](b.png)")).sections[0]
    assert not part.markup_only
    assert part.pieces == (Piece("same", "A "), Piece("removed", "blue"), Piece("added", "red"), Piece("same", " box"))


def test_care_card_of_another_kind_shows_its_headings():
    part = compare(with_body("::: emergency\nCollapse.\n:::"), with_body("::: tell\nCollapse.\n:::")).sections[0]
    assert not part.markup_only
    assert rebuilt(part.pieces, "added") == "Call the emergency number now\nCollapse."
    assert rebuilt(part.pieces, "removed") == "Tell your doctor or pharmacist\nCollapse."


# Key facts, sources, settings -------------------------------------------------------------------


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
        ("supports", "", "dosage"),
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
    assert comparison.title == (Piece("added", "Baclofen"),)
    assert {piece.op for part in comparison.sections for piece in part.pieces} == {"added"}
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

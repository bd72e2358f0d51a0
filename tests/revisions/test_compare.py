"""Comparing two revisions: the dangerous things first."""

from dataclasses import replace

import pytest

from monographs.leaflets.content import Content, MedicineContent
from monographs.revisions.compare import compare
from monographs.text.changes.differences import Piece
from monographs.text.words.classes import ORDER
from tests.revisions.leaflet import (
    LEAFLET,
    alerts,
    rebuilt,
    section,
    with_body,
    with_order,
    with_section,
)


def test_equal_revisions_have_no_changes():
    comparison = compare(LEAFLET, Content.from_dict({**LEAFLET.to_dict(), "sections": LEAFLET.to_dict()["sections"]}))
    assert not comparison.has_changes
    assert comparison.alerts == ()
    assert comparison.settings == ()
    assert {part.state for part in (*comparison.sections, *comparison.key_facts, *comparison.sources)} == {"same"}


def test_sentence_that_runs_over_a_typed_line_end_is_one_sentence():
    comparison = compare(with_body("Take 5 mg\nat night."), with_body("Take 5 mg at\nnight."))
    assert comparison.alerts == ()
    assert not comparison.sections[0].body.markup_only
    assert rebuilt(comparison.sections[0].body.pieces, "added") == "Take 5 mg\nat night."


def test_changed_dose_is_the_first_thing_shown():
    new = with_section("dosage", body="Take 50 mg three times a day.\n\nSwallow it with water.")
    comparison = compare(LEAFLET, new)
    (alert,) = comparison.alerts
    assert (alert.place, alert.state) == ("Dosage", "changed")
    assert (alert.change.category, alert.change.before, alert.change.after) == ("dose", "5 mg", "50 mg")
    assert alert.change.context_after == "Take 50 mg three times a day."
    assert Piece("removed", "5") in comparison.sections[1].body.pieces
    assert Piece("added", "50") in comparison.sections[1].body.pieces


def test_dose_after_a_hundred_characters_is_not_cut_off():
    lead = "Read this first. " * 300
    assert alerts(with_body(f"{lead}Take 5 mg."), with_body(f"{lead}Take 50 mg.")) == [
        ("Dosage", "dose", "5 mg", "50 mg")
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Take **5** mg.", "Take **50** mg.", [("dose", "5 mg", "50 mg")]),
        ("Take **50** mg.", "Take 5 mg.", [("dose", "50 mg", "5 mg")]),
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
         [("dose", "Adults: 5 mg", "Children: 5 mg"), ("dose", "Children: 2 mg", "Adults: 2 mg")]),
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
        ("Do not take it if:\n\n- you have asthma", "Do not take it if:\n\n- you have gout",
         [("negation", "Do not take it if: you have asthma", "Do not take it if: you have gout")]),
        ("Adults start treatment with 5 mg, children 2 mg.", "Children start treatment with 5 mg, adults 2 mg.",
         [("dose", "Adults start treatment with 5 mg, children 2 mg.",
           "Children start treatment with 5 mg, adults 2 mg.")]),
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
    old = with_body(
        "Wait 7 days. Do not drive. Take it by mouth. Take it twice a day. Take 5 mg now. Add 3 mg. Adults take 9 mg. "
        "It contains aspirin. The kidneys suffer. A severe rash comes. You must carry it. Please freeze this. Its xylo."
    )
    new = with_body(
        "Wait 9 days. Drive. Take it rectally. Take it once a day. Take 5 g now. Add 4 mg. Children take 9 mg. "
        "It contains ibuprofen. The lungs suffer. A mild rash comes. You may carry it. Please squeeze this. Its miro."
    )
    categories = [category for _place, category, _before, _after in alerts(old, new)]
    assert categories == list(ORDER)


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


def test_section_that_no_longer_applies_counts_as_gone_whatever_text_is_left_in_it():
    new = with_section("dosage", is_not_applicable=True, reason="A nurse gives it.")
    comparison = compare(LEAFLET, new)
    part = comparison.sections[1]
    assert rebuilt(part.body.pieces, "added") == "Take 5 mg three times a day.\nSwallow it with water."
    assert not part.body.markup_only
    assert [(alert.change.category, alert.change.before, alert.state) for alert in comparison.alerts] == [
        ("dose", "5 mg", "removed"),
        ("frequency", "three times a day", "removed"),
        ("route", "Swallow", "removed"),
    ]
    back = compare(new, LEAFLET)
    assert {(alert.change.before, alert.state) for alert in back.alerts} == {("", "added")}


def test_only_english_is_read_in_full():
    assert not compare(None, LEAFLET).alerts_are_partial
    assert not compare(None, replace(LEAFLET, language="en-GB")).alerts_are_partial
    assert compare(LEAFLET, replace(LEAFLET, language="ar")).alerts_are_partial


def test_link_that_rings_another_number_raises_an_alert():
    old, new = with_body("Call [the ward](tel:111)."), with_body("Call [the ward](tel:222).")
    assert alerts(old, new) == [("Dosage", "number", "tel:111", "tel:222")]
    old, new = (replace(LEAFLET, key_facts=(f"Call [us](tel:{number}).",)) for number in (111, 222))
    assert alerts(old, new) == [("Key facts", "number", "tel:111", "tel:222")]
    assert alerts(with_body("See [us](https://a.example)."), with_body("See [us](https://b.example).")) == []

"""One function checks everything; a clinic tunes what blocks."""

import dataclasses

import pytest

from monographs.clinics.models import the_clinic
from monographs.quality.findings import Severity
from monographs.quality.gate import findings_for
from monographs.quality.rules import BY_NAME, RULES, blocking, check
from tests.makers import make_content
from tests.quality.makers import with_body

WARNS = {
    "class-language", "dose-fraction", "dose-latin", "dose-sign", "dose-thousand", "dose-thousand-or-decimal",
    "easy-read-line", "easy-read-picture", "easy-read-sentence", "empty-section", "frequency-without-number", "jargon",
    "link-words", "long-paragraph", "long-sentence", "next-review-far", "not-on-paper", "odd-number", "reading-grade",
    "section-without-source", "side-effects-order", "side-effects-what-to-do", "sign-at-line-start", "stop-and-call",
    "turning-sign", "typed-in-doubt",
}  # fmt: skip


def test_complete_leaflet_has_no_finding():
    assert check(make_content()) == []


def test_every_rule_has_its_own_name_a_title_and_a_source():
    assert len(BY_NAME) == len(RULES)
    assert [rule.name for rule in RULES if not (str(rule.title) and rule.source)] == []


def test_what_may_be_meant_so_warns_and_all_else_blocks():
    assert {rule.name for rule in RULES if rule.severity != Severity.BLOCKS} == WARNS
    assert {rule.severity for rule in RULES} == {Severity.BLOCKS, Severity.WARNS}


def test_what_blocks_comes_first_then_the_order_of_the_leaflet():
    content = with_body("Take 5.0mg of this medication.", title="Testamol 2.0mg", next_review_on="", sources=())
    content = dataclasses.replace(content, key_facts=("Take your medication.", "Take 3.0mg.", "Rest."))
    assert [(finding.severity, finding.place) for finding in check(content)] == [
        ("blocks", "title"),
        ("blocks", "key_facts"),
        ("blocks", "dosage"),
        ("blocks", "sources"),
        ("blocks", "next_review_on"),
        ("warns", "key_facts"),
        ("warns", "dosage"),
    ]


def test_blocking_keeps_only_what_blocks():
    content = with_body("Take 5.0mg of this medication.")
    assert [finding.rule for finding in check(content)] == ["dose-trailing-zero", "jargon"]
    assert [finding.rule for finding in blocking(check(content))] == ["dose-trailing-zero"]


def test_clinic_tunes_severities():
    content = with_body("Take 5.0mg of this medication.")
    tuned = check(content, severities={"jargon": "blocks", "dose-trailing-zero": "warns"})
    assert [(finding.rule, finding.severity) for finding in tuned] == [
        ("jargon", Severity.BLOCKS),
        ("dose-trailing-zero", Severity.WARNS),
    ]


def test_rule_that_is_off_finds_nothing():
    assert check(with_body("Your medication."), severities={"jargon": "off"}) == []


@pytest.mark.parametrize(
    ("severities", "words"),
    [
        ({"dose-trailing-zeros": "off"}, "no quality rule “dose-trailing-zeros”"),
        ({"jargon": "shouts"}, "“shouts”"),
        ({"dose-trailing-zero": "off"}, "can't be set to “off”; it can be blocks, warns"),
    ],
)
def test_severity_that_can_not_be_is_refused_in_a_sentence(severities, words):
    with pytest.raises(ValueError, match=words):
        check(make_content(), severities=severities)


@pytest.mark.django_db
def test_silence_written_into_the_database_does_not_silence_what_blocks():
    clinic = the_clinic()
    clinic.quality_severities = {rule.name: "off" for rule in RULES} | {"no-such-rule": "off"}
    clinic.save()
    found = findings_for(with_body("Take 5.0mg of this medication."))
    assert [(finding.rule, finding.severity) for finding in found] == [("dose-trailing-zero", Severity.BLOCKS)]


def test_same_words_in_the_same_place_are_named_once():
    assert len(check(with_body("Take 5.0mg. Then take 5.0mg."))) == 1


@pytest.mark.parametrize("typed", ["> 50 kg", ">= 5 mg", "< 5 mg"])
def test_a_sign_that_a_rule_on_doses_names_is_not_asked_about_as_well(typed):
    content = with_body(f"Ask first if you weigh or take\n{typed}")
    assert [finding.rule for finding in check(content)] == ["dose-comparison-sign"]
    tuned = check(content, severities={"dose-comparison-sign": "warns"})
    assert [finding.rule for finding in tuned] == ["dose-comparison-sign"]


def test_a_sign_in_doubt_that_blocks_is_told_beside_what_only_warns():
    content = with_body("Ask first if you weigh\n> 50 kg")
    tuned = check(content, severities={"dose-comparison-sign": "warns", "typed-in-doubt": "blocks"})
    assert [finding.rule for finding in tuned] == ["typed-in-doubt", "dose-comparison-sign"]


def test_leaflet_without_anything_is_checked():
    content = make_content(title="", key_facts=(), sections=(), sources=(), next_review_on="", language="")
    assert {finding.rule for finding in check(content)} == {
        "required-section", "key-facts", "no-source", "next-review-date",
    }  # fmt: skip

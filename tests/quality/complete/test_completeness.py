"""What a leaflet must have, and its order."""

import dataclasses

import pytest

from monographs.leaflets.content import SectionContent, SourceContent
from monographs.leaflets.sections import REQUIRED_KINDS
from monographs.quality.findings import Severity
from tests.makers import make_content
from tests.quality.makers import found_by, with_body, with_sections

KINDS = list(REQUIRED_KINDS)


def with_section(content, kind, **changes):
    sections = [
        dataclasses.replace(section, **changes) if section.kind == kind else section for section in content.sections
    ]
    return dataclasses.replace(content, sections=tuple(sections))


@pytest.mark.parametrize("kind", REQUIRED_KINDS)
def test_missing_required_section_is_named(kind):
    findings = found_by("required-section", with_sections(*[other for other in REQUIRED_KINDS if other != kind]))
    assert len(findings) == 1
    assert "missing" in findings[0].message
    assert findings[0].label in findings[0].message


@pytest.mark.parametrize("body", ["", "  \n ", "###", "::: tell\n:::", "***"])
def test_required_section_without_words_is_empty(body):
    findings = found_by("required-section", with_body(body, kind="storage"))
    assert [(finding.place, finding.message) for finding in findings] == [
        ("storage", "This section is required and has no text.")
    ]


def test_not_applicable_with_a_reason_passes_and_without_one_does_not():
    content = with_section(make_content(), "storage", body="", is_not_applicable=True, reason="Given in hospital only.")
    assert found_by("required-section", content) == []
    content = with_section(content, "storage", reason=" ")
    assert [finding.message for finding in found_by("required-section", content)] == [
        "This section is marked “does not apply” without a reason."
    ]


def test_text_that_patients_would_not_read_blocks():
    content = with_section(make_content(), "storage", is_not_applicable=True, reason="Given in hospital only.")
    assert [(finding.place, finding.severity) for finding in found_by("hidden-text", content)] == [
        ("storage", Severity.BLOCKS)
    ]
    assert found_by("hidden-text", with_section(content, "storage", body=" \n")) == []
    assert found_by("hidden-text", make_content()) == []


def test_section_that_is_an_image_is_not_empty():
    assert found_by("required-section", with_body("![How to hold it](/media/hold.png)", kind="storage")) == []


def test_empty_section_that_nobody_requires_warns():
    sections = (*make_content().sections, SectionContent("more", "more", "More information"))
    assert [finding.place for finding in found_by("empty-section", make_content(sections=sections))] == ["more"]


@pytest.mark.parametrize(
    "kinds",
    [
        KINDS,
        ["introduction", *KINDS, "more", "other"],
        [*KINDS, "other", "more", "other"],
        ["what_it_is", "uses", "side_effects", "side_effects", "storage"],
        [],
    ],
)
def test_sections_in_order_pass(kinds):
    assert found_by("section-order", with_sections(*kinds)) == []


@pytest.mark.parametrize(
    ("kinds", "misplaced"),
    [
        (["side_effects", "what_it_is", "uses", "dosage", "storage"], [("side_effects", "Dosage")]),
        (["what_it_is", "storage", "uses", "dosage"], [("storage", "Dosage")]),
        (["other", "what_it_is", "uses"], [("other", "Uses")]),
        (["what_it_is", "more", "uses", "other"], [("more", "Other")]),
        (
            ["storage", "what_it_is", "dosage", "uses", "side_effects", "more"],
            [("storage", "Side Effects"), ("dosage", "Uses")],
        ),
    ],
)
def test_only_the_misplaced_section_is_named_and_told_where_to_go(kinds, misplaced):
    findings = found_by("section-order", with_sections(*kinds))
    found = [(finding.place, finding.instead) for finding in findings]
    assert found == [(place, f"Move it to stand after “{before}”.") for place, before in misplaced]


def test_of_two_swapped_sections_one_is_named():
    assert len(found_by("section-order", with_sections("what_it_is", "dosage", "uses"))) == 1


def test_section_that_belongs_first_is_told_before_which():
    findings = found_by("section-order", with_sections("uses", "dosage", "what_it_is"))
    assert [(finding.place, finding.instead) for finding in findings] == [
        ("what_it_is", "Move it to stand before “Uses”.")
    ]


@pytest.mark.parametrize("sources", [(), (SourceContent("  ", "https://example.org/"),)])
def test_leaflet_without_a_source_is_caught(sources):
    assert [finding.place for finding in found_by("no-source", make_content(sources=sources))] == ["sources"]


def test_leaflet_with_a_source_passes():
    assert found_by("no-source", make_content()) == []


def test_section_that_no_source_supports_is_named():
    some = tuple(kind for kind in REQUIRED_KINDS if kind != "storage")
    content = make_content(sources=(SourceContent("BNF", supports=some),))
    assert [finding.place for finding in found_by("section-without-source", content)] == ["storage"]


def test_source_that_supports_all_sections_is_enough():
    sources = (SourceContent("BNF", supports=("uses",)), SourceContent("Patient leaflet"))
    assert found_by("section-without-source", make_content(sources=sources)) == []


def test_section_that_does_not_apply_needs_no_source():
    some = tuple(kind for kind in REQUIRED_KINDS if kind != "storage")
    content = with_section(make_content(), "storage", body="", is_not_applicable=True, reason="Given in hospital.")
    content = dataclasses.replace(content, sources=(SourceContent("BNF", supports=some),))
    assert found_by("section-without-source", content) == []


@pytest.mark.parametrize("written", ["", " ", "soon", "2027-02-30", "31/05/2027"])
def test_missing_or_impossible_review_date_is_caught(written):
    findings = found_by("next-review-date", make_content(next_review_on=written))
    assert [finding.place for finding in findings] == ["next_review_on"]


def test_review_date_of_the_calendar_passes():
    assert found_by("next-review-date", make_content(next_review_on="2028-02-29")) == []


@pytest.mark.parametrize(("number", "caught"), [(0, 1), (2, 1), (3, 0), (6, 0), (7, 1)])
def test_key_facts_are_three_to_six(number, caught):
    facts = tuple(f"Fact {place}." for place in range(number))
    assert len(found_by("key-facts", make_content(key_facts=facts))) == caught


def test_blank_key_facts_do_not_count():
    assert len(found_by("key-facts", make_content(key_facts=("One.", "Two.", " ", "")))) == 1

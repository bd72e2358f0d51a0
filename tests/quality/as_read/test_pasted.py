"""What came in another way than by the form is found where it would read otherwise than it looks."""

import pytest

from monographs.quality.findings import Severity
from monographs.quality.rules import blocking, check
from tests.makers import make_content
from tests.quality.makers import excerpts, found_by, with_body


@pytest.mark.parametrize(
    ("body", "instead"),
    [
        ("• Take 4 tablets\n• Do not chew", "“- Take 4 tablets”"),
        ("·     Take 4 tablets\n\n·     Do not chew", "“- Take 4 tablets”"),
        ("\uf0b7\tTake 4 tablets", "“- Take 4 tablets”"),
        ("If you weigh \uf0b3 50 kg", "“If you weigh ≥ 50 kg”"),
        ("Take ５ mg", "“Take 5 mg”"),
        ("Take 2\u000b5 mg", "between “Take 2” and “5 mg”"),
        ("Take 2\u20285 mg", "between “Take 2” and “5 mg”"),
    ],
)
def test_a_revision_with_pasted_signs_is_blocked_and_says_what_to_write(body, instead):
    findings = found_by("pasted-signs", with_body(body))
    assert [instead in finding.instead for finding in findings] == [True]
    assert blocking(check(with_body(body)))


def test_a_list_is_told_once_by_its_first_line():
    assert excerpts("pasted-signs", "• One\n\n• Two\n• Three\n\nText.\n\n• Four") == ["• One", "• Four"]


@pytest.mark.parametrize(
    "body",
    [
        "- Take 4 tablets\n- Do not chew",
        "-   One\n-\tTwo",
        "soft\u00adhyphen, 5\u00a0mg",
        "Zoe\u0308",
        "5 \u03bcg",
        "| a |\n| --- |\n| • |",
    ],
)
def test_what_nobody_sees_change_is_no_finding(body):
    assert excerpts("pasted-signs", body) == []
    assert excerpts("sign-at-line-start", body) == []


@pytest.mark.parametrize("body", ["– 5 °C", "Stop it\n– even if you feel well", "· 5 mg", "o Take 4 tablets"])
def test_what_can_be_a_bullet_or_a_minus_is_asked_about(body):
    [finding] = found_by("sign-at-line-start", with_body(body))
    assert finding.severity == Severity.WARNS
    assert finding.excerpt == body.split("\n")[-1]


@pytest.mark.parametrize(
    ("typed", "reads"),
    [("a ﬁve mg dose", "a five mg dose"), ("Take 5\u201110 mg", "Take 5-10 mg"), ("well\u2010known", "well-known")],
)
def test_letters_and_hyphens_that_no_search_finds_are_asked_about_wherever_they_stand(typed, reads):
    for content in (with_body(typed), make_content(title=typed), make_content(key_facts=(typed, "Two", "Three"))):
        [finding] = found_by("sign-at-line-start", content)
        assert finding.severity == Severity.WARNS
        assert f"“{reads}”" in finding.instead


@pytest.mark.parametrize("body", ["Take • 5 mg", "§ Take 4 tablets", "- Take 4 • Do not chew"])
def test_a_bullet_that_makes_no_list_is_asked_about(body):
    assert excerpts("sign-at-line-start", body) == [body]


def test_the_word_o_is_one_in_spanish():
    assert found_by("sign-at-line-start", with_body("Tome 5 mg\no 10 mg", language="es")) == []


def test_a_line_of_no_break_spaces_is_asked_about():
    assert len(found_by("sign-at-line-start", with_body("Take 5 mg.\n\u00a0\nDo not drive."))) == 1


def test_titles_facts_and_sources_are_looked_at_too():
    content = make_content(title="Test\u000bamol", key_facts=("Take \uf0b3 5", "Two", "Three"))
    assert [finding.place for finding in found_by("pasted-signs", content)] == ["title", "key_facts"]

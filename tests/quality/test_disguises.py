"""What an eye reads is checked, however it was typed: with marks, with signs that take no room, in other digits."""

import dataclasses

import pytest

from monographs.leaflets.content import SourceContent
from tests.makers import make_content
from tests.quality.makers import excerpts, found_by, with_body

AS_TYPED = [
    "**5.0** mg", "**5.0 mg**", "`5.0mg`", "[5.0](/dose/) mg",
    "5\u00ad.0mg", "5.0\u00admg", "5.0\u200bm\u2060g", "5.0\u00a0mg", "5.0\u2009mg", "5.0\u202fmg", "5\u00b70mg",
    "\uff15\uff0e\uff10\uff4d\uff47", "\u0665\u066b\u0660 mg", "5\\.0mg", "5.0\nmg",
]  # fmt: skip


@pytest.mark.parametrize("dose", AS_TYPED)
def test_a_dose_is_read_as_the_eye_reads_it(dose):
    assert len(excerpts("dose-trailing-zero", f"Take {dose} now.")) == 1


@pytest.mark.parametrize("micro", ["\u00b5", "\u03bc", "mc\u00ad"])
def test_each_writing_of_the_micro_sign_is_caught(micro):
    assert len(excerpts("dose-microgram", f"Take 50 {micro}g.")) == 1


@pytest.mark.parametrize("dose", ["5\u200b.0mg", "5.0\u00a0 mg"])
def test_a_title_a_heading_and_a_reason_are_read_as_the_eye_reads_them_too(dose):
    content = with_body("Rest.", title=f"Testamol {dose}")
    section = dataclasses.replace(content.sections[0], heading=dose, body="", is_not_applicable=True, reason=dose)
    content = dataclasses.replace(content, sections=(section, *content.sections[1:]))
    assert [finding.place for finding in found_by("dose-trailing-zero", content)] == ["title", section.key, section.key]


def test_what_is_quoted_is_what_the_author_typed():
    assert excerpts("dose-trailing-zero", "Take \u0665\u066b\u0660 mg.") == ["\u0665\u066b\u0660 mg"]
    assert excerpts("dose-trailing-zero", "Take \uff15\uff0e\uff10\uff4d\uff47.") == ["\uff15\uff0e\uff10\uff4d\uff47"]


@pytest.mark.parametrize(
    "body",
    [
        "- one\n  - Take 5.0mg",
        "1. Take 5.0mg",
        "> Take 5.0mg",
        "Take 5.0mg\n===",
        "    Take 5.0mg",
        "### Take 5.0mg",
        "::: tell\nTake 5.0mg\n:::",
        "| a |\n|---|\n| 5.0mg |",
        "| 5.0mg |\n|---|",
        "![A 5.0mg tablet](/media/a.png)",
        "[![A 5.0mg tablet](/media/a.png)](/hold/)",
        "[Take 5.0mg](/dose/)",
        "[ref]: Take 5.0mg",
        "~~~\nTake 5.0mg\n~~~",
        "<div>Take 5.0mg</div>",
        "<!-- Take 5.0mg -->",
    ],
)
def test_a_dose_is_found_wherever_patients_read_it(body):
    assert excerpts("dose-trailing-zero", body) == ["5.0mg"]


@pytest.mark.parametrize(
    ("body", "excerpt"),
    [
        ("<img src='/media/a.png'>", "<img src='/media/a.png'>"),
        ("Take 5<b>mg</b>.", "<b>"),
        ("<!-- Is 5mg right? -->", "<!-- Is 5mg right? -->"),
        ("Take it.<br>Rest.", "<br>"),
        ("Take 50 &micro;g.", "&micro;"),
        ("Take 5&nbsp;mg.", "&nbsp;"),
        ("Take 5&#8203;mg.", "&#8203;"),
    ],
)
def test_html_that_patients_would_see_is_caught(body, excerpt):
    assert excerpts("html-tag", body)[0] == excerpt


@pytest.mark.parametrize(
    "body", ["<10mg", "Age <18 and >5.", "<https://example.org/>", "&lt5", "R&D;", "a < b > c", "It is -> here."]
)
def test_signs_that_are_no_html_pass(body):
    assert excerpts("html-tag", body) == []


@pytest.mark.parametrize(
    "body",
    [
        "![ ](/media/a.png)", "![\u00a0](/media/a.png)", "![\u200b](/media/a.png)", "![...](/media/a.png)",
        "> ![](/media/a.png)", "[![](/media/a.png)](/hold/)",
    ],
)  # fmt: skip
def test_an_alternative_text_that_shows_nothing_is_none(body):
    assert excerpts("alternative-text", body) == ["/media/a.png"]


@pytest.mark.parametrize(
    "alt",
    ["image", "Picture 1", "IMG_2034", "photo", "hold.png", "A screenshot",
     "Diagram", "1", "clip_image002", "unnamed",
     "Picture of", "Screenshot 2026-05-01 at 10.00.00"],
)  # fmt: skip
def test_an_alternative_text_that_describes_nothing_is_caught(alt):
    assert excerpts("alternative-text", f"![{alt}](/media/a.png)") == [alt]


@pytest.mark.parametrize(
    "alt", ["Picture of an inhaler", "How to hold it", "Figure 1: a pen", "\u0643\u064a\u0641", "Image.pngs"]
)
def test_an_alternative_text_that_describes_passes(alt):
    assert excerpts("alternative-text", f"![{alt}](/media/a.png)") == []


@pytest.mark.parametrize("body", ["::: tell\n## One\n\n#### Two\n:::", "- one\n\n  ## One\n\n  #### Two"])
def test_a_skipped_heading_level_is_found_wherever_the_heading_stands(body):
    assert excerpts("heading-levels", body) == ["Two"]


@pytest.mark.parametrize("body", ["\u00a0", "\u200b", "\u00ad", "[](#)", "\u2800", "...", "\\-", "**—**"])
def test_a_section_that_shows_nothing_has_no_text(body):
    assert [finding.place for finding in found_by("required-section", with_body(body, kind="storage"))] == ["storage"]


def test_key_facts_that_show_nothing_do_not_count():
    facts = ("One.", "Two.", "\u200b", "\u00a0", "—")
    assert len(found_by("key-facts", make_content(key_facts=facts))) == 1


def test_a_source_that_shows_nothing_is_none():
    assert len(found_by("no-source", make_content(sources=(SourceContent("\u200b"), SourceContent("-"))))) == 1


@pytest.mark.parametrize("reason", ["\u200b", "\u3164", ".", "-"])
def test_a_reason_that_says_nothing_is_none(reason):
    content = with_body("")
    sections = (dataclasses.replace(content.sections[0], body="", is_not_applicable=True, reason=reason),)
    found = found_by("required-section", dataclasses.replace(content, sections=sections + content.sections[1:]))
    assert content.sections[0].key in [finding.place for finding in found]

"""Signs that turn, hide or imitate text block a leaflet, wherever they stand, and are shown by name."""

import dataclasses

import pytest

from monographs.leaflets.content import MedicineContent, SourceContent
from monographs.quality.rules import blocking, check
from tests.makers import make_content
from tests.quality.makers import found_by, with_body


@pytest.mark.parametrize(
    ("rule", "body", "shown"),
    [
        ("hidden-sign", "Take 5\u202emg 05\u202c", "5⟨U+202E RIGHT-TO-LEFT OVERRIDE⟩mg"),
        ("hidden-sign", "Take 5 \u200bmg", "⟨U+200B ZERO WIDTH SPACE⟩mg"),
        ("lookalike-letter", "T\u0430ke 5 mg", "T⟨U+0430 CYRILLIC SMALL LETTER A⟩ke"),
        ("hidden-sign", "Take 5\u00ad0 mg", "5⟨U+00AD SOFT HYPHEN⟩0"),
        ("hidden-sign", "Take \ue001 5 mg", "⟨U+E001 PRIVATE USE⟩"),
        ("hidden-sign", "Take 5\u0336 mg", "5⟨U+0336 COMBINING LONG STROKE OVERLAY⟩"),
        ("hidden-sign", "Take 5 \ufffdg", "⟨U+FFFD REPLACEMENT CHARACTER⟩g"),
        ("hidden-sign", "Take\u001b 5 mg", "Take⟨U+001B CONTROL⟩"),
    ],
)
def test_place_and_visible_form_are_told(rule, body, shown):
    finding = found_by(rule, with_body(body))[0]
    assert (finding.place, finding.excerpt) == ("dosage", shown)
    assert shown in finding.message
    assert rule in {finding.rule for finding in blocking(check(with_body(body)))}


def test_no_finding_turns_the_page_it_is_shown_on():
    findings = check(with_body("Take 5\u202emg\u2066 05\u200b\u202c\n\n- \u202d5"))
    words = "".join(f"{one.excerpt}{one.message}{one.instead}" for one in findings)
    assert not set(words) & set("\u202e\u202c\u202d\u2066\u200b")


@pytest.mark.parametrize("place", ["title", "name", "brand", "fact", "heading", "reason", "citation"])
def test_every_text_of_the_leaflet_is_looked_at(place):
    bad, content = "5\u202emg", make_content()
    section = content.sections[0]
    content = {
        "title": lambda: dataclasses.replace(content, title=bad),
        "name": lambda: dataclasses.replace(content, medicine=MedicineContent(bad)),
        "brand": lambda: dataclasses.replace(content, medicine=MedicineContent("Testamol", (bad,))),
        "fact": lambda: dataclasses.replace(content, key_facts=(bad, "Two", "Three")),
        "heading": lambda: _with(content, dataclasses.replace(section, heading=bad)),
        "reason": lambda: _with(content, dataclasses.replace(section, body="", is_not_applicable=True, reason=bad)),
        "citation": lambda: dataclasses.replace(content, sources=(SourceContent(bad),)),
    }[place]()
    assert len(found_by("hidden-sign", content)) == 1


def _with(content, section):
    return dataclasses.replace(content, sections=(section, *content.sections[1:]))


def test_a_page_full_of_them_is_no_endless_list():
    assert len(found_by("hidden-sign", with_body("a\u200b " * 10_000))) <= 20


def test_languages_keep_the_signs_that_they_need():
    for body in ("می\u200cخواهید 5 mg", "خذ قرصًا", "服用5毫克。", "Łykaj 5 mg", "5 µg", "👍🏽 ⚠\ufe0f"):
        assert found_by("hidden-sign", with_body(body)) == []
        assert found_by("lookalike-letter", with_body(body)) == []

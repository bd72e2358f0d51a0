"""What easy read asks for: short sentences, one a line, a picture beside each point."""

import pytest

from monographs.quality.findings import Severity
from monographs.quality.rules import check
from tests.makers import make_content
from tests.quality.makers import found_by, with_body

LONG = "Take one tablet with a glass of water in the morning after you eat."  # 14 words
FAR_TOO_LONG = (
    "Take one tablet with a glass of water in the morning after you eat and one more before you go to bed at night."
)
EASY = {"edition": "easy-read"}


def rules(content) -> dict[str, str]:
    return {finding.rule: finding.severity for finding in check(content)}


def test_a_sentence_of_more_than_twelve_words_warns():
    assert rules(with_body(f"![](symbol:water) {LONG}", **EASY))["easy-read-sentence"] == Severity.WARNS
    assert (
        found_by("easy-read-sentence", with_body("Take one tablet with a glass of water in the morning.", **EASY)) == []
    )


def test_a_sentence_of_more_than_twenty_words_blocks_and_is_told_once():
    found = rules(with_body(f"![](symbol:water) {FAR_TOO_LONG}", **EASY))
    assert found["easy-read-too-long"] == Severity.BLOCKS
    assert not found.keys() & {"easy-read-sentence", "long-sentence"}


def test_a_standard_leaflet_is_asked_for_none_of_it():
    found = rules(with_body(f"{FAR_TOO_LONG} Then rest."))
    assert found == {"long-sentence": Severity.WARNS}


def test_each_sentence_begins_a_line():
    assert found_by("easy-read-line", with_body("Take it at 8.\nTake it with food.", **EASY)) == []
    (finding,) = found_by("easy-read-line", with_body("Take it at 8. Take it with food.", **EASY))
    assert (finding.place, finding.excerpt) == ("dosage", "Take it at 8. Take it with food.")


def test_a_section_is_told_once_how_many_points_have_no_picture():
    body = "### Adults\n\n![](symbol:tablet) Take one.\n\nTake it at 8.\n\n- ![](symbol:food) With food.\n- With water."
    found = [one for one in found_by("easy-read-picture", with_body(body, **EASY)) if one.place == "dosage"]
    assert [(one.message, one.excerpt) for one in found] == [("2 of 4 points have no picture.", "Take it at 8.")]
    assert "clock" in found[0].instead


def test_the_reading_grade_is_lower_than_that_of_a_standard_leaflet():
    body = "Somebody must measure the remaining medicine carefully each evening. " * 12
    assert found_by("reading-grade", with_body(body, **EASY))
    assert "grade 6" in found_by("reading-grade", with_body(body, **EASY))[0].instead


@pytest.mark.parametrize("edition", ["standard", "easy-read"])
def test_a_symbol_needs_no_alternative_text_but_words_beside_it(edition):
    good = with_body("![](symbol:clock) Take it at 8.", edition=edition)
    assert not rules(good).keys() & {"alternative-text", "symbol"}
    for body in ("![](symbol:clock)", "Take it.\n\n![](symbol:clock)", "- ![](symbol:clock)\n- Take it."):
        assert [one.excerpt for one in found_by("symbol", with_body(body, edition=edition))] == ["clock"]
    assert found_by("symbol", with_body("![A clock that shows 8](symbol:clock)", edition=edition)) == []
    assert found_by("symbol", make_content(edition=edition, key_facts=("![](symbol:clock)", "Two.", "Three.")))


def test_a_symbol_that_is_none_of_ours_blocks():
    found = check(with_body("![](symbol:unicorn) Take it at 8."))
    by_rule = {one.rule: one for one in found}
    assert by_rule["symbol"].severity == Severity.BLOCKS
    assert "clock" in by_rule["symbol"].instead


def test_any_other_picture_still_needs_its_alternative_text():
    assert rules(with_body("![](/media/clock.png) Take it at 8.")) == {"alternative-text": Severity.BLOCKS}

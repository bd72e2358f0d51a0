"""Signs that are drawn turned in a text from right to left are asked to be words; elsewhere they are left alone."""

import pytest

from monographs.quality.findings import Severity
from tests.quality.makers import excerpts, found_by, with_body


@pytest.mark.parametrize(
    ("body", "excerpt", "instead"),
    [
        ("إذا كان وزنك > 50 كغ", "> 50", "أكثر من"),
        ("إذا كان وزنك < 50 كغ", "< 50", "أقل من"),
        ("الحرارة ≥ 38 درجة", "≥ 38", "لا يقل عن"),
        ("الجرعة ≤٥ ملغ", "≤٥", "لا يزيد عن"),
        ("الحرارة >= 38 درجة", ">= 38", "لا يقل عن"),
        ("| العمر | الجرعة |\n|---|---|\n| <12 | 5 ملغ |", "<12", "أقل من"),
    ],
)
def test_signs_of_more_and_less_are_asked_to_be_words_in_arabic(body, excerpt, instead):
    (found,) = found_by("turning-sign", with_body(body, language="ar"))
    assert (found.excerpt, found.severity, instead in found.instead) == (excerpt, Severity.WARNS, True)


def test_arrow_is_asked_to_be_words():
    assert excerpts("turning-sign", "5 ملغ → 10 ملغ ثم 5 mg -> 10 mg", language="ar") == ["→", "->"]


def test_key_facts_title_and_headings_are_looked_at_and_other_languages_have_their_own_words():
    content = with_body("متن", language="ur", key_facts=("وزن > 50 کلو", "b", "c"), title="عمر < 12")
    assert [(one.place, one.instead) for one in found_by("turning-sign", content)] == [
        ("title", "Write it in words: “… سے کم”."),
        ("key_facts", "Write it in words: “… سے زیادہ”."),
    ]


def test_leaflets_from_left_to_right_and_addresses_are_left_alone():
    assert excerpts("turning-sign", "If you weigh > 50 kg: 5 mg → 10 mg.") == []
    assert excerpts("turning-sign", "انظر https://x.example/?a=>b", language="ar") == []

"""Words that send to a picture block, unless the picture is told in words."""

import pytest

from monographs.quality.findings import Severity
from monographs.quality.rules import BY_NAME, check
from monographs.refusals import Refused
from monographs.review.actions import submit
from tests.makers import make_content, make_leaflet
from tests.quality.makers import found_by, with_body

SHORT = "![How to hold the inhaler](/media/a.png)"
TOLD = "![Hold the inhaler upright, with your thumb at its base and a finger on top](/media/a.png)"
SENDS = {
    "en": [
        "Hold it as shown.", "Hold it as is shown below.", "See the picture.", "Look at picture 2.",
        "Do it as shown here.",
        "Follow the pictures above.", "The diagram below shows how.", "Press where it is marked in the drawing.",
        "Fit the needle (see fig. 3).", "Breathe out, as illustrated.", "Hold it like in this photo.",
    ],
    "es": ["Sujételo como se muestra.", "Vea la imagen.", "Como se indica en la figura 2.", "Véase el dibujo."],
    "pl": ["Trzymać tak, jak pokazano.", "Patrz rysunek 2.", "Jak na obrazku.", "Zob. zdjęcie."],
    "cy": ["Daliwch ef fel y dangosir.", "Gweler y llun.", "Fel yn y diagram."],
    "ar": ["أمسك بها كما هو موضح.", "انظر إلى الصورة.", "كما في الشكل 2."],
    "ur": ["تصویر دیکھیں۔", "جیسا کہ نیچے دکھایا گیا ہے۔", "تصویر میں دکھائے گئے طریقے سے پکڑیں۔"],
    "zh-hans": ["如图所示握住。", "参见下图。", "见图2。", "如下所示。"],
}  # fmt: skip
CASES = [(language, words) for language, all_words in SENDS.items() for words in all_words]


def found(body: str, **fields) -> list[str]:
    return [finding.excerpt for finding in found_by("as-shown", with_body(body, **fields))]


@pytest.mark.parametrize(("language", "words"), CASES)
def test_words_that_send_to_a_picture_are_found_with_and_without_one(language, words):
    assert len(found(words, language=language)) == 1
    assert len(found(f"{words}\n\n{SHORT}", language=language)) == 1


@pytest.mark.parametrize(("language", "words"), CASES)
def test_they_pass_once_the_picture_is_told_in_words(language, words):
    assert found(f"{words}\n\n{TOLD}", language=language) == []


def test_every_picture_of_the_section_must_be_told():
    assert found(f"Do it as shown.\n\n{TOLD}\n\n{SHORT}") == ["as shown"]


def test_a_picture_that_is_told_in_chinese_is_told():
    body = "如图所示握住。\n\n![竖直握住吸入器，拇指放在底部，食指放在顶部](/media/a.png)"
    assert found(body, language="zh-hans") == []


@pytest.mark.parametrize(
    "body",
    [
        "Take the dose as shown on the label.",
        "Use it as shown by your nurse.",
        "Take it as shown in the table.",
        "Take the dose as shown below.\n\n| Age | Dose |\n|---|---|\n| 8 | 5mg |",
        "Your doctor may take pictures of your lungs.",
        "It may change how you see things.",
        f"Shake it well.\n\n{SHORT}",
        "You may see double. Studies have shown that it helps.",
    ],
)
def test_other_words_pass(body):
    assert found(body) == []


def test_a_key_fact_that_sends_to_a_picture_is_found():
    content = make_content(key_facts=("Hold it as shown.", "Two.", "Three."))
    assert [finding.label for finding in found_by("as-shown", content)] == ["Key fact 1"]


def test_each_place_is_named_and_told_what_to_do():
    without, with_one = (
        found_by("as-shown", with_body(f"Hold it as shown.{more}"))[0] for more in ("", f"\n\n{SHORT}")
    )
    assert without.instead == "There is no picture in this section: say it in words."
    assert "in at least 8 words" in with_one.instead
    assert BY_NAME["as-shown"].severity == Severity.BLOCKS
    assert [one.rule for one in check(with_body("Hold it as shown."))] == ["as-shown"]


@pytest.mark.django_db
def test_submission_is_refused_until_the_words_say_it(ana):
    with pytest.raises(Refused, match="blocks it"):
        submit(make_leaflet("Puffamol", dosage=f"Hold it as shown.\n\n{SHORT}"), by=ana)
    assert submit(make_leaflet("Airamol", dosage=f"Hold it as shown.\n\n{TOLD}"), by=ana)

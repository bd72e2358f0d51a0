"""A text that is shortened keeps its sentences whole."""

import pytest

from monographs.quality.pieces.excerpts import beginning, whole_sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Take 5 mg. Do not chew it.", ["Take 5 mg.", "Do not chew it."]),
        ("At 5 p.m. take one.", ["At 5 p.m. take one."]),
        ("Max. Five tablets.", ["Max. Five tablets."]),
        ("Ask Dr. Smith! Do it. now", ["Ask Dr. Smith!", "Do it. now"]),
        ("لا تأخذه. اسأل الطبيب؟ نعم.", ["لا تأخذه.", "اسأل الطبيب؟", "نعم."]),
        ("Sagt er „Nimm es. Es hilft.“ Er irrt.", ["Sagt er „Nimm es. Es hilft.“ Er irrt."]),
        ("z. B. Saft. Nein.", ["z. B. Saft.", "Nein."]),
    ],
)
def test_sentences_are_parted_where_one_surely_ends(text, expected):
    assert whole_sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("Short.", 60, "Short."),
        ("Do not take it. With grapefruit it harms.", 20, "Do not take it. …"),
        ("Do not, whatever friends say, take it with grapefruit. Rest.", 20,
         "Do not, whatever friends say, take it with grapefruit. …"),
        ("One. Two. Three.", 10, "One. Two. …"),
        ("", 10, ""),
    ],
)  # fmt: skip
def test_the_beginning_of_a_text_is_whole_sentences(text, most, expected):
    assert beginning(text, most) == expected


def test_endless_texts_are_read_in_time():
    assert len(beginning("(" + "A word. " * 6_000, 60)) > 40_000
    assert beginning("A word. " * 6_000, 60).endswith("A word. …")

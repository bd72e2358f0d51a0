"""The leaflet as plain text."""

from monographs.paper.plain import plain_text
from tests.paper.parts import make_article

BODY = """Take **5 mg** as [the page](https://www.nhs.uk/) says.

1. First
2. Then
   - this

::: emergency
You can't breathe.
:::

| Age | Dose |
| --- | --- |
| 1–5 years | 2.5 mg |"""


def test_each_block_stands_apart_and_keeps_its_words():
    text = plain_text(make_article(BODY))
    assert "How to take it\n--------------\n\nTake 5 mg as the page (https://www.nhs.uk/) says." in text
    assert "1. First\n2. Then\n   - this" in text
    assert "Call 999 now\n\nYou can't breathe." in text
    assert "Age: 1–5 years\nDose: 2.5 mg" in text
    assert text.startswith("Information for patients\n\nTestamol\n========\n")
    assert "In this leaflet" not in text


def test_doses_keep_their_order_in_a_right_to_left_text():
    assert "\u20665-10 mg\u2069" in plain_text(make_article("تناول 5-10 mg مرة.", language="ar"))

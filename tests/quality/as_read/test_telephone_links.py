"""A link to a telephone number dials what its words show, or the gate says so."""

import pytest

from monographs.quality.rules import check
from tests.makers import make_content


def found(text: str) -> list[tuple[str, str]]:
    content = make_content(dosage=f"Take 5mg once a day. {text}")
    return [(one.excerpt, one.severity) for one in check(content) if one.rule == "telephone-link"]


@pytest.mark.parametrize(
    "link",
    [
        "[999](tel:999)", "[Call 111](tel:111)", "[0800 123 456](tel:0800123456)", "[0800 123 456](tel:0800-123-456)",
        "[01632 960100](tel:+441632960100)", "[+44 (0)1632 960100](tel:+441632960100)",
        "[Call the ward](tel:01632960100)",
        "[01632 960100 ext. 12](tel:01632960100;ext=12)", "[Call 0800 123 456, 24/7](tel:0800123456)",
        "[Call ward 5](tel:01632960100)", "[٩٩٩](tel:999)", "[Text 85258](sms:85258)", "[Read 112](https://a.example/112)",
    ],
)  # fmt: skip
def test_link_that_dials_what_it_shows_is_in_order(link):
    assert found(link) == []


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("[999 or 112](tel:999112)", "999 or 112"), ("[999 or 112](tel:999)", "999 or 112"),
        ("[Call 111](tel:112)", "Call 111"),
        ("[1 or 2](tel:999)", "1 or 2"), ("[01632 960100](tel:01632960101)", "01632 960100"),
        ("[0800 123 456](tel:0800-HELP)", "0800 123 456"),
        ("[01632 960100 ext. 12](tel:01632960100;ext=13)", "01632 960100 ext. 12"),
        ("[999112](tel:999)", "999112"),
    ],
)  # fmt: skip
def test_link_that_dials_another_number_blocks(link, words):
    assert found(link) == [(words, "blocks")]

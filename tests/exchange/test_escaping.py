"""What was typed gets a backslash where Markdown would take it for something else, and nowhere else."""

import pytest

from monographs.exchange.escaping import escape_fragment, escape_heading, escape_starts, escape_text, shown_heading


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Take 5 * 6 mg", "Take 5 * 6 mg"),
        ("a*b", "a*b"),
        ("a*b*c", r"a\*b\*c"),
        ("a *b c* d", r"a \*b c\* d"),
        ("*a", "*a"),
        ("a_b_c", "a_b_c"),
        ("_a b_", r"\_a b\_"),
        ("one ` sign", "one ` sign"),
        ("two `signs`", r"two \`signs\`"),
        ("see [1]", "see [1]"),
        ("see [1](x)", r"see \[1](x)"),
        ("[1]: https://a.example", r"\[1]: https://a.example"),
        ("a < b", "a < b"),
        ("<b>", r"\<b>"),
        ("5 & 6 &amp; 7", r"5 & 6 \&amp; 7"),
        (r"a\*b", r"a\\*b"),
        ("# one", r"\# one"),
        ("#one", "#one"),
        ("1. one", r"1\. one"),
        ("1.5 mg", "1.5 mg"),
        ("- one", r"\- one"),
        ("-5 °C", "-5 °C"),
        ("---", r"\---"),
        ("* * *", r"\* \* \*"),
        ("===", r"\==="),
        ("::: care", r"\::: care"),
        ("one\n  # two", "one\n\\# two"),
    ],
)
def test_a_sign_that_would_work_is_taken_for_what_it_is(typed, written):
    assert escape_text(typed) == written


def test_a_heading_keeps_the_signs_at_its_end():
    assert escape_heading("Side effects #") == r"Side effects \#"
    assert escape_heading("Vitamin B#") == "Vitamin B#"
    assert escape_heading("Two\nlines ") == "Two lines"


def test_a_piece_of_a_line_is_escaped_whatever_stands_around_it():
    assert escape_fragment("*") == r"\*"
    assert escape_fragment("a * b") == "a * b"
    assert escape_fragment("a_b") == "a_b"
    assert escape_fragment("`x [1](y) [2]") == r"\`x \[1](y) \[2]"


def test_lines_of_markdown_begin_no_other_block():
    assert escape_starts("**a**\n- b\n2) c") == "**a**\n\\- b\n2\\) c"


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("*Uses* of `it`", "Uses of `it`"),
        ("[Our page](https://a.example)", "Our page (https://a.example)"),
        ("[https://a.example](https://a.example) and more", "https://a.example and more"),
        ("![A tablet](/t.png)", "A tablet"),
        (r"Side effects \#", "Side effects #"),
    ],
)
def test_a_heading_is_told_by_the_words_that_it_shows(markdown, shown):
    assert shown_heading(markdown) == shown

"""Right-to-left HTML is taken apart only where it needs order, and the outcome is that of taking apart all of it."""

from hypothesis import given
from hypothesis import strategies as st

from monographs.text.markup.markdown import render
from monographs.text.order import in_order as module
from monographs.text.order.in_order import in_order
from tests.effort import calls

PIECES = ["خذ", "ملغ", "5", "10 mg", "5-10", "۵-۱۰", "٥-١٠", "→", "**", "*", "[a](/b)", "[خذ](tel:999)", "\n", "\n\n",
          "- ", "1. ", "| a | خ |\n| --- | --- |\n| 5 | 6 mg |\n", "::: tell\n", "\n:::\n", " ", "(", ")", "<", "&",
          "0800 123 456", "![x](/a.png)", "Co-codamol 8/500", "%", "٪", "½", "а", "中", "## ", "\n\n---\n\n",
          '"']  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_what_is_passed_over_would_not_have_changed(source):
    html = render(source)
    if not module._HAS_DIRECTION.search(html):
        assert f'<div dir="rtl">{in_order(html, "rtl")}</div>' == in_order(f'<div dir="rtl">{html}</div>', "rtl")


def test_an_inline_tag_around_blocks_is_closed_once():
    assert in_order("<a href='/a'><p>خذ 5-10 mg</p></a>", "rtl").count("</a>") == 1


def test_a_left_to_right_page_costs_nothing():
    html = "<p>Take 5-10 mg.</p>" * 100
    assert calls(lambda: in_order(html, "ltr")) == calls(lambda: in_order("<p>Take</p>", "ltr"))


def test_right_to_left_words_alone_are_not_taken_apart():
    words = "<p>هذا الدواء يخفف الألم، واسأل طبيبك.</p>"
    dose = "<p>هذا الدواء 5-10 mg، واسأل طبيبك.</p>"
    assert calls(lambda: in_order(words * 50, "rtl")) * 5 < calls(lambda: in_order(dose * 50, "rtl"))

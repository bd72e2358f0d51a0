"""Tables too wide for a telephone or for paper are told when a page is compiled, with their heads beside the values."""

import re

from hypothesis import given
from hypothesis import strategies as st

from monographs.text.markup.finished.wide_tables import mark_wide
from monographs.text.markup.markdown import render

LONG = "in the morning, at noon and at night"


def table(*rows: str) -> str:
    head, *others = rows
    rule = "|".join(["---"] * (head.count("|") + 1))
    return render("\n".join(f"| {row} |" for row in (head, rule, *others)))


def classes(html: str) -> list[str]:
    return re.findall(r'<table(?: class="([^"]*)")?>', mark_wide(html))


def heads(html: str) -> list[str]:
    return re.findall(r'data-head="([^"]*)"', mark_wide(html))


def test_table_of_two_short_columns_fits_everywhere():
    assert mark_wide(table("Age|Dose", "12|5 mg")) == table("Age|Dose", "12|5 mg").replace(
        "<thead>", '<thead class="narrow">'
    )


def test_the_wider_the_table_the_more_it_is_too_wide_for():
    assert classes(table("Age|Dose", f"12|{LONG}")) == ["over-phone"]
    assert classes(table("Age|Dose|When", *[f"12|{LONG}|{LONG}"])) == ["over-phone"]
    assert classes(table("Age|Dose|When|Most", *[f"{LONG}|{LONG}|{LONG}|12"])) == ["over-phone over-large"]
    assert classes(table("A|B|C|D|E", "|".join([LONG] * 5))) == ["over-phone over-large over-paper"]
    assert classes(table("Name", "x" * 90)) == ["over-phone over-large over-paper"]


def test_table_in_a_list_has_less_room():
    rows = ("| Age | Dose |", "| --- | --- |", "| Child | 200 mg |")
    assert classes(render("\n".join(rows))) == [""]
    assert classes(render("- First\n\n  " + "\n  ".join(rows))) == ["over-phone"]
    assert classes(render("- First\n\nThen:\n\n" + "\n".join(rows))) == [""]


def test_each_value_has_the_words_of_its_head():
    html = table("Age|**Dose** (µg)|How often?|Why:|A & B|", f"12|{LONG}|3|2|1|")
    assert heads(html) == ["Age: ", "Dose (µg): ", "How often? ", "Why: ", "A &amp; B: "]


def test_value_beyond_the_last_head_has_none_and_a_head_without_a_value_is_not_lost():
    html = table("Age|Dose", f"12|{LONG}|10 mg if severe", "8")
    assert heads(html)[:2] == ["Age: ", "Dose: "]
    assert "10 mg if severe</td>" in mark_wide(html)
    assert 'data-head="' not in re.search(r"<td[^>]*>10 mg", mark_wide(html))[0]


def test_head_keeps_the_order_of_what_is_isolated_in_it():
    head = '<thead><tr><th>جرعة <bdi dir="ltr">5-10 mg</bdi></th></tr></thead>'
    html = f"<table>{head}<tbody><tr><td>{LONG * 9}</td></tr></tbody></table>"
    assert heads(html) == ["جرعة \u20665-10 mg\u2069: "]


def test_head_that_is_a_picture_is_told_by_its_words():
    html = table("![Morning](/media/leaflet-images/a.png)|Dose", f"1|{LONG}")
    assert heads(html) == ["Morning: ", "Dose: "]


cells = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30)


@given(st.lists(st.lists(cells, min_size=1, max_size=7), min_size=1, max_size=4))
def test_no_word_of_any_table_is_changed(rows):
    html = table(*("|".join(row) for row in rows))
    marked = re.sub(r' (?:data-head|class)="[^"]*"', "", mark_wide(html))
    assert marked == re.sub(r' class="[^"]*"', "", html)

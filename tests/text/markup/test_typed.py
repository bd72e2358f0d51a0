"""What is typed is what is read: texts as clinicians type them, and the words that patients find."""

import json
import re
from pathlib import Path

import pytest

from monographs.quality.rules import check
from monographs.text.letters.settling import settle
from monographs.text.markup.markdown import plain, plain_line, render, typed_words
from tests.quality.makers import with_body
from tests.text.markup.account.test_account_properties import page_words

CASES = [json.loads(line) for line in (Path(__file__).parent / "typed.jsonl").read_text().splitlines()]
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]")

# What patients read where the file says no more than that it must not pass unseen.
READ = {
    17: "Week 1: 5 mg\nWeek 2: 10 mg\nWeek 3: 20 mg",
    18: "Take 5\n10 minutes before food.",
    19: "Take 5 mg.\nDo not drive.",
    23: "Age\tDose\nAdult\t400 mg\nNever more than 3 | 5 tablets a day.\nChildren: ask first.",
    25: "::: emergency\nYou faint.\nTake 5 mg once a day with food.\nYou have a rash.",
    26: "Keep below 25 °C\n---\nand dry",
    30: "5 mg once a day",
    31: "```\nTake 5 mg.\nStop if sick.",
    32: "• Take 4 tablets\n• Do not chew",
    33: "· Take 4 tablets\n· Do not chew",
    34: "Take 5\u202emg 05\u202c",
    35: "Take 5 \u200bmg",
    36: "T\u0430ke 5 mg",
    37: "Take 1 1/2 tablets",
}
SETTLED = {20: "Take 2\n5 mg", 21: "Take 2\n5 mg", 32: "- Take 4 tablets\n- Do not chew",
           33: "- Take 4 tablets\n- Do not chew"}  # fmt: skip
BLOCKED = {20, 21, 25, 26, 27, 28, 31, 32, 33, 34, 35, 36}
ASKED = {1, 2, 8, 9, 10, 11, 12, 15, 16, 18, 20, 21, 22, 23}


def found(body: str) -> list:
    """What the gate finds in a section of this text that it would not in one of harmless words."""
    usual = {(finding.rule, finding.place) for finding in check(with_body("Swallow it whole."))}
    return [finding for finding in check(with_body(body)) if (finding.rule, finding.place) not in usual]


def in_order(wanted: str, read: str) -> bool:
    tokens = iter(TOKEN.findall(read))
    return all(token in tokens for token in TOKEN.findall(wanted))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["n"])
def test_what_a_clinician_types_is_what_a_patient_reads(case):
    typed, number = case["typed"], case["n"]
    if "reads" in case:
        assert in_order(case["reads"], page_words(typed))
        assert in_order(case["reads"], plain(typed))
    else:
        assert typed_words(typed) == READ[number]
    rules = {finding.rule: finding.severity for finding in found(typed)}
    if number in BLOCKED:
        assert "blocks" in rules.values()
    if number == 37:
        assert rules["dose-fraction"] == "warns"
    settled = settle(typed)
    assert settled == SETTLED.get(number, settled)
    if number in SETTLED:
        assert "pasted-signs" not in {finding.rule for finding in found(settled)}
    if number in ASKED:
        assert "typed-in-doubt" in rules


@pytest.mark.parametrize(
    "typed",
    [
        # stars and underscores that are signs
        "Use 3 * 5 ml and 2*5 ml.", "2* 5 and 3* 5", "2 *5 mg and 3* 5 mg", "5*(2+3)*2 mg", "(5)*2 and (6)*3",
        "1_000 mg and 2_000 mg", "_5_mg", "*5*mg", "0.5*10 mg*2", "10*10*10", "5*µg and 6*µg", "1*2_3*4_5",
        "Take 3*1/2 and 2*1/2", "2*.5 mg, 3*.5 mg", "٥*٢ و ٣*٢", "5 mg*kg-1*d-1", "*Week 1: 5 mg\nWeek 2: 10 mg*",
        "Dose: ____ mg", "****5",
        # definitions of links, notes
        "[Adults]: 5 mg", "[5]: /x", "See [A]\n\n[A]: 5 mg", "[a][b]\n\n[b]: /c", "[^1]: 5 mg", "[x]:\n5 mg",
        "[Stop]: '5'", "[Day 1]: 5 mg\n[Day 2]: 10 mg",
        # signs at the start of a line
        "if you weigh\n> 50 kg", ">> 5", ">\n5 mg", "+ 5 mg", "a\n+ 5 mg", "Keep at\n- 20 °C", "- 18 °C", "* 5 mg",
        "# 5 only", "a\n#5 only", "Take 5\n- 10 mg", "under\n- 10 °C to - 5 °C", "= 5 mg", "± 5",
        # numbers at the start of a line
        "20. Do not", "The most is\n20. Do not", "1986. It was", "1. 12. 2026", "12. 1. 2026\n13. 1. 2026",
        "1. Take\n2. Wait", "1. a\n3. b\n3. c", "3. c\n2. b", "1) 5 mg\n2) 6 mg", "007. x", "0. x", "1. - 5", "- - 5",
        "- 1. 5 mg", "1. # 5", "1234567890. x", "5. ", "1.5 mg\n2.5 mg", "1. | a | b |",
        # lines
        "Week 1: 5\nWeek 2: 10", "5 mg,\n10 mg", "a  \nb", "5\t10", "a\n---\nb", "5\n===", "---\na", "a\n* * *\nb",
        # cells, cards
        "5|10 mg", "| 5 | 10 |", "a\n|---|---|", "|a|b|c|\n|---|---|\n|1|2|3|", "|a|b|\n| - |\n|5|6|",
        "|a|b|\n|===|===|\n|1|2|", "::: emergency Call 999\nx\n:::", "::: Emergency\nx\n:::", "::: emergency\nx",
        "::: emergency\nx\n::: 5 mg", "::: tell {.x}\na\n:::", "> ::: tell\n> x\n> :::", "- ::: tell\n  x\n  :::",
        # links that are none
        "[5 mg](10)", "[a](www.x.org)", "[a](<https://x.org>)", '[a](https://x.org "5")', "[a]()", "![5](10)",
        '![5](/a.png "10")', "[a](javascript:5)", "<mg:10>", "<https://x.org>", "<5>", "[5](6)(7)", "[5 mg](/10 mg)",
        "[5](#10) mg", "[5 mg](/10)", "[5](/1.5)",
        "[a](//b)", "[a [5] b](/x)",
        # code, HTML, references
        "    5 mg", "\t5 mg", "```\n5", "~~~\n5\n~~~", "`5 mg`", "``5``", "&lt;5", "&#53; mg", "&copy;", "<b>5</b>",
        "<!-- 5 -->", "C:\\5", "5 mg\\",
    ],
)  # fmt: skip
def test_typed_signs_are_all_read(typed):
    assert "".join(plain(typed).split()) == "".join(typed.split()) == "".join(page_words(typed).split())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("**Do not drive.**Call us.", "<strong>Do not drive.</strong>Call us."),
        ("**(5 mg)**daily", "<strong>(5 mg)</strong>daily"),
        ("a**(5 mg)**b", "a<strong>(5 mg)</strong>b"),
        ('**"5 mg"**daily', '<strong>"5 mg"</strong>daily'),
        ("**50%**daily", "<strong>50%</strong>daily"),
        ("请**不要开车。**请打电话", "请<strong>不要开车。</strong>请打电话"),
        ("每次**2**片，**饭后**服用", "每次<strong>2</strong>片，<strong>饭后</strong>服用"),
        ("約**5mg**です", "約<strong>5mg</strong>です"),
        ("**복용**하세요", "<strong>복용</strong>하세요"),
        ("**خذ الآن.**ثم", "<strong>خذ الآن.</strong>ثم"),
        ("***5 mg*** now", "<em><strong>5 mg</strong></em> now"),
        ("*a **5***", "<em>a <strong>5</strong></em>"),
        ("***a** b*", "<em><strong>a</strong> b</em>"),
        ("**a *b* c**", "<strong>a <em>b</em> c</strong>"),
        ("__Stop.__ Call", "<strong>Stop.</strong> Call"),
        ("**1**–**2** tablets", "<strong>1</strong>–<strong>2</strong> tablets"),
        ("**a\nb**", "<strong>a<br>\nb</strong>"),
        ("A.**Bold** b.**Bold** c", "A.<strong>Bold</strong> b.<strong>Bold</strong> c"),
        ("[**a**](/b)", '<a href="/b" rel="noopener nofollow"><strong>a</strong></a>'),
        ("2\\*5 and \\**x*", "2*5 and *<em>x</em>"),
    ],
)
def test_bold_and_italics_are_where_an_author_means_them(typed, read):
    assert render(typed).strip() == f"<p>{read}</p>"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1. Take 5 mg.\n3. Wait.", ["1. Take 5 mg.", "3. Wait."]),
        ("8) a\n9) b\n10) c", ["8) a", "9) b", "10) c"]),
        ("1. a\n\n2. b", ["1. a", "2. b"]),
        ("1. a\n   - b\n2. c", ["1. a", "2. c"]),
        ("Take:\n1. 5 tablets", ["1. 5 tablets"]),
    ],
)
def test_numbers_of_a_list_are_words_as_typed(typed, read):
    html = render(typed)
    items = re.findall(r"<span class=\"number\">(.*?)</span> ([^<\n]*)", html)
    assert [" ".join(item) for item in items] == read
    assert '<ul class="numbered" role="list">' in html
    assert "<ol" not in html
    assert [line for line in plain(typed).split("\n") if line in read] == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("|a|b|\n|---|---|\n|1|2|3|", "a\tb\n1\t2\t3"),
        ("|a|b|\n|---|---|\n|1|", "a\tb\n1\t"),
        ("|a|b|\n|---|---|\n|1|2|\n3 | 4 a day", "a\tb\n1\t2\n3 | 4 a day"),
        ("|a|b|\n|---|---|\n|1 \\| 2|3|", "a\tb\n1 | 2\t3"),
        ("a|b\n---|---\n1|2\n3", "a\tb\n1\t2\n3"),
        ("|a|b|\n|:-:|-:|\n|1|2|", "a\tb\n1\t2"),
        ("|a|b|\n|-|-|\n|1|2|", "a\tb\n1\t2"),
        ("| a | b |\n| - | - |\n| - | - |", "a\tb\n-\t-"),
        ("|a|\n|---|\n|1|2|3|4|", "a\n1\t2\t3\t4"),
        ("|a|b|\n|---|---|\n|1|2|\n|---|---|", "a\tb\n1\t2\n---\t---"),
    ],
)
def test_a_table_shows_every_cell(typed, read):
    assert plain(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("- a\nb", "<ul>\n<li>a</li>\n</ul>\n<p>b</p>"),
        ("- a\n  b", "<ul>\n<li>a<br>\nb</li>\n</ul>"),
        ("- a\n  - 5 mg\n- b", "<ul>\n<li>a\n<ul>\n<li>5 mg</li>\n</ul>\n</li>\n<li>b</li>\n</ul>"),
        ("Take:\n- 5 mg\n- 10 mg", "<p>Take:</p>\n<ul>\n<li>5 mg</li>\n<li>10 mg</li>\n</ul>"),
        ("a\n\u00a0\nb", "<p>a</p>\n<p>b</p>"),
        ("2\u20285 mg", "<p>2<br>\n5 mg</p>"),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
        ("## Adults ##", "<h3>Adults</h3>"),
        ("## Dose #2", "<h3>Dose #2</h3>"),
        ("::: tell\nx\n:::\ny",
         '<div class="care care-tell">\n<h3 class="care-heading">Tell your doctor or pharmacist</h3>\n<p>x</p>\n</div>'
         "\n<p>y</p>"),
    ],
)  # fmt: skip
def test_blocks_begin_and_end_where_they_were_typed(typed, read):
    assert render(typed).strip() == read


def test_a_card_that_is_not_closed_takes_nothing_in():
    body = "::: emergency\nYou faint.\n\nTake 5 mg once a day.\n\n::: tell\nYou have a rash.\n:::"
    card = re.search(r'<div class="care care-(\w+)">(.*?)</div>', render(body), re.DOTALL)
    assert card[1] == "tell"
    assert "5 mg" not in card[2]
    messages = [finding.message for finding in found(body) if finding.rule == "care-card"]
    assert messages == ["This care card, opened on line 1, is not closed before line 6 begins another."]


def test_a_key_fact_is_one_line_in_which_nothing_is_a_list():
    for fact in ("- 5 mg", "1. 5 mg", "## 5 mg", "> 5 mg", "| 5 | 6 |", "2*5 mg"):
        assert plain_line(fact) == fact

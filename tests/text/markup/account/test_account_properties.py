"""Whatever is typed: the numbers read are the numbers typed, and nothing vanishes without a word.

The oracle is small and knows nothing of the renderer: it reads the finished page with the standard library and says
itself what may be markup.
"""

import html.parser
import re

from hypothesis import example, given
from hypothesis import strategies as st

from monographs.text.markup.account.account import account
from monographs.text.markup.account.discrepancy import Kind
from monographs.text.markup.markdown import plain, render
from monographs.text.markup.rules.lines import normal

HARD = {Kind.LOST, Kind.ADDED, Kind.JOINED}
NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")


class _Page(html.parser.HTMLParser):
    """The words of a page, a space where a block, a cell or a line ends; headings of care cards left out."""

    def __init__(self):
        super().__init__()
        self.words: list[str] = []
        self._is_card_heading = False

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self._is_card_heading = attributes.get("class") == "care-heading"
        if tag == "img":
            self.words.append(f" {attributes['alt']} ")
        elif tag not in {"em", "strong", "a", "span", "bdi"}:
            self.words.append(" ")

    def handle_endtag(self, tag):
        self._is_card_heading = False
        if tag not in {"em", "strong", "a", "span", "bdi"}:
            self.words.append(" ")

    def handle_data(self, data):
        if not self._is_card_heading:
            self.words.append(data)


def page_words(source: str, language: str = "en") -> str:
    page = _Page()
    page.feed(render(source, language=language))
    page.close()
    return "".join(page.words)


def signs(text: str) -> str:
    return "".join(text.split())


# A leaflet of the usual parts, and the numbers in it

number = st.one_of(
    st.integers(0, 5000).map(str),
    st.decimals(0, 1000, places=2).map(str),
    st.sampled_from(["1,000", "0.5", "2-3", "5/10", "10 000", "½", "٥", "1.5", "3.2.2026"]),
)
unit = st.sampled_from(["mg", "micrograms", "tablets", "ml", "°C", "times a day", "years", "%", "mg/5 ml", ""])
dose = st.builds("{} {}".format, number, unit).map(str.strip)
opening = st.sampled_from(
    ["Take", "If you weigh >", "up to", "<", "≥", "-", "Do not take more than", "", "(", "*", "2 *", "age"]
)
sentence = st.builds("{} {}.".format, opening, dose).map(str.strip)
bold = st.one_of(sentence, sentence.map("**{}**".format), sentence.map("Note: **{}** Rest.".format))
line = st.one_of(bold, st.builds("{} [{}](https://www.nhs.uk/a_b/)".format, sentence, dose))
paragraph = st.lists(line, min_size=1, max_size=3).map("\n".join)
heading = st.builds("{} {}".format, st.sampled_from(["##", "###", "####"]), sentence)
bullets = st.lists(line.map("- {}".format), min_size=1, max_size=4).map(lambda lines: "Take:\n" + "\n".join(lines))
steps = st.builds(
    lambda first, lines: "\n".join(f"{first + at}. {text}" for at, text in enumerate(lines)),
    st.integers(1, 30),
    st.lists(line, min_size=1, max_size=4),
)
row = st.lists(dose, min_size=1, max_size=4).map(lambda cells: "| " + " | ".join(cells) + " |")
table = st.lists(row, max_size=3).map(lambda rows: "\n".join(["| Age 5 | Dose 10 |", "| --- | --- |", *rows]))
card = st.builds(
    "::: {}\n{}\n:::".format, st.sampled_from(["emergency", "today", "tell"]), st.one_of(paragraph, bullets)
)
picture = dose.map("![A pack of {}](/media/pack.png)".format)
leaflet = st.lists(st.one_of(paragraph, heading, bullets, steps, table, card, picture), min_size=1, max_size=6).map(
    "\n\n".join
)

_ADDRESS = re.compile(r"\]\((?:https://www\.nhs\.uk/a_b/|/media/pack\.png)\)")


@given(leaflet)
def test_the_numbers_read_are_the_numbers_typed(source):
    typed = NUMBERS.findall(_ADDRESS.sub("] ", source))
    assert NUMBERS.findall(page_words(source)) == typed
    words = plain(source)
    assert [number for number in NUMBERS.findall(words)] == NUMBERS.findall(page_words(source))
    assert [found for found in account(source) if found.kind in HARD] == []


# Any text at all

markdown = st.one_of(
    st.sampled_from(
        ["*", "**", "***", "_", "__", "`", "```\n", "~~~", "[", "]", "](", "](/a)", "](https://x.org)", "![", "(", ")",
         "<", ">", "> ", "#", "# ", "## ", " ##", "- ", "-", "--", "---", "===", "|", "|---|---|", "|a|b|\n|---|---|\n",
         "::: tell\n", "\n:::\n", ":::", "::: emergency", "\\", "&lt;", "&#53;", "\n", "\n\n", "\n  ", "\n    ", "\t",
         "1. ", "2) ", "20. ", "+ ", "* ", "\u00a0", "\u2028", "\u000b", "\x85", "\r\n", "5", "10 mg", "°C", "2.5", "5"]
    ),
    st.text(alphabet="ab 5.,:!药用。（é½µا\u0301-", min_size=1, max_size=4),
)  # fmt: skip
any_text = st.lists(markdown, max_size=25).map("".join)

_AT_A_LINES_START = re.compile(
    r"""
      :{3,}[ \t]*(?:emergency|today|tell)?[ \t]*$   # the lines of a care card
    | (?:-{3,}|\*{3,}|_{3})[ \t]*$                 # a dividing line
    | [:\- \t]*\|[|:\- \t]*$                      # the line under a table's head
    | (?:\#{1,6}|[-*])(?=[ \t]|$)                  # a heading, a bullet
    """,
    re.VERBOSE | re.MULTILINE,
)
_ANYWHERE = re.compile(
    r"""
      \]\((?:https://x\.org|/a)\)        # the address of a link
    | \#{2,6}[ \t]*$                      # the end of a heading
    | \*{1,3} | _{1,3} | \\ | \| | !?\[   # bold, escapes, cells, links
    """,
    re.VERBOSE | re.MULTILINE,
)


def _may_go(typed: str, place: int) -> re.Match | None:
    before = typed[typed.rfind("\n", 0, place) + 1 : place]
    return (not before.strip(" \t") and _AT_A_LINES_START.match(typed, place)) or _ANYWHERE.match(typed, place)


def is_read_in_order(typed: str, read: str) -> bool:
    """Whether ``read`` is ``typed`` less some of what `_may_go` finds."""
    ways = {0}
    place = 0
    while place < len(typed):
        if typed[place].isspace():
            place += 1
            continue
        markup = _may_go(typed, place)
        if not markup:
            ways = {way + 1 for way in ways if read[way : way + 1] == typed[place]}
            place += 1
            continue
        text = signs(markup[0])
        steps: set[int] = set(ways)
        for sign in text:  # any part of it may go
            steps |= {way + 1 for way in steps if read[way : way + 1] == sign}
        ways, place = steps, markup.end()
    return len(read) in ways


@given(any_text)
@example("Take 2*5 mg in the morning and 3*5 mg at night.")
@example("[Children]: half-dose")
@example("::: emergency\nYou faint.\n\nTake 5 mg.\n\n::: tell\nRash.\n:::")
@example("5[mg](/a)")
def test_nothing_vanishes_unreported_from_any_text(source):
    typed, read = normal(source), signs(page_words(source))
    assert is_read_in_order(typed, read) or [found for found in account(source) if found.kind in HARD]
    assert (
        signs(
            plain(source)
            .replace("Call the emergency number now", "")
            .replace("Ask for help today", "")
            .replace("Tell your doctor or pharmacist", "")
        )
        == read
    )


@given(any_text)
def test_no_two_numbers_are_joined_unreported(source):
    digits = re.compile(r"\d+")
    typed = {run for run in digits.findall(normal(source).replace("\\", ""))}
    joined = [run for run in digits.findall(page_words(source)) if run not in typed]
    assert not joined or [found for found in account(source) if found.kind in HARD]


@given(any_text)
def test_a_key_fact_is_accounted_for_as_any_text(source):
    line = " ".join(source.split())
    assert all(found.line == 1 for found in account(line, is_line=True))

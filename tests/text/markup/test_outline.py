"""Each line of a leaflet knows what it holds for."""

from monographs.text.markup.markdown import plain
from monographs.text.markup.outline import Line, outline

LEAFLET = """Before you start.

### Adults

Take **5 mg**.

Do not take it if:

- you have asthma
- you have:
  - gout
  - hay fever

After the list.

**Over 65**

Take 2 mg.

| Age | Dose |
|---|---|
| 70 | 2 mg |

::: emergency
You cannot breathe.
:::

After the card, on
two lines.

Week 1: one
Week 2: two.
last

1. First
2. 5 tablets

#### Fourth level

### Children

![A tablet](/media/tablet.png)
"""


def test_lines_know_their_headings_lists_tables_and_cards():
    adults, over, card = ("Adults",), ("Adults", "Over 65"), ("Call the emergency number now",)
    forbids = (*adults, "Do not take it if:")
    assert outline(LEAFLET) == [
        Line("Before you start."),
        Line("Adults"),
        Line("Take 5 mg.", adults),
        Line("Do not take it if:", adults),
        Line("you have asthma", forbids),
        Line("you have:", forbids),
        Line("gout", (*forbids, "you have:")),
        Line("hay fever", (*forbids, "you have:")),
        Line("After the list.", adults),
        Line("Over 65", adults),
        Line("Take 2 mg.", over),
        Line("Age", over),
        Line("Dose", over),
        Line("70", (*over, "Age")),
        Line("2 mg", (*over, "70", "Dose")),
        Line("Call the emergency number now"),
        Line("You cannot breathe.", card),
        Line("After the card, on two lines.", over),
        Line("Week 1: one", over),
        Line("Week 2: two.", over),
        Line("last", over),
        Line("First", over),
        Line("2. 5 tablets", over),
        Line("Fourth level", adults),
        Line("Children"),
        Line("A tablet", ("Children",)),
    ]


def test_its_words_are_those_of_the_plain_text():
    words = plain(LEAFLET).replace("\t", "\n").replace("1. First", "First").replace("on\ntwo", "on two")
    assert "\n".join(line.text for line in outline(LEAFLET)) == words
    assert outline("") == outline(" \n") == []


def test_a_day_of_a_month_keeps_its_number():
    days = "1. December: 10 mg\n2. January: 5 mg\n3. Marching is allowed."
    assert [line.text for line in outline(days)] == ["1. December: 10 mg", "2. January: 5 mg", "Marching is allowed."]
    assert outline("1. Dezember: 10 mg", language="de") == [Line("1. Dezember: 10 mg")]

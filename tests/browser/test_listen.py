"""What the Listen button says is the words of the article, in their order, and nothing of them is left out."""

import pytest

from monographs.leaflets.content import SectionContent, SourceContent
from tests.browser.readers import letters, missing_words, spoken
from tests.makers import make_comment, make_content, make_leaflet, make_published
from tests.reading.parts import make_clinic

TEXT = """Take **5 mg** in the
morning. Never 2*5 mg.

- Do not take it if you:
  - are pregnant
  - have kidney disease
    - of the last stage

  or drink alcohol.
- Drink water.

Then:

3. Sit down.
4. Lie down:
   1. on your back
   2. on your side

| Age | How often? | Dose |
| --- | --- | --- |
| Adult | 3 times a day | 400 mg |
| Child | | 200 **mg** |

Week 1: 5 mg
Week 2: 10 mg

![Two tablets beside a coin](/media/leaflet-images/none.png)

### Over 75 years

::: emergency
You took more than 10 tablets.

- You faint.
:::

::: tell
| Sign | Day |
| --- | --- |
| Rash | 2 |
:::
"""


@pytest.fixture
def said(without_gate, live_server, page) -> list[str]:
    make_clinic(crisis_lines="Listeners: 116 123")
    dosage = SectionContent("dosage", "dosage", "How to take it", TEXT)
    leaflet = make_leaflet(
        medicine="Testamol",
        key_facts=("Take it *with* food.", "Do not drive.", "Never more than 4 a day."),
        sections=(*make_content().sections[:3], dosage),
        sources=(SourceContent("British National Formulary", "https://bnf.nice.org.uk/", "2026-10-01"),),
    )
    make_comment(make_published(leaflet), body="A reader's own words.", shown=True)
    page.route("**/media/leaflet-images/none.png", lambda route: route.fulfill(body=b"", content_type="image/png"))
    return spoken(page, f"{live_server.url}/leaflets/{leaflet.slug}/")


def test_all_words_of_the_article_are_said_in_their_order(said, page):
    shown = page.locator("article").evaluate(
        """article => {
            const passedOver = "nav, .tools, .formats, .other-format, .rests-on, .supports";
            for (const one of article.querySelectorAll(passedOver)) one.remove();
            for (const one of article.querySelectorAll("img")) one.replaceWith(` ${one.alt} `);
            return article.innerText;
        }"""
    )
    words = [word.strip(".,:;?") for line in said for word in line.split()]
    assert missing_words([word.strip(".,:;?") for word in shown.split() if letters(word).strip(".,:;?")], words) == []


def test_each_thing_is_said_as_it_is_meant(said):
    start = said.index("How to take it")
    end = said.index("Sources")
    lines = [line.rstrip(".") for line in said[start + 1 : end]]
    for line in (
        "Never 2*5 mg",
        "3. Sit down",
        "1. on your back",
        "Age; How often?; Dose",
        "Age: Adult; How often? 3 times a day; Dose: 400 mg",
        "Age: Child; Dose: 200 mg",
        "Two tablets beside a coin",
        "Call 999 now",
        "Sign: Rash; Day: 2",
    ):
        assert any(line in one for one in lines), (line, lines)
    for first, second in (
        ("Do not take it if you:", "are pregnant"),
        ("are pregnant", "have kidney disease"),
        ("have kidney disease", "of the last stage"),
        ("of the last stage", "or drink alcohol"),
        ("or drink alcohol", "Drink water"),
        ("4. Lie down:", "1. on your back"),
        ("Week 1: 5 mg", "Week 2: 10 mg"),
        ("Call 999 now", "You took more than 10 tablets"),
        ("You took more than 10 tablets", "You faint"),
    ):
        assert (first, second) in zip(lines, lines[1:], strict=False), lines
    assert said.count("Do not drive.") == 1


def test_what_is_there_to_be_pressed_and_what_others_wrote_is_not_said(said):
    everything = " ".join(said)
    for words in ("Larger text", "Print", "Copy link", "Listen", "In this leaflet", "A reader's own words"):
        assert words not in everything
    assert said[:2] == ["Information for patients", "Testamol"]
    assert "1. British National Formulary (read on 1 October 2026)" in said


def test_second_press_stops_it(without_gate, live_server, page):
    leaflet = make_published(make_leaflet()).leaflet
    spoken(page, f"{live_server.url}/leaflets/{leaflet.slug}/")
    slowly = "() => { speechSynthesis.speak = (one) => { window.spoken.push(one.text); }; }"
    page.evaluate(slowly)  # a voice that is still at its first words
    button = page.locator("[data-listen]")
    before = page.evaluate("window.spoken.length")
    button.click()
    assert button.inner_text() == "Stop"
    button.click()
    assert button.inner_text() == "Listen"
    assert page.evaluate("window.spoken.length") == before + 1

"""The words that the site searches, counts and compares are those that a screen reader finds on the page, and what a
reader copies from it joins no two of them."""

import json
from pathlib import Path

import pytest

from monographs.leaflets.content import SectionContent
from monographs.text.letters.settling import settle
from monographs.text.markup.markdown import plain
from tests.browser.readers import accessible_words, copied, letters, missing_words, numbers
from tests.makers import make_content, make_leaflet, make_published
from tests.reading.parts import make_clinic

TEXTS = {
    "emphasis": "Take **5 mg** and _10 mg_, never 2*5 mg. **Do not drive.** Ask `us`.",
    "paragraphs": "Take 5 mg.\n\n10 mg is too much.\n\nWeek 1: 5 mg\nWeek 2: 10 mg  \nWeek 3: 20 mg",
    "dots": "- Do not take it if you:\n  - are pregnant\n  - have 2 kidneys\n    - of 1 size\n- Drink 5 glasses.",
    "numbers": "1. Take 5 mg.\n2. Wait 10 minutes.\n   1. Sit.\n   2. Stand.\n3. Take 5 mg.",
    "numbers that begin late": "3. Take 5 mg.\n4. Wait.\n\nThen:\n\n9. Rest.\n10. 12 hours later take 5 mg.",
    "loose": "1. Take 5 mg.\n\n   With 2 glasses of water.\n\n2. Wait 10 minutes.",
    "table": "| Age | Dose |\n| --- | ---: |\n| 12 | 400 mg |\n| 8 | 200 mg |\n| | 5 |",
    "long table": "| Age | Weight | Dose | How often in a day | Most in a day, unless you are told more |\n"
    "| --- | --- | --- | --- | --- |\n| over 12 years, nearly | 50 kg | 400 mg | 3 | 1200 mg |\n| 8 | 20 | 2 | 3 | 4 |",
    "cards": "::: emergency\nYou took more than 10 tablets.\n:::\n\n::: today\n- 2 days of fever\n- 3 days of pain\n:::"
    "\n\n::: tell\n| Age | Dose |\n| --- | --- |\n| 12 | 400 mg |\n:::",
    "headings": "# Adults\n\n5 mg\n\n## Over 75\n\n2.5 mg\n\n# Children\n\n1 mg",
    "links": "Read [the 5 rules](https://example.org/10) and call [999](tel:999).",
    "pictures": "![Two tablets of 5 mg](/media/leaflet-images/none.png)\n\nTake 2.",
    "signs": "5 < 10 & 3 > 2, at ≥ 2 °C, “½”, 1/2, <b>no</b> &amp; 10 %.",
}
TYPED = Path(__file__).parents[1] / "text" / "markup" / "typed.jsonl"


def texts() -> dict[str, str]:
    """By a name that has no digit: ours, and those that people type, as a draft keeps them."""
    typed = [json.loads(line)["typed"] for line in TYPED.read_text(encoding="utf-8").splitlines()]
    return TEXTS | {
        f"typed {chr(ord('a') + place // 26)}{chr(ord('a') + place % 26)}": settle(text)
        for place, text in enumerate(typed)
    }


@pytest.fixture
def parts(without_gate, live_server, page):
    """The parts of a published leaflet, one for each text, by its name."""
    sections = tuple(
        SectionContent(f"text-{number}", "other", name, body) for number, (name, body) in enumerate(texts().items())
    )
    content = make_content()
    make_clinic(emergency_number="", urgent_number="")  # as the words of a text alone have it
    leaflet = make_published(make_leaflet(sections=(*content.sections, *sections))).leaflet
    page.route("**/media/leaflet-images/none.png", lambda route: route.fulfill(body=b"", content_type="image/png"))
    page.goto(f"{live_server.url}/leaflets/{leaflet.slug}/")
    # What the page says around the texts: what they rest on.
    page.evaluate("for (const one of document.querySelectorAll('.rests-on, .supports')) one.remove()")
    return {name: page.locator(f"section.part:has(#part-text-{number})") for number, name in enumerate(texts())}


def test_plain_words_are_those_of_the_accessibility_tree(page, parts):
    for name, body in texts().items():
        said = accessible_words(page, parts[name]).removeprefix(name)
        words = plain(body)
        assert letters(said) == letters(words), name
        assert numbers(said) == numbers(words), name


def test_copied_words_join_no_two_numbers(page, parts):
    for name, body in texts().items():
        text = copied(page, parts[name]).replace("\r", "").removeprefix(name)
        assert numbers(text) == numbers(plain(body)), name
    everything = copied(page, page.locator("article"))
    wanted = [number for body in texts().values() for number in numbers(plain(body))]
    assert missing_words(wanted, numbers(everything)) == []

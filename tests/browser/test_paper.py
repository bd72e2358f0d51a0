"""A leaflet on paper: all its words, in their order, none over the edge; the replies only when they were asked for."""

import pypdfium2 as pdfium
import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from monographs.leaflets.content import SectionContent
from monographs.publication.actions import withdraw
from tests.browser.readers import SHEETS, SIDE, Sheet, letters, missing_words, numbers, printed, without_foot
from tests.browser.tables import BROKEN, tables
from tests.makers import make_comment, make_content, make_leaflet, make_published
from tests.people import make_person
from tests.reading.parts import make_clinic

LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 3
WIDE = """| Age | Weight | Dose | How often | Most in a day, unless your doctor says more |
| --- | --- | --- | --- | --- |
| Adults and young people over 12 years | over 50 kg | 400 mg | every 8 hours, with food or after it | 1200 mg |
| Children of 7 to 12 years | 20 to 30 kg | 200 mg | every 8 hours | 600 mg |
"""
TEN = "\n".join(
    "| " + " | ".join(row) + " |"
    for row in (
        [f"Column{number}" for number in range(1, 11)],
        ["---"] * 10,
        *([f"{row}{number} mg" for number in range(1, 11)] for row in range(1, 4)),
    )
)
NARROW = "| Age | Dose |\n| --- | --- |\n| Adult | 400 mg |\n| Child | 200 mg |\n"
TEXTS = (
    f"Take **5 mg** in the morning.\n\n{WIDE}\nAfter the table.",
    f"{NARROW}\n{TEN}\n\nAfter the tables.",
    f"::: emergency\nYou took more than 10 tablets.\n\n{WIDE}\n{NARROW}\n:::\n\n::: tell\n{TEN}\n:::",
    "- Do not take it if you:\n  - are pregnant\n\n    " + WIDE.replace("\n", "\n    ") + "\n- Drink water.",
    f"A name: {LONG}, and on.\n\n| Name | {LONG} |\n| --- | --- |\n| {LONG} | 12 |\n| {LONG} | {LONG} |",
    "::: today\n" + "\n\n".join(f"Sign {number} of many that may mean illness." for number in range(90)) + "\n:::",
    f"Read [the page](https://example.org/{'a/long/way/' * 20}?page=1) and call 01632 960100.",
    "\n".join(["| Day | Dose |", "| --- | --- |", *(f"| {day} | {day * 5} mg |" for day in range(1, 80))]),
    "| Name | Address of the page that tells you how to do it |\n| --- | --- |\n"
    f"| One | [there](https://example.org/{'x' * 90}) |",
)
ARABIC = """خذ 5 mg في الصباح.

| العمر | الوزن | الجرعة | كم مرة في اليوم والليلة | أقصى جرعة في اليوم الواحد ما لم يقل طبيبك غير ذلك |
| --- | --- | --- | --- | --- |
| البالغون ومن هم فوق 12 عاما | فوق 50 kg | 400 mg | كل 8 ساعات مع الطعام أو بعده | 1200 mg |
| الصغار | 20 kg | 200 mg | كل 6 ساعات | 600 mg |

::: emergency
أخذت أكثر من 10 حبات.

| العمر | الجرعة |
| --- | --- |
| 12 | 400 mg |
:::
"""


SIDEWAYS = "document.scrollingElement.scrollWidth - innerWidth"
CUT = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && getComputedStyle(one).overflowX !== "visible"
    && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1))
  .map((one) => one.outerHTML.slice(0, 80))"""
SORTS_OF_PRINT = [(paper, size) for paper in SHEETS for size in ("usual", "large")]


def choose_size(page: Page, size: str) -> None:
    page.evaluate("size => { document.documentElement.dataset.textSize = size; }", size)


def shown_on_paper(page: Page, place: str = "body") -> str:
    """The words of the page without what paper leaves out; addresses and the numbers of lists are not among them."""
    page.emulate_media(media="print")
    words = page.locator(place).inner_text()
    page.emulate_media(media="null")
    return words


def over_the_edge(sheets: list[Sheet]) -> list[tuple]:
    """Signs that stand in the margins, where printers can't print and Chromium would have shrunk the page."""
    return [box for sheet in sheets for box in sheet.boxes if box[1] < SIDE - 1.5 or box[3] > sheet.width - SIDE + 1.5]


def make_wide_leaflet():
    make_clinic(crisis_lines="Listeners: 116 123", address="1 Mill Lane\nAnytown")
    sections = tuple(
        SectionContent(f"text-{number}", "other", f"Part {number}", body) for number, body in enumerate(TEXTS)
    )
    return make_leaflet(sections=(*make_content().sections, *sections), title=f"Testamol {LONG[:45]}")


@pytest.fixture
def english(without_gate, live_server, page):
    publication = make_published(make_wide_leaflet())
    make_comment(publication, body="May I take 77 tablets?", shown=True)
    page.goto(f"{live_server.url}/leaflets/{publication.leaflet.slug}/")
    return page


def test_printed_words_are_those_of_the_page_in_their_order_and_none_is_cut(english):
    for paper, size in SORTS_OF_PRINT:
        choose_size(english, size)
        wanted = shown_on_paper(english)
        sheets = printed(english, paper)
        assert {(round(sheet.width), round(sheet.height)) for sheet in sheets} == {tuple(map(round, SHEETS[paper]))}
        assert over_the_edge(sheets) == [], (paper, size)
        text = "\n".join(without_foot(sheet) for sheet in sheets)
        assert missing_words([word for word in wanted.split() if len(word) < 40], text.split()) == [], (paper, size)
        assert letters(text).count(LONG) >= letters(wanted).count(LONG) > 3
        assert missing_words(numbers(wanted), numbers(text)) == [], (paper, size)


def test_table_too_wide_for_paper_becomes_blocks_of_heads_and_values(english):
    for size in ("usual", "large"):
        choose_size(english, size)
        text = "\n".join(without_foot(sheet) for sheet in printed(english, "A4"))
        lines = [" ".join(line.split()) for line in text.splitlines()]
        one = lines.index("Age: Children of 7 to 12 years")
        assert lines[one : one + 4] == [
            "Age: Children of 7 to 12 years",
            "Weight: 20 to 30 kg",
            "Dose: 200 mg",
            "How often: every 8 hours",
        ]
        assert "Adult 400 mg" in lines  # a narrow one stays a table
        ten = lines.index("Column1: 31 mg")
        assert lines[ten : ten + 10] == [f"Column{number}: 3{number} mg" for number in range(1, 11)]


def test_heads_beside_values_are_of_paper_alone(english):
    part = english.locator("section.part:has(#part-text-0)")
    assert "Dose: " not in part.inner_text()
    assert part.locator("td").first.evaluate("cell => getComputedStyle(cell, '::before').content") == "none"
    session = english.context.new_cdp_session(english)
    names = [node.get("name", {}).get("value") for node in session.send("Accessibility.getFullAXTree")["nodes"]]
    assert "Dose: " not in names
    assert "400 mg" in names


def look_like(page: Page, paper: str, size: str) -> None:
    """The page on the screen as it is laid out on paper, so that its boxes can be measured."""
    choose_size(page, size)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": int((SHEETS[paper][0] - 2 * SIDE) / 72 * 96), "height": 900})


def test_nothing_is_cut_off_inside_a_box_on_paper(english):
    for paper, size in SORTS_OF_PRINT:
        look_like(english, paper, size)
        assert english.evaluate(CUT) == [], (paper, size)
        assert english.evaluate(SIDEWAYS) <= 0, (paper, size)


def test_tables_of_every_kind_fit_and_break_no_word(without_gate, live_server, page):
    """What fits is guessed when the page is compiled, without fonts: held against many tables in Chromium."""
    part = SectionContent("tables", "other", "Tables", "\n\n".join(tables()))
    leaflet = make_published(make_leaflet(sections=(*make_content().sections, part))).leaflet
    page.goto(f"{live_server.url}/leaflets/{leaflet.slug}/")
    assert page.locator(".part table").count() == len(tables())
    for paper, size in SORTS_OF_PRINT:
        look_like(page, paper, size)
        assert page.evaluate(SIDEWAYS) <= 0, (paper, size)
        assert page.evaluate(CUT) == [], (paper, size)
        assert page.locator(".part").last.evaluate(BROKEN, 99) == [], (paper, size)
        kinds = page.locator(".part table").evaluate_all("all => all.map((one) => getComputedStyle(one).display)")
        assert set(kinds) == {"block", "table"}


def test_arabic_leaflet_keeps_all_its_words_on_paper_line_by_line(without_gate, live_server, page):
    """PDF readers guess the order of right-to-left words in a line: letters are counted, and numbers line by line."""
    make_clinic()
    leaflet = make_leaflet("Arabicol", language="ar", title="أرابيكول", dosage=ARABIC)
    page.goto(f"{live_server.url}/leaflets/{make_published(leaflet).leaflet.slug}/")
    for paper, size in SORTS_OF_PRINT:
        choose_size(page, size)
        wanted = letters(shown_on_paper(page, "section.part:has(#part-dosage)").split("\n", 1)[1])
        sheets = printed(page, paper)
        assert over_the_edge(sheets) == [], (paper, size)
        everything = letters("".join(box[0] for sheet in sheets for box in sheet.boxes))
        assert not {sign for sign in wanted if wanted.count(sign) > everything.count(sign)}, (paper, size)
        text = "\n".join(without_foot(sheet) for sheet in sheets)
        found = [" ".join(sorted(numbers(line))) for line in text.splitlines()]
        in_order = ["5", "12", "50", "400", "8", "1200", "20", "200", "6", "600", "999", "10", "12 400"]
        assert missing_words(in_order, found) == [], (paper, size)
        [dose, *_others] = [
            line for sheet in sheets for line in sheet.lines if letters("".join(box[0] for box in line))[:5] == "400mg"
        ]
        assert dose[0][1] > sheets[0].width / 2  # "الجرعة: 400 mg" begins at the right


def test_foot_of_a_sheet_begins_where_its_lines_begin(without_gate, live_server, page):
    """The version, then the number of the page: from the left in English, from the right in Arabic."""
    make_clinic()
    english = make_published(make_leaflet()).leaflet
    arabic = make_published(make_leaflet("Arabicol", language="ar", title="أرابيكول", dosage=ARABIC)).leaflet
    for leaflet, is_mirrored in ((english, False), (arabic, True)):
        page.goto(f"{live_server.url}/leaflets/{leaflet.slug}/")
        for number, sheet in enumerate(sheets := printed(page, "A4"), start=1):
            foot, of_all = sheet.lines[-1], f"{number}/{len(sheets)}"
            words = "".join(box[0] for box in foot)
            assert (words.startswith if is_mirrored else words.endswith)(of_all), words
            version = foot[len(of_all) :] if is_mirrored else foot[: -len(of_all)]
            edge = sheet.width - SIDE - version[-1][3] if is_mirrored else version[0][1] - SIDE
            assert len(version) > 10
            assert abs(edge) < 3, edge  # points


def test_replies_are_printed_only_when_they_are_asked_for(english, new_page):
    def text(page):
        return "\n".join(sheet.text for sheet in printed(page, "A4"))

    assert "77 tablets" not in text(english)
    assert "Questions and replies" not in text(english)
    silent = new_page(java_script_enabled=False)
    silent.goto(english.url)
    asked = silent.locator(".asked")
    assert asked.is_hidden()
    silent.get_by_role("link", name="Print the replies, too").click()
    expect(asked).to_be_visible()
    words = text(silent)
    assert "Questions and replies" in words
    assert "77 tablets" in words
    assert "They go on paper" not in words
    assert "Leave a reply" not in words


def test_link_that_asks_for_the_replies_prints_where_scripts_run(english):
    english.evaluate("() => { window.print = () => { window.printed = location.hash; }; }")
    english.get_by_role("link", name="Print the replies, too").click()
    english.wait_for_function("window.printed === '#with-replies'")


def test_notice_of_a_withdrawal_is_printed_whole(without_gate, live_server, page):
    leaflet = make_published().leaflet
    withdraw(leaflet, by=make_person("priya"), notice=f"Ask us first.\n\n{WIDE}\n{LONG}", why="Wrong dose.")
    page.goto(f"{live_server.url}/leaflets/{leaflet.slug}/")
    sheets = printed(page, "A4")
    assert over_the_edge(sheets) == []
    assert "Dose: 200 mg" in "\n".join(sheet.text for sheet in sheets)


def test_addresses_of_links_are_spelled_whole(english):
    everything = letters("".join(without_foot(sheet) for sheet in printed(english, "A4")))
    assert f"thepage(https://example.org/{'a/long/way/' * 20}?page=1)andcall" in everything
    assert f"there(https://example.org/{'x' * 90})" in everything


def codes_of(page: Page, paper: str) -> list[str]:
    document = pdfium.PdfDocument(page.pdf(format=paper))
    found = [code for sheet in document for code in zxingcpp.read_barcodes(sheet.render(scale=2.5).to_pil())]
    document.close()
    return [code.text for code in found]


def test_code_on_the_last_sheet_leads_to_exactly_this_version(english, live_server):
    address = f"{live_server.url}/leaflets/testamol/versions/1/"
    for paper in SHEETS:
        assert codes_of(english, paper) == [address]
        assert letters(address) in letters("".join(without_foot(sheet) for sheet in printed(english, paper)[-2:]))
    assert english.locator(".address-code").is_hidden()  # on the screen it is in nobody's way


def test_ways_around_the_site_are_not_printed(without_gate, live_server, page):
    make_clinic()
    make_published()
    left_out = "A to Z", "Find it by letter", "Print leaflets together", "Updates as a feed", "For staff", "Search"
    for path in ("/", "/a-z/", "/leaflets/testamol/", "/leaflets/testamol/versions/"):
        page.goto(live_server.url + path)
        [first, *_others] = printed(page, "A4")
        lines = {" ".join(line.split()) for line in first.text.splitlines()}
        assert any("Testamol" in line for line in lines)
        assert not lines & set(left_out), path

"""A translation and its source on paper: each part at the height of its own, nothing over the edge, both named at the
foot."""

import pypdfium2
import pytest

from monographs.leaflets.models import Leaflet
from tests.browser.readers import SHEETS, SIDE, printed
from tests.makers import make_published
from tests.makers_alerts import make_approved_alert
from tests.reading.parts import make_clinic
from tests.translations.translating import make_published_translation

PARTS = ("What it is used for", "Before you take it", "How to take it", "Side effects", "How to store it")

_PX_BETWEEN_MARGINS, _PX_OF_A_SHEET = 658, 979  # A4 without the margins of print.css


@pytest.fixture
def beside(without_gate, live_server, page):
    make_clinic(address="1 Mill Lane\nAnytown")
    dosage = 12 * "Take 5mg once a day.\n\n" + 6 * "### May affect up to 1 in 100 people\n\nA rash.\n\n"
    source = make_published(dosage=dosage)
    publication = make_published_translation(source, language="ar", dosage="خذ 5 mg مرة في اليوم.\n\n" * 12)
    address = f"{live_server.url}/leaflets/{publication.leaflet.slug}/beside/testamol/"
    assert page.goto(address).status == 200
    assert Leaflet.objects.count() == 2
    return page


@pytest.mark.parametrize("paper", SHEETS)
def test_parts_stand_side_by_side_and_no_sign_stands_over_the_edge(beside, paper):
    sheets = printed(beside, paper)
    assert sum(len(sheet.boxes) for sheet in sheets) > 1000
    both = 0
    for sheet in sheets:
        assert [box for box in sheet.boxes if box[1] < SIDE - 1.5 or box[3] > sheet.width - SIDE + 1.5] == []
        for line in sheet.lines:
            left, right = ([box for box in line if (box[1] < sheet.width / 2) is is_left] for is_left in (True, False))
            if "".join(box[0] for box in left if box[0].strip()) == "Take5mgonceaday.":
                both += any("\u0600" < letter[0] < "\u06ff" for letter in right)
                assert max(box[3] for box in left) < sheet.width / 2
    assert both == 12
    text = "\n".join(sheet.text for sheet in sheets)
    assert [part for part in PARTS if part not in text] == []


def test_each_sheet_names_both_versions(beside):
    for sheet in printed(beside, "A4"):
        assert "Testamol, version 1 of" in sheet.text
        assert "الإصدار" in sheet.text
        assert " / " in sheet.text


def test_a_picture_of_people_stands_on_the_sheet_of_its_words(beside):
    beside.emulate_media(media="print")
    around = beside.locator(":has(> .people)")
    assert around.count() >= 6
    assert set(around.evaluate_all("all => all.map((one) => getComputedStyle(one).breakInside)")) == {"avoid"}


def test_nothing_of_a_row_stays_on_the_sheet_before_it(beside):
    """Where a row has no room left: no line, no space, and no dot of a letter that reaches over its line."""
    beside.emulate_media(media="print")
    beside.set_viewport_size({"width": _PX_BETWEEN_MARGINS, "height": 900})
    before, row = (beside.locator(".beside-row").nth(number) for number in (0, 1))
    start = row.evaluate("row => row.getBoundingClientRect().top + scrollY")
    ends = set()
    for left in range(4, 36, 3):  # px to the end of the sheet
        room = _PX_OF_A_SHEET - left - start
        before.evaluate("(row, room) => { row.style.marginBottom = room + 'px'; }", room)
        document = pypdfium2.PdfDocument(beside.pdf(format="A4", page_ranges="1"))
        text = document[0].get_textpage().get_text_range()
        ends.add("أ" in text.replace("أهم", ""))
    assert ends == {False}


def test_the_heading_of_an_alert_lies_in_its_card_from_side_to_side(beside):
    make_approved_alert(is_for_all=True)
    beside.reload()
    beside.emulate_media(media="print")
    card = beside.locator(".care.safety-alert").first
    heading = card.locator(".care-heading").first
    assert heading.bounding_box()["width"] > card.bounding_box()["width"] - 8

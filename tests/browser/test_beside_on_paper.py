"""A translation and its source on paper: each part at the height of its own, nothing over the edge, both named at the
foot."""

import pytest

from monographs.leaflets.models import Leaflet
from tests.browser.readers import SHEETS, SIDE, printed
from tests.makers import make_published
from tests.reading.parts import make_clinic
from tests.translations.translating import make_published_translation

PARTS = ("What it is used for", "Before you take it", "How to take it", "Side effects", "How to store it")


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

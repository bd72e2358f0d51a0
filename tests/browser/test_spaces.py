"""Spaces that the eye takes for meaning: lines of a text are as far apart as the others, a box ends as it begins."""

import pytest

from tests.makers import make_published
from tests.makers_alerts import make_approved_alert
from tests.reading.parts import make_clinic

_TOPS = """text => { const range = document.createRange(); range.selectNodeContents(text);
  const tops = [...range.getClientRects()].filter((one) => one.width > 1).map((one) => one.top + one.height / 2);
  return [...new Set(tops.map(Math.round))]; }"""


@pytest.mark.parametrize("address", ["/", "/ar/"])
def test_a_telephone_number_moves_no_line_apart(live_server, page, address):
    make_clinic(out_of_hours="When we are closed, call 111. " + 4 * "They tell you where to go and what to do. ")
    page.set_viewport_size({"width": 400, "height": 900})
    page.goto(live_server.url + address)
    number = page.locator(".help dd a", has_text="111").last
    assert number.bounding_box()["height"] >= 24  # for a finger
    tops = sorted(page.locator(".help dd", has_text="When we are closed").last.evaluate(_TOPS))
    lines = [top for before, top in zip([-99, *tops], tops, strict=False) if top - before > 8]
    apart = [after - before for before, after in zip(lines, lines[1:], strict=False)]
    assert len(apart) >= 2
    assert max(apart) - min(apart) <= 3


def test_the_box_of_alerts_ends_as_it_begins(live_server, page):
    make_approved_alert()
    page.goto(live_server.url)
    box = page.locator(".safety-alerts")
    top = box.locator("h2").bounding_box()["y"] - box.bounding_box()["y"]
    last = box.locator("li").last.bounding_box()
    end = box.bounding_box()["y"] + box.bounding_box()["height"] - last["y"] - last["height"]
    assert abs(top - end) <= 4


def test_the_gap_behind_an_alerts_tag_has_no_line(live_server, page):
    make_published()
    make_approved_alert()
    page.goto(f"{live_server.url}/search/?q=testamol")
    link = page.locator(".alert-beside a").first
    assert link.evaluate("one => getComputedStyle(one).textDecorationLine") == "none"
    assert link.evaluate("one => getComputedStyle(one.lastElementChild).textDecorationLine") == "underline"

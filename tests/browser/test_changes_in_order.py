"""What staff and patients read of a change from right to left: old and new in their places, the arrow between them.

And a changed picture: both stand side by side, large enough to be told apart.
"""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from monographs.admin.frame.images import keep_picture
from tests.browser.glyphs import painted
from tests.makers import change_leaflet, make_comment, make_published, make_review
from tests.people import make_person

SEEN = """one => {
  const copy = one.cloneNode(true);
  copy.querySelectorAll(".visually-hidden").forEach((hidden) => hidden.remove());
  return copy.textContent;
}"""


def kept(colour: str) -> str:
    out = io.BytesIO()
    Image.new("RGB", (600, 300), colour).save(out, "PNG")
    return keep_picture(SimpleUploadedFile("picture.png", out.getvalue(), "image/png"))


def arabic_review():
    leaflet = make_published(language="ar", title="كلمة", dosage="خذ 5-10 mg كل يوم، ثم 5 ملغ مرة.").leaflet
    return make_review(change_leaflet(leaflet, title="كلمة", dosage="خذ 20-40 mg كل يوم، ثم 10 ملغ مرة."))


def test_changes_in_an_arabic_leaflet_point_from_the_old_to_the_new(live_server, page, let_in):
    review = arabic_review()
    let_in(page, make_person("bruno"))
    page.goto(f"{live_server.url}/admin/leaflets/{review.leaflet_id}/review/")
    lines = page.query_selector_all(".alert-line .became")
    assert lines
    for line in lines:
        old, arrow, new = (line.query_selector(part).bounding_box() for part in ("del", "[aria-hidden]", "ins"))
        assert old["x"] + old["width"] <= arrow["x"] + 1
        assert arrow["x"] + arrow["width"] <= new["x"] + 1
    line = "#staff-section-2 ~ div.compared, .compared-section.changed div.compared"
    element = page.query_selector(line)
    assert element.get_attribute("dir") == "rtl"
    joined = element.evaluate(SEEN)
    start = joined.index("5-10")
    whole = joined[start : joined.index("mg", start) + 2]
    assert painted(page, line, [whole]) == [whole.replace(" ", "")]


def test_patients_read_a_change_note_a_reply_and_a_title_in_order(live_server, page):
    note = "الجرعة الآن 5 mg → 10 mg بدلا من 500 mg to 1 g"
    publication = make_published(language="ar", title="كوديين 8/500 (5-10 mg)", change_note=note)
    make_comment(publication, body="هل آخذ 5-10 mg عند -20 °C؟ هاتفي 0800 123 456 شكرا", shown=True)
    page.goto(f"{live_server.url}/leaflets/testamol-ar/")
    for selector, typed in [
        (".changes span", "5 mg → 10 mg"),
        (".changes span", "500 mg to 1 g"),
        (".reply div p", "5-10 mg"),
        (".reply div p", "-20 °C"),
        (".reply div p", "0800 123 456"),
        ("h1", "8/500 (5-10 mg)"),
    ]:
        assert painted(page, selector, [typed]) == [typed.replace(" ", "")], typed
    assert page.title().startswith("كوديين \u20668/500 (5-10 mg)\u2069")


def test_old_and_new_picture_stand_side_by_side_and_one_above_the_other_on_a_telephone(live_server, page, let_in):
    one, four = kept("white"), kept("black")
    leaflet = make_published(dosage=f"Take 5mg once a day.\n\n![One tablet]({one})").leaflet
    review = make_review(change_leaflet(leaflet, dosage=f"Take 5mg once a day.\n\n![Four tablets]({four})"))
    let_in(page, make_person("bruno"))
    page.goto(f"{live_server.url}/admin/leaflets/{review.leaflet_id}/review/")
    first = page.locator(".alert").first
    for picture in first.locator("img").all():
        picture.scroll_into_view_if_needed()
        picture.evaluate("one => one.complete || new Promise((done) => { one.onload = done; })")
    before, after = (picture.bounding_box() for picture in first.locator("img").all())
    assert min(before["width"], after["width"]) >= 250
    assert before["x"] + before["width"] <= after["x"]
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    before, after = (picture.bounding_box() for picture in first.locator("img").all())
    assert before["y"] + before["height"] <= after["y"]


def test_patients_read_what_changed_from_the_old_to_the_new(live_server, page):
    leaflet = make_published(language="ar", title="كلمة", dosage="خذ 5-10 mg كل يوم، ثم 5 ملغ مرة.").leaflet
    make_published(change_leaflet(leaflet, title="كلمة", dosage="خذ 20-40 mg كل يوم، ثم 10 ملغ مرة."))
    for address in ("versions/1/changes/", "versions/1/", "changes/"):
        page.goto(f"{live_server.url}/leaflets/testamol-ar/{address}")
        lines = page.query_selector_all(".became")
        assert len(lines) == 2
        for line in lines:
            old, arrow, new = (line.query_selector(f":nth-child({n})").bounding_box() for n in (1, 2, 3))
            assert old["x"] + old["width"] <= arrow["x"] + 1
            assert arrow["x"] + arrow["width"] <= new["x"] + 1
    part = ".compared-part div.compared"
    assert painted(page, f"{part} del", ["5-10", "5"]) == ["5-10", "5"]
    assert painted(page, f"{part} ins", ["20-40", "10"]) == ["20-40", "10"]
    assert page.eval_on_selector("ins", "one => getComputedStyle(one).textDecorationLine") == "underline"
    assert page.eval_on_selector(f"{part} del", "one => getComputedStyle(one).textDecorationLine") == "line-through"

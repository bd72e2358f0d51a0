"""Pictures on their way: a form that is saved meanwhile waits for them, or stays and says what is missing. Pictures in
the dark: what is drawn in dark lines on nothing can be seen."""

import io

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from monographs.admin.frame.images import keep_picture
from monographs.revisions.actions import newest_revision
from tests.admin.writing.test_upload import as_upload
from tests.makers import make_leaflet, make_published, make_review

HOLD = """() => {  // pictures are on their way until `sendOn()`
    const real = window.fetch, sent = new Promise((go) => { window.sendOn = go; });
    window.fetch = async (url, options) => {
        if (options?.body?.has?.("image")) await sent;
        return real(url, options);
    };
}"""


@pytest.fixture(autouse=True)
def _own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def drawing() -> bytes:
    """A black square in the middle of nothing."""
    picture = Image.new("RGBA", (60, 60), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((20, 20, 40, 40), fill=(0, 0, 0, 255))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def choose(dose, data: bytes, *others: bytes) -> None:
    box = dose.locator("xpath=ancestor::div[@data-started]")
    files = [{"name": f"{n}.png", "mimeType": "image/png", "buffer": one} for n, one in enumerate((data, *others))]
    box.locator("input[type=file]").set_input_files(files)


def dosage(leaflet) -> str:
    return next(section.body for section in newest_revision(leaflet).content.sections if section.key == "dosage")


def test_save_during_the_sending_waits_and_the_picture_is_in_the_saved_text(form, dose, leaflet):
    form.evaluate(HOLD)
    dose.fill("Take 50mg once a day.\n\n")
    choose(dose, drawing(), drawing())
    with form.expect_navigation():
        form.click(".submit-row input[name=_save]", no_wait_after=True)
        expect(form.locator(".editor-notice[data-subject=saving]")).to_contain_text("A picture is still being sent")
        form.evaluate("sendOn()")
    assert dosage(leaflet).startswith("Take 50mg once a day.")
    assert dosage(leaflet).count("](/media/leaflet-images/") == 2


def test_picture_refused_during_the_save_keeps_the_form_open_and_the_next_save_works(form, dose, leaflet):
    form.evaluate(HOLD)
    dose.fill("Take 50mg once a day.")
    choose(dose, b"no picture")
    form.click(".submit-row input[name=_save]", no_wait_after=True)
    form.evaluate("sendOn()")
    expect(form.locator(".editor-notice[data-subject=pictures]")).to_contain_text("Nothing was saved yet")
    expect(dose.locator("xpath=ancestor::div[@data-started]").get_by_role("alert")).to_contain_text("not accepted")
    assert (newest_revision(leaflet).number, dose.input_value()) == (1, "Take 50mg once a day.")
    with form.expect_navigation():
        form.click(".submit-row input[name=_save]")
    assert dosage(leaflet) == "Take 50mg once a day."


@pytest.mark.parametrize("forced", ["none", "active"])
def test_dark_lines_on_nothing_are_seen_in_the_dark(new_page, let_in, live_server, ana, forced):
    code = f"![A square.]({keep_picture(as_upload(drawing()))})"
    leaflet = make_published(make_leaflet(dosage=f"Take 5mg once a day.\n\n{code}")).leaflet
    page = new_page(color_scheme="dark", forced_colors=forced)
    let_in(page, ana)
    review = make_review(make_leaflet("Secondol", dosage=f"Take 5mg once a day.\n\n{code}"))
    for address, picture in (
        (f"/leaflets/{leaflet.slug}/", ".part img"),
        (f"/admin/leaflets/{review.leaflet_id}/remarks/", ".as-patients-see img"),
    ):
        page.goto(live_server.url + address)
        image = page.locator(picture)
        image.scroll_into_view_if_needed()
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 60
        shot = Image.open(io.BytesIO(image.screenshot())).convert("L")
        ground, line = shot.getpixel((5, 5)), shot.getpixel((shot.width // 2, shot.height // 2))
        assert (ground > 200, line < 30) == (True, True), address

"""The editor in a real browser, under the site's own security policy."""

import pytest
from playwright.sync_api import expect

from monographs.admin.frame.forms import medicine_field
from monographs.admin.writing import editor
from monographs.leaflets.autosave import kept_text
from monographs.leaflets.models import Leaflet
from monographs.review.actions import submit
from monographs.review.remarks import add_remark
from monographs.revisions.actions import newest_revision
from tests.admin.forms import change_url, place_of
from tests.browser.writing import save
from tests.makers import change_leaflet, make_leaflet, make_medicine
from tests.people import make_person

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
    "789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def _own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def shown_by(field):
    """The preview beside a text field."""
    return field.locator("xpath=ancestor::div[contains(@class, 'markdownx')]").last.locator(".markdownx-preview")


def test_preview_follows_the_typing_and_looks_like_the_public_page(dose):
    dose.fill("Take **5mg**.\n\n::: emergency\nYou have trouble breathing.\n:::")
    preview = shown_by(dose)
    expect(preview.locator("strong")).to_have_text("5mg")
    card = preview.locator(".care-emergency")
    expect(card).to_contain_text("Call 999 now")
    expect(card).to_have_css("border-top-width", "3px")


def test_preview_that_has_not_changed_is_left_as_it_stands(form, dose):
    dose.fill("Take **5mg**.")
    paper, words = shown_by(dose).locator(".paper"), shown_by(dose).locator("strong")
    expect(words).to_have_text("5mg")
    paper.evaluate(
        """paper => {
            paper.title = "";
            new MutationObserver(() => { paper.title += "drawn "; }).observe(paper, {childList: true});
        }"""
    )
    with form.expect_response("**/markdown-preview/"):
        dose.fill("Take **5mg**.\n")  # reads the same
    dose.fill("Take **6mg**.")
    expect(words).to_have_text("6mg")
    expect(paper).to_have_attribute("title", "drawn ")


def test_answer_that_comes_late_does_not_overwrite_a_newer_preview(form, dose):
    form.evaluate(
        """() => {
            const real = window.fetch;
            window.fetch = async (url, options) => {
                const answer = await real(url, options);
                if (options?.body?.get?.("content")?.includes("slow")) {
                    await answer.clone().text();  // all of it is here
                    await new Promise((go) => { window.comes = go; document.body.dataset.isHeld = "yes"; });
                }
                return answer;
            };
        }"""
    )
    dose.fill("slow text")
    expect(form.locator("body")).to_have_attribute("data-is-held", "yes")
    dose.fill("newer text")
    expect(shown_by(dose)).to_contain_text("newer text")
    form.evaluate("() => { comes(); return new Promise((done) => setTimeout(done, 200)); }")  # it is read in no time
    expect(shown_by(dose)).to_contain_text("newer text")


def test_tab_leaves_the_field_and_the_toolbar_is_one_stop(form, dose):
    dose.focus()
    before = dose.input_value()
    form.keyboard.press("Tab")
    assert dose.input_value() == before
    assert not dose.evaluate("field => field === document.activeElement")
    dose.focus()
    form.keyboard.press("Shift+Tab")
    assert form.evaluate("document.activeElement.textContent") == "Bold"
    form.keyboard.press("ArrowRight")
    assert form.evaluate("document.activeElement.textContent") == "Heading"


def test_buttons_insert_what_they_say_and_undo_takes_it_back(form, dose):
    dose.fill("You faint.")
    dose.select_text()
    box = dose.locator("xpath=ancestor::div[@data-started]")
    box.get_by_role("button", name="Card: emergency").click()
    assert dose.input_value() == "::: emergency\nYou faint.\n:::"
    form.keyboard.press("Control+z")
    assert dose.input_value() == "You faint."
    dose.fill("one\ntwo")
    dose.select_text()
    box.get_by_role("button", name="List").click()
    assert dose.input_value() == "- one\n- two"


def test_added_section_gets_an_editor_and_is_saved_at_the_end(form, leaflet):
    form.click("#sections-group .add-row a")
    row = form.locator("#sections-group .inline-related:not(.empty-form)").last
    row.locator("select").select_option("missed_dose")
    field = row.locator("textarea")
    field.fill("Skip **it**.")
    expect(shown_by(field).locator("strong")).to_have_text("it")
    expect(row.get_by_role("toolbar")).to_be_visible()
    save(form)
    section = newest_revision(leaflet).content.sections[-1]
    assert (section.kind, section.key, section.body) == ("missed_dose", "missed-dose", "Skip **it**.")


def test_rows_move_by_button_and_a_removed_new_row_breaks_nothing(form, leaflet):
    first = [section.key for section in leaflet.sections.all()]
    form.locator("#sections-1").get_by_role("button", name="Move up").click()
    form.click("#sections-group .add-row a")
    added = form.locator("#sections-group .inline-related:not(.empty-form)").last
    for _step in range(2):
        added.get_by_role("button", name="Move up").click()
    added.locator(".inline-deletelink").click()
    save(form)
    keys = [section.key for section in newest_revision(leaflet).content.sections]
    assert keys == [first[1], first[0], *first[2:]]


def test_picture_is_put_into_the_text_and_shown(form, dose):
    dose.fill("")
    box = dose.locator("xpath=ancestor::div[@data-started]")
    box.locator("input[type=file]").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": PNG})
    expect(box.get_by_role("status")).to_contain_text("Write between the square brackets")
    assert dose.input_value().startswith("![](/media/leaflet-images/")
    assert dose.evaluate("field => field.selectionStart") == 2
    image = shown_by(dose).locator("img")
    expect(image).to_have_count(1)
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1


def test_rejected_picture_says_why_beside_the_editor_and_types_nothing(dose):
    dose.fill("My text.")
    box = dose.locator("xpath=ancestor::div[@data-started]")
    html = {"name": "cat.gif", "mimeType": "image/gif", "buffer": b"<html>no picture</html>"}
    box.locator("input[type=file]").set_input_files(html)
    expect(box.get_by_role("alert")).to_contain_text("can't be read as a picture")
    assert dose.input_value() == "My text."


def test_pasted_picture_is_sent(form, dose):
    dose.fill("")
    dose.evaluate(
        """(field, bytes) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], "a.png", {type: "image/png"}));
            field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        list(PNG),
    )
    box = dose.locator("xpath=ancestor::div[@data-started]")
    expect(box.get_by_role("status")).to_contain_text("The picture is in the text")
    assert dose.input_value().startswith("![](/media/leaflet-images/")


def test_keyboard_saves_from_inside_a_section(form, dose, leaflet):
    dose.fill("Take 50mg once a day.")
    with form.expect_navigation():
        form.keyboard.press("Control+s")
    assert newest_revision(leaflet).number == 2
    assert "50mg" in newest_revision(leaflet).content_json


def test_ended_session_says_so_and_keeps_the_text(form, dose, leaflet):
    dose.fill("Take 50mg once a day.")
    form.context.clear_cookies(name="staff-session")
    form.click(".submit-row input[name=_save]")
    expect(form.locator(".editor-notice[data-subject=trouble]")).to_contain_text("You are not logged in any more")
    assert dose.input_value() == "Take 50mg once a day."
    assert newest_revision(leaflet).number == 1


def test_save_without_a_network_stays_on_the_page_with_the_text(form, dose, leaflet):
    dose.fill("Take 50mg once a day.")
    form.context.set_offline(True)
    form.click(".submit-row input[name=_save]")
    expect(form.locator(".editor-notice[data-subject=trouble]")).to_contain_text("The server can't be reached")
    assert dose.input_value() == "Take 50mg once a day."
    form.context.set_offline(False)
    save(form)
    assert newest_revision(leaflet).number == 2
    form.faults[:] = [fault for fault in form.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


def test_login_in_another_tab_lets_the_same_form_be_saved(form, dose, leaflet, log_in, ana):
    dose.fill("Take 50mg once a day.")
    form.context.clear_cookies(name="staff-session")
    other = form.context.new_page()
    log_in(other, ana)
    save(form)
    assert newest_revision(leaflet).number == 2


def test_unsaved_text_survives_a_closed_browser_and_can_be_restored(
    form, dose, leaflet, ana, new_page, log_in, live_server
):
    dose.fill("Take 50mg once a day.")
    expect(form.locator(".editor-notice[data-subject=kept]")).to_contain_text("Unsaved text kept at")
    form.context.close()
    again = new_page()
    log_in(again, ana)
    again.goto(live_server.url + change_url(leaflet))
    field = again.locator(f"#id_sections-{place_of(leaflet, 'dosage')}-body")
    assert field.input_value() == "Take 5mg once a day."
    again.get_by_role("button", name="Restore it").click()
    assert field.input_value() == "Take 50mg once a day."
    save(again)
    assert newest_revision(leaflet).number == 2
    assert kept_text(leaflet, by=ana) is None


def test_colleague_is_seen_and_conflict_is_put_together(form, dose, leaflet):
    bea = make_person("bea", role="Author")
    dose.fill("Take 50mg once a day.")
    change_leaflet(leaflet, by=bea, dosage="Take 7mg once a day.")
    expect(form.locator(".editor-notice[data-subject=newer]")).to_contain_text("Bea Test saved this leaflet meanwhile")
    save(form)
    expect(form.locator("h1").last).to_have_text("Two people changed this leaflet")
    expect(form.locator(".alerts")).to_contain_text("50mg")
    part = form.get_by_role("region", name="How to take it")
    part.get_by_label("Take the text below, which I put together").check()
    part.locator("textarea").fill("# How to take it\n\nTake 10mg once a day.")
    with form.expect_navigation():
        form.get_by_role("button", name="Save this").click()
    content = newest_revision(leaflet).content
    assert next(section.body for section in content.sections if section.key == "dosage") == "Take 10mg once a day."


def test_difference_at_the_end_of_a_long_section_is_in_sight_and_not_in_a_box_that_scrolls(form, dose, leaflet):
    long = "Swallow it with water.\n\n" * 60
    dose.fill(f"{long}Take 50mg once a day.")
    change_leaflet(leaflet, by=make_person("bea", role="Author"), dosage=f"{long}Take 7mg once a day.")
    save(form)
    part = form.get_by_role("region", name="How to take it")
    cut = "all => all.filter((one) => one.scrollHeight > one.clientHeight + 1).length"
    assert part.locator(".conflict-text").count() == 3
    assert part.locator(".conflict-text").evaluate_all(cut) == 0


def test_several_pictures_stand_in_the_text_in_their_order_and_a_refused_one_is_named(dose):
    dose.fill("")
    box = dose.locator("xpath=ancestor::div[@data-started]")
    sent = [("a.png", PNG), ("no.gif", b"<html>no picture</html>"), ("b.png", PNG)]
    files = [{"name": name, "mimeType": "image/png", "buffer": data} for name, data in sent]
    box.locator("input[type=file]").set_input_files(files)
    expect(box.get_by_role("alert")).to_contain_text("no.gif: This file can't be read as a picture")
    assert dose.input_value().count("](/media/leaflet-images/") == 2


def test_text_copied_with_a_picture_of_itself_is_pasted_as_text(form, dose):
    is_left_to_the_browser = dose.evaluate(
        """(field, bytes) => {
            const data = new DataTransfer();
            data.setData("text/plain", "Take 5mg.");
            data.items.add(new File([new Uint8Array(bytes)], "a.png", {type: "image/png"}));
            return field.dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        list(PNG),
    )
    assert is_left_to_the_browser


def test_arabic_reads_from_the_right_in_field_and_preview(page, let_in, live_server, ana):
    leaflet = make_leaflet(language="ar", dosage="خذ 5mg مرة.")
    let_in(page, ana)
    page.goto(live_server.url + change_url(leaflet))
    field = page.locator(f"#id_sections-{place_of(leaflet, 'dosage')}-body")
    field.scroll_into_view_if_needed()
    paper = shown_by(field).locator(".paper")
    expect(paper).to_contain_text("مرة")
    directions = [one.evaluate("node => getComputedStyle(node).direction") for one in (field, paper)]
    assert directions == ["rtl", "rtl"]


def test_finding_jumps_to_its_words_and_goes_when_put_right(form, dose):
    dose.fill("Take it with water.\n\n" * 40 + "Take .5mg.")
    link = form.locator("#findings a[data-place=dosage]")
    expect(link.first).to_be_visible()
    link.first.click()
    expect(dose).to_be_focused()  # and not what stands first in the row: the tick that deletes it
    assert dose.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)") == ".5mg"
    assert dose.evaluate("field => field.scrollTop") > 0
    dose.fill("Take 0.5mg.")
    expect(link).to_have_count(0)


def test_open_remark_jumps_to_the_words_it_is_about(page, let_in, live_server, ana, bruno, leaflet):
    add_remark(newest_revision(leaflet), by=bruno, section_key="dosage", quote="once a day", body="Which hour?")
    let_in(page, ana)
    page.goto(live_server.url + change_url(leaflet))
    page.get_by_role("region", name="1 open remark").get_by_role("link", name="How to take it").click()
    dose = page.locator(f"#id_sections-{place_of(leaflet, 'dosage')}-body")
    expect(dose).to_be_focused()
    assert dose.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)") == "once a day"


def test_review_started_meanwhile_shows_the_typed_text_to_copy(form, dose, leaflet, ana):
    dose.fill("Take 50mg once a day.")
    submit(leaflet, by=ana)
    save(form)
    expect(form.get_by_label("How to take it")).to_have_value("Take 50mg once a day.")
    assert newest_revision(leaflet).number == 1


def test_new_leaflet_proposes_its_address_and_is_saved(page, let_in, live_server, ana):
    make_medicine("Baclofen")
    let_in(page, ana)
    page.goto(live_server.url + "/admin/monographs/leaflet/add/")
    page.select_option("#id_medicine", label="Baclofen")
    page.select_option("#id_language", "fr")
    assert page.input_value("#id_slug") == "baclofen-fr"
    save(page)
    assert Leaflet.objects.get().slug == "baclofen-fr"


def test_where_there_are_many_medicines_a_name_is_written(page, let_in, live_server, ana, monkeypatch):
    for module in (medicine_field, editor):
        monkeypatch.setattr(module, "LISTED_AT_MOST", 0)
    make_medicine("Baclofen")
    let_in(page, ana)
    page.goto(live_server.url + "/admin/monographs/leaflet/add/")
    page.fill("#id_medicine", "baclofen")
    page.select_option("#id_language", "fr")
    assert page.input_value("#id_slug") == ""
    assert page.input_value("#id_title") == "baclofen"
    save(page)
    leaflet = Leaflet.objects.get()
    assert (leaflet.medicine.name, leaflet.slug) == ("Baclofen", "baclofen-fr")


def test_everything_is_written_without_javascript(new_page, let_in, live_server, ana):
    leaflet = make_leaflet()
    page = new_page(java_script_enabled=False)
    let_in(page, ana)
    page.goto(live_server.url + change_url(leaflet))
    # On a first visit, style sheets still on their way, Chromium may put off boxes far below until they are painted.
    page.reload()
    count = leaflet.sections.count()
    page.fill(f"#id_sections-{place_of(leaflet, 'dosage')}-body", "Take 9mg.")
    page.select_option(f"#id_sections-{count}-kind", "more")
    page.fill(f"#id_sections-{count}-body", "Ask us.")
    page.click("input[name=_preview]")
    expect(page.locator("main")).to_contain_text("Draft preview")
    expect(page.locator("main")).to_contain_text("Take 9mg.")
    assert newest_revision(leaflet).content.sections[-1].body == "Ask us."


def test_lists_and_medicines_keep_to_the_security_policy(page, let_in, live_server, ana):
    medicine = make_leaflet().medicine
    let_in(page, ana)
    for address in ("leaflet/", "medicine/", "medicine/add/?_popup=1", f"medicine/{medicine.pk}/change/"):
        answer = page.goto(f"{live_server.url}/admin/monographs/{address}")
        assert answer.status == 200
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.click("#names-group .add-row a")
    page.fill("#id_names-1-name", "Brandol")
    with page.expect_navigation():
        page.click("input[name=_save]")
    assert set(medicine.names.values_list("name", flat=True)) == {medicine.name, "Brandol"}


def test_form_needs_no_sideways_scrolling(page, let_in, live_server, ana):
    leaflet = make_leaflet()
    let_in(page, ana)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for address in (
            change_url(leaflet),
            "/admin/monographs/leaflet/add/",
            f"/admin/leaflets/{leaflet.pk}/preview/",
        ):
            page.goto(live_server.url + address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, address)


def test_buttons_over_the_form_cover_no_word_of_the_quality_check(without_gate, page, let_in, live_server, ana):
    leaflet = make_leaflet(dosage="Take 2*5 mg in the morning, which is a line that runs to the end of the panel.")
    let_in(page, ana)
    for width in (320, 700, 900, 1100, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(live_server.url + change_url(leaflet))
        beside, tools = (page.locator(place).bounding_box() for place in (".leaflet-beside", ".object-tools"))
        is_under = tools["y"] >= beside["y"] + beside["height"]
        assert is_under or tools["x"] + tools["width"] <= beside["x"], width

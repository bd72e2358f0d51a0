"""Text that was typed and not saved, in a real browser: it is kept, comes back, and never covers a colleague's."""

import pytest
from playwright.sync_api import expect

from monographs.publication.recalls import recall
from monographs.review.actions import submit
from monographs.review.models import Remark
from monographs.revisions.actions import newest_revision
from monographs.staff.sessions.open import OpenSession as Session
from tests.admin.forms import body_of, change_url, place_of
from tests.browser.writing import save
from tests.makers import change_leaflet, make_leaflet
from tests.people import PASSWORD, make_person


def test_unsaved_new_row_is_restored_too(form, leaflet, live_server):
    form.click("#sources-group .add-row a")
    form.locator("#id_sources-2-citation").fill("A second source")
    form.locator("#id_sources-2-supports input[value=dosage]").check()
    expect(form.locator(".editor-notice[data-subject=kept]")).to_be_visible()
    form.goto(live_server.url + change_url(leaflet))
    form.get_by_role("button", name="Restore it").click()
    citations = form.locator("#sources-group .inline-related:not(.empty-form) input[name$=-citation]")
    shown = citations.evaluate_all("fields => fields.map((field) => field.value).filter(Boolean)")
    assert shown == [leaflet.sources.get().citation, "A second source"]
    save(form)
    sources = newest_revision(leaflet).content.sources
    assert (sources[1].citation, sources[1].supports) == ("A second source", ("dosage",))


def test_text_typed_while_in_review_is_restored_to_the_sections_it_belongs_to(form, dose, leaflet, ana):
    gone = place_of(leaflet, "uses")
    form.locator(f"#id_sections-{gone}-DELETE").check()
    dose.fill("Take 50mg once a day.")
    review = submit(leaflet, by=ana)
    save(form)
    expect(form.get_by_label("How to take it")).to_have_value("Take 50mg once a day.")
    recall(review, by=ana)
    form.goto(form.url)
    form.get_by_role("button", name="Restore it").click()
    save(form)
    before = {section.key: section for section in leaflet.revisions.get(number=1).content.sections}
    after = {section.key: section for section in newest_revision(leaflet).content.sections}
    assert set(before) - set(after) == {"uses"}
    assert after["dosage"].body == "Take 50mg once a day."
    assert {key: section for key, section in after.items() if key != "dosage"} == {
        key: section for key, section in before.items() if key not in ("uses", "dosage")
    }


def test_what_the_server_does_not_take_is_not_called_a_lost_network(form, dose, leaflet):
    form.route("**/autosave/", lambda route: route.fulfill(status=400, content_type="text/html", body="Too large."))
    dose.fill("Take 50mg once a day.")
    form.click(".submit-row input[name=_save]")
    expect(form.locator(".editor-notice[data-subject=trouble]")).to_contain_text("too long to be kept or saved")
    assert dose.input_value() == "Take 50mg once a day."
    assert newest_revision(leaflet).number == 1


def test_text_put_together_is_chosen_by_typing_and_outlives_the_session(form, dose, leaflet, log_in, ana):
    dose.fill("Take 50mg once a day.")
    change_leaflet(leaflet, by=make_person("bea", role="Author"), dosage="Take 7mg once a day.")
    save(form)
    part = form.get_by_role("region", name="How to take it")
    part.locator("textarea").fill("# How to take it\n\nTake 10mg once a day.")
    expect(part.get_by_label("Take the text below, which I put together")).to_be_checked()
    form.context.clear_cookies(name="staff-session")
    form.get_by_role("button", name="Save this").click()
    expect(form.locator(".editor-notice[data-subject=trouble]")).to_contain_text("You are not logged in any more")
    assert "10mg" in part.locator("textarea").input_value()
    log_in(form.context.new_page(), ana)
    with form.expect_navigation():
        form.get_by_role("button", name="Save this").click()
    assert body_of(leaflet, "dosage") == "Take 10mg once a day."


@pytest.mark.parametrize("scripts", [True, False])
def test_back_after_a_conflict_never_lays_older_text_over_a_newer_revision(
    new_page, log_in, live_server, ana, leaflet, scripts
):
    page = new_page(java_script_enabled=scripts)
    log_in(page, ana)
    page.goto(live_server.url + change_url(leaflet))
    page.reload()  # see test_everything_is_written_without_javascript
    field = page.locator(f"#id_sections-{place_of(leaflet, 'dosage')}-body")
    field.fill("Take 50mg once a day.")
    change_leaflet(leaflet, by=make_person("bea", role="Author"), dosage="Take 7mg once a day.")
    save(page)
    expect(page.locator("h1").last).to_have_text("Two people changed this leaflet")
    page.go_back()
    assert field.input_value() == "Take 7mg once a day."
    page.get_by_role("link", name="See it beside the saved text").click()
    expect(page.get_by_role("region", name="How to take it")).to_contain_text("Take 50mg once a day.")


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_sent_after_the_session_ended_is_found_again_as_the_log_in_says(
    new_page, log_in, live_server, bruno, scripts
):
    page = new_page(java_script_enabled=scripts)
    log_in(page, bruno)
    page.goto(f"{live_server.url}/admin/leaflets/{make_leaflet().pk}/remarks/")
    page.fill("#id_body", "Which maximum?\n\n  And for whom?")
    Session.objects.all().delete()
    page.get_by_role("button", name="Record the remark").click()
    expect(page.get_by_role("alert")).to_contain_text("nothing of what you sent was recorded")
    words = page.get_by_label("Body")
    expect(words).to_have_value("Which maximum?\n\n  And for whom?")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Log in in another tab").click()
    tab = opened.value
    tab.fill("#id_username", bruno.username)
    tab.fill("#id_password", PASSWORD)
    tab.click("input[type=submit]")
    tab.wait_for_url(f"{live_server.url}/admin/")
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator("main")).to_contain_text("You are logged in as Bruno Reader")
    expect(words).to_have_value("Which maximum?\n\n  And for whom?")
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator(".messagelist")).to_contain_text("Your remark is recorded.")
    assert Remark.objects.get().body == "Which maximum?\n\n  And for whom?"


def test_a_leaflet_saved_after_a_log_in_in_another_tab_is_not_lost_without_javascript(
    new_page, log_in, live_server, ana, leaflet
):
    page = new_page(java_script_enabled=False)
    log_in(page, ana)
    page.goto(live_server.url + change_url(leaflet))
    page.reload()  # see test_everything_is_written_without_javascript
    page.locator(f"#id_sections-{place_of(leaflet, 'dosage')}-body").fill("Take 7mg once a day.\n\n- With food.")
    tab = page.context.new_page()
    log_in_again(tab, live_server, ana)
    page.click(".submit-row input[name=_save]")
    expect(page.get_by_role("alert")).to_contain_text("You logged out or in again since you opened it")
    expect(page.locator("textarea", has_text="Take 7mg once a day.")).to_be_visible()
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved as revision 2.")
    assert body_of(leaflet, "dosage") == "Take 7mg once a day.\n\n- With food."


def log_in_again(tab, live_server, person):
    """Out and in: the token that forms carry is another one now."""
    tab.goto(f"{live_server.url}/admin/")
    tab.locator("#logout-form button").click()
    expect(tab.locator("#logout-form")).to_have_count(0)
    tab.goto(f"{live_server.url}/admin/login/?next=/admin/")
    tab.fill("#id_username", person.username)
    tab.fill("#id_password", PASSWORD)
    tab.click("input[type=submit]")
    tab.wait_for_url(f"{live_server.url}/admin/")

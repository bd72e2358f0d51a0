"""The way through review in a real browser: the dose alert, signing, publishing, withdrawing, and narrow screens."""

from django.utils import timezone
from playwright.sync_api import expect

from monographs.publication.actions import release_in_emergency
from monographs.publication.models import Publication
from monographs.publication.recalls import recall
from monographs.review.actions import submit
from monographs.review.models import Remark, State
from tests.makers import change_leaflet, make_approved, make_published, make_review
from tests.people import PASSWORD, make_person


def dose_review():
    leaflet = make_published(dosage="Take 5mg once a day.").leaflet
    return make_review(change_leaflet(leaflet, dosage="Take 50mg once a day."))


def test_second_reader_meets_the_changed_dose_first_and_signs(live_server, page, let_in):
    review = dose_review()
    let_in(page, make_person("bruno"))
    page.goto(f"{live_server.url}/admin/leaflets/{review.leaflet_id}/review/")
    first = page.locator(".alert").first
    expect(first).to_contain_text("How to take it:")
    expect(first.locator("del")).to_contain_text("5mg")
    expect(first.locator("ins")).to_contain_text("50mg")
    assert "line-through" in first.locator("del").evaluate("mark => getComputedStyle(mark).textDecorationLine")
    assert "underline" in first.locator("ins").evaluate("mark => getComputedStyle(mark).textDecorationLine")
    for tick in page.locator("input[name=ticked]").all():
        tick.check()
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    page.get_by_role("button", name="Approve and sign").click()
    expect(page.locator(".messagelist")).to_contain_text("Your signature is on record.")
    review.refresh_from_db()
    assert review.state == State.APPROVED


def test_stale_page_shows_the_new_difference_and_keeps_the_note(live_server, page, let_in):
    review = dose_review()
    let_in(page, make_person("bruno"))
    page.goto(f"{live_server.url}/admin/leaflets/{review.leaflet_id}/review/")
    recall(review, by=make_person("ana"))
    submit(change_leaflet(review.leaflet, dosage="Take 500mg once a day."), by=make_person("ana"))
    for tick in page.locator("input[name=ticked]").all():
        tick.check()
    page.get_by_label("Note (goes on record)").fill("Checked twice.")
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    page.get_by_role("button", name="Approve and sign").click()
    expect(page.get_by_role("alert")).to_contain_text("The text has changed since you opened this page.")
    expect(page.locator(".alert").first.locator("ins")).to_contain_text("500mg")
    expect(page.get_by_label("Note (goes on record)")).to_have_value("Checked twice.")
    assert page.locator("input[name=ticked]:checked").count() == 0


def test_dose_that_went_out_in_an_emergency_is_shown_to_who_reads_the_next_text(live_server, page, let_in):
    leaflet = change_leaflet(make_published().leaflet, dosage="Take 50mg once a day.")
    release_in_emergency(leaflet, by=make_person("priya"), reason="A recall.", change_note="Dose.")
    make_review(leaflet)
    let_in(page, make_person("bruno"))
    page.goto(f"{live_server.url}/admin/leaflets/{leaflet.pk}/review/")
    unapproved = page.get_by_role("region", name="Changed since the last approved text")
    expect(unapproved.locator("del")).to_contain_text("5mg")
    expect(unapproved.locator("ins")).to_contain_text("50mg")
    page.get_by_role("link", name="Word by word since revision 1").click()
    expect(page.locator(".alert").first.locator("ins")).to_contain_text("50mg")


def test_everything_works_without_javascript(live_server, new_page, let_in):
    review = make_approved()
    page = new_page(java_script_enabled=False)
    let_in(page, make_person("priya"))
    page.goto(f"{live_server.url}/admin/leaflets/{review.leaflet_id}/publish/")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messagelist")).to_contain_text("Version 1 is published.")
    page.goto(f"{live_server.url}/admin/leaflets/{review.leaflet_id}/withdraw/")
    page.get_by_label("Notice for patients").fill("Ask **us** first.")
    page.get_by_role("button", name="Show me the notice").click()
    expect(page.locator(".as-patients-see strong")).to_have_text("us")
    page.get_by_label("Reason (for the record)").fill("Wrong dose.")
    page.get_by_role("button", name="Withdraw now").click()
    expect(page.locator(".messagelist")).to_contain_text("The leaflet is withdrawn.")
    assert not Publication.objects.live(timezone.now()).exists()


def test_approval_by_keyboard_alone(live_server, page, let_in):
    review = dose_review()
    let_in(page, make_person("bruno"))
    page.goto(f"{live_server.url}/admin/leaflets/{review.leaflet_id}/review/")
    ticks = page.locator("input[name=ticked]")
    ticks.first.focus()
    for _tick in range(ticks.count()):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Your signature is on record.")


def test_no_screen_scrolls_sideways_at_320_pixels(live_server, new_page, let_in):
    leaflet = make_published(dosage="Take 5mg once a day.").leaflet
    make_approved(change_leaflet(leaflet, dosage=f"Take 50mg. {'Verylongword' * 12}"))
    page = new_page(viewport={"width": 320, "height": 640})
    let_in(page, make_person("chief", is_superuser=True))
    for screen in ("review", "history", "compare", "publish", "withdraw", "remarks", "fact-checks"):
        query = "?old=1&new=2" if screen == "compare" else ""
        answer = page.goto(f"{live_server.url}/admin/leaflets/{leaflet.pk}/{screen}/{query}")
        assert answer.status == 200, screen
        sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(sideways) == 0, screen


def test_passage_marked_in_the_text_goes_into_the_remark_with_its_section(live_server, page, let_in):
    leaflet = make_review().leaflet
    let_in(page, make_person("bruno"))
    page.goto(f"{live_server.url}/admin/leaflets/{leaflet.pk}/remarks/")
    page.locator(".as-patients-see h2#part-dosage + p").click(click_count=3)
    expect(page.get_by_label("Passage")).to_have_value("Take 5mg once a day.")
    expect(page.get_by_label("About")).to_have_value("dosage")
    page.get_by_label("Passage").fill("Take 5mg")
    page.locator(".as-patients-see h2#part-uses + p").click(click_count=3)
    expect(page.get_by_label("Passage")).to_have_value("Take 5mg")
    page.locator("#id_body").fill("Which maximum?")
    page.get_by_role("button", name="Record the remark").click()
    expect(page.get_by_text("Your remark is recorded.")).to_be_visible()
    remark = Remark.objects.get()
    assert (remark.section_key, remark.quote) == ("dosage", "Take 5mg")

"""Reports of suspected adverse reactions in a browser: without JavaScript, by keyboard, on a narrow screen."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from monographs.medicines.models import Medicine
from monographs.reactions.actions import send
from monographs.reactions.models import State, SuspectedReaction
from tests.browser.test_small_screens import SIDEWAYS
from tests.makers import make_comment
from tests.makers_reactions import COMPLETE, make_reaction
from tests.people import make_person


@pytest.fixture
def reaction(transactional_db) -> SuspectedReaction:
    """A draft from a reply, of a medicine under additional monitoring."""
    found = make_reaction(make_comment(body="It gave me a rash."))
    Medicine.objects.update(is_under_additional_monitoring=True)
    return found


def address(live_server, reaction: SuspectedReaction) -> str:
    return live_server.url + reverse("admin:monographs_suspectedreaction_change", args=[reaction.pk])


@pytest.mark.parametrize("java_script", [True, False], ids=["scripts", "no scripts"])
def test_a_report_is_completed_sent_and_numbered(live_server, let_in, new_page, reaction, java_script):
    page = new_page(java_script_enabled=java_script)
    let_in(page, make_person("carla"))
    page.goto(address(live_server, reaction))
    expect(page.get_by_text("Missing: an identifiable patient")).to_be_visible()
    page.get_by_label("the patient’s initials").fill("A.B.")
    page.get_by_label("who reports it").select_option("5")
    page.locator("[name=reaction]").fill("itchy rash")
    page.keyboard.press("Enter")  # saves, and sends nothing
    expect(page.get_by_text("Saved. All four items are there: it can be sent.")).to_be_visible()
    page.get_by_label("caused or prolonged a stay in hospital").check()
    page.get_by_role("button", name="Save, and put down as sent").click()
    expect(page.get_by_text("Missing: the brand, the batch number.")).to_be_visible()
    page.get_by_label("Brand or batch number was asked for").check()
    page.get_by_role("button", name="Save, and put down as sent").click()
    expect(page.get_by_text("From now on it stays as it is.")).to_be_visible()
    page.get_by_label("Reference number that the authority gave").fill("GB-MHRA-1")
    page.keyboard.press("Enter")
    expect(page.locator("strong", has_text="GB-MHRA-1")).to_be_visible()
    stands = SuspectedReaction.objects.get()
    assert (stands.state, stands.caused_hospitalisation) == (State.WITH_NUMBER, True)
    with page.expect_download() as download:
        page.get_by_role("button", name="This report as CSV").click()
    assert download.value.suggested_filename.startswith("suspected-reactions-")


def test_nothing_of_a_report_is_beside_a_narrow_screen(live_server, let_in, new_page, reaction):
    page = new_page(viewport={"width": 320, "height": 700})
    let_in(page, make_person("carla"))
    draft = make_reaction(**COMPLETE, product="Brandol" * 8)
    sent = send(make_reaction(**COMPLETE), by=make_person("carla"), is_asked_for=True)
    addresses = [address(live_server, one) for one in (reaction, draft, sent)]
    for path in (*addresses, live_server.url + reverse("admin:monographs_suspectedreaction_add")):
        page.goto(path)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate(SIDEWAYS) <= 0, (path, scheme)

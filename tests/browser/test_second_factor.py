"""The staff's door in a real browser: codes, passkeys by Chromium's virtual authenticator, open sessions, lock-out."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from monographs.staff.passwords.attempts import ASKED_AGAIN
from monographs.staff.second_factor.factors import new_recovery_codes
from monographs.staff.second_factor.rule import DAYS_OF_GRACE
from monographs.staff.sessions.open import open_sessions
from tests.browser.test_look import SMALL, look_at
from tests.makers import make_review
from tests.people import PASSWORD, make_person
from tests.staff.codes import code_of, give_app


def local(live_server) -> str:
    """Browsers give passkeys to https, and to http on "localhost" alone."""
    return live_server.url.replace("127.0.0.1", "localhost")


def press(page: Page, button: str) -> None:
    """Click, and wait for the page that this leads to, with its scripts: they ask for the passkey."""
    with page.expect_navigation():
        page.click(button)


def enter(page: Page, site: str, name: str = "bruno") -> None:
    page.goto(f"{site}/admin/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    press(page, "input[type=submit]")


def give_device(page: Page) -> None:
    """Let the page's browser have a device with passkeys, whose owner always touches it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def set_up_passkey(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/account/passkey/")
    page.fill("#id_password", PASSWORD)
    press(page, "button.main")
    page.fill("#passkey-name", "Bruno's phone")
    page.click("[data-passkey-ask]")
    press(page, "text=I have kept them")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_app_is_set_up_and_its_code_lets_in(new_page, live_server, bruno, scripts):
    page, site = new_page(java_script_enabled=scripts), local(live_server)
    enter(page, site)
    page.goto(f"{site}/admin/account/")
    page.click("text=Set up an app")
    expect(page.locator(".account-qr svg")).to_be_visible()
    secret = page.locator(".account-secret").inner_text().replace(" ", "")
    page.fill("#id_code", code_of(secret))
    page.fill("#id_password", PASSWORD)
    page.click("button.main")
    expect(page.locator(".account-codes li")).to_have_count(10)
    code = page.locator(".account-codes li").first.inner_text()
    press(page, "text=I have kept them")
    press(page, "#logout-form button")
    enter(page, site)
    page.fill("#id_code", code)
    page.click("input[type=submit]")
    expect(page.locator(".messagelist")).to_contain_text("9 are left")


def test_a_passkey_is_set_up_and_lets_in(page, live_server, bruno):
    site = local(live_server)
    give_device(page)
    enter(page, site)
    set_up_passkey(page, site)
    press(page, "#logout-form button")
    enter(page, site)
    page.click("[data-passkey-ask]")
    page.wait_for_url(f"{site}/admin/")


def test_a_device_that_has_no_passkey_says_so_and_leaves_the_code(new_page, live_server, bruno):
    first, second, site = new_page(), new_page(), local(live_server)
    give_device(first)
    enter(first, site)
    set_up_passkey(first, site)
    code = new_recovery_codes(bruno)[0]
    give_device(second)
    enter(second, site)
    second.click("[data-passkey-ask]")
    expect(second.locator("[data-passkey-said]")).to_contain_text("No passkey answered")
    second.fill("#id_code", code)
    second.click("text=Go on")
    second.wait_for_url(f"{site}/admin/")


def test_guesses_end_in_a_lock_out(page, live_server, bruno):
    site, secret = local(live_server), give_app(bruno)
    enter(page, site)
    for _time in range(ASKED_AGAIN):
        page.fill("#id_code", "000000")
        press(page, "input[type=submit]")  # each guess is answered before the next
        expect(page.locator(".errorlist")).to_be_visible()
    page.fill("#id_code", code_of(secret))
    page.click("input[type=submit]")
    expect(page.locator(".errornote")).to_contain_text("too many tries")


def test_another_session_is_ended_from_the_list(new_page, live_server, bruno):
    there, here, site = new_page(), new_page(), local(live_server)
    for page in (there, here):
        enter(page, site)
    here.goto(f"{site}/admin/account/")
    here.click("text=End the one since")
    expect(here.locator(".messagelist")).to_contain_text("That session is ended.")
    there.goto(f"{site}/admin/")
    assert "/admin/login/" in there.url
    assert len(open_sessions(bruno)) == 1


def test_an_approval_is_signed_with_a_passkey(page, live_server, bruno):
    review, site = make_review(), local(live_server)
    give_device(page)
    enter(page, site)
    set_up_passkey(page, site)
    page.goto(f"{site}/admin/leaflets/{review.leaflet_id}/review/")
    for box in page.locator(".checklist [type=checkbox]").all():
        box.check()
    page.click("text=Sign with a passkey instead")
    expect(page.locator(".messagelist")).to_contain_text("Your signature is on record.")
    assert review.decisions.get().signed_with == "passkey"


def test_who_must_have_one_is_led_to_it_and_goes_on_afterwards(new_page, live_server, priya, settings):
    settings.ASKS_SECOND_FACTOR = True
    page, site = new_page(java_script_enabled=False), local(live_server)
    enter(page, site, "priya")
    expect(page.locator(".desk-asked")).to_contain_text("you need a second factor to work here")
    press(page, "#logout-form button")
    expect(page.locator("#logout-form")).to_have_count(0)
    priya.refresh_from_db()
    priya.second_factor_asked_at -= dt.timedelta(days=DAYS_OF_GRACE)
    priya.save()
    enter(page, site, "priya")
    page.goto(f"{site}/admin/monographs/leaflet/")
    expect(page.locator(".what-happens")).to_contain_text("Set one up now")
    page.click("text=Set up an app")
    secret = page.locator(".account-secret").inner_text().replace(" ", "")
    page.fill("#id_code", code_of(secret))
    page.fill("#id_password", PASSWORD)
    page.click("button.main")
    page.click("text=I have kept them")
    page.wait_for_url(f"{site}/admin/")
    expect(page.locator(".desk-asked")).to_have_count(0)


@pytest.mark.parametrize("size", [SMALL, {"width": 1280, "height": 900}], ids=["small", "wide"])
def test_the_pages_have_one_heading_and_stay_within_the_screen(new_page, live_server, bruno, ada, size):
    page, site = new_page(viewport=size), local(live_server)
    give_app(make_person("olga", role="Second reader"))
    enter(page, site, "olga")
    look_at(page, f"{site}/admin/account/second-factor/")
    page = new_page(viewport=size)
    enter(page, site, "ada")
    for address in ("account/", "account/app/", "account/passkey/", "monographs/secondfactorrule/1/change/"):
        look_at(page, f"{site}/admin/{address}")
    give_app(bruno)
    for address in ("second-factor/", "change/"):
        look_at(page, f"{site}/admin/monographs/staffmember/{bruno.pk}/{address}")

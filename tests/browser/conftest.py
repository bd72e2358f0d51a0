"""A real Chromium that fails the test on any script error, missing file or breach of the security policy."""

import os
import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.admin.forms import change_url, place_of
from tests.browser.chromium import ARGUMENTS, find
from tests.makers import make_leaflet
from tests.people import PASSWORD

# A refusal is an answer, and Chromium logs it as an error of loading; a missing file (404) or a crash (500) is a fault.
_REFUSAL = re.compile(r"the server responded with a status of (400|403|409|413|429)")

PATIENCE = 20_000
"""Milliseconds after which what has not come will not come. Nothing waits as long when all is well.

A click or a key returns before the page that it asks for has come. So after one a test never reads the address, the
page or the database at once: it waits for what must be seen (``expect(…)``, ``wait_for_url``), then reads.
"""
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    """Everything in this folder drives a browser."""
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium that `tests.browser.chromium` finds.

    Playwright runs its loop in this thread, which Django takes for asynchronous code; the variable tells it
    that the tests know.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        path = find()
        assert path, "no Chromium: run `make browser`"
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
            yield chromium
            chromium.close()


class Pages:
    """Makes pages, each in a browser profile of its own, and collects what they log as errors."""

    def __init__(self, browser: Browser):
        self.browser, self.faults, self._contexts = browser, [], []

    def __call__(self, **options) -> Page:
        context = self.browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(PATIENCE)
        context.on("console", self._note)
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        self._contexts.append(context)
        page = context.new_page()
        page.faults = self.faults
        return page

    def _note(self, message: ConsoleMessage) -> None:
        address = message.location.get("url", "")
        is_own_guess = address.endswith("/favicon.ico")  # browsers ask for it unasked
        if message.type == "error" and not is_own_guess and not _REFUSAL.search(message.text):
            self.faults.append(f"{message.text} ({address})")

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def assert_no_faults(self) -> None:
        assert not self.faults, "the browser reported:\n" + "\n".join(self.faults)


@pytest.fixture
def new_page(browser: Browser, transactional_db) -> Iterator[Callable[..., Page]]:
    """Makes pages, each in a browser profile of its own: ``new_page(java_script_enabled=False)``.

    At the end the test fails if any of them logged an error. ``page.faults`` is the list; a test that
    provokes one on purpose removes it there.
    """
    pages = Pages(browser)
    yield pages
    pages.close()
    pages.assert_no_faults()


@pytest.fixture
def page(new_page) -> Page:
    """One page of 1280 × 900 in a fresh profile."""
    return new_page()


@pytest.fixture
def log_in(live_server) -> Callable[[Page, object], None]:
    """``log_in(page, ana)`` signs a person of `tests.people` in through the admin's own form."""

    def sign_in(page: Page, person) -> None:
        page.goto(f"{live_server.url}/admin/login/?next=/admin/")
        page.fill("#id_username", person.username)
        page.fill("#id_password", PASSWORD)
        page.click("input[type=submit]")
        page.wait_for_url(f"{live_server.url}/admin/")

    return sign_in


@pytest.fixture
def let_in(live_server) -> Callable[[Page, object], None]:
    """``let_in(page, ana)``: she has logged in already. For tests that are not about logging in: it saves two pages,
    the form and the desk. What comes with the form, such as another token for all forms, comes with `log_in` alone."""

    def give_session(page: Page, person) -> None:
        client = Client()
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        cookie = {"name": session.key, "value": session.value, "url": live_server.url, "httpOnly": True}
        page.context.add_cookies([cookie])

    return give_session


@pytest.fixture
def leaflet(transactional_db, ana):
    return make_leaflet()


@pytest.fixture
def form(page, let_in, live_server, ana, leaflet):
    """The leaflet's form, open for Ana."""
    let_in(page, ana)
    page.goto(live_server.url + change_url(leaflet))
    return page


@pytest.fixture
def dose(form, leaflet):
    """The dosage section's text field."""
    return form.locator(f"#id_sections-{place_of(leaflet, 'dosage')}-body")


@pytest.fixture
def without_gate(monkeypatch):
    """Any text can be published: how it reads is what is looked at, not whether it should be."""
    monkeypatch.setattr("monographs.review.actions.blocking", lambda findings: [])

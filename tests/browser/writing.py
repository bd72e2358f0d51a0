"""What the tests of the leaflet's form do in it."""

from playwright.sync_api import Page


def save(page: Page) -> None:
    """Save, and wait for the answer."""
    with page.expect_navigation():
        page.click(".submit-row input[name=_save]")

"""One site for all tests of this folder, made once: none of them minds what the others write."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from monographs.reading.versions import archive
from monographs.search.named import a_to_z
from tests.browser.conftest import Pages
from tests.browser.every_page.whole_site import WholeSite, make_whole_site


@pytest.fixture(scope="package")
def transactional_db(django_db_setup, django_db_blocker) -> Iterator[None]:
    """In place of pytest-django's, which puts the database back after each test: here after the last."""
    with django_db_blocker.unblock():
        yield
        django_db_setup()


@pytest.fixture(scope="package")
def words(transactional_db) -> Iterator[dict[str, object]]:
    """Of a whole site, whose short lists go on on a second page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("monographs.review.actions.blocking", lambda findings: [])
        patch.setattr(archive, "ON_A_PAGE", 2)
        patch.setattr(a_to_z, "ON_A_PAGE", 3)
        yield make_whole_site()


@pytest.fixture
def site(live_server, words) -> WholeSite:
    return WholeSite(live_server.url, words)


@pytest.fixture(scope="package")
def _kept_page(browser: Browser, transactional_db) -> Iterator[tuple[Pages, Page]]:
    pages = Pages(browser)
    yield pages, pages()
    pages.close()


@pytest.fixture
def kept_page(_kept_page) -> Iterator[Page]:
    """One page for all that is only looked at, which saves a window for each; it keeps nothing of the last test.

    As with `new_page` the test fails for any error it logs.
    """
    pages, page = _kept_page
    yield page
    if page.url.startswith("http"):  # any other page has no storage
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
    page.context.clear_cookies()
    faults = pages.faults.copy()
    pages.faults.clear()
    assert not faults, "the browser reported:\n" + "\n".join(faults)

"""Urdu, whose letters stand high and hang low, has room between its lines."""

import pytest

from tests.makers import make_comment, make_published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOWEST = """() => [...document.querySelectorAll("main :is(h1, h2, h3, p, li, dt, dd, label), .colophon :is(h2, p)")]
    .filter((each) => each.closest("[lang]").lang === document.documentElement.lang)  // the clinic's words are English
    .map((each) => [each.tagName + "." + each.className,
        parseFloat(getComputedStyle(each).lineHeight) / parseFloat(getComputedStyle(each).fontSize)])
    .filter(([, height]) => height < 1.99)"""


@pytest.mark.parametrize("width", [320, 1200])
def test_each_line_of_an_urdu_page_is_twice_as_high_as_its_letters(page, live_server, width):
    publication = make_published(language="ur")
    make_comment(publication, shown=True)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/leaflets/{publication.leaflet.slug}/")
    assert page.get_attribute("html", "lang") == "ur"
    assert page.evaluate(LOWEST) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_other_languages_keep_their_lines(page, live_server):
    publication = make_published(language="pl")
    page.goto(f"{live_server.url}/leaflets/{publication.leaflet.slug}/")
    assert len(page.evaluate(LOWEST)) > 10

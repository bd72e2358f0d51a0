"""Until when a proxy may show a page by itself: said of pages, of nothing else, and never later than true."""

import pytest

from monographs.operations.requests.proxy_cache import KeptByProxy

PAGE = ("Cache-Control", "public, max-age=0, must-revalidate")


def headers_of(status, *headers, looked_at=lambda: 1_000.9):
    """By name, in the order in which they are sent."""

    def application(_environ, start_response):
        start_response(status, list(headers))
        return [b""]

    told = {}

    def start_response(_status, headers):
        told.update(headers)

    KeptByProxy(application, looked_at=looked_at)({}, start_response)
    return told


@pytest.mark.parametrize("status", ["200 OK", "304 Not Modified"])
def test_page_is_kept_until_the_second_ends_in_which_the_site_looked(status):
    assert headers_of(status, PAGE)["X-Accel-Expires"] == "@1000"


def test_it_is_said_before_what_nginx_would_believe_instead():
    assert list(headers_of("200 OK", PAGE)) == ["X-Accel-Expires", "Cache-Control"]


@pytest.mark.parametrize(
    ("status", "header"),
    [
        ("200 OK", ("Cache-Control", "no-store")),
        ("200 OK", ("Cache-Control", "private, max-age=0")),
        ("200 OK", ("Cache-Control", "public, max-age=31536000, immutable")),
        ("200 OK", ("Content-Type", "text/html")),
        ("404 Not Found", PAGE),
        ("503 Service Unavailable", PAGE),
    ],
)
def test_nothing_is_said_of_what_is_no_page(status, header):
    assert "X-Accel-Expires" not in headers_of(status, header)


def test_page_that_may_have_been_overtaken_is_not_stored_with_its_mark():
    """A later 304 would leave the mark on it."""
    mark = ("Cache-Status", "clinicinfo; hit; ttl=-9")
    assert "X-Accel-Expires" not in headers_of("200 OK", PAGE, mark)
    assert headers_of("304 Not Modified", PAGE, mark)["X-Accel-Expires"] == "@1000"


def test_instant_is_the_one_before_the_page_was_made():
    clock = iter([1_000.0, 2_000.0])
    assert headers_of("200 OK", PAGE, looked_at=lambda: next(clock))["X-Accel-Expires"] == "@1000"

"""The database does not answer: known pages go on being served, and say so."""

import time

import pytest

from tests.reading.page_cache.bare import BODY, Application, One, Stamps, around


@pytest.fixture
def application():
    return Application()


@pytest.fixture
def stamps():
    return Stamps()


@pytest.fixture
def cache(application, stamps):
    cache = around(application, stamps)
    assert One(cache).headers.keys().isdisjoint({"age", "cache-status"})
    application.status, application.body, application.marks = 503, b"Away.", ()
    return cache


def test_known_page_is_served_and_marked(cache, stamps, application):
    stamps.set(None)
    answer = One(cache)
    assert (answer.status, answer.body) == (200, BODY)
    assert int(answer.headers["age"]) >= 0
    assert answer.headers["cache-status"].startswith("clinicinfo; hit; ttl=-")
    assert One(cache, HTTP_IF_NONE_MATCH=answer.headers["etag"]).status == 304
    assert application.asked == {"/page/": 1}


def test_unknown_page_is_not_made_up(cache, stamps):
    stamps.set(None)
    assert One(cache, path="/other/").status == 503


def test_page_is_served_over_the_hour_and_over_midnight(cache, stamps):
    """Its token is good for a day, and sending a reply is not possible just now anyway."""
    stamps.set("first", hour=2, day="2026-11-29")
    stamps.set(None)
    assert One(cache).body == BODY


def test_page_that_is_known_to_be_overtaken_is_not_served(cache, stamps):
    stamps.set("withdrawn")
    stamps.set(None)
    assert One(cache).status == 503


def test_page_is_not_served_past_a_scheduled_expiry(cache, stamps):
    stamps.set("first", changes_at=time.time() - 1)
    stamps.set(None)
    assert One(cache).status == 503


@pytest.mark.parametrize("status", [500, 503])
def test_page_whose_hour_is_over_is_served_as_it_was_where_a_new_one_fails(cache, stamps, application, status):
    application.status = status
    stamps.set("first", hour=2)
    answer = One(cache)
    assert answer.body == BODY
    assert "age" in answer.headers


@pytest.mark.parametrize("status", [404, 410, 499])
def test_page_that_the_site_has_no_more_is_not_served_as_it_was(cache, stamps, application, status):
    application.status = status
    stamps.set("first", hour=2)
    assert One(cache).status == status


def test_page_whose_stamp_has_moved_is_not_served_where_a_new_one_fails(cache, stamps):
    stamps.set("second")
    assert One(cache).status == 503


def test_page_is_made_anew_when_the_database_is_back(cache, stamps, application):
    stamps.set(None)
    One(cache)
    fresh = Application()
    application.status, application.body, application.marks = 200, b"New.", fresh.marks
    stamps.set("second")
    answer = One(cache)
    assert (answer.body, "age" in answer.headers) == (b"New.", False)

"""What is kept and for how long, and what is not."""

import brotli
import pytest

from monographs.reading.page_cache import marks
from monographs.reading.page_cache.marks import query_names_at
from monographs.reading.page_cache.store import Store
from tests.reading.page_cache.bare import BODY, Application, One, Stamps, around, one_of_many


@pytest.fixture
def application():
    return Application()


@pytest.fixture
def stamps():
    return Stamps()


@pytest.fixture
def cache(application, stamps):
    return around(application, stamps)


def test_known_page_is_not_asked_for_again(application, cache):
    assert {One(cache).body for _time in range(3)} == {BODY}
    assert One(cache, method="HEAD").status == 200
    assert application.asked == {"/page/": 1}


@pytest.mark.parametrize("moved", [{"stamp": "second"}, {"stamp": "first", "hour": 2}, {"stamp": "first", "day": "x"}])
def test_page_is_made_anew_when_stamp_hour_or_day_have_moved(application, stamps, cache, moved):
    One(cache)
    stamps.set(**moved)
    application.body = b"Withdrawn."
    assert One(cache).body == b"Withdrawn."
    assert len(cache.store) == 1


def test_page_made_of_the_same_holds_under_another_stamp_and_is_not_made_again(application, stamps, cache):
    application.made_of = "the same"
    first = One(cache)
    kept = cache.store.get(("http", "clinic.example", "", "/page/"))
    stamps.set("second")
    again = One(cache)
    assert (again.body, again.headers) == (first.body, first.headers)
    assert application.made == 1
    assert cache.store.get(("http", "clinic.example", "", "/page/")) is kept
    asked = application.asked.total()
    One(cache)
    assert application.asked.total() == asked  # it is known under the new stamp


@pytest.mark.parametrize("moved", [{"hour": 2}, {"day": "2026-11-29"}])
def test_page_of_another_hour_or_day_is_made_again_whatever_it_is_made_of(application, stamps, cache, moved):
    application.made_of = "the same"
    One(cache)
    stamps.set("second", **moved)
    One(cache)
    assert application.made == 2


def test_page_made_of_something_else_is_made_again(application, stamps, cache):
    for made_of in ("one", "another", ""):
        application.made_of = made_of
        stamps.set(f"with {made_of}")
        One(cache)
    assert application.made == 3


def test_page_that_is_not_kept_is_always_made(application, stamps, cache):
    application.made_of = "the same"
    One(cache, query="answer=1")
    stamps.set(None)
    One(cache, "/other/")
    stamps.set("back")
    One(cache)
    assert application.made == 3


def test_each_host_scheme_and_mount_has_its_own_page(application, cache):
    for _time in range(2):
        One(cache)
        One(cache, HTTP_HOST="www.clinic.example")
        One(cache, **{"wsgi.url_scheme": "https"})
        One(cache, SCRIPT_NAME="/here")
    assert application.asked == {"/page/": 4}


def test_scheme_is_the_one_that_the_trusted_proxy_tells(application, stamps, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    cache = around(application, stamps)
    for _time in range(2):
        for told in ("https", "https, http", "http", "gopher"):
            One(cache, HTTP_X_FORWARDED_PROTO=told)
        One(cache)  # as "http": nothing was told
    assert [environ.get("HTTP_X_FORWARDED_PROTO") for environ in application.told] == ["https", "http"]
    assert sorted(address[0] for address in cache.store._pages) == ["http", "https"]


def test_scheme_that_anybody_tells_is_not_believed(application, cache):
    for told in ("https", "http"):
        One(cache, HTTP_X_FORWARDED_PROTO=told)
    [told] = application.told
    assert "HTTP_X_FORWARDED_PROTO" not in told


def test_answer_is_closed_when_the_page_is_made(application, cache):
    """So Django knows that the request has ended, and looks after its connection to the database."""
    One(cache)
    application.status, application.marks = 404, ()
    One(cache, path="/other/")
    assert application.closed == 2


def test_page_is_made_without_a_word_of_the_reader(application, cache):
    words = {"HTTP_COOKIE": "staff-session=x", "HTTP_USER_AGENT": "x", "REMOTE_ADDR": "192.0.2.7", "HTTP_RANGE": "x",
             "HTTP_ACCEPT_ENCODING": "br", "HTTP_IF_NONE_MATCH": "*", "HTTP_ACCEPT_LANGUAGE": "x"}  # fmt: skip
    One(cache, query="utm_source=letter", **words)
    [told] = application.told
    assert not told.keys() & words.keys()
    assert told["QUERY_STRING"] == ""


def test_query_that_the_page_does_not_use_is_the_same_page(application, cache):
    One(cache)
    for query in ("utm_source=letter", "x", "&&", "sent=1"):
        assert One(cache, query=query).body == BODY
    assert application.asked == {"/page/": 1}


@pytest.mark.parametrize("query", ["answer=5", "x=1&answer=5", "%61nswer=5", "answer"])
def test_query_that_the_page_uses_passes_through_each_time(application, cache, query):
    One(cache)
    for _time in range(2):
        answer = One(cache, query=query)
        assert answer.headers["etag"]
    assert application.asked == {"/page/": 3}
    assert application.told[-1]["QUERY_STRING"] == query
    assert len(cache.store) == 1


@pytest.mark.parametrize(
    "request_", [{"method": "POST"}, {"method": "OPTIONS"}, {"method": "BREW"}, {"CONTENT_LENGTH": "5"},
                 {"HTTP_TRANSFER_ENCODING": "chunked"}, {"query": "x" * 501}, {"path": "/admin/"}]
)  # fmt: skip
def test_what_is_no_plain_question_for_a_page_goes_on_as_it_came(application, cache, request_):
    One(cache)
    for _time in range(2):
        One(cache, **request_, HTTP_COOKIE="staff-session=x")
    assert application.told[-1]["HTTP_COOKIE"] == "staff-session=x"
    assert application.asked.total() == 3


@pytest.mark.parametrize("marks", [(), Application().marks])
@pytest.mark.parametrize("status", [404, 410, 403, 500, 503])
def test_address_without_a_page_fills_nothing(application, cache, status, marks):
    application.status, application.marks = status, marks
    for _time in range(2):
        assert One(cache).status == status
    assert len(cache.store) == 0
    assert application.asked == {"/page/": 2}


def test_what_is_no_page_is_compressed_once(application, cache):
    application.status, application.marks = 404, ()
    answer = One(cache, HTTP_ACCEPT_ENCODING="br")
    assert (answer.headers["content-encoding"], brotli.decompress(answer.body)) == ("br", BODY)
    application.headers["Content-Encoding"] = "gzip"
    answer = One(cache, HTTP_ACCEPT_ENCODING="br")
    assert (answer.headers["content-encoding"], answer.body) == ("gzip", BODY)


def test_way_to_elsewhere_is_told_with_the_whole_question(application, cache):
    application.status, application.marks = 301, ()
    assert One(cache, query="x=1").status == 301
    assert application.told[-1]["QUERY_STRING"] == "x=1"


@pytest.mark.parametrize(
    "headers", [{"Set-Cookie": "a=b"}, {"Vary": "Cookie"}, {"Vary": "Accept-Encoding, Cookie"}, {"Vary": "*"}]
)
def test_answer_that_tells_readers_apart_is_not_kept(application, cache, headers):
    application.headers |= headers
    for _time in range(2):
        assert One(cache).status == 200
    assert len(cache.store) == 0


def test_answer_without_a_mark_and_one_of_many_are_not_kept(application, cache):
    application.marks = ()
    One(cache)
    assert len(cache.store) == 0
    application.marks = (*Application().marks, one_of_many)
    assert One(cache).headers["etag"] == One(cache).headers["etag"]
    assert len(cache.store) == 0


def test_host_with_an_odd_port_fills_nothing(application, cache):
    for port in range(2000, 2010):
        assert One(cache, HTTP_HOST=f"clinic.example:{port}").status == 200
    assert len(cache.store) == 0
    for host in ("clinic.example:8000", "clinic.example:443", "[::1]", "[::1]:80"):
        One(cache, HTTP_HOST=host)
    assert len(cache.store) == 4


def test_host_in_other_letters_fills_nothing(application, cache):
    for host in ("Clinic.example", "cLINIC.EXAMPLE"):
        assert One(cache, HTTP_HOST=host).status == 200
    assert len(cache.store) == 0


def test_question_without_a_host_fills_nothing(application, cache):
    assert One(cache, HTTP_HOST="").status == 200
    assert len(cache.store) == 0


def test_store_is_bounded_and_what_nobody_asks_for_gives_way(application):
    cache = around(application, most_bytes=60_000)  # a page takes 4,800 bytes
    for number in range(50):
        One(cache, path=f"/{number}/")
        One(cache, path="/0/")
    assert cache.store.weight <= 60_000
    assert 5 < len(cache.store) < 50
    assert application.asked["/0/"] == 1


def test_page_asked_for_once_more_outlives_those_asked_for_once(application):
    cache = around(application, most_bytes=60_000)
    for path in ("/0/", "/1/", "/1/"):
        One(cache, path=path)
    for number in range(2, 13):
        One(cache, path=f"/{number}/")
    assert One(cache, path="/1/").status == One(cache, path="/0/").status == 200
    assert (application.asked["/1/"], application.asked["/0/"]) == (1, 2)


def test_weight_counts_each_encoding(application):
    cache = around(application)
    One(cache)
    before = cache.store.weight
    answers = [One(cache, HTTP_ACCEPT_ENCODING=encoding) for encoding in ("gzip", "br")]
    assert cache.store.weight == before + sum(len(answer.body) for answer in answers)


def test_only_what_browsers_ask_for_stays_in_memory(application):
    cache = around(application)
    small = One(cache, HTTP_ACCEPT_ENCODING="br")
    assert cache.store.weight < 2_500 + len(small.body)
    assert One(cache).body == BODY
    assert application.asked == {"/page/": 1}


def test_page_too_large_for_the_store_is_served_and_not_kept(application):
    application.body = b"x" * 20_000
    cache = around(application, most_bytes=60_000)
    assert len(One(cache).body) == 20_000
    assert len(cache.store) == 0


class Marked:
    """A page that was asked for since the store last looked."""

    def __init__(self, weight: int):
        self.weight, self.has_grown, self._marks = weight, True, [True]

    @property
    def was_asked_for(self) -> bool:
        assert len(self._marks) < 10, "it is looked at again and again"
        self._marks.append(self._marks[-1])
        return self._marks[-1]

    @was_asked_for.setter
    def was_asked_for(self, is_marked: bool) -> None:
        self._marks.append(is_marked)


def test_where_all_pages_were_asked_for_the_first_gives_way():
    store = Store(80)
    for number in range(8):
        store.put(("http", "clinic.example", "", f"/{number}/"), Marked(10))
    assert (len(store), store.weight) == (8, 80)
    store.put(("http", "clinic.example", "", "/new/"), Marked(10))
    assert (len(store), store.weight) == (8, 80)
    assert store.get(("http", "clinic.example", "", "/0/")) is None
    assert store.get(("http", "clinic.example", "", "/1/"))


def test_page_of_an_eighth_of_the_store_is_kept_and_a_larger_one_is_not():
    store, address = Store(80), ("http", "clinic.example", "", "/page/")
    store.put(address, Marked(10))
    assert len(store) == 1
    store.put(address, Marked(11))
    assert (len(store), store.weight) == (0, 0)


def test_page_is_weighed_once_for_each_of_its_encodings(application, cache, monkeypatch):
    weighed = []
    monkeypatch.setattr(cache.store, "put", lambda *_page: weighed.append(Store.put(cache.store, *_page)))
    for encoding in ("br", "gzip", "br", "gzip", "br"):
        One(cache, HTTP_ACCEPT_ENCODING=encoding)
    assert len(weighed) == 3  # made, and in two encodings


def test_address_that_is_no_public_page_uses_nothing_and_a_long_one_is_not_remembered():
    assert query_names_at("/a-z/") is not None
    for path in ("/nothing/here/", "/admin/"):
        assert query_names_at(path) is None
    before = marks._known.cache_info().currsize
    assert query_names_at(f"/{'x' * 300}/") is None
    assert marks._known.cache_info().currsize == before

"""How a known page answers: encodings, ETags, conditions, HEAD."""

import gzip
from pathlib import Path

import brotli
import pytest

from monographs.reading.page_cache import pages
from monographs.reading.page_cache.encodings import BROTLI, chosen, compress
from tests.reading.page_cache.bare import BODY, Application, One, around


@pytest.fixture
def cache():
    return around(Application())


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("", "identity"), ("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("x-gzip", "gzip"), ("br", "br"),
        ("gzip;q=0", "identity"), ("gzip;q=0, br;q=0", "identity"), ("br;q=0, *", "gzip"), ("*", "br"),
        ("*;q=0", "identity"), ("br;q=0.2, gzip;q=0.8", "gzip"), ("identity, gzip;q=0.5", "identity"),
        ("identity;q=0, gzip;q=0.1", "gzip"), ("identity;q=0", "identity"), ("GZIP", "gzip"), ("gzip;q=x", "identity"),
        ("gzip ; q=1.0", "gzip"), ("deflate", "identity"), (",,;q=1,", "identity"), ("gzip," * 200, "identity"),
    ],
)  # fmt: skip
def test_encoding_that_a_browser_takes(accept, encoding):
    assert chosen(accept) == encoding


def test_three_encodings_of_one_page_are_the_same_text_with_tags_of_their_own(cache):
    plain, packed, small = One(cache), One(cache, HTTP_ACCEPT_ENCODING="gzip"), One(cache, HTTP_ACCEPT_ENCODING="br")
    assert plain.body == gzip.decompress(packed.body) == brotli.decompress(small.body) == BODY
    assert [one.headers.get("content-encoding") for one in (plain, packed, small)] == [None, "gzip", "br"]
    assert len({one.headers["etag"] for one in (plain, packed, small)}) == 3
    assert not any(one.headers["etag"].startswith("W/") for one in (plain, packed, small))
    for one in (plain, packed, small):
        assert one.headers["vary"] == "Accept-Encoding"
        assert one.headers["content-length"] == str(len(one.body))


def test_bytes_are_the_same_each_time_and_in_each_process():
    first, second = around(Application()), around(Application())
    for encoding in ("", "gzip", "br"):
        answers = [One(cache, HTTP_ACCEPT_ENCODING=encoding) for cache in (first, first, second)]
        assert len({answer.body for answer in answers}) == len({answer.headers["etag"] for answer in answers}) == 1


def test_page_is_compressed_once_for_all_readers(cache, monkeypatch):
    made = []
    monkeypatch.setattr(pages, "compress", lambda body, encoding: made.append(encoding) or compress(body, encoding))
    for encoding in ("gzip", "br", "") * 3:
        One(cache, HTTP_ACCEPT_ENCODING=encoding)
    assert made == ["gzip", "br", "identity"]


def test_brotli_is_the_quick_one():
    text = Path(__file__).read_bytes()
    quick, usual = (brotli.compress(text, mode=brotli.MODE_TEXT, quality=quality, lgwin=16) for quality in (5, 11))
    assert compress(text, BROTLI) == quick != usual


def test_changed_header_changes_the_tag():
    application = Application()
    before = One(around(application)).headers["etag"]
    application.headers["Referrer-Policy"] = "no-referrer"
    assert One(around(application)).headers["etag"] != before


def test_what_the_server_does_to_the_headers_changes_no_later_answer(cache):
    first = One(cache)

    def careless(_status, headers):
        headers.clear()

    cache(first.environ, careless)
    cache({**first.environ, "HTTP_IF_NONE_MATCH": first.headers["etag"]}, careless)
    assert One(cache).headers == first.headers


def test_a_known_page_hands_out_the_same_headers_and_bytes_and_makes_none(cache):
    """Also pages of other addresses share what is alike: so a thousand of them stay near at hand."""
    handed = []

    def start(_status, headers):
        handed.append(headers)

    environ = One(cache).environ
    bodies = [cache(environ, start)[0] for _reader in range(2)]
    assert bodies[0] is bodies[1]
    assert all(one is other for one, other in zip(*handed, strict=True))
    cache({**environ, "PATH_INFO": "/other/"}, start)
    shared = [one for one, other in zip(handed[0], handed[2], strict=True) if one is other]
    assert {name for name, _value in handed[0]} - {name for name, _value in shared} == {"ETag", "Content-Length"}


@pytest.mark.parametrize("named", ["{tag}", "W/{tag}", '"x", {tag}', '"x",W/{tag} , "y"', "*", " * "])
def test_reader_who_has_the_page_is_told_so(cache, named):
    whole = One(cache, HTTP_ACCEPT_ENCODING="br")
    again = One(cache, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=named.format(tag=whole.headers["etag"]))
    assert (again.status, again.body) == (304, b"")
    of_the_body = {"content-length", "content-encoding", "content-type"}
    assert again.headers == {name: value for name, value in whole.headers.items() if name not in of_the_body}


@pytest.mark.parametrize("named", ['"x"', "", "x", 'W/"x"', '"', '"x", ' * 2000])
def test_reader_who_has_another_page_gets_this_one(cache, named):
    assert One(cache, HTTP_IF_NONE_MATCH=named).status == 200


def test_condition_of_thousands_of_tags_is_not_looked_through(cache):
    tag = One(cache).headers["etag"]
    assert One(cache, HTTP_IF_NONE_MATCH=f'"x", {tag}').status == 304
    assert One(cache, HTTP_IF_NONE_MATCH='"x", ' * 1_000 + tag).status == 200


def test_tag_of_another_encoding_is_another_page(cache):
    tag = One(cache, HTTP_ACCEPT_ENCODING="br").headers["etag"]
    assert One(cache, HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=tag).status == 200


def test_condition_that_the_page_must_be_a_certain_one_compares_strongly(cache):
    tag = One(cache).headers["etag"]
    assert One(cache, HTTP_IF_MATCH=tag).status == 200
    assert One(cache, HTTP_IF_MATCH="*").status == 200
    assert One(cache, HTTP_IF_MATCH=f"W/{tag}").status == 412
    assert One(cache, HTTP_IF_MATCH='"x"').status == 412


def test_head_is_get_without_the_body(cache):
    for encoding in ("", "gzip"):
        head = One(cache, method="HEAD", HTTP_ACCEPT_ENCODING=encoding)
        whole = One(cache, HTTP_ACCEPT_ENCODING=encoding)
        assert (head.status, head.body, head.headers) == (200, b"", whole.headers)


def test_part_of_a_page_is_the_whole_page(cache):
    for _time in range(2):
        answer = One(cache, HTTP_RANGE="bytes=0-9")
        assert (answer.status, answer.body) == (200, BODY)

"""Checking takes work in proportion to a text's length, whatever it consists of, and reads a text once."""

import pytest

from monographs.quality.amounts import dose_words
from monographs.quality.pieces import passages
from monographs.quality.rules import check
from monographs.text.markup import parser
from monographs.text.markup.markdown import plain, render
from tests.effort import calls
from tests.makers import make_content

SIGNS = ("*", "[", "|", "> ", "1. ", "- a\n", "|a|\n", "::: tell\n", "7", "_", "a\n", "a. ", "\\", "5 mg ", "\u00a0",
         "](", "e\u0301", "\u202e", "خذ 5-10 mg ", "Take 5 mg once a day. ", "# a\n", "![a](/b) ", "**a** ",
         "1/2 ")  # fmt: skip


@pytest.mark.parametrize("sign", SIGNS)
def test_a_text_of_twice_the_length_is_checked_with_at_most_three_times_the_work(sign):
    first, short, long = (make_content(dosage=(sign * size)[:size]) for size in (700, 1_500, 3_000))
    check(first)  # what is made once is made
    usual = calls(lambda: check(make_content(dosage="Another word.")))
    assert calls(lambda: check(long)) - usual < 3 * max(calls(lambda: check(short)) - usual, 1_000)


def test_a_text_is_parsed_once_for_its_page_its_words_and_every_check(monkeypatch):
    parsed = []
    parse = parser._READER.parse
    monkeypatch.setattr(parser._READER, "parse", lambda source, *rest: parsed.append(source) or parse(source, *rest))
    body = "Take 5 mg, as nobody else has written it.\n\n- with water"
    render(body)
    plain(body, language="ar")
    check(make_content(dosage=body))
    assert parsed.count(body) == 1


def test_the_passages_of_a_leaflet_are_read_once_for_every_check():
    content = make_content(dosage="Take 7 mg where no other test has it.")
    for _turn in ("all of it", "title and sources, as the parts were seen before"):
        readings = [cache.cache_info().misses for cache in (passages.passages, dose_words.dose_texts)]
        check(content)
        after = [cache.cache_info().misses for cache in (passages.passages, dose_words.dose_texts)]
        assert [now - before for now, before in zip(after, readings, strict=True)] == [1, 1]

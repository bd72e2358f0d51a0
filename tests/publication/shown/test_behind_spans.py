"""From when until when a part is behind, worked out of two timelines: which spans there are, and which are one."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from monographs.publication.relatives import written
from monographs.publication.shown.behind import (
    KEY_FACTS,
    NOT_SHOWN,
    TITLE,
    _Shown,
    _Source,
    _Texts,
    _worked_out,
    behind_at,
    behind_since,
    parts_that_differ,
)
from tests.makers import make_content

NOON = dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC)


def at(hour: int) -> dt.datetime:
    return NOON + dt.timedelta(hours=hour)


class Texts:
    """The source's revisions are numbers here, and each says another dose than all others."""

    def numbered(self, _source, number):
        return number

    def that_differ(self, before, shown):
        if before is None or shown is None:
            return (NOT_SHOWN,)
        return () if before == shown else ("dosage",)


def rows(*timeline, since: int, until: int = 90, as_of: int | None = None, revision: int | None = 7):
    """Of what is shown from ``since`` until ``until``, beside (revision, from, until) of the source; in hours."""
    shown = _Shown(1, 2, revision, as_of, at(since), at(until), [])
    sources = [_Source(number, at(starts), at(ends)) for number, starts, ends in timeline]
    instants = {written(at(hour)): hour for hour in range(-1, 100)}
    return [(part, instants[starts], instants[ends]) for part, starts, ends in _worked_out(shown, sources, Texts())]


def test_a_translation_is_behind_what_its_source_says_now_and_not_before_it_is_shown_itself():
    timeline = [(1, 0, 5), (2, 5, 90)]
    assert rows(*timeline, since=2, as_of=1) == [("dosage", 5, 90)]
    assert rows(*timeline, since=7, as_of=1) == [("dosage", 7, 90)]
    assert rows(*timeline, since=7, until=9, as_of=1) == [("dosage", 7, 9)]
    assert rows(*timeline, since=7, as_of=2) == []


def test_what_goes_on_without_a_pause_is_one_and_what_was_right_meanwhile_is_two():
    assert rows((1, 0, 5), (2, 5, 6), (3, 6, 8), since=2, as_of=1) == [("dosage", 5, 8)]
    assert rows((1, 0, 5), (2, 5, 6), (1, 6, 8), (3, 8, 9), since=2, as_of=1) == [("dosage", 5, 6), ("dosage", 8, 9)]


def test_a_source_that_is_withdrawn_is_another_thing_than_a_part_that_changed():
    timeline = [(1, 0, 5), (2, 5, 6), (None, 6, 8), (2, 8, 9)]
    assert rows(*timeline, since=2, as_of=1) == [("dosage", 5, 6), ("dosage", 8, 9), (NOT_SHOWN, 6, 8)]


def test_an_easy_read_one_is_as_of_what_the_full_one_shows_at_its_release():
    timeline = [(1, 0, 5), (2, 5, 90)]
    assert rows(*timeline, since=4) == [("dosage", 5, 90)]
    assert rows(*timeline, since=5) == []  # both at the same instant
    assert rows(*timeline, since=6) == []
    assert rows((1, 0, 5), (2, 5, 8), (3, 8, 90), since=5) == [("dosage", 8, 90)]


@pytest.mark.parametrize("timeline", [[], [(1, 3, 90)], [(None, 0, 5), (1, 5, 90)]])
def test_one_that_was_released_without_a_full_one_is_behind_nothing(timeline):
    assert rows(*timeline, since=2) == []


def test_a_notice_in_place_of_an_easy_read_one_is_behind_nothing():
    assert rows((1, 0, 5), (2, 5, 90), since=2, revision=None) == []


def test_a_text_that_is_not_there_is_not_shown_and_compared_with_nothing():
    texts = _Texts([], {})
    assert texts.that_differ(None, 5) == texts.that_differ(5, None) == (NOT_SHOWN,)
    assert texts.that_differ(5, 5) == ()


def test_both_at_the_same_instant_leave_no_span_without_an_end():
    assert rows((1, 0, 5), (2, 5, 90), since=5, as_of=2) == []
    assert rows((1, 0, 5), (2, 5, 90), since=2, until=5, as_of=1) == []


def test_a_part_is_behind_from_its_instant_until_the_next_and_no_longer():
    spans = [["dosage", written(at(1)), written(at(5))], ["title", written(at(3)), written(at(9))]]
    parts = {hour: behind_at(spans, at(hour)) for hour in (0, 1, 3, 5, 9)}
    assert parts == {0: (), 1: ("dosage",), 3: ("dosage", "title"), 5: ("title",), 9: ()}
    assert [behind_since(spans, at(hour)) for hour in (0, 4, 6, 9)] == [None, at(1), at(3), None]
    assert (behind_at(None, timezone.now()), behind_since(None, timezone.now())) == ((), None)


def test_parts_are_told_in_the_order_of_the_new_text_and_what_is_gone_comes_last():
    before = make_content()
    first, *others, last = before.sections
    gone = replace(last, body="", is_not_applicable=True, reason="Not for this medicine.")
    sections = (replace(first, heading="Another heading"), *others, gone)
    after = replace(before, title="Another", key_facts=before.key_facts[::-1], sections=sections)
    assert parts_that_differ(before, after) == (TITLE, KEY_FACTS, first.key, last.key)
    assert parts_that_differ(after, after) == ()
    assert parts_that_differ(after, replace(after, sections=(*sections[:-1], replace(gone, heading="Other")))) == ()
    assert parts_that_differ(before, replace(before, sources=(), next_review_on="")) == ()

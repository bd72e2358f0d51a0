"""A review date that is past or absurdly far is told while the leaflet is written, not at publishing."""

import datetime as dt

import pytest
from django.utils import timezone

from monographs.leaflets.drafts import content_of
from monographs.quality.findings import Severity
from monographs.quality.gate import findings_for
from monographs.quality.rules import blocking, check
from monographs.refusals import Unacceptable
from monographs.review.actions import submit
from tests.makers import make_content, make_leaflet
from tests.people import make_person


def found(day: dt.date) -> list[tuple[str, Severity]]:
    content = make_content(next_review_on=day.isoformat())
    return [(one.rule, one.severity) for one in findings_for(content) if one.place == "next_review_on"]


@pytest.mark.parametrize("days", [-10_000, -1, 0])
def test_a_review_that_has_passed_blocks(db, days):
    assert found(timezone.localdate() + dt.timedelta(days=days)) == [("next-review-passed", Severity.BLOCKS)]


@pytest.mark.parametrize("days", [1, 400, 5 * 365])
def test_a_day_to_come_is_taken(db, days):
    assert found(timezone.localdate() + dt.timedelta(days=days)) == []


@pytest.mark.parametrize("years", [6, 180])
def test_a_review_that_is_years_away_warns(db, years):
    assert found(dt.date(timezone.localdate().year + years, 1, 1)) == [("next-review-far", Severity.WARNS)]


def test_today_is_that_of_the_site(db, monkeypatch, settings):
    late = dt.datetime(2028, 6, 1, 23, 30, tzinfo=dt.UTC)  # the second of June in London
    monkeypatch.setattr(timezone, "now", lambda: late)
    assert found(dt.date(2028, 6, 2)) == [("next-review-passed", Severity.BLOCKS)]
    assert found(dt.date(2028, 6, 3)) == []


def test_the_author_is_told_the_day_in_words_and_cannot_submit(db):
    leaflet = make_leaflet(next_review_on="2020-06-01")
    (finding,) = blocking(findings_for(content_of(leaflet)))
    assert finding.message == "The next review, 1 June 2020, is not a day to come."
    with pytest.raises(Unacceptable):
        submit(leaflet, by=make_person("ana"))


def test_a_date_with_two_readings_is_told_with_what_to_type_and_nothing_else():
    [finding] = check(make_content(next_review_on="1/6/2028"))
    assert "2028-06-01 or 2028-01-06" in finding.message
    assert (finding.excerpt, finding.instead) == ("1/6/2028", "")

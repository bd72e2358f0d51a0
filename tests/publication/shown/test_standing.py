"""Where a leaflet stands is written down by the clock when a release or an expiry has come, and never before."""

import datetime as dt

import pytest
from django.utils import timezone

from monographs.leaflets.standing import EXPIRY, NO_CHANGE, VERSION, Standing
from monographs.publication.actions import publish
from monographs.publication.shown.standing import catch_up, outdated, worked_out
from tests.makers import change_leaflet, make_approved

pytestmark = pytest.mark.django_db
DAY, TICK = dt.timedelta(days=1), dt.timedelta(microseconds=1)


@pytest.fixture
def release(priya):
    """From tomorrow on, for nine days."""
    now = timezone.now()
    return publish(make_approved(), by=priya, change_note="First.", effective_from=now + DAY, expires_at=now + 10 * DAY)


def stands() -> tuple[str, str, dt.datetime]:
    row = Standing.objects.get()
    return row.shown, row.coming_digest, row.holds_until


def test_it_is_outdated_from_the_very_instant_on(release):
    assert not outdated(release.effective_from - TICK).exists()
    assert outdated(release.effective_from).exists()


def test_what_comes_first_and_what_after_it_is_written_down_in_its_turn(release, monkeypatch):
    end = release.effective_from + 9 * DAY
    assert stands() == ("", release.digest, release.effective_from)
    seen = []
    for instant in (release.effective_from, end + DAY):
        monkeypatch.setattr(timezone, "now", lambda instant=instant: instant)
        assert catch_up(at=instant) == 1
        assert catch_up(at=instant) == 0
        seen.append(stands())
    assert [(shown, coming) for shown, coming, _until in seen] == [(VERSION, ""), (EXPIRY, "")]
    assert seen[1][2] == NO_CHANGE


def test_what_is_scheduled_is_named_although_an_expiry_comes_before_it(priya):
    now = timezone.now()
    first = publish(make_approved(), by=priya, change_note="For now.", expires_at=now + DAY)
    review = make_approved(change_leaflet(first.leaflet, dosage="Take 6mg once a day."))
    second = publish(review, by=priya, change_note="Dose.", effective_from=now + 5 * DAY)
    assert stands() == (VERSION, second.digest, now + DAY)


def test_what_is_still_to_come_is_never_written_down_as_if_it_were_here(release):
    before = stands()
    assert catch_up(at=release.effective_from + DAY) == 0
    assert stands() == before


def test_a_row_that_the_clock_has_not_come_to_yet_is_no_wrong_one(release):
    """It is worked out for the last instant at which it held."""
    for at in (release.effective_from - TICK, release.effective_from, release.effective_from + DAY):
        row = worked_out(at).get()
        assert (row.must_shown, row.must_coming_digest) == (row.shown, row.coming_digest) == ("", release.digest)
        assert row.must_holds_until == row.holds_until

"""Where a leaflet stands is looked up, and is what revisions, reviews and the timeline say, after every verb."""

import datetime as dt
import importlib
from collections.abc import Callable

import pytest
from django.apps import apps
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from monographs.admin.writing.leaflet_list import STANDS, standing_as, with_standing
from monographs.audit.verify import Altered
from monographs.leaflets.models import Leaflet
from monographs.leaflets.standing import COLUMNS, Standing
from monographs.operations.clock import tick
from monographs.operations.verify import check_history
from monographs.operations.verify.derived import check_standing, check_standing_as_shown
from monographs.publication import recalls
from monographs.publication.actions import cancel_release, publish, release_in_emergency, withdraw
from monographs.publication.models import Publication
from monographs.publication.shown.showings import rewrite_all_showings
from monographs.refusals import Refused
from monographs.review.actions import submit
from monographs.review.models import Review
from monographs.review.standing import rewrite_standings, worked_out
from monographs.revisions.actions import newest_revision, restore_revision
from monographs.revisions.models import Revision
from tests.admin.writing.definition import stands_by_definition
from tests.makers import change_leaflet, make_approved, make_leaflet, make_medicine, make_published, sign
from tests.people import make_person

NUMBERS = iter(range(10, 1_000_000))
DAY = dt.timedelta(days=1)
DAWN = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def _review(leaflet: Leaflet) -> Review:
    review = Review.objects.filter(leaflet=leaflet).active_first().first()
    if not review:
        raise Refused("There is none.")
    return review


def _pending(leaflet: Leaflet) -> Publication:
    publication = Publication.objects.pending(timezone.now()).filter(leaflet=leaflet).first()
    if not publication:
        raise Refused("There is none.")
    return publication


def _publish(leaflet: Leaflet, **when) -> None:
    publish(_review(leaflet), by=make_person("priya"), change_note="New.", **when)


VERBS: dict[str, Callable[[Leaflet], object]] = {
    "save": lambda one: change_leaflet(one, dosage=f"Take {next(NUMBERS)}mg."),
    "save as bruno": lambda one: change_leaflet(one, dosage=f"Take {next(NUMBERS)}mg.", by=make_person("ana2")),
    "restore": lambda one: restore_revision(Revision.objects.get(leaflet=one, number=1), by=make_person("ana")),
    "submit": lambda one: submit(one, by=make_person("ana")),
    "approve": lambda one: sign(_review(one)),
    "recall": lambda one: recalls.recall(_review(one), by=make_person("ana")),
    "send back": lambda one: recalls.send_back(_review(one), by=make_person("bruno"), reason="The dose."),
    "publish": _publish,
    "schedule": lambda one: _publish(one, effective_from=timezone.now() + DAY),
    "publish for a time": lambda one: _publish(one, expires_at=timezone.now() + DAY),
    "cancel": lambda one: cancel_release(_pending(one), by=make_person("priya")),
    "withdraw": lambda one: withdraw(one, by=make_person("priya"), notice="Ask us.", why="Wrong."),
    "emergency": lambda one: release_in_emergency(
        one, by=make_person("priya"), reason="Harm.", change_note="The dose."
    ),
}


def assert_looked_up_is_worked_out() -> None:
    there = {row.pk: row for row in Standing.objects.all()}
    for must in worked_out(Leaflet.objects.all()):
        for name in COLUMNS:
            assert getattr(there[must.pk], name) == getattr(must, name), name
    for leaflet in with_standing(Leaflet.objects.all()):
        assert leaflet.stands == stands_by_definition(leaflet)
        newest, live = newest_revision(leaflet), Publication.objects.live(timezone.now()).filter(leaflet=leaflet)
        assert leaflet.writer_id == (newest.by_id if newest else None)
        assert leaflet.writer == (newest.by.name if newest else None)
        assert leaflet.live_major == live.values_list("major", flat=True).first()
        shown = live.first()
        assert leaflet.due_on == (shown.next_review_on if shown else leaflet.next_review_on)


def assert_filters_find_what_stands_so() -> None:
    stands = {leaflet.pk: leaflet.stands for leaflet in with_standing(Leaflet.objects.all())}
    for state in STANDS:
        found = set(Leaflet.objects.filter(standing_as(state)).values_list("pk", flat=True))
        assert found == {pk for pk, its in stands.items() if its == state}, state


class AfterEveryVerb(TestCase):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(verbs=st.lists(st.sampled_from(sorted(VERBS)), min_size=4, max_size=12))
    def test_it_is_what_follows(self, verbs):
        make_person("ana2", role="Author")
        leaflet, other = make_leaflet(), make_leaflet("Othermol")
        for name in ["submit", "approve", *verbs]:
            try:
                VERBS[name](leaflet)
            except Refused:
                continue
            except AssertionError:  # the text is there already
                continue
            leaflet.refresh_from_db()
            assert_looked_up_is_worked_out()
            assert_filters_find_what_stands_so()
            check_standing(leaflet.pk)
            check_standing_as_shown(leaflet.pk)
        assert other.standing.review_state == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "wrong"),
    [("number", 7), ("digest", "0" * 64), ("saved_at", None), ("review_state", "approved"), ("is_with_author", True)],
)
def test_a_row_that_does_not_follow_is_found_and_made_right(column, wrong):
    leaflet = make_published().leaflet
    for _head in check_history():
        pass
    Standing.objects.filter(leaflet=leaflet).update(**{column: wrong})
    with pytest.raises(Altered, match="monographs_standing"):
        for _head in check_history():
            pass
    rewrite_standings()
    assert_looked_up_is_worked_out()


@pytest.mark.django_db
def test_a_missing_row_is_found():
    Standing.objects.filter(leaflet=make_leaflet()).delete()
    with pytest.raises(Altered, match="monographs_standing"):
        for _head in check_history():
            pass


@pytest.mark.django_db
def test_the_migration_fills_in_what_is_there(db):
    make_published(make_leaflet("Oldmol"))
    make_leaflet("Draftmol")
    rows = sorted(Standing.objects.values_list("pk", *COLUMNS))
    Standing.objects.all().delete()
    migration = importlib.import_module("monographs.migrations.0020_standing_filled")
    migration.fill(apps, None)
    rewrite_standings()  # as after every migration: some columns are younger than this one
    assert sorted(Standing.objects.values_list("pk", *COLUMNS)) == rows


@pytest.mark.django_db
def test_many_leaflets_are_listed_with_no_more_queries_than_one(client_of, ana, django_assert_num_queries):
    make_published()
    url = "/admin/monographs/leaflet/"
    client = client_of(ana)
    client.get(url)
    with django_assert_num_queries(10):
        client.get(url)
    for number in range(5):
        make_published(medicine=f"Published {number}")
    make_leaflet("Empty", by=ana)
    make_medicine("Nothing")
    with django_assert_num_queries(10):
        assert client.get(url).status_code == 200


@pytest.mark.django_db
def test_a_filter_knows_what_time_has_changed_before_the_clock_has_written_it_down(monkeypatch, priya):
    soon = timezone.now() + DAY
    coming = make_approved(medicine="Comingmol")
    publish(coming, by=priya, change_note="First.", effective_from=soon)
    ending = make_approved(medicine="Endingmol")
    publish(ending, by=priya, change_note="First.", expires_at=soon)
    make_published(make_leaflet("Othermol"))

    def standing() -> dict[str, str]:
        return dict(Standing.objects.values_list("leaflet__title", "stands"))

    assert standing() == {"Comingmol": "scheduled", "Endingmol": "published", "Othermol": "published"}
    assert_filters_find_what_stands_so()
    monkeypatch.setattr(timezone, "now", lambda: soon + DAY)
    assert standing() == {"Comingmol": "scheduled", "Endingmol": "published", "Othermol": "published"}
    assert_filters_find_what_stands_so()
    check_standing_as_shown(coming.leaflet_id)  # behind the time, not wrong
    assert any("where 2 leaflets stand" in line for line in tick())
    assert standing() == {"Comingmol": "published", "Endingmol": "expired", "Othermol": "published"}
    assert_filters_find_what_stands_so()
    assert not any("stand" in line for line in tick())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "wrong"), [("shown", ""), ("shown_digest", "0"), ("shown_review_on", None), ("holds_until", DAWN)]
)
def test_a_row_that_does_not_say_what_is_shown_is_found_and_made_right(column, wrong):
    leaflet = make_published().leaflet
    check_standing_as_shown(leaflet.pk)
    Standing.objects.filter(leaflet=leaflet).update(**{column: wrong})
    with pytest.raises(Altered, match="monographs_standing"):
        check_standing_as_shown(leaflet.pk)
    for _done in rewrite_all_showings():
        pass
    check_standing_as_shown(leaflet.pk)

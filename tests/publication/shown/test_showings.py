"""What patients see is looked up: its rows follow from the timeline after every verb; the database keeps them so."""

import datetime as dt
import importlib

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monographs.audit.record import record
from monographs.audit.verify import Altered
from monographs.leaflets.standing import Standing
from monographs.operations.database.needs import complete
from monographs.operations.database.worked_out import WorkedOut
from monographs.operations.verify import check_history
from monographs.prepared import PreparedInsert
from monographs.publication import recalls
from monographs.publication.actions import cancel_release, publish, release_in_emergency, withdraw
from monographs.publication.found.passages import Passage, wanted
from monographs.publication.models import Cancellation, Kind, Publication
from monographs.publication.shown.showings import (
    FOREVER,
    Showing,
    rewrite_all_showings,
    rewrite_showings,
)
from monographs.refusals import Conflict
from monographs.review import actions as review_actions
from monographs.review.models import Decision, Review
from tests.makers import change_leaflet, make_approved, make_published, sign
from tests.people import make_person
from tests.publication.timeline import (
    assert_looked_up_is_worked_out,
    assert_same_at,
    interesting_instants,
    rows_by_definition,
    rows_there,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def make_scheduled(leaflet=None, *, days: int = 1, until: int | None = None, **fields) -> Publication:
    now = timezone.now()
    return publish(
        make_approved(leaflet, **fields),
        by=make_person("priya"),
        change_note="From then on.",
        effective_from=now + days * DAY,
        expires_at=now + until * DAY if until else None,
    )


def make_next(leaflet, dose: int = 6) -> Publication:
    return make_published(change_leaflet(leaflet, dosage=f"Take {dose}mg once a day."), change_note="The dose.")


def rows_of(leaflet) -> list[tuple]:
    rows = Showing.objects.filter(leaflet=leaflet).order_by("starts_at", "pk")
    return list(rows.values_list("publication_id", "starts_at", "ends_at"))


def test_each_version_is_shown_until_the_next(priya):
    first = make_published()
    second = make_next(first.leaflet)
    notice = withdraw(first.leaflet, by=priya, notice="Ask us.", why="Wrong.")
    make_published(medicine="Othermol")
    assert rows_of(first.leaflet) == [
        (first.pk, first.effective_from, second.effective_from),
        (second.pk, second.effective_from, notice.effective_from),
        (notice.pk, notice.effective_from, FOREVER),
    ]
    assert_looked_up_is_worked_out()


def test_what_was_shown_ended_at_its_very_instant_and_before_it_nobody_is_told_that_it_will():
    first = make_published()
    second = make_next(first.leaflet)
    row = Showing.objects.get(publication=first)
    assert row.until(second.effective_from) == second.effective_from
    assert row.until(second.effective_from - dt.timedelta(microseconds=1)) is None


def test_rows_of_the_future_are_there_before_their_time():
    publication = make_scheduled(until=10)
    expiry = Publication.objects.get(kind=Kind.EXPIRY)
    assert rows_of(publication.leaflet) == [
        (publication.pk, publication.effective_from, expiry.effective_from),
        (expiry.pk, expiry.effective_from, FOREVER),
    ]
    assert Showing.objects.pending(timezone.now()).count() == 2
    assert not Showing.objects.at(timezone.now()).exists()
    for instant in interesting_instants():
        assert_same_at(instant)


def test_of_two_rows_of_one_instant_the_first_is_never_found_but_listed(priya, monkeypatch):
    review, now = make_approved(), timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    first = publish(review, by=priya, change_note="First version.")
    notice = withdraw(first.leaflet, by=priya, notice="Being checked.", why="A wrong dose.")
    assert rows_of(first.leaflet) == [(first.pk, now, now), (notice.pk, now, FOREVER)]
    assert Showing.objects.at(now).get().publication == notice
    assert set(Showing.objects.up_to(now).values_list("pk", flat=True)) == {first.pk, notice.pk}
    assert_looked_up_is_worked_out()


def test_a_notice_keeps_the_title_of_the_version_before(priya):
    first = make_published(title="Testamol tablets")
    second = make_published(change_leaflet(first.leaflet, title="Testamol"), change_note="Title.")
    notice = withdraw(first.leaflet, by=priya, notice="Ask us.", why="Wrong.")
    titles = dict(Showing.objects.values_list("publication", "title"))
    assert titles == {first.pk: "Testamol tablets", second.pk: "Testamol", notice.pk: "Testamol"}


def test_a_notice_takes_another_title_when_the_version_before_it_is_called_off(priya):
    first = make_scheduled(days=1, title="Testamol tablets")
    now = timezone.now()
    review = make_approved(change_leaflet(first.leaflet, title="Testamol"))
    rows = [
        Publication(
            leaflet=first.leaflet, review=review, kind=Kind.EXPIRY, effective_from=now + 9 * DAY, at=now, notice="Over."
        )
    ]
    Publication.objects.bulk_create(rows)
    rewrite_showings(first.leaflet)
    assert_looked_up_is_worked_out()
    cancel_release(first, by=priya)
    assert Showing.objects.get().title == ""
    assert_looked_up_is_worked_out()


VERBS = {
    "cancel": lambda release: cancel_release(release, by=make_person("priya")),
    "recall": lambda release: recalls.recall(release.review, by=make_person("ana")),
    "send back": lambda release: recalls.send_back(release.review, by=make_person("bruno"), reason="The dose."),
    "publish another": lambda release: make_next(release.leaflet, 8),
    "withdraw": lambda release: withdraw(release.leaflet, by=make_person("priya"), notice="Ask us.", why="Wrong."),
    "release in an emergency": lambda release: release_in_emergency(
        change_leaflet(release.leaflet, dosage="Take 3mg."),
        by=make_person("priya"),
        reason="Harm.",
        change_note="Dose.",
    ),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_scheduled_release_that_is_called_off_or_void_loses_its_rows_and_gives_its_time_back(verb):
    first = make_published()
    release = make_scheduled(change_leaflet(first.leaflet, dosage="Take 6mg once a day."), until=10)
    assert Showing.objects.filter(publication__review=release.review).count() == 2
    VERBS[verb](release)
    assert not Showing.objects.filter(publication__review=release.review).exists()
    assert Showing.objects.filter(leaflet=first.leaflet, ends_at=FOREVER).count() == 1
    assert_looked_up_is_worked_out()
    wanted_now = set(wanted(timezone.now()).values_list("pk", flat=True))
    assert set(Passage.objects.values_list("publication", flat=True)) == wanted_now
    for instant in interesting_instants():
        assert_same_at(instant)


def test_a_calling_off_that_is_refused_changes_no_row(ana):
    release = make_scheduled(until=10)
    before = rows_there()
    with pytest.raises(Exception, match="Say why"):
        recalls.send_back(release.review, by=make_person("bruno"), reason=" ")
    with pytest.raises(Conflict):
        cancel_release(make_published(medicine="Othermol"), by=make_person("priya"))
    assert [row for row in rows_there() if row[1] == release.leaflet_id] == before


def test_an_expiry_that_a_later_decision_overtakes_loses_its_row_and_has_it_again_when_that_is_called_off(priya):
    first = publish(make_approved(), by=priya, change_note="For now.", expires_at=timezone.now() + 10 * DAY)
    expiry = Publication.objects.get(kind=Kind.EXPIRY)
    second = make_scheduled(change_leaflet(first.leaflet, dosage="Take 6mg once a day."), days=5)
    assert not Showing.objects.filter(publication=expiry).exists()
    cancel_release(second, by=priya)
    assert Showing.objects.filter(publication=expiry).exists()
    assert_looked_up_is_worked_out()


@pytest.mark.parametrize(
    "verb",
    [
        lambda review: review_actions.recall(review, by=make_person("ana")),
        lambda review: review_actions.send_back(review, by=make_person("bruno"), reason="The dose."),
    ],
)
def test_the_verbs_of_the_review_alone_take_no_scheduled_release_back(verb):
    release = make_scheduled()
    before = rows_there()
    with pytest.raises(Conflict, match="scheduled already"):
        verb(release.review)
    assert rows_there() == before
    assert_looked_up_is_worked_out()


def test_the_database_takes_no_decision_that_leaves_rows_of_a_void_release(ana):
    release = make_scheduled()
    with pytest.raises(DatabaseError, match="taken out of what is shown first"), transaction.atomic():
        review_actions.recall(release.review, by=ana, even_scheduled=True)
    with pytest.raises(DatabaseError, match="taken out of what is shown first"), transaction.atomic():
        Decision.objects.create(review=release.review, outcome="recalled", by=ana, digest=release.digest)
    assert_looked_up_is_worked_out()


def test_the_database_takes_no_cancellation_that_leaves_the_row_of_what_is_called_off():
    release = make_scheduled()
    record("leaflet.release-cancelled", by=None, about=release, subject=release.leaflet)
    with pytest.raises(DatabaseError, match="taken out of what is shown first"), transaction.atomic():
        Cancellation(publication=release, why="Oops.").save()
    assert_looked_up_is_worked_out()


def put_right(row: Showing) -> None:
    Showing.objects.filter(pk=row.pk).delete()
    row.save(force_insert=True)


def alter(row: Showing) -> None:
    row.save(force_update=True)


@pytest.mark.parametrize("door", [put_right, alter])
@pytest.mark.parametrize(
    "change",
    [
        lambda row, other: {"leaflet_id": other.leaflet_id},
        lambda row, other: {"publication_id": other.publication_id},
        lambda row, other: {"starts_at": row.starts_at - DAY},
        lambda row, other: {"starts_at": row.starts_at + dt.timedelta(microseconds=1)},
        lambda row, other: {"ends_at": row.ends_at + dt.timedelta(microseconds=1)},
        lambda row, other: {"ends_at": FOREVER},
    ],
    ids=["another leaflet's", "another's publication", "earlier", "later", "into the next", "for ever"],
)
def test_the_database_keeps_no_row_that_shows_what_is_not_to_be_shown_then(priya, door, change):
    first = make_published()
    make_next(first.leaflet)
    other = Showing.objects.get(publication=make_published(medicine="Othermol"))
    row = Showing.objects.get(publication=first)
    changed = change(row, other)
    if "publication_id" in changed:
        Showing.objects.filter(pk=other.pk).delete()
    for name, value in changed.items():
        setattr(row, name, value)
    with pytest.raises(DatabaseError), transaction.atomic():
        door(row)


@pytest.mark.parametrize("verb", ["cancel", "recall"])
def test_the_database_takes_no_row_of_what_was_called_off_or_is_void(verb):
    release = make_scheduled()
    row = Showing.objects.get()
    VERBS[verb](release)
    with pytest.raises(DatabaseError, match="not what the leaflet shows"), transaction.atomic():
        row.save(force_insert=True)


def test_a_withdrawn_text_does_not_come_back_by_the_rows_that_are_looked_up(priya):
    first = make_published()
    withdraw(first.leaflet, by=priya, notice="Ask us.", why="Wrong.")
    Showing.objects.exclude(publication=first).delete()
    with pytest.raises(DatabaseError, match="not what the leaflet shows"), transaction.atomic():
        Showing.objects.update(ends_at=FOREVER)
    assert not Showing.objects.at(timezone.now()).exists()
    rewrite_showings(first.leaflet)
    assert_looked_up_is_worked_out()


def test_only_what_differs_is_written(priya, monkeypatch):
    leaflet = make_published().leaflet
    for dose in range(6, 9):
        make_next(leaflet, dose)
    with CaptureQueriesContext(connection) as nothing:
        rewrite_showings(leaflet)
    last = Showing.objects.get(ends_at=FOREVER)
    written = []
    write_all = PreparedInsert.write_all

    def seen(statement, rows):
        written.extend(row.pk for row in rows if isinstance(row, Showing))
        return write_all(statement, rows)

    monkeypatch.setattr(PreparedInsert, "write_all", seen)
    with CaptureQueriesContext(connection) as withdrawing:
        notice = withdraw(leaflet, by=priya, notice="Ask us.", why="Wrong.")
    assert [sql.split()[0] for sql in statements(nothing)] == ["SELECT", "UPDATE"]  # the last is for lists
    assert len([sql for sql in statements(withdrawing) if sql.startswith(WRITES_SHOWINGS)]) == 1
    assert written == [last.pk, notice.pk]


WRITES_SHOWINGS = tuple(f'{verb} "monographs_showing"' for verb in ("UPDATE", "INSERT INTO", "DELETE FROM"))


def statements(context: CaptureQueriesContext) -> list[str]:
    """Without those that begin and end a transaction, or wait for the ledger."""
    words = [query["sql"] for query in context.captured_queries]
    return [sql for sql in words if '"monographs' in sql]


def test_all_rows_are_made_anew_where_they_are_wrong(behind_the_back):
    for number in range(3):
        leaflet = make_published(medicine=f"Medol {number}").leaflet
        make_next(leaflet)
    right, now = rows_there(), timezone.now()
    cancelled = make_scheduled(leaflet=change_leaflet(leaflet, dosage="Take 1mg."), days=3)
    gone = Showing.objects.get(publication=cancelled)
    cancel_release(cancelled, by=make_person("priya"))
    with behind_the_back():
        gone.save(force_insert=True)
        Showing.objects.filter(pk=right[0][0]).delete()
        Showing.objects.filter(pk=right[1][0]).update(title="Another")
        Showing.objects.filter(pk=right[2][0]).update(ends_at=now + 3 * DAY)
    assert rows_there() != right
    assert list(rewrite_all_showings()) == [3]
    assert rows_there() == right == rows_by_definition()


def test_the_migration_writes_the_same_rows_and_instants_of_approval(priya, behind_the_back):
    first = publish(make_approved(), by=priya, change_note="For now.", expires_at=timezone.now() + 10 * DAY)
    make_scheduled(change_leaflet(first.leaflet, dosage="Take 6mg once a day."), days=5)
    cancel_release(make_scheduled(medicine="Medol"), by=priya)
    recalls.recall(make_scheduled(medicine="Othermol").review, by=make_person("ana"))
    withdraw(make_published(medicine="Lastmol").leaflet, by=priya, notice="Ask us.", why="Wrong.")
    emergency = make_published(medicine="Rushmol").leaflet
    release_in_emergency(
        change_leaflet(emergency, dosage="Take 1mg."), by=priya, reason="Harm.", change_note="The dose."
    )
    rows, approvals = rows_there(), dict(Review.objects.values_list("pk", "approved_at"))
    assert None in approvals.values()
    Showing.objects.all().delete()
    Review.objects.update(approved_at=None)
    migration = importlib.import_module("monographs.migrations.0014_showings_filled")
    migration.note_approvals(apps, None)
    migration.fill(apps, None)
    assert rows_there() == rows
    assert dict(Review.objects.values_list("pk", "approved_at")) == approvals


def test_an_emergency_release_has_an_instant_of_approval_once_it_is_approved(priya):
    leaflet = change_leaflet(make_published().leaflet, dosage="Take 4mg once a day.")
    release = release_in_emergency(leaflet, by=priya, reason="A recall.", change_note="The dose.")
    release.review.refresh_from_db()
    assert release.review.approved_at is None
    decision = sign(release.review, seen=(release.review.base_id, release.revision_id))
    release.review.refresh_from_db()
    assert release.review.approved_at == decision.at


def problem_found() -> str:
    with pytest.raises(Altered) as error:
        list(check_history())
    return str(error.value)


@pytest.mark.parametrize("column", ["title", "starts_at", "ends_at", "leaflet"])
@pytest.mark.parametrize("which", ["first", "last"])
def test_verify_history_names_the_first_row_that_differs(behind_the_back, column, which):
    leaflet = make_published().leaflet
    make_next(leaflet)
    other = make_published(medicine="Othermol").leaflet
    row = getattr(Showing.objects.filter(leaflet=leaflet).order_by("starts_at"), which)()
    changed = {
        "title": "Another", "starts_at": row.starts_at - DAY, "ends_at": row.ends_at - dt.timedelta(microseconds=1),
        "leaflet": other,
    }  # fmt: skip
    list(check_history())
    with behind_the_back():
        Showing.objects.filter(pk=row.pk).update(**{column: changed[column]})
    assert problem_found().startswith(f"monographs_showing, row {row.pk}: ")


def test_verify_history_names_a_row_that_is_missing_and_one_too_many(behind_the_back):
    leaflet = make_published().leaflet
    release = make_scheduled(change_leaflet(leaflet, dosage="Take 6mg once a day."))
    row = Showing.objects.get(publication=release)
    Showing.objects.filter(pk=row.pk).delete()
    assert problem_found() == f"monographs_showing, row {row.pk}: this publication is valid, but not looked up."
    rewrite_showings(leaflet)
    cancel_release(release, by=make_person("priya"))
    list(check_history())
    with behind_the_back():
        row.save(force_insert=True)
    assert problem_found().startswith(f"monographs_showing, row {row.pk}: this publication is not valid")


def test_verify_history_finds_another_instant_of_approval(behind_the_back):
    review = make_published().review
    Review.objects.filter(pk=review.pk).update(approved_at=timezone.now())
    assert problem_found().startswith(f"monographs_review, row {review.pk}: the instant of its approval is ")


def test_what_an_older_program_published_while_the_migrations_ran_is_looked_up_after_them():
    """It writes the timeline and none of the rows that follow from it."""
    publication = make_published()
    Showing.objects.all().delete()
    Standing.objects.all().delete()
    WorkedOut.objects.update(by="fewer migrations")
    complete(connection)
    assert Showing.objects.at(timezone.now()).get().publication == publication
    call_command("verify_history", quiet=True)

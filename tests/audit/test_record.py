import concurrent.futures
import contextlib
import datetime as dt
import functools
import itertools

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import get_language, override

from clinicinfo.postgresql.patience import PatientConnection
from monographs.audit.chain import GENESIS
from monographs.audit.context import current_address
from monographs.audit.models import Entry
from monographs.audit.public_stamp import PublicStamp, read_stamp
from monographs.audit.record import act, lock_ledger, number_of_new, record
from monographs.comments.models import ReplyLabel
from monographs.leaflets.models import Leaflet
from monographs.medicines.models import Medicine
from monographs.prepared import PreparedInsert
from monographs.publication.actions import publish
from tests.makers import make_approved, make_comment, make_leaflet, make_medicine, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db


def test_entries_are_numbered_without_gaps_and_chained():
    make_published()
    entries = list(Entry.objects.order_by("position"))
    assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
    assert entries[0].previous_hash == GENESIS
    for before, after in zip(entries, entries[1:], strict=False):
        assert after.previous_hash == before.hash


def _other(value):
    if isinstance(value, bool) or value is None:
        return 1 if value is None else not value
    if isinstance(value, dt.datetime):
        return value + dt.timedelta(microseconds=1)
    return value + (1 if isinstance(value, int) else "x")


def test_hash_covers_every_column_that_says_something():
    make_leaflet()
    entry = Entry.objects.first()
    for field in Entry._meta.concrete_fields:
        if field.name in {"id", "hash"}:
            continue
        changed = Entry.objects.get(pk=entry.pk)
        setattr(changed, field.attname, _other(getattr(changed, field.attname)))
        assert changed.computed_hash() != entry.hash, field.name


def test_the_whole_history_of_a_leaflet_is_under_its_name():
    publication = make_published()
    make_leaflet("Othermol")
    verbs = [entry.verb for entry in Entry.objects.about(publication.leaflet)]
    assert verbs == ["leaflet.started", "revision.recorded", "review.submitted", "review.approved", "leaflet.published"]


def test_the_address_of_who_is_known_or_stands_at_the_staffs_door_is_kept_and_no_readers(ana):
    medicine, token = make_medicine(), current_address.set("192.0.2.7")
    try:
        kept = [
            record("medicine.changed", about=medicine, **by).address
            for by in ({"by": ana}, {"by": None, "keeps_address": True}, {"by": None})
        ]
    finally:
        current_address.reset(token)
    assert kept[:2] == ["192.0.2.7", "192.0.2.7"]
    assert kept[2] not in ("192.0.2.7", "")


def test_what_an_entry_names_is_short_and_in_the_sites_language(ana, settings, monkeypatch):
    monkeypatch.setattr(type(ana), "in_the_record", property(lambda _person: get_language()), raising=False)
    with override("ar"):
        assert record("staff.changed", by=ana, about=ana).about_label == settings.LANGUAGE_CODE
    for sign in "xé":
        monkeypatch.setattr(type(ana), "in_the_record", sign * 301, raising=False)
        assert record("staff.changed", by=ana, about=ana).about_label == sign * 299 + "…"
        monkeypatch.setattr(type(ana), "in_the_record", sign * 300, raising=False)
        assert record("staff.changed", by=ana, about=ana).about_label == sign * 300


def test_a_very_long_name_of_who_did_it_is_shortened_and_nobody_has_none(ana):
    medicine = make_medicine()
    ana.first_name, ana.last_name = "A" * 150, "B" * 150
    assert record("medicine.changed", by=ana, about=medicine).by_name == f"{'A' * 150} {'B' * 49}"
    assert record("medicine.changed", by=None, about=medicine).by_name == ""


def test_an_entry_is_in_effect_at_once_unless_it_says_when_and_of_its_subject_or_of_what_it_is_about(ana):
    medicine, later = make_medicine(), timezone.now() + dt.timedelta(days=1)
    now = record("medicine.changed", by=ana, about=medicine)
    assert (now.effective_at, now.subject) == (now.at, now.about)
    coming = record("medicine.changed", by=ana, about=medicine, subject=ana, effective_at=later)
    assert (coming.effective_at, coming.subject) == (later, f"staffmember/{ana.pk}")


def test_a_refused_act_leaves_no_entry(ana):
    leaflet = make_leaflet()
    count = Entry.objects.count()

    @act
    def fail():
        record("leaflet.started", by=ana, about=leaflet)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert Entry.objects.count() == count


def test_stamp_moves_with_what_the_public_sees_and_with_nothing_else():
    publication = make_published()
    stamp_then = read_stamp(timezone.now()).value.split("-")[0]
    make_medicine("Othermol")  # patients may look for it
    stamp = read_stamp(timezone.now()).value
    make_leaflet("Othermol")
    assert read_stamp(timezone.now()).value == stamp
    make_published(medicine="Thirdmol")
    assert read_stamp(timezone.now()).value != stamp
    assert read_stamp(publication.effective_from).value.split("-")[0] == stamp_then


def test_stamp_of_a_site_where_nothing_public_has_happened():
    """A new database has one public entry, of the clinic's first details: before it there was none."""
    first = Entry.objects.get()
    assert read_stamp(first.effective_at - dt.timedelta(seconds=1)) == PublicStamp("", first.effective_at)


def test_stamp_tells_when_the_next_scheduled_release_changes_it():
    soon = timezone.now() + dt.timedelta(hours=1)
    publish(make_approved(), by=make_person("priya"), change_note="First.", effective_from=soon)
    stamp = read_stamp(timezone.now())
    assert stamp.changes_at == soon
    then = read_stamp(soon)
    assert then.value != stamp.value
    assert then.changes_at is None


@act
def record_public(publication, *, at):
    return record("leaflet.published", by=None, about=publication, is_public=True, effective_at=at)


def test_stamp_moves_with_what_a_machine_wrote_whose_clock_is_behind():
    """The other machine's entry is not the newest by its instant, and never will be."""
    publication = make_published()
    now = timezone.now()
    before = read_stamp(now).value
    record_public(publication, at=publication.effective_from - dt.timedelta(seconds=2))
    assert read_stamp(now).value != before


def test_stamp_moves_with_what_a_machine_wrote_whose_clock_is_ahead():
    """A reply that it hid is hidden at once, whatever instant the entry names."""
    publication = make_published()
    now = timezone.now()
    before = read_stamp(now).value
    record_public(publication, at=now + dt.timedelta(seconds=5))
    assert read_stamp(now).value != before


def test_the_address_of_the_client_is_kept():
    token = current_address.set("192.0.2.7")
    make_leaflet()
    current_address.reset(token)
    assert Entry.objects.first().address == "192.0.2.7"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's transaction is its turn")
@pytest.mark.django_db(transaction=True)
def test_the_turn_to_write_comes_with_the_begin_of_its_transaction(monkeypatch):
    """One way to the database and back, and not one for each."""
    ways, own = [], PatientConnection.wait
    monkeypatch.setattr(PatientConnection, "wait", lambda self, *gen: ways.append(gen) or own(self, *gen))
    with transaction.atomic():
        ways.clear()
        lock_ledger()
        assert len(ways) == 1
        assert _advisory_locks() == 1
        lock_ledger()  # again: the transaction goes on
    assert _advisory_locks() == 0


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps what it was asked as it planned it first")
@pytest.mark.django_db(transaction=True)
def test_what_a_verb_asks_has_one_plan_from_the_first_time_on_and_nothing_else_has():
    assert act(_way_to_plan)() == "force_generic_plan"
    assert _way_to_plan() == "auto"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's transaction is its turn")
@pytest.mark.django_db(transaction=True)
def test_the_turn_brings_the_number_of_the_row_that_a_verb_adds():
    make_leaflet()
    before = Medicine.objects.latest("pk").pk
    first, second = _told_numbers(), _told_numbers()
    assert first == (before + 1, None)  # for the first who asks
    assert second == (before + 2, None)
    assert make_medicine("ibuprofen").pk > before + 2  # nobody else gets it
    assert number_of_new() is None
    assert act(number_of_new)() is None  # a verb that adds nothing


@act(adds=Medicine)
def _told_numbers():
    return number_of_new(), number_of_new()


def test_rows_beside_an_entry_are_written_with_it_or_not_at_all(ana):
    comment = make_comment(make_published())
    label = ReplyLabel(comment=comment, label="thanks", rule="a rule")
    ReplyLabel.objects.all().delete()
    act(record)("reply.noted", by=ana, about=comment, beside=[(PreparedInsert(ReplyLabel), [label])])
    assert ReplyLabel.objects.get().rule == "a rule"
    assert Entry.objects.latest("position").verb == "reply.noted"
    label = ReplyLabel(comment=comment, label=None, rule="another")
    with pytest.raises(IntegrityError), transaction.atomic():
        act(record)("reply.noted", by=ana, about=comment, beside=[(PreparedInsert(ReplyLabel), [label])])
    assert Entry.objects.filter(verb="reply.noted").count() == ReplyLabel.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's transaction is its turn")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("forgotten", ["ROLLBACK", "DEALLOCATE ALL"])
def test_the_turn_is_had_again_after_the_server_forgot_what_it_kept(forgotten):
    """It is asked by name; psycopg lets go of all names after either, and the server has none any more."""
    make_leaflet()
    newest = Entry.objects.values_list("position", "hash").order_by("-position")[:1]
    for _time in range(3):
        with transaction.atomic():
            assert lock_ledger() == newest[0]
        with transaction.atomic():
            assert lock_ledger() == newest[0]
            make_leaflet(medicine=f"ibuprofen {_time}")
            if forgotten == "ROLLBACK":
                transaction.set_rollback(True)
            else:
                with connection.cursor() as cursor:
                    cursor.execute(forgotten)


@pytest.mark.django_db(transaction=True)
def test_what_a_verb_undid_itself_is_no_link_of_the_chain():
    """The last entry comes with the turn, and holds as long as the verb has written none."""
    leaflet = make_leaflet()
    record_something = functools.partial(record, by=None, about=leaflet)

    @act
    def verb() -> None:
        for _time in range(2):
            with contextlib.suppress(ZeroDivisionError), transaction.atomic():
                record_something("undone")
                raise ZeroDivisionError
            record_something("done")

    verb()
    act(functools.partial(record_something, "later"))()
    entries = [*Entry.objects.order_by("position")]
    assert [entry.verb for entry in entries][-3:] == ["done", "done", "later"]
    assert [entry.position for entry in entries] == [*range(1, len(entries) + 1)]
    assert all(after.previous_hash == before.hash for before, after in itertools.pairwise(entries))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's transaction is its turn")
@pytest.mark.django_db(transaction=True)
def test_who_waited_for_the_turn_goes_on_from_what_was_written_meanwhile():
    make_leaflet()
    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        [*threads.map(_write_some, range(4))]
    entries = [*Entry.objects.order_by("position")]
    assert [entry.position for entry in entries] == [*range(1, len(entries) + 1)]
    assert sum(entry.verb == "at once" for entry in entries) == 40


def _write_some(_number: int) -> None:
    try:
        leaflet = Leaflet.objects.get()
        for _time in range(10):
            act(functools.partial(record, "at once", by=None, about=leaflet))()
    finally:
        connection.close()


def _way_to_plan() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW plan_cache_mode")
        return cursor.fetchone()[0]


def _advisory_locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        return cursor.fetchone()[0]

"""Passages: made by publishing, kept in step by the verbs, made up for by the clock, compared by verify_history."""

import datetime as dt
import sqlite3
from unittest.mock import MagicMock

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, OperationalError, connection
from django.utils import timezone

from monographs.operations.database.worked_out import WorkedOut
from monographs.operations.verify.derived import check_index
from monographs.publication.actions import publish, withdraw
from monographs.publication.found import passage_index, passages
from monographs.publication.found.passage_index import is_in_step, passages_with
from monographs.publication.found.passages import (
    Passage,
    Weight,
    catch_up,
    first_wrong,
    publication_in,
    title_id,
    weight_in,
)
from monographs.publication.recalls import recall
from monographs.search.texts.fulltext import find
from tests.makers import make_approved, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(db):
    return make_published(medicine="Testamol", dosage="Not with zebras.\n\nTake 5 mg.")


def found(query):
    return [hit.slug for hit in find(query, at=timezone.now()).hits]


def test_publishing_makes_a_row_for_the_title_the_headings_each_section_and_all_words(published):
    rows = list(Passage.objects.filter(publication=published))
    weights = [row.weight for row in rows]
    assert weights == sorted(weights)
    assert (weights.count(Weight.TITLE), weights.count(Weight.HEADING), weights.count(Weight.ANYWHERE)) == (1, 1, 1)
    assert rows[0].pk == title_id(published.pk)
    assert {publication_in(row.pk) for row in rows} == {published.pk}
    assert [weight_in(row.pk) for row in rows] == weights
    dosage = next(row for row in rows if row.kind == "dosage")
    assert dosage.sentences == ["How to take it: Not with zebras.", "How to take it: Take 5 mg."]
    assert dosage.tokens.split("\n")[2].split() == ["take", "5", "5mg"]
    assert first_wrong(published) is None


def test_the_clinics_numbers_are_in_no_passage(db):
    make_published(medicine="Testamol", dosage="::: emergency\nYou cannot breathe.\n:::\n\nTake 5 mg.")
    row = Passage.objects.get(kind="dosage")
    assert row.sentences[0] == "How to take it › Call the emergency number now: You cannot breathe."


def test_the_index_finds_the_first_in_their_order_and_no_more(published):
    ids = passages_with([{"zebras"}, {"5mg"}], most=5)
    assert [weight_in(number) for number in ids] == [Weight.TEXT, Weight.ANYWHERE]
    assert passages_with([{"zebras"}, {"5mg"}], most=1) == ids[:1]
    assert passages_with([], most=5) == []
    assert passages_with([{"x' | y", 'a" OR "b', "\\"}], most=5) == []


def to_look_up(common, *ways):
    return [word.asked for word in passage_index._to_look_up(common.rarest_first(ways, ways))]


def read_in_order(common, *ways):
    words = common.rarest_first(ways, ways)
    return common.read_in_order(words, passage_index._to_look_up(words), 200)


def test_common_words_are_read_in_order_as_far_as_is_worth_it_and_others_looked_up():
    common = passage_index._Common(1_000_000)
    common.parts |= {"with": 0.9, "milk": 0.2, "~milk": 0.1, "wine": 0.01}
    assert read_in_order(common, {"with"}, {"milk", "~milk"}) == 3 * 200 / (0.9 * 0.3) // 1
    assert read_in_order(common, {"with"}, {"zebra"}) == 0
    assert read_in_order(common, {"milk"}, {"wine"}) == 0
    common.parts |= {"headache": 0.12, "alcohol": 0.12}
    common.rows = 500_000
    assert read_in_order(common, {"headache"}, {"alcohol"}) == 0  # they may keep apart: 14,000 rows for nothing
    assert read_in_order(common, {"headache"}, {"alcohol"}, {"with"}) == 0
    assert read_in_order(common, {"headache"}) == 3 * 200 / 0.12 // 1
    common.rows = 1_000
    assert read_in_order(common, {"with"}, {"milk", "~milk"}) == 0


def test_no_more_than_so_many_rows_are_read_in_order():
    common = passage_index._Common(100_000_000)
    common.parts |= {"headache": 0.02}
    assert read_in_order(common, {"headache"}) == 20_000


def test_what_stands_nearly_everywhere_is_not_looked_up_beside_rare_words():
    common = passage_index._Common(1_000_000)
    common.parts |= {"with": 0.95, "milk": 0.1, "headache": 0.1, "tablet": 0.6}
    assert to_look_up(common, {"with"}, {"milk"}, {"headache"}) == [{"milk"}, {"headache"}]
    assert to_look_up(common, {"milk"}, {"tablet"}) == [{"milk"}, {"tablet"}]  # else many rows are visited for nothing
    assert to_look_up(common, {"tablet"}, {"zebra"}) == [{"zebra"}]
    assert to_look_up(common, {"with"}) == [{"with"}]


def test_what_stands_nearly_everywhere_is_asked_of_the_rows_that_other_words_found(published, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite is asked for all words in one search.")
    common = passage_index._Common(1_000_000)
    common.parts["everywhere"] = 0.95
    monkeypatch.setattr(passage_index, "_common_tokens", lambda: dict.fromkeys(Weight, common))
    sql, values = passage_index._postgresql([{"everywhere"}, {"zebras"}], ["'everywhere'", "'zebras'"], 5, behind=-1)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'monographs_passage'::regclass AND contype = 'p'"
        )
        [(key,)] = cursor.fetchall()
        cursor.execute(f'ALTER TABLE monographs_passage DROP CONSTRAINT "{key}"')  # the other index
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}", values)
        plan = [line for (line,) in cursor.fetchall()]
    looked_up = [line for line in plan if "Index Cond: (words" in line]
    assert ["zebras" in line for line in looked_up] == [True] * len(Weight)
    assert not any("everywhere" in line for line in looked_up)
    assert any("everywhere" in line for line in plan)


def test_postgresql_plans_once_how_rare_words_are_looked_up(published):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite makes no plan that depends on what is looked for.")
    for number in range(20):
        passages_with([{f"zebra{number}"}], most=80)
    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE '%%words @@%%'")
        planned = cursor.fetchall()
    assert any(count > 10 for (count,) in planned)


@pytest.mark.parametrize("read", [0, 1, 2, 1_000])
def test_words_that_are_common_are_found_as_others_are(published, monkeypatch, read):
    """Also where they stand behind the rows that are read in order."""
    ways = [{"zebras", "take"}, {"5mg"}]
    found = passages_with(ways, most=5)
    assert len(found) > 1
    monkeypatch.setattr(passage_index._Common, "read_in_order", lambda self, words, looked_up, most: read)
    everywhere = passage_index._Common(1)
    everywhere.parts["5mg"] = 0.9
    monkeypatch.setattr(passage_index, "_common_tokens", lambda: dict.fromkeys(Weight, everywhere))
    for most in (5, 2, 1):
        assert passages_with(ways, most=most) == found[:most]


def test_verify_history_names_a_passage_that_is_not_what_the_text_says(published):
    call_command("verify_history", quiet=True)
    row = Passage.objects.get(kind="dosage")
    Passage.objects.filter(pk=row.pk).update(sentences=["How to take it: Take 50 mg."])
    with pytest.raises(CommandError, match=f"monographs_passage.*{row.pk}"):
        call_command("verify_history", quiet=True)


def test_verify_history_names_a_passage_that_is_missing(published):
    Passage.objects.get(kind="dosage").delete()
    with pytest.raises(CommandError, match="monographs_passage"):
        call_command("verify_history", quiet=True)


def test_verify_history_names_an_index_that_is_not_that_of_the_rows(published):
    if connection.vendor != "sqlite":
        pytest.skip("On PostgreSQL it is a column of the rows.")
    assert is_in_step()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO monographs_passage_words (rowid, tokens) VALUES (99, 'zebras')")
    assert not is_in_step()
    with pytest.raises(CommandError, match="index"):
        call_command("verify_history", quiet=True)


def test_an_index_that_can_not_be_written_to_is_not_said_to_differ(published):
    """SQLite checks an index by writing to it."""
    if connection.vendor != "sqlite":
        pytest.skip("On PostgreSQL it is a column of the rows.")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            with pytest.raises(OperationalError, match="readonly"):
                is_in_step()
            with pytest.raises(OperationalError, match="readonly"):
                check_index()
        finally:
            cursor.execute("PRAGMA query_only = OFF")
    assert is_in_step()


@pytest.mark.parametrize(
    ("code", "says_so"),
    [
        (sqlite3.SQLITE_BUSY, False),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, False),
        (sqlite3.SQLITE_LOCKED, False),
        (sqlite3.SQLITE_READONLY, False),
        (sqlite3.SQLITE_IOERR, False),
        (sqlite3.SQLITE_CORRUPT, True),
        (sqlite3.SQLITE_CORRUPT_VTAB, True),
    ],
)
def test_only_the_check_itself_says_that_an_index_differs(monkeypatch, code, says_so):
    failed = DatabaseError("so it says")
    failed.__cause__ = sqlite3.DatabaseError()
    failed.__cause__.sqlite_errorcode = code
    locked = MagicMock(vendor="sqlite")
    locked.cursor.return_value.__enter__.return_value.execute.side_effect = failed
    monkeypatch.setattr(passage_index, "connection", locked)
    if says_so:
        assert not is_in_step()
    else:
        with pytest.raises(DatabaseError, match="so it says"):
            is_in_step()


def test_what_other_rules_made_is_made_anew_by_the_clock(published):
    Passage.objects.update(made_by="0+snowball-2.0", tokens="")
    assert found("zebra") == []
    call_command("verify_history", quiet=True)  # old, not wrong
    assert catch_up(at=timezone.now()) == 1
    assert found("zebra") == ["testamol"]
    assert catch_up(at=timezone.now()) == 0
    assert first_wrong(published) is None
    assert is_in_step()


def test_a_database_from_before_there_were_passages_gets_them(published):
    Passage.objects.all().delete()
    WorkedOut.objects.filter(what="passages").delete()
    assert found("zebra") == []
    call_command("migrate", verbosity=0)
    assert found("zebra") == ["testamol"]


def test_what_time_has_ended_is_taken_away_by_the_clock(db, priya):
    end = timezone.now() + dt.timedelta(days=2)
    review = make_approved(medicine="Testamol")
    publish(review, by=priya, change_note="First version.", expires_at=end)
    assert catch_up(at=end - dt.timedelta(days=1)) == 0
    assert Passage.objects.exists()
    assert catch_up(at=end) == 1
    assert not Passage.objects.exists()
    assert catch_up(at=end) == 0


@pytest.mark.django_db
def test_recalling_a_scheduled_release_takes_its_passages_away(ana, priya):
    review = make_approved()
    publish(review, by=priya, change_note="First.", effective_from=timezone.now() + dt.timedelta(days=1))
    assert Passage.objects.exists()
    recall(review, by=ana)
    assert not Passage.objects.exists()


def test_what_was_withdrawn_while_the_clock_waited_for_its_turn_gets_no_passages(published, priya, monkeypatch):
    Passage.objects.all().delete()
    taken = [lambda: withdraw(published.leaflet, by=priya, notice="Ask us.", why="Wrong.")]
    monkeypatch.setattr(passages, "lock_ledger", lambda: taken and taken.pop()())
    catch_up(at=timezone.now())
    assert not taken
    assert not Passage.objects.exists()


def test_the_clock_makes_no_more_at_once_than_it_is_told_and_nothing_where_only_time_is_looked_at(db):
    for name in ("Medol A", "Medol B"):
        make_published(medicine=name)
    Passage.objects.all().delete()
    now = timezone.now()
    assert catch_up(at=now, everywhere=False) == 0
    assert [catch_up(at=now, most=1) for _turn in range(3)] == [1, 1, 0]


def test_of_what_time_has_ended_no_more_is_taken_away_at_once_unless_only_that_is_looked_at(db, priya):
    end = timezone.now() + dt.timedelta(days=2)
    for name in ("Medol A", "Medol B", "Medol C"):
        publish(make_approved(medicine=name), by=priya, change_note="For now.", expires_at=end)
    assert catch_up(at=end, most=1) == 1
    assert catch_up(at=end, most=1, everywhere=False) == 2
    assert not Passage.objects.exists()


def test_a_passage_too_many_is_named(published):
    extra = Passage.objects.latest("pk")
    extra.pk += 1
    extra.save(force_insert=True)
    assert first_wrong(published) == (extra.pk, "id")

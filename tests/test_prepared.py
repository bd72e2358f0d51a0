"""Look-ups whose SQL is made once answer like the queries that they were made from."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from django.db.models import BigIntegerField, CharField, DateTimeField
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinicinfo.postgresql.patience import Silence
from clinicinfo.postgresql.planned import PlannedCursor
from clinicinfo.sqlite.base import _spelt
from monographs.audit.models import Entry
from monographs.clinics.models import Clinic
from monographs.comments.models import Comment, ReplyLabel, Urgency
from monographs.medicines.models import MedicineName, NameKind
from monographs.prepared import (
    Fixed,
    Given,
    Prepared,
    PreparedDelete,
    PreparedIn,
    PreparedInsert,
    instance,
    write_together,
)
from monographs.prepared.given import Column
from monographs.prepared.writes import _kept_as
from monographs.publication.found.passages import Passage
from monographs.publication.models import Publication
from monographs.reading.public import read_site
from monographs.reading.shown import page_of, ready
from tests.makers import make_comment, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def publication():
    return make_published(medicine="baclofen")


def test_each_look_up_has_its_own_values_and_one_query(publication, django_assert_num_queries):
    by_kind = Prepared(lambda: Publication.objects.filter(kind=Given("kind", CharField())).values_list("pk"))
    assert [*by_kind.rows(kind="normal")] == [[publication.pk]]
    with django_assert_num_queries(1):
        assert [*by_kind.rows(kind="expiry")] == []
    assert [*by_kind.rows(kind="normal")] == [[publication.pk]]


def test_moments_go_in_and_come_out_as_moments(publication):
    since = Prepared(
        lambda: Publication.objects.filter(effective_from__lte=Given("at", DateTimeField())).values_list(
            "effective_from", "next_review_on"
        )
    )
    begins = publication.effective_from
    assert [*since.rows(at=begins)] == [[begins, publication.next_review_on]]
    assert [*since.rows(at=begins - dt.timedelta(microseconds=1))] == []


def test_what_is_given_is_a_value_and_never_sql(publication):
    by_kind = Prepared(lambda: Publication.objects.filter(kind=Given("kind", CharField())).values_list("pk"))
    assert [*by_kind.rows(kind="normal' OR '1'='1")] == []


def test_a_fixed_number_stands_in_the_statement_itself(publication):
    below = Prepared(
        lambda: Publication.objects.filter(pk__lt=Fixed(10**12), kind=Given("kind", CharField())).values_list("pk")
    )
    assert [*below.rows(kind="normal")] == [[publication.pk]]
    statement = below._statement(connection)
    assert str(10**12) in statement.sql
    assert [asked.name for asked in statement.params] == ["kind"]


def test_what_is_the_same_each_time_is_spelled_out_for_postgresql(publication):
    """Nothing that it says ends a text, or is taken for the place of a value."""

    def make():
        odd = ["normal", "50% 'off' \\ \"%s\" %%", "100 %(kind)s"]
        rows = Publication.objects.filter(kind__in=odd, effective_from__lte=Given("at", DateTimeField()))
        return rows.exclude(change_note="%", next_review_on=dt.date.max).filter(major__gt=-5).values_list("pk", "kind")

    spelled = Prepared(make, spelled_out=True)
    assert [*spelled.rows(at=publication.effective_from)] == [[publication.pk, "normal"]]
    assert spelled.count(at=publication.effective_from) == 1
    assert [*spelled.rows(at=publication.effective_from - dt.timedelta(1))] == []
    params = spelled._statement(connection).params
    assert (len(params) == 1) == (connection.vendor == "postgresql")


def test_lists_of_about_the_same_length_share_a_statement(publication, django_assert_num_queries):
    made = []

    def make(given):
        made.append(len(given))
        rows = Publication.objects.filter(pk__in=given, kind=Given("kind", CharField()))
        return rows.values_list("pk")

    some = PreparedIn(make, BigIntegerField())
    others = [publication.pk + number for number in range(1, 8)]
    for count in range(8):
        with django_assert_num_queries(1):
            assert [*some.rows([publication.pk, *others[:count]], kind="normal")] == [[publication.pk]]
    assert [*some.rows(others, kind="normal")] == [*some.rows([publication.pk], kind="expiry")] == []
    with django_assert_num_queries(0):
        assert [*some.rows([], kind="normal")] == []
    assert made == [1, 2, 4, 8]


def test_several_rows_are_written_by_one_statement_as_django_writes_them(publication, django_assert_num_queries):
    rows = list(Passage.objects.filter(publication=publication))
    before = list(Passage.objects.values())
    assert len(rows) > 2
    Passage.objects.all().delete()
    for number in (1, len(rows)):
        with django_assert_num_queries(1):
            PreparedInsert(Passage).write_all(rows[:number])
        assert list(Passage.objects.values()) == before[:number]
        Passage.objects.all().delete()
    with django_assert_num_queries(0):
        PreparedInsert(Passage).write_all([])


def test_rows_that_are_there_already_get_what_was_named_and_nothing_else(publication, django_assert_num_queries):
    first, second, third = Passage.objects.filter(publication=publication)[:3]
    Passage.objects.filter(pk=second.pk).delete()
    first.heading, first.kind, second.heading = "Anew", "other", "Back again"
    with django_assert_num_queries(1):
        PreparedInsert(Passage, or_update=["heading"]).write_all([first, second])
    kept = {row.pk: (row.heading, row.kind) for row in Passage.objects.filter(pk__lte=third.pk)}
    assert kept[first.pk] == ("Anew", "")
    assert kept[second.pk] == ("Back again", second.kind)
    assert kept[third.pk] == (third.heading, third.kind)


@pytest.mark.parametrize("words", ['"so" \\ and \\u0041', "two\nlines\t\r", "{}[],:", "ç ‏خذ 两片 😀", "", "null"])
def test_words_of_several_rows_are_kept_to_the_letter(publication, words):
    rows = list(Passage.objects.filter(publication=publication).order_by("pk"))
    for row in rows:
        row.heading, row.tokens, row.sentences = words, words, [words, "", words]
    Passage.objects.all().delete()
    PreparedInsert(Passage).write_all(rows)
    kept = set(Passage.objects.values_list("heading", "tokens"))
    assert kept == {(words, words)}
    assert all(row.sentences == [words, "", words] for row in Passage.objects.all())


def test_several_rows_without_a_key_get_theirs_from_the_database(publication, django_assert_num_queries):
    comment, at = make_comment(publication), timezone.now()
    ReplyLabel.objects.all().delete()
    for count in (1, 3, 3):
        rows = [ReplyLabel(comment=comment, label="thanks", rule=f"rule {number}", at=at) for number in range(count)]
        with django_assert_num_queries(1):
            PreparedInsert(ReplyLabel).write_all(rows)
        kept = list(ReplyLabel.objects.order_by("pk"))
        assert [row.rule for row in kept] == [row.rule for row in rows]
        assert {(row.label, row.words, row.at, row.is_wrong, row.judged_by_id) for row in kept} == {
            ("thanks", "", at, None, None)
        }
        ReplyLabel.objects.all().delete()


def test_what_is_no_row_yet_is_made_as_the_model_makes_it(publication):
    at, reply = timezone.now(), make_comment(publication)
    told = {
        "leaflet": publication.leaflet,
        "publication_id": publication.pk,
        "parent": None,
        "body": "Thanks",
        "at": at,
    }
    told |= {"id": 77, "waits_since": at, "replaces": reply, "seal": "one of its own"}
    made, usual = PreparedInsert(Comment).new(**told), Comment(**told)
    assert made.__dict__.keys() == usual.__dict__.keys()
    for field in Comment._meta.concrete_fields:
        assert getattr(made, field.attname) == getattr(usual, field.attname), field.name
    assert made._state.adding
    assert (made.leaflet, made.parent, made.replaces) == (publication.leaflet, None, reply)
    assert made.leaflet is publication.leaflet  # and not looked up
    seals = {PreparedInsert(Comment).new(body="Thanks").seal for _time in range(2)}
    assert len(seals) == 2  # each its own


def test_what_is_no_row_yet_has_no_column_that_the_model_has_not(publication):
    with pytest.raises(TypeError, match="colour"):
        PreparedInsert(Comment).new(colour="red")


@pytest.mark.parametrize("count", [0, 1, 3])
def test_rows_of_several_tables_are_written_together(publication, django_assert_num_queries, count):
    leaflet, at, tables = publication.leaflet, timezone.now(), 2 if count else 1
    reply = Comment(pk=77, leaflet=leaflet, publication=publication, body="“Thank\nyou”", at=at, waits_since=at)
    labels = [ReplyLabel(comment=reply, label="thanks", rule=f"rule {number}", at=at) for number in range(count)]
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else tables):
        write_together((PreparedInsert(Comment), [reply]), (PreparedInsert(ReplyLabel), labels))
    assert Comment.objects.filter(pk=77).values().get() == {
        field.attname: getattr(reply, field.attname) for field in Comment._meta.concrete_fields
    }
    assert [row.rule for row in Comment.objects.get(pk=77).labels.all()] == [row.rule for row in labels]
    assert not any(row._state.adding for row in (reply, *labels))
    with django_assert_num_queries(0):
        write_together((PreparedInsert(ReplyLabel), []))


def test_where_one_of_several_tables_refuses_its_row_none_is_written(publication):
    at = timezone.now()
    reply = Comment(pk=77, leaflet=publication.leaflet, publication=publication, body="Thanks", at=at, waits_since=at)
    label = ReplyLabel(comment=reply, label=None, rule="rule", at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        write_together((PreparedInsert(Comment), [reply]), (PreparedInsert(ReplyLabel), [label]))
    assert not Comment.objects.filter(pk=77).exists()


def test_a_new_row_has_the_values_that_django_would_write(publication):
    """Also where a field makes something of a text, and where a value is no plain text."""

    class Loud(str):
        pass

    fields = [field for field in MedicineName._meta.concrete_fields if not field.primary_key]
    for name in ("Méthadone", Loud("Bruno")):
        row = MedicineName(medicine=publication.leaflet.medicine, name=name, kind=NameKind.SYNONYM)
        django = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
        assert _kept_as(row, [Column.of(field, connection) for field in fields], connection) == django
    columns = [Column.of(Comment._meta.get_field("parent"), connection)]
    assert _kept_as(Comment(leaflet=publication.leaflet), columns, connection) == [None]


@pytest.mark.parametrize(
    "at",
    [
        dt.datetime(2026, 3, 1, 9, 30, 1, 250, tzinfo=dt.UTC),
        dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
        dt.datetime(2026, 7, 1, 9, 30, tzinfo=ZoneInfo("Europe/London")),
    ],
)
def test_moments_numbers_and_truths_are_kept_as_django_keeps_them(publication, at):
    """What is known of a column beforehand is what Django finds out each time, of the type that it would have."""
    comment = Comment(pk=7, leaflet=publication.leaflet, publication=publication, at=at, urgency=Urgency.SOON)
    entry = Entry(position=2**40, at=at, is_public=True, effective_at=at)
    for row in (comment, entry, ReplyLabel(comment=comment, label="crisis", at=at)):
        fields = row._meta.concrete_fields
        django = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
        kept = _kept_as(row, [Column.of(field, connection) for field in fields], connection)
        assert (kept, [*map(type, kept)]) == (django, [*map(type, django)])


def test_only_the_rows_that_are_asked_for_are_deleted(publication, django_assert_num_queries):
    rows = Passage.objects.filter(weight=Given("weight", BigIntegerField())).order_by("pk")
    of_a_weight = PreparedDelete(lambda: rows)
    kept = list(Passage.objects.exclude(weight=3).values_list("pk", flat=True))
    there = Passage.objects.filter(weight=3).count()
    with django_assert_num_queries(1):
        assert of_a_weight.write(weight=3) == there > 0
    assert of_a_weight.write(weight=3) == 0
    assert list(Passage.objects.values_list("pk", flat=True)) == kept


def test_a_row_of_some_columns_asks_for_the_others(publication, django_assert_num_queries):
    row = instance(Publication, ("major", "id"), (publication.major, publication.pk))
    assert (row.pk, row.version) == (publication.pk, publication.version)
    with django_assert_num_queries(1):
        assert row.digest == publication.digest


def test_the_page_that_is_found_is_the_one_of_the_archive(publication):
    found = page_of("baclofen", timezone.now())
    asked = ready(publication.pages.all()).get()
    for name in ("pk", "html", "title", "reviewed_at"):
        assert getattr(found, name) == getattr(asked, name)
    assert found.publication == publication
    for name in ("version", "effective_from", "change_note", "next_review_on", "leaflet", "revision"):
        assert getattr(found.publication, name) == getattr(publication, name)
    assert found.publication.revision.content == publication.revision.content


def test_every_detail_of_the_clinic_is_there(db):
    Clinic.objects.update_or_create(pk=1, defaults={"name": "St Mary’s", "quality_severities": {"dose": "off"}})
    assert read_site().clinic.details == Clinic.objects.get().details


def test_a_changed_clinic_is_not_the_same_and_an_unchanged_is(db):
    Clinic.objects.update_or_create(pk=1, defaults={"phone": "020 7946 0000"})
    before = read_site().same_clinic
    assert read_site().same_clinic == before
    Clinic.objects.update(phone="020 7946 0001")
    assert read_site().same_clinic != before


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite keeps its statements by itself")
def test_postgresql_keeps_a_look_up_and_plans_anew_what_depends_on_its_values(publication):
    def make():
        return Publication.objects.filter(kind=Given("kind", CharField())).values_list("pk")

    kept, planned_anew = Prepared(make), Prepared(lambda: make().filter(pk__gt=0), depends_on_values=True)
    for kind in ("normal", "expiry", "normal", "normal"):
        assert [*kept.rows(kind=kind)] == [*planned_anew.rows(kind=kind)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        statements = [statement for (statement,) in cursor.fetchall() if "monographs_publication" in statement]
    assert any("> " not in statement for statement in statements)
    assert not any("> " in statement for statement in statements)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's is its server's")
def test_sqlite_asks_with_one_cursor_that_is_kept_and_spells_a_statement_once(publication):
    first = connection.planned_cursor()
    with first as cursor:
        cursor.execute("SELECT '100%%', %s", ["%s"])
        assert cursor.fetchall() == [("100%", "%s")]
    assert connection.planned_cursor() is first
    spelt = _spelt.cache_info().misses
    assert [list(Prepared(Clinic.objects.all).rows()) for _time in range(2)]
    assert _spelt.cache_info().misses <= spelt + 1
    with CaptureQueriesContext(connection) as captured, connection.planned_cursor() as cursor:
        cursor.execute("SELECT 1")
    assert [query["sql"] for query in captured] == ["SELECT 1"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's is spelt in another way")
def test_postgresql_is_asked_with_one_cursor_that_is_kept_as_long_as_its_connection(publication):
    first = connection.planned_cursor()
    assert [list(Prepared(Clinic.objects.all).rows()) for _time in range(2)]
    assert connection.planned_cursor() is first
    with CaptureQueriesContext(connection) as captured, connection.planned_cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchall()
    assert [query["sql"] for query in captured] == ["SELECT 1"]


@pytest.fixture
def told(monkeypatch):
    """What is asked in psycopg's own way."""
    told, own = [], PlannedCursor.execute
    monkeypatch.setattr(
        PlannedCursor, "execute", lambda self, sql, values=None: told.append(sql) or own(self, sql, values)
    )
    return told


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps nothing of a statement")
def test_what_postgresql_keeps_is_asked_for_by_its_name_and_answers_the_same(publication, told):
    entries = Entry.objects.filter(at__lte=Given("at", DateTimeField())).order_by("pk")
    columns = ("pk", "at", "verb", "by_id", "is_public")
    prepared, expected = Prepared(lambda: entries.values_list(*columns)), [*Entry.objects.order_by("pk")]
    for _time in range(6):
        rows = [*prepared.rows(at=timezone.now())]
        assert rows == [[getattr(entry, name) for name in columns] for entry in expected]
    assert [*prepared.rows(at=expected[0].at - dt.timedelta(1))] == []
    assert len(told) == 3  # until it is kept (`prepare_threshold`)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps nothing of a statement")
def test_what_is_refused_by_its_name_is_refused_as_ever_and_another_type_is_no_mistake(publication, told):
    label, insert = make_label(publication), PreparedInsert(ReplyLabel)
    for _time in range(4):
        insert.write(label(rule="one"))
    for _time in range(2):
        with pytest.raises(IntegrityError), transaction.atomic():
            insert.write(label(rule=None))
    with pytest.raises(DataError), transaction.atomic():
        insert.write(label(rule="x" * 1_000))
    insert.write(label(rule="two", is_wrong=True))
    assert ReplyLabel.objects.filter(rule="one").count() == 4
    assert ReplyLabel.objects.get(rule="two").is_wrong is True


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is a file and never silent")
def test_what_is_not_asked_in_a_silence_leaves_nothing_behind(publication, monkeypatch):
    prepared = Prepared(lambda: Publication.objects.values_list("pk"))
    expected = [[*prepared.rows()] for _time in range(4)]
    with monkeypatch.context() as silence:
        silence.setattr(connection.connection, "answer_within", 1.0)
        silence.setattr(connection.connection, "silence", Silence())
        connection.connection.silence.begin()
        with pytest.raises(OperationalError):
            [*prepared.rows()]
    assert [*prepared.rows()] == expected[0]


def make_label(publication):
    comment = make_comment(publication)
    return lambda **columns: ReplyLabel(comment=comment, label="crisis", **columns)


def test_a_new_row_is_whole_before_the_next_question(publication):
    """A cursor that is kept has given back all that it was asked."""
    PreparedInsert(ReplyLabel).write(ReplyLabel(comment=make_comment(publication), label="crisis", rule="one"))
    with transaction.atomic():
        PreparedInsert(ReplyLabel).write(ReplyLabel(comment=Comment.objects.get(), label="crisis", rule="two"))
    assert ReplyLabel.objects.filter(rule__in=["one", "two"]).count() == 2

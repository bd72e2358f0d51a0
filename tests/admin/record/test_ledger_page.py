"""The ledger's page: auditors find, filter and take away everything; nobody changes anything."""

import csv
import datetime as dt
import io
import json

import pytest
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from monographs.admin.frame import exports
from monographs.admin.record import ledger
from monographs.admin.record.ledger import LedgerQuerySet
from monographs.audit.context import current_address
from monographs.audit.models import Entry
from monographs.audit.record import act, record
from monographs.clinics.models import the_clinic
from tests.effort import database_effort
from tests.makers import make_leaflet, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db
LIST = "admin:monographs_entry_changelist"
FIELDS = ["by_id" if name == "by" else name for name in ledger.COLUMNS]


@pytest.fixture
def auditor(client, amir):
    client.force_login(amir)
    return client


@pytest.fixture
def on_one_day(db, monkeypatch):
    """All that is done is done on the day of the first entry, which is of when the database was made."""
    first = Entry.objects.order_by("position").first()
    monkeypatch.setattr(timezone, "now", lambda: first.at)


@act
def note(number, *, by=None, why=""):
    record("clinic.changed", by=by, about=the_clinic(), why=why or f"Reason {number}.")


def positions(response):
    return [entry.position for entry in response.context["cl"].result_list]


def body(response):
    """Every line but the last, which says that it is the last."""
    whole = b"".join(response.streaming_content if response.streaming else [response.content]).decode()
    return "".join(line for line in whole.splitlines(keepends=True)[:-1])


def last_line(response):
    return b"".join(response).decode().splitlines()[-1]


def export(client, form, **filters):
    return client.get(reverse("admin:monographs_entry_export", args=[form]), filters)


def test_ledger_says_who_what_when_why_and_from_where(auditor):
    make_published()
    response = auditor.get(reverse(LIST))
    assert response.status_code == 200
    assert positions(response) == sorted(Entry.objects.values_list("position", flat=True), reverse=True)
    page = response.content.decode()
    for words in ("Priya Publisher", "leaflet.published", "First version."):
        assert words in page


def test_what_is_said_of_an_arabic_leaflet_reads_from_left_to_right_in_ledger_and_desk(auditor, client, ana):
    make_leaflet("Arabicol", language="ar", title="كلمة")
    read = '<bdi dir="ltr"><bdi dir="rtl">كلمة</bdi> (ar), revision 1</bdi>'
    assert read in auditor.get(reverse(LIST)).content.decode()
    client.force_login(ana)
    assert read in client.get(reverse("admin:index")).content.decode()


def test_address_of_who_acted_is_listed(client, ada, auditor):
    admin = type(client)()
    admin.force_login(ada)
    admin.post(reverse("admin:monographs_checklistitem_add"), {"text": "One more.", "position": 9, "is_active": "on"})
    assert Entry.objects.get(verb="checklist.added").address == "127.0.0.1"
    assert "127.0.0.1" in auditor.get(reverse(LIST)).content.decode()


def test_filters_narrow_by_verb_person_date_and_history(on_one_day, auditor, bruno):
    leaflet = make_leaflet()
    make_published(leaflet)
    note(1, by=bruno)
    by_verb = auditor.get(reverse(LIST), {"verb": "clinic.changed"})
    assert positions(by_verb) == [Entry.objects.order_by("-position").first().position]
    by_person = auditor.get(reverse(LIST), {"by__id__exact": bruno.pk}).context["cl"].result_list
    assert {entry.by_name for entry in by_person} == {"Bruno Reader"}
    of_one = auditor.get(reverse(LIST), {"history": f"leaflet/{leaflet.pk}"}).context["cl"].result_list
    assert {entry.subject for entry in of_one} == {f"leaflet/{leaflet.pk}"}
    of_kind = auditor.get(reverse(LIST), {"history": "clinic"}).context["cl"].result_list
    assert {entry.subject for entry in of_kind} == {"clinic/1"}
    year = Entry.objects.first().at.year
    assert len(positions(auditor.get(reverse(LIST), {"at__year": year}))) == Entry.objects.count()
    assert positions(auditor.get(reverse(LIST), {"at__year": year - 1})) == []


def test_days_are_looked_for_between_the_numbers_that_they_have(on_one_day, auditor):
    there = Entry.objects.order_by("-position")
    first, last, at = there.last(), there.first(), timezone.localtime()
    asked = {"at__year": f"{at.year}", "at__month": f"{at.month}", "at__day": f"{at.day}"}
    for names in (("at__year",), ("at__year", "at__month"), tuple(asked)):
        chosen = {name: asked[name] for name in names}
        assert ledger.numbers_around(chosen) == {"position__gte": first.position, "position__lte": last.position}
        page = auditor.get(reverse("admin:monographs_entry_changelist"), chosen)
        assert positions(page) == [entry.position for entry in there]
    assert ledger.numbers_around({"at__year": "1999"}) == {}
    assert ledger.numbers_around({}) == ledger.numbers_around({"at__year": "99999"}) == {}


def test_search_finds_reasons(auditor):
    note(1, why="The telephone company changed our number.")
    note(2)
    assert len(positions(auditor.get(reverse(LIST), {"q": "telephone company"}))) == 1


def test_verbs_offered_are_those_that_occur(auditor):
    make_published()
    note(1)
    spec = auditor.get(reverse(LIST)).context["cl"].filter_specs[0]
    offered = [verb for verb, _title in spec.lookup_choices]
    assert offered == sorted(set(Entry.objects.values_list("verb", flat=True)))


@pytest.mark.parametrize(
    "query",
    ["?at__year=x", "?by__id__exact=x", "?verb=nothing", "?history=%00", "?history=nothing/1", "?q=%00",
     "?no_such_column=1", "?at__year=99999", "?is_public__exact=2"],
)  # fmt: skip
def test_filters_that_make_no_sense_are_told_so(auditor, query):
    note(1)
    for address in (reverse(LIST), reverse("admin:monographs_entry_export", args=["csv"])):
        answer = auditor.get(address + query)
        assert answer.status_code == 400
        assert "again" in answer.content.decode()


def test_filters_go_together(auditor, bruno, ana):
    for person in (bruno, ana):
        for number in range(3):
            note(number, by=person)
    make_leaflet()
    year = timezone.localdate().year
    found = auditor.get(
        reverse(LIST),
        {"verb": "clinic.changed", "by__id__exact": bruno.pk, "history": "clinic", "at__year": year, "q": "Reason 2"},
    )
    assert [(entry.by_name, entry.why) for entry in found.context["cl"].result_list] == [("Bruno Reader", "Reason 2.")]


def test_entries_of_one_address_are_found(auditor, ana):
    for address in ("192.0.2.7", "192.0.2.8"):
        token = current_address.set(address)
        note(1, by=ana, why=f"From {address}.")
        current_address.reset(token)
    found = auditor.get(reverse(LIST), {"q": "192.0.2.7"}).context["cl"].result_list
    assert [entry.address for entry in found] == ["192.0.2.7"]


def test_list_that_is_longer_than_its_pages_says_so(auditor, monkeypatch):
    monkeypatch.setattr(ledger, "COUNTED_AT_MOST", 3)
    for number in range(4):
        note(number)
    sentence = "there are more"
    assert sentence in auditor.get(reverse(LIST), {"verb": "clinic.changed"}).content.decode()
    assert sentence not in auditor.get(reverse(LIST)).content.decode()
    assert len(body(export(auditor, "jsonl", verb="clinic.changed")).splitlines()) == 4


def test_csv_without_its_apostrophes_is_what_was_recorded(auditor):
    for why in ("'quoted'", "=1+1", "plain", 'two\nlines, "and" more', "''twice", "–1"):
        note(1, why=why)
    rows = csv.DictReader(io.StringIO(body(export(auditor, "csv")).removeprefix("\ufeff"), newline=""))
    for row, entry in zip(rows, Entry.objects.order_by("position"), strict=True):
        assert {name: cell.removeprefix("'") for name, cell in row.items()} == {
            name: value.isoformat() if hasattr(value, "isoformat") else "" if value is None else str(value)
            for name, value in zip(ledger.COLUMNS, (getattr(entry, field) for field in FIELDS), strict=True)
        }


def test_export_as_csv_has_what_the_filters_show(auditor):
    make_published()
    note(1)
    response = export(auditor, "csv", verb="clinic.changed")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].endswith('.csv"')
    rows = list(csv.DictReader(io.StringIO(body(response).removeprefix("\ufeff"))))
    assert [(row["verb"], row["why"]) for row in rows] == [("clinic.changed", "Reason 1.")]


def test_export_as_json_lines_carries_what_the_hashes_are_made_of(auditor):
    make_published()
    lines = [json.loads(line) for line in body(export(auditor, "jsonl")).splitlines()]
    assert [line["position"] for line in lines] == list(range(1, Entry.objects.count() + 1))
    for line in lines:
        rebuilt = Entry(**{("by_id" if name == "by" else name): value for name, value in line.items()})
        rebuilt.at, rebuilt.effective_at = (
            Entry._meta.get_field("at").to_python(line[name]) for name in ("at", "effective_at")
        )
        assert rebuilt.computed_hash() == line["hash"]


@pytest.mark.parametrize(
    "why", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\uff1d1", "\u00a0=1", "\u200b=1", "\ufeff@A"]
)
def test_csv_cells_cannot_run_as_formulas(auditor, why):
    note(1, why=why)
    row = list(csv.reader(io.StringIO(body(export(auditor, "csv")).removeprefix("\ufeff"))))[-1]
    assert f"'{why}" in row


def test_export_ends_with_the_number_of_entries_and_the_last_hash(auditor):
    for number in range(3):
        note(number)
    entry = Entry.objects.latest("position")
    end = json.loads(last_line(export(auditor, "jsonl", verb="clinic.changed")))
    assert end == {"end": True, "entries": 3, "last_hash": entry.hash}
    cells = dict(zip(ledger.COLUMNS, next(csv.reader([last_line(export(auditor, "csv"))])), strict=True))
    said = {name: cell for name, cell in cells.items() if cell}
    assert said == {"position": "end", "about_label": f"{Entry.objects.count()} entries", "hash": entry.hash}
    nobody = {"verb": "clinic.changed", "q": "no such reason"}
    assert json.loads(last_line(export(auditor, "jsonl", **nobody))) == {"end": True, "entries": 0, "last_hash": ""}


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_short_export_says_its_length_and_a_long_one_is_streamed(auditor, monkeypatch, form):
    note(1)
    short = export(auditor, form)
    assert int(short["Content-Length"]) == len(short.content)
    monkeypatch.setattr(exports, "HELD_AT_MOST", 100)
    long = export(auditor, form)
    assert long.streaming
    assert b"".join(long) == short.content


def test_export_that_fails_on_its_way_has_no_last_line(auditor, monkeypatch):
    note(1)
    monkeypatch.setattr(exports, "HELD_AT_MOST", 100)
    rows = ledger._rows

    def broken(entries):
        yield next(iter(rows(entries)))
        raise OperationalError("The database went away.")

    monkeypatch.setattr(ledger, "_rows", broken)
    sent = []
    with pytest.raises(OperationalError):
        sent.extend(export(auditor, "jsonl"))
    assert [json.loads(line)["position"] for line in b"".join(sent).splitlines()] == [1]


def test_unknown_export_is_refused_in_words(auditor):
    response = export(auditor, "xlsx")
    assert response.status_code == 400


@pytest.mark.parametrize("username", ["ana", "bruno", "priya", "carla", "mallory"])
def test_ledger_and_export_are_closed_to_other_roles(client, username):
    client.force_login(make_person(username))
    assert client.get(reverse(LIST)).status_code == 403
    assert export(client, "csv").status_code == 403
    assert export(client, "jsonl").status_code == 403


def test_nobody_changes_the_ledger_not_even_superusers(client):
    note(1)
    entry = Entry.objects.first()
    client.force_login(make_person("root", is_superuser=True))
    address = reverse("admin:monographs_entry_change", args=[entry.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"why": "Other"}).status_code == 403
    assert client.post(reverse("admin:monographs_entry_delete", args=[entry.pk]), {"post": "yes"}).status_code == 403
    assert client.get(reverse("admin:monographs_entry_add")).status_code == 403
    assert "_selected_action" not in client.get(reverse(LIST)).content.decode()


def test_ledger_page_costs_the_same_at_1_and_at_200(auditor, django_assert_num_queries):
    def look():
        with django_assert_num_queries(10):
            return auditor.get(reverse(LIST))

    note(0, by=make_person("bruno"))
    before = look().context["cl"].result_count
    for number in range(199):
        note(number, by=make_person("bruno"))
    response = look()
    assert response.context["cl"].result_count == before + 199
    assert len(positions(response)) == 100


def test_whole_ledger_is_counted_without_reading_it(auditor, django_assert_num_queries):
    for number in range(3):
        note(number)
    with django_assert_num_queries(10) as queries:
        auditor.get(reverse(LIST))
    assert not [query for query in queries.captured_queries if "COUNT(" in query["sql"]]


@pytest.mark.parametrize(
    ("first", "last", "kind", "expected"),
    [
        ("2023-11-30", "2026-02-01", "year", ["2023-01-01", "2024-01-01", "2025-01-01", "2026-01-01"]),
        ("2024-11-30", "2025-02-01", "month", ["2024-11-01", "2024-12-01", "2025-01-01", "2025-02-01"]),
        ("2026-03-28", "2026-03-30", "day", ["2026-03-28", "2026-03-29", "2026-03-30"]),
    ],
)
def test_date_hierarchy_walks_from_the_first_entry_to_the_last(first, last, kind, expected, monkeypatch):
    for day in (first, last):
        moment = timezone.make_aware(dt.datetime.fromisoformat(f"{day}T12:00"))
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        note(1)
    ours = LedgerQuerySet(Entry).filter(verb="clinic.changed")  # a new database has an entry of its own
    assert [timezone.localtime(moment).date().isoformat() for moment in ours.datetimes("at", kind)] == expected
    assert LedgerQuerySet(Entry).none().datetimes("at", kind) == []


def fill(verb: str, count: int, **fields) -> None:
    """So many entries behind those that are there, as if they had been recorded."""
    last, now = Entry.objects.order_by("-position").first().position, timezone.now()
    Entry.objects.bulk_create(
        Entry(
            position=number, verb=verb, at=now, effective_at=now, hash=f"{number}", previous_hash=f"before {number}",
            **{"about": "clinic/1", "subject": "clinic/1", "about_label": "the clinic", **fields},
        )
        for number in range(last + 1, last + 1 + count)
    )  # fmt: skip
    if connection.vendor == "postgresql":  # which reads a short table from end to end, whatever helps with a long one
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL enable_seqscan = off")


@pytest.mark.parametrize("asked", ["verb=test.old", "by__id__exact={bruno}", "history=leaflet", "history=leaflet/1"])
@pytest.mark.parametrize("order", ["", "&o=0"])
def test_what_was_done_long_ago_is_found_without_reading_all_since(auditor, bruno, asked, order):
    """PostgreSQL takes the ledger's own order for as good as the index that fits, where many entries are asked for."""
    fill("test.old", 150, by=bruno, subject="leaflet/1")
    address = f"{reverse(LIST)}?{asked.format(bruno=bruno.pk)}{order}"
    costs = []
    for more in (200, 1_000):
        fill("test.new", more)
        found = positions(auditor.get(address))
        assert found == sorted(found, reverse=not order)
        assert len(found) == 100
        costs.append(database_effort(lambda: auditor.get(address)))
    assert costs[1] < costs[0] * 1.5


def test_an_export_of_one_verb_is_in_the_ledgers_order(auditor):
    for number in range(3):
        note(number)
    rows = [json.loads(line) for line in body(export(auditor, "jsonl", verb="clinic.changed")).splitlines()]
    assert [row["position"] for row in rows] == sorted(row["position"] for row in rows)
    assert len(rows) == 3


@pytest.mark.parametrize("person", ["x", "1x", "9" * 19, "²"])
def test_a_person_is_asked_for_by_number(auditor, person):
    assert auditor.get(reverse(LIST), {"by__id__exact": person}).status_code == 400


def test_what_nobody_of_the_staff_did_is_found(auditor):
    note(1)
    found = auditor.get(reverse(LIST), {"by__isnull": "True"}).context["cl"].result_list
    assert {entry.by_id for entry in found} == {None}

"""How the database finds what a page or a verb looks up: its plans, kept in a file, and no scan of a growing table."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monographs.operations.clock import Rounds, tick
from monographs.publication.due import late_notices
from monographs.reading.paper.ahead import print_some
from tests.bench.lookups import public_pages, staff_pages
from tests.bench.verbs import staff

# Tables that a clinic fills with a few rows, whatever the number of its leaflets.
SMALL = {"monographs_clinic", "monographs_clinicdetails", "monographs_checklistitem", "monographs_approvalrule",
         "monographs_rejectionreason", "monographs_cannedanswer", "monographs_replyrules",
         "monographs_staffmember", "auth_group", "auth_permission", "auth_group_permissions",
         "monographs_staffmember_groups", "monographs_staffmember_user_permissions", "django_session",
         "django_content_type", "django_migrations", "monographs_rotaturn", "monographs_replynews",
         "monographs_retentionperiod", "monographs_alertsshown", "monographs_workedout"}  # fmt: skip
FEW = 12_000  # rows: a scan that ends so soon is of a table that has few, or stopped by what counts at most so many
MANY = 25_000  # rows; more than that are read by no look-up, however many there are


def plans(file: Path | None) -> Iterator[str]:
    """The plans of every query of the patients' and the staff's pages and of the clock; a line for each that reads a
    whole table that grows, or very many rows of it by an index."""
    written, scans = [], {}
    for name, ask in _requests():
        with CaptureQueriesContext(connection) as captured:
            ask()
        for query in look_ups(captured):
            plan, read = plan_of(query)
            written.append(f"== {name}\n{query[:2000]}\n{plan}\n")
            if read > MANY:
                scans.setdefault(f"{name}: {query[:200]}", read)
            elif read > FEW or connection.vendor == "sqlite":
                for table in set(_scanned(plan)) - SMALL:
                    scans.setdefault(f"{name}: {table}", read)
    if file:
        file.write_text("\n".join(written))
        yield f"the plans of {len(written)} queries are in {file}"
    yield f"{len(scans)} look-ups read a whole table that grows, or more than {MANY:,} rows" + (":" if scans else "")
    yield from (f"  {read:9,} rows  {scan}" for scan, read in scans.items())


def look_ups(captured: CaptureQueriesContext) -> list[str]:
    """The queries that read rows, those too that PostgreSQL is asked for through a cursor, some rows at a time."""
    asked = (re.sub(r"^DECLARE .*? FOR (?=SELECT|WITH)", "", query["sql"]) for query in captured.captured_queries)
    return [sql for sql in asked if re.match(r"\(?(SELECT|WITH)", sql) and "pg_advisory" not in sql]


def _requests() -> Iterator[tuple[str, Callable[[], object]]]:
    people = staff()
    anybody = Client()
    for path in public_pages():
        yield path, lambda path=path: _got(anybody, path)
    clients = {}
    for name, person in people.items():
        clients[name] = Client()
        clients[name].force_login(person)
    for name, path in staff_pages():
        yield f"{path} ({name})", lambda name=name, path=path: _got(clients[name], path)
    yield "the clock", lambda: list(tick(rounds=Rounds(everywhere=False)))
    yield "PDFs that are made ahead", lambda: print_some(most=1)
    yield "letters that are late", lambda: late_notices(at=timezone.now())


def _got(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    if answer.streaming:
        next(iter(answer.streaming_content))  # an export reads on as long as somebody takes it


def plan_of(query: str) -> tuple[str, int]:
    """The plan in words, and on PostgreSQL how many rows were read from tables and indexes when it ran."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute(f"EXPLAIN QUERY PLAN {query}")
            return "\n".join(str(row[-1]) for row in cursor.fetchall()), 0
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}")
        (found,) = cursor.fetchone()
        root = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
        return "\n".join(_lines(root)), _rows_read(root)


def _lines(node: dict, depth: int = 0) -> Iterator[str]:
    about = [node[key] for key in ("Relation Name", "Index Name") if key in node]
    conditions = [f"{key}: {node[key]}" for key in ("Index Cond", "Recheck Cond", "Filter", "Sort Key") if key in node]
    rows = f"{node.get('Actual Rows', 0)} rows × {node.get('Actual Loops', 0)}"
    yield f"{'  ' * depth}{node['Node Type']}{' on ' if about else ''}{', '.join(about)}  ({rows})"
    yield from (f"{'  ' * depth}    {condition}" for condition in conditions)
    for child in node.get("Plans", ()):
        yield from _lines(child, depth + 1)


def _rows_read(node: dict) -> int:
    of_children = sum(_rows_read(child) for child in node.get("Plans", ()))
    if "Relation Name" not in node:
        return of_children
    left_out = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return of_children + round((node["Actual Rows"] + left_out) * node["Actual Loops"])


def scanned_tables(query: str) -> set[str]:
    """Tables that a query would read from end to end."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{query}")
        return set(_scanned("\n".join(str(row[-1]) for row in cursor.fetchall())))


def _scanned(plan: str) -> list[str]:
    """Tables that are read from end to end. An index that is read from its end for a page of rows is no such scan."""
    if connection.vendor == "postgresql":
        return [re.sub(r"(passage)_\d$", r"\1", table) for table in re.findall(r"Seq Scan on (\w+)", plan)]
    aliases = re.findall(r"SCAN (\w+)\b(?! USING| VIRTUAL)", plan)
    return [name for name in aliases if name.startswith(("monographs_", "auth_", "django_"))]

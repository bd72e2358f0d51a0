"""How much work an act is, counted in calls, or in what the database does: the same on every machine, however busy."""

import sys
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bench.plans import look_ups, plan_of


def calls(act: Callable[[], object]) -> int:
    """How many functions, Python's own and ours, one call of ``act`` enters."""
    count = 0

    def counted(frame, event, argument) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        act()
    finally:
        sys.setprofile(before)
    return count


def database_effort(ask: Callable[[], object]) -> int:
    """How much the database does for what ``ask`` reads: steps of SQLite's own machine, or the rows that PostgreSQL
    reads from tables and indexes. To be compared with itself."""
    if connection.vendor == "postgresql":
        with CaptureQueriesContext(connection) as captured:
            ask()
        return sum(plan_of(sql)[1] for sql in look_ups(captured))
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0  # go on

    connection.ensure_connection()
    connection.connection.set_progress_handler(step, 1)
    try:
        ask()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return steps

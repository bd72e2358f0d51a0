"""Two people at the same moment: real threads, each with a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection

from monographs.audit.chain import GENESIS
from monographs.audit.models import Entry
from monographs.refusals import Refused


def race(*acts: Callable[[], object]) -> list[object]:
    """Start all acts at once; what each returned or the `Refused` it met. Other errors fail the test."""
    barrier, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            _wait_for_locks_however_long_they_are_held()
            barrier.wait(timeout=60)
            outcomes[place] = act()
        except Refused as refusal:
            outcomes[place] = refusal
        except Exception as error:  # handed to the test's own thread below
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=place_and_act) for place_and_act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
        assert not thread.is_alive(), "a thread waits for ever: deadlock"
    for outcome in outcomes:
        if isinstance(outcome, Exception) and not isinstance(outcome, Refused):
            raise outcome
    return outcomes


def _wait_for_locks_however_long_they_are_held() -> None:
    """By this thread's connection: on a busy machine some writers in a row take longer than anybody is to wait."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 60000" if connection.vendor == "sqlite" else "SET lock_timeout = '60s'")


def winners(outcomes: list[object]) -> list[object]:
    """Those that were not refused."""
    return [outcome for outcome in outcomes if not isinstance(outcome, Refused)]


def assert_chain_does_not_fork() -> None:
    """Each entry follows the one before."""
    previous = GENESIS
    for position, entry in enumerate(Entry.objects.order_by("position"), 1):
        assert (entry.position, entry.previous_hash) == (position, previous)
        assert entry.hash == entry.computed_hash()
        previous = entry.hash

"""Who waits for a turn is told that the site is busy only where nothing moves."""

import threading
from types import SimpleNamespace

import pytest

from monographs.audit import turns
from monographs.audit.turns import Turns
from monographs.refusals import Busy


def hold(taken: Turns, until: threading.Event) -> threading.Thread:
    """Somebody who has a turn until then."""
    has = threading.Event()

    def act():
        with taken.one():
            has.set()
            until.wait(20)

    thread = threading.Thread(target=act)
    thread.start()
    assert has.wait(10)
    return thread


def test_who_waits_while_turns_move_gets_one(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(turns, "time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    taken, end, served = Turns(1, "Busy."), threading.Event(), []
    holder = hold(taken, end)

    def wait_for_one():
        with taken.one():
            served.append(True)

    waiter = threading.Thread(target=wait_for_one)
    waiter.start()
    taken._moved_at = 10.0  # somebody has moved meanwhile
    now[0] = 10.0  # and since the move before it is much longer than anybody's patience
    threading.Event().wait(0.2)
    assert (waiter.is_alive(), served) == (True, [])
    end.set()
    waiter.join(10)
    holder.join(10)
    assert served == [True]


def test_who_waits_where_nothing_moves_is_told_so(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    taken, end = Turns(1, "Many people are saving."), threading.Event()
    holder = hold(taken, end)
    with pytest.raises(Busy, match="Many people"), taken.one():
        pass
    end.set()
    holder.join(10)

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


class Clock:
    """Turns that are all taken by others, and a clock that moves for who waits alone: ``waited`` is for how long."""

    def __init__(self, monkeypatch, taken: Turns):
        self.now, self.waited = 0.0, []
        monkeypatch.setattr(turns, "time", SimpleNamespace(monotonic=lambda: self.now))
        self._turns, self._free = taken, taken._free

    def acquire(self, timeout):
        assert timeout >= 0
        assert len(self.waited) < 5
        self.waited.append(timeout)
        self.now += timeout
        return False

    def let_somebody_in(self) -> None:
        self._turns._free = self._free
        with self._turns.one():
            pass

    def is_refused(self) -> list[float]:
        """For how long somebody who comes now waits before they are told."""
        self._turns._free, self.waited = self, []
        with pytest.raises(Busy), self._turns.one():
            pass
        return self.waited


@pytest.fixture
def taken():
    return Turns(2, "Busy.")


@pytest.fixture
def clock(monkeypatch, taken):
    monkeypatch.setattr(turns, "PATIENCE", 4.0)
    return Clock(monkeypatch, taken)


def test_patience_lasts_from_the_last_move_and_not_from_who_comes(clock):
    clock.let_somebody_in()
    assert clock.is_refused() == [4.0]
    clock.let_somebody_in()
    clock.now += 3.0
    assert clock.is_refused() == [1.0]
    clock.now += 60.0
    assert clock.is_refused() == [0.0]


def test_both_the_beginning_of_a_turn_and_its_end_are_moves(clock, taken):
    clock.now = 60.0
    with taken.one():
        assert clock.is_refused() == [4.0]
        taken._free = clock._free
        clock.now = 90.0
    assert clock.is_refused() == [4.0]


def test_a_turn_that_fails_is_given_back(taken):
    for _time in range(3):
        with pytest.raises(ZeroDivisionError), taken.one():
            1 / 0  # noqa: B018 - it is what fails
    with taken.one(), taken.one():
        pass

"""The look-up of the stamp: at most once a second, beside the readers, who wait for it briefly."""

import contextlib
import datetime as dt
import logging
import os
import threading
import time
from types import SimpleNamespace
from unittest.mock import Mock
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from monographs.audit.public_stamp import PublicStamp
from monographs.reading.page_cache import stamps as module
from monographs.reading.page_cache.stamps import Stamps, known_at


@pytest.fixture(autouse=True)
def connection(monkeypatch):
    """None is needed; it tells whether it was looked at before it was asked."""
    own = Mock(spec=["close_if_unusable_or_obsolete"])
    monkeypatch.setattr(module, "connection_apart", lambda: contextlib.nullcontext(own))
    return own


class Ledger:
    """What the look-ups meet: a stamp, an error, or silence until ``answers`` is set."""

    def __init__(self):
        self.stamp, self.error, self.count = PublicStamp("first", None), None, 0
        self.answers = threading.Event()
        self.answers.set()
        self.asked = threading.Semaphore(0)

    def __call__(self, at):
        self.count += 1
        self.asked.release()
        self.answers.wait(10)
        if self.error:
            raise self.error
        return self.stamp


@pytest.fixture
def ledger():
    return Ledger()


@pytest.fixture
def stamps(ledger):
    return Stamps(ledger)


@pytest.fixture
def passed(monkeypatch):
    """For the module time stands still, however busy the machine is, until a test lets seconds pass.

    Real waiting stays real: who waits for what is silent needs a clock that goes (``passed.goes()``).
    """
    gone, going_since, now = [0.0], [], float(int(time.time()))

    def since() -> float:
        return gone[0] + sum(time.monotonic() - began for began in going_since)

    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: 1_000 + since(), time=lambda: now + since()))

    def passed(seconds):
        gone[0] += seconds

    passed.goes = lambda: going_since.append(time.monotonic())
    return passed


def settled(stamps):
    """Until no look-up is on its way."""
    for _time in range(500):
        if not stamps._is_looking:
            return
        time.sleep(0.01)
    raise AssertionError("the look-up never ended")


def test_many_readers_within_a_second_make_one_look_up(stamps, ledger, passed):
    passed(1 - module.time.time() % 1)
    assert {stamps.current().validity.stamp.split()[0] for _reader in range(100)} == {"first"}
    assert ledger.count == 1


def test_nothing_is_looked_up_while_nobody_reads(ledger):
    Stamps(ledger)
    assert ledger.count == 0


def test_connection_is_looked_at_before_each_look_up(stamps, ledger, connection, passed):
    """One that has ended, or a file that was moved, is noticed as at the beginning of a request."""
    for _second in range(3):
        stamps.current()
        settled(stamps)
        passed(1.1)
    assert connection.close_if_unusable_or_obsolete.call_count == ledger.count == 3


def test_stamp_older_than_a_second_is_never_told(stamps, ledger, passed):
    stamps.current()
    ledger.stamp = PublicStamp("second", None)
    passed(1.0)
    assert stamps.current().validity.stamp.startswith("second")
    assert ledger.count == 2


def test_the_next_look_up_begins_with_the_next_second_and_nobody_waits_for_it(stamps, ledger, passed):
    passed(1 - module.time.time() % 1 + 0.5)  # in the middle of a second
    stamps.current()
    ledger.answers.clear()
    passed(0.3)
    assert stamps.current().validity.stamp.startswith("first")
    assert ledger.count == 1
    passed(0.3)
    assert stamps.current().validity.stamp.startswith("first")
    ledger.answers.set()
    settled(stamps)
    assert ledger.count == 2


def test_the_second_is_counted_from_the_beginning_of_a_slow_look_up(stamps, ledger, passed):
    passed.goes()
    ledger.answers.clear()
    assert stamps.current() is None  # it waited
    passed(1.0)
    ledger.answers.set()
    settled(stamps)
    assert not stamps.last.is_good()
    assert stamps.current().is_good()
    assert ledger.count == 2


def test_only_the_first_readers_wait_for_a_database_that_is_silent(stamps, ledger, passed):
    stamps.current()
    ledger.answers.clear()
    passed.goes()
    passed(2)
    assert stamps.current() is None
    began = time.monotonic()
    for _reader in range(100):
        assert stamps.current() is None
    waited = time.monotonic() - began
    assert stamps.last.validity.stamp.startswith("first")
    assert all(ledger.asked.acquire(timeout=10) for _look_up in range(2))  # the thread may come late to its turn
    assert ledger.count == 2
    assert waited < 100 * module.MOST_WAIT / 2  # one wait would be allowed, a hundred are not
    ledger.answers.set()
    settled(stamps)
    assert stamps.current()


def test_slow_look_up_is_waited_for_and_not_taken_for_a_silent_database(stamps, ledger, passed, monkeypatch):
    """A machine that has much else to do: what is shown must not be a second old and more for that."""
    assert module.MOST_WAIT > 2 * module.MOST_WAIT_AFTER_FAILURE
    monkeypatch.setattr(module, "MOST_WAIT", 3_600)  # however late the answer comes here
    stamps.current()
    ledger.answers.clear()
    ledger.stamp = PublicStamp("second", None)
    passed.goes()
    passed(2)
    answering = threading.Timer(2 * module.MOST_WAIT_AFTER_FAILURE, ledger.answers.set)
    answering.start()
    assert stamps.current().validity.stamp.startswith("second")


def test_database_that_has_failed_is_waited_for_less(stamps, ledger, passed, monkeypatch):
    ledger.error = RuntimeError("gone")
    passed.goes()
    assert stamps.current() is None
    settled(stamps)
    ledger.error = None
    ledger.answers.clear()
    monkeypatch.setattr(module, "MOST_WAIT", 3_600)  # who waited for as long would get the answer that comes in the end
    passed(1.1)
    assert stamps.current() is None
    ledger.answers.set()
    settled(stamps)


def test_failing_database_is_asked_once_a_second_and_logged_once(stamps, ledger, passed, caplog):
    caplog.set_level(logging.INFO, logger=module.__name__)
    stamps.current()
    ledger.error = RuntimeError("gone")
    for _second in range(5):
        passed(1.1)
        for _reader in range(20):
            assert stamps.current() is None
            settled(stamps)
    assert ledger.count == 6
    assert len(caplog.records) == 1
    ledger.error = None
    passed(1.1)
    assert stamps.current()
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


def test_the_second_until_the_next_attempt_is_counted_from_the_attempt_itself(stamps, ledger, passed):
    """Not from when it was asked for: the thread may come late to its turn."""
    ledger.error = RuntimeError("gone")
    thread = threading.Thread(target=stamps._look_up)
    thread.start()
    thread.join(10)
    assert stamps.current() is None
    settled(stamps)
    assert ledger.count == 1
    passed(1.1)
    assert stamps.current() is None
    settled(stamps)
    assert ledger.count == 2


def test_scheduled_instant_ends_what_is_known_at_once(stamps, ledger, passed):
    ledger.stamp = PublicStamp("first", dt.datetime.fromtimestamp(module.time.time() + 0.4, tz=dt.UTC))
    stamps.current()
    ledger.stamp = PublicStamp("scheduled", None)
    passed(0.5)
    assert stamps.last.is_overtaken()
    assert stamps.current().validity.stamp.startswith("scheduled")


@pytest.mark.parametrize(
    ("now", "gone", "is_young"),
    [
        (1_000.2, 50.0, True),
        (1_000.99, 50.79, True),
        (1_001.0, 50.8, False),
        (999.9, 50.5, False),  # the clock was set back
        (1_000.5, 51.0, False),  # or stands still
    ],
)
def test_nothing_is_asked_again_within_its_second_by_both_clocks(monkeypatch, now, gone, is_young):
    monkeypatch.setattr(module, "time", SimpleNamespace(time=lambda: now, monotonic=lambda: gone))
    known = known_at(PublicStamp("first", None), began=50.0, at=dt.datetime.fromtimestamp(1_000.2, tz=dt.UTC))
    assert known.is_young() is is_young


def test_what_is_scheduled_has_come_in_its_very_instant(monkeypatch):
    now = [1_499.9]
    monkeypatch.setattr(module, "time", SimpleNamespace(time=lambda: now[0], monotonic=lambda: 50.0))
    changes_at, at = (dt.datetime.fromtimestamp(instant, tz=dt.UTC) for instant in (1_500, 1_499))
    known = known_at(PublicStamp("first", changes_at), began=50.0, at=at)
    assert (known.is_overtaken(), known.is_good()) == (False, True)
    now[0] = 1_500.0
    assert (known.is_overtaken(), known.is_good()) == (True, False)


def test_hour_and_day_end_when_they_do_in_the_sites_time_zone():
    nothing = PublicStamp("", None)
    with timezone.override(ZoneInfo("Asia/Kolkata")):  # midnight is at half past six in the evening, UTC
        known = known_at(nothing, began=0, at=dt.datetime(2026, 11, 28, 18, 10, tzinfo=dt.UTC))
        assert known.until == dt.datetime(2026, 11, 28, 18, 30, tzinfo=dt.UTC).timestamp()
        assert known.validity.day == "2026-11-28"
        known = known_at(nothing, began=0, at=dt.datetime(2026, 11, 28, 18, 30, tzinfo=dt.UTC))
        assert known.until == dt.datetime(2026, 11, 28, 19, tzinfo=dt.UTC).timestamp()
        assert known.validity.day == "2026-11-29"


def test_thread_ends_when_nobody_reads_and_begins_again(stamps, ledger, monkeypatch, passed):
    monkeypatch.setattr(module, "_IDLE", 0.01)
    stamps.current()
    stamps._thread and stamps._thread.join(5)
    assert stamps._thread is None
    passed(2)
    assert stamps.current()


@pytest.mark.parametrize("is_asked", [True, False])
def test_thread_that_would_end_goes_on_if_somebody_asked_in_that_moment(stamps, is_asked):
    """Else nobody would look up what readers wait for from then on."""
    stamps._thread = threading.current_thread()
    stamps._wanted = SimpleNamespace(wait=lambda _idle: is_asked and stamps._ask(), set=lambda: None)
    assert stamps._is_wanted() is is_asked
    assert (stamps._thread is None) is not is_asked


def test_connection_on_which_a_look_up_failed_is_closed(stamps, ledger, monkeypatch, passed):
    used = Mock(spec=["close"])
    monkeypatch.setattr(module, "connection", used)
    assert stamps.current()
    used.close.assert_not_called()
    ledger.error = RuntimeError("gone")
    passed(2)
    stamps.current()
    settled(stamps)
    used.close.assert_called_once()


def test_connection_that_is_not_to_be_had_is_asked_for_once_a_second(stamps, monkeypatch, passed):
    asked_for = []

    def refuse():
        asked_for.append(None)
        raise RuntimeError("no connection")

    monkeypatch.setattr(module, "connection_apart", refuse)
    monkeypatch.setattr(threading, "excepthook", lambda _told: None)
    for seconds, count in ((0, 1), (0.5, 1), (0.5, 2)):
        passed(seconds)
        assert stamps.current() is None
        settled(stamps)
        assert len(asked_for) == count


def test_pages_hold_while_templates_stand_only_where_somebody_works_on_the_site(settings):
    at = dt.datetime(2026, 11, 28, 18, 10, tzinfo=dt.UTC)
    stamp = {}
    for is_local in (True, False):
        settings.IS_LOCAL = is_local
        stamp[is_local] = known_at(PublicStamp("first", None), began=0, at=at).validity.stamp
    assert stamp[False] == "first"
    assert stamp[True].startswith("first ")


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_process_that_was_forked_looks_up_for_itself(stamps, ledger, passed):
    stamps.current()
    child = os.fork()
    if child == 0:
        os._exit(0 if stamps.last is None and stamps.current() and ledger.count == 2 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_proxy_is_told_the_beginning_of_the_last_look_up_and_never_later(stamps, ledger, passed):
    assert stamps.looked_at() == module.time.time()
    stamps.current()
    assert stamps.looked_at() == pytest.approx(stamps.last.at, abs=0.01)
    ledger.error = RuntimeError("gone")
    passed(60)
    assert stamps.current() is None
    assert stamps.looked_at() < module.time.time() - 59

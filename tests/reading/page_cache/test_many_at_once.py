"""Many threads on one address: one rendering, and nobody waits who need not."""

import threading
import time

from monographs.reading.page_cache import layer
from tests.reading.page_cache.bare import BODY, Application, One, Stamps, around, one_of_many


def all_at_once(count, act):
    """What each of ``count`` threads got; fails if one hangs."""
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(act())) for _thread in range(count)]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()
    yield answers


def wait_until(holds):
    for _time in range(1000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it never came")


def test_many_readers_of_one_page_make_one_rendering():
    application = Application()
    application.gate = threading.Event()
    cache = around(application)
    readers = all_at_once(20, lambda: One(cache))
    next(readers)
    wait_until(lambda: application.asked["/page/"] == 1)
    application.gate.set()
    assert {(answer.status, answer.body) for answer in next(readers)} == {(200, BODY)}
    assert application.asked == {"/page/": 1}
    assert not cache._flights


def test_pages_that_may_not_be_kept_do_not_queue():
    """After the first has shown that it is none to keep, all others are rendered side by side."""
    application, inside = Application(), threading.Barrier(9, timeout=60)
    application.marks = (*application.marks, one_of_many)
    first = threading.Event()
    usual = application.__call__

    def app(environ, start_response):
        if application.asked["/page/"]:
            application.asked["/page/"] += 1
            application.gate = None
            inside.wait()  # breaks, and the test fails, unless all others are in here at once
            application.asked["/page/"] -= 1
        else:
            application.gate = first
        return usual(environ, start_response)

    cache = around(app)
    readers = all_at_once(10, lambda: One(cache))
    next(readers)
    wait_until(lambda: application.asked["/page/"] == 1)
    first.set()
    assert {answer.status for answer in next(readers)} == {200}


def test_reader_waits_for_another_rendering_only_so_long(monkeypatch):
    monkeypatch.setattr(layer, "PATIENCE", 0.05)
    application = Application()
    application.gate = threading.Event()
    cache = around(application)
    readers = all_at_once(2, lambda: One(cache))
    next(readers)
    wait_until(lambda: application.asked["/page/"] == 2)
    application.gate.set()
    assert {answer.body for answer in next(readers)} == {BODY}


def test_rendering_that_began_before_the_stamp_moved_is_not_taken_for_the_new_page(monkeypatch):
    monkeypatch.setattr(layer, "PATIENCE", 60)
    application, stamps = Application(), Stamps()
    application.gate = gate = threading.Event()
    cache = around(application, stamps)
    readers = all_at_once(1, lambda: One(cache))
    next(readers)
    wait_until(lambda: application.asked["/page/"] == 1)
    stamps.set("withdrawn")
    application.gate, application.body = None, b"Withdrawn."
    later = all_at_once(1, lambda: One(cache))
    next(later)
    wait_until(lambda: application.asked["/page/"] == 2)  # it does not wait for the first
    gate.set()
    assert [answer.body for answer in next(later)] == [b"Withdrawn."]
    next(readers)
    assert One(cache).body == b"Withdrawn."
    assert cache.store.get(("http", "clinic.example", "", "/page/")).validity.stamp


def test_failing_rendering_frees_who_waits():
    application = Application()

    def fail(environ, start_response):
        application.asked["/page/"] += 1
        raise RuntimeError("a fault made for this test")

    cache = around(fail)
    for _time in range(2):
        try:
            One(cache)
        except RuntimeError:
            continue
        raise AssertionError("it passed in silence")
    assert not cache._flights

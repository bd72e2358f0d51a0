"""Everybody at once: two processes full of people."""

import multiprocessing
import threading
import time

from tests.load.people import Author, Moderator, Notes, Person, Reader, Releasers, Replier, Stage


def _reader(stage: Stage, notes: Notes) -> Person:
    return Reader(stage, "reader", notes)


def _replier(stage: Stage, notes: Notes) -> Person:
    return Replier(stage, f"replier {time.time_ns()}", notes)


def _moderator(stage: Stage, notes: Notes) -> Person:
    return Moderator(stage, "moderator", notes)


def _first_author(stage: Stage, notes: Notes) -> Person:
    return Author(stage, "author one", notes, 0)


def _second_author(stage: Stage, notes: Notes) -> Person:
    return Author(stage, "author two", notes, 1)


def _releasers(stage: Stage, notes: Notes) -> Person:
    return Releasers(stage, "releasers", notes, 0)


FEW = [[_reader, _replier]]
EVERYBODY = [
    [_reader] * 4 + [_replier] * 2,
    [_replier] * 2 + [_moderator, _first_author, _second_author, _releasers],
]


def crowd(groups: list[list], stage: Stage, seconds: float) -> Notes:
    """Each group in a process of its own, each person in a thread; what all of them noted."""
    context = multiprocessing.get_context("spawn")
    results, together = context.Queue(), Notes()
    processes = [context.Process(target=_group, args=(group, stage, seconds, results)) for group in groups]
    for process in processes:
        process.start()
    for _process in processes:
        together.add(results.get(timeout=seconds + 120))
    for process in processes:
        process.join()
    return together


def _group(makers: list, stage: Stage, seconds: float, results: multiprocessing.Queue) -> None:
    notes, stop = [Notes() for _maker in makers], threading.Event()
    people = [make(stage, own) for make, own in zip(makers, notes, strict=True)]
    threads = [threading.Thread(target=person.live, args=(stop,), daemon=True) for person in people]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join(60)
    together = Notes()
    for own in notes:
        together.add(own)
    results.put(together.plain())

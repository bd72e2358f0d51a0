"""Run the load once: `python -m tests.load [--seconds 180] [--kills 0]`, on SQLite or on the PostgreSQL that
DATABASE_URL names (`python -m tests.postgres python -m tests.load`)."""

import argparse
import os
import statistics
import sys
import threading
from collections import Counter

from tests.load.crowd import EVERYBODY, FEW, crowd
from tests.load.people import OK, Notes, Stage
from tests.load.site import Site, fresh_site, kill_now_and_then

ALONE = 6  # seconds in which one reader and one who replies are alone on the site
SAVED, RELEASED = 2, 1  # leaflets


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.load")
    parser.add_argument("--seconds", type=int, default=180, help="how long everybody is there")
    parser.add_argument("--kills", type=int, default=0, help="kill -9 of workers, every fifth of the whole server")
    chosen = parser.parse_args(arguments)
    with fresh_site() as site:
        import django

        django.setup()
        from django.db import connection

        print(f"On {connection.vendor}, {chosen.seconds} seconds, {chosen.kills} kills:", flush=True)
        problems = _load(site, chosen.seconds, chosen.kills)
        connection.close()
    for problem in problems:
        print(f"  WRONG: {problem}")
    print("  Nothing that was acknowledged is missing, and the record is whole." if not problems else "", flush=True)
    return bool(problems)


def _load(site: Site, seconds: int, kills: int) -> list[str]:
    from tests.load.counts import before, wrong

    stage = _stage(site, f"load{os.getpid()}")
    since = before()
    alone = crowd(FEW, stage, ALONE)
    stop, memory = threading.Event(), []
    watcher = threading.Thread(target=_watch, args=(site, memory, stop))
    killer = threading.Thread(target=kill_now_and_then, args=(site, kills, seconds * 0.9, stop))
    for thread in (watcher, *([killer] if kills else [])):
        thread.start()
    notes = crowd(EVERYBODY, stage, seconds)
    stop.set()
    watcher.join()
    if kills:
        killer.join()
    for line in _figures(notes, alone, memory, kills):
        print(f"  {line}", flush=True)
    notes.add(alone)
    problems = list(wrong(notes, stage.run, since, was_killed=bool(kills)))
    failed = {what: count for what, count in notes.statuses.items() if what[1] not in OK}
    if failed and not kills:
        problems.append(f"answers that are failures: {failed}")
    if not kills and _has_grown(memory):
        problems.append(f"the larger worker grew from {_warm(memory) / 1e6:.0f} to {_at_last(memory) / 1e6:.0f} MB")
    return problems


def _stage(site: Site, run: str) -> Stage:
    from django.utils import timezone

    from monographs.leaflets.models import Leaflet
    from monographs.publication.shown.showings import Showing

    live = Showing.objects.live(timezone.now()).order_by("leaflet_id")
    shown = list(live.values_list("leaflet_id", "leaflet__slug"))
    open_ones = [row for row in shown if not Leaflet.objects.get(pk=row[0]).reviews.active().exists()]
    saved = tuple(pk for pk, _slug in open_ones[:SAVED])
    return Stage(
        socket=str(site.socket),
        slugs=tuple(slug for _pk, slug in shown),
        saved=saved,
        released=tuple(open_ones[SAVED : SAVED + RELEASED]),
        run=run,
    )


# --- Figures ---


def _watch(site: Site, memory: list[int], stop: threading.Event) -> None:
    while not stop.wait(1):
        memory.append(site.memory())


def _has_grown(memory: list[int]) -> bool:
    return len(memory) > 30 and _at_last(memory) > _warm(memory) * 1.25 + 10_000_000


def _warm(memory: list[int]) -> int:
    """After a third of the time everything that is kept is there. The least of ten seconds: a password that is hashed
    takes a hundred megabytes for as long as that lasts."""
    return min(memory[len(memory) // 3 :][:10])


def _at_last(memory: list[int]) -> int:
    return min(memory[-10:])


def _figures(notes: Notes, alone: Notes, memory: list[int], kills: int) -> list[str]:
    by_status: Counter = Counter()
    for (_kind, status), count in notes.statuses.items():
        by_status[status] += count
    acts = ", ".join(f"{len(done)} × {kind}" for kind, done in sorted(notes.done.items()))
    lines = [f"acknowledged: {acts}", f"answers: {dict(sorted(by_status.items()))}"]
    for kind in ("leaflet", "home", "search", "reply"):
        loaded, before = notes.waits.get(kind, []), alone.waits.get(kind, [])
        if len(loaded) > 20 and len(before) > 20:
            ratios = [_share(loaded, part) / _share(before, part) for part in (50, 95)]
            lines.append(f"{kind}: {ratios[0]:.1f} × as long as alone (median), {ratios[1]:.1f} × (95 of 100)")
    if memory and not kills:
        warm, last = _warm(memory) / 1e6, _at_last(memory) / 1e6
        lines.append(f"memory of the larger worker: {warm:.0f} MB after a third, {last:.0f} MB at last")
    return lines


def _share(waits: list[float], part: int) -> float:
    return statistics.quantiles(waits, n=100, method="inclusive")[part - 1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

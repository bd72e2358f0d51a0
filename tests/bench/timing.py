"""The time of one act."""

import time
from collections.abc import Callable
from statistics import median


def seconds(act: Callable[[], object], *, runs: int = 7) -> float:
    """The median time of one call, after a warm-up."""
    act()
    times = []
    for _run in range(runs):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return median(times)

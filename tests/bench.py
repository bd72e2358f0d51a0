"""`make bench`: query counts, and speed as ratios within one run (a ratio holds on any machine; seconds do not).

Runs on a database of its own, made and removed as the tests' is.
"""

import os
import sys
import time
from collections.abc import Callable
from statistics import median

import django


def main() -> int:
    """Print each measurement's lines."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    # Both need the settings above.
    from django.db import connection
    from django.test.utils import get_runner, setup_test_environment

    from tests import measurements

    setup_test_environment()
    runner = get_runner(django.conf.settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        print(f"On {connection.vendor}:")
        for measure in measurements.ALL:
            for line in measure():
                print(f"  {line}", flush=True)
    finally:
        runner.teardown_databases(databases)
    return 0


def seconds(act: Callable[[], object], *, runs: int = 7) -> float:
    """The median time of one call, after a warm-up."""
    act()
    times = []
    for _run in range(runs):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return median(times)


if __name__ == "__main__":
    sys.exit(main())

"""A command that is asked to stop does, whatever it is at just then."""

import subprocess
import sys

import pytest

_WITHIN_THE_LOCK = """
import os, signal
from monographs.operations.stopping import asked_to_stop
with asked_to_stop() as stop:
    with stop._cond:  # as for a moment in each `wait`
        os.kill(os.getpid(), signal.SIGTERM)
        print("said" if stop.is_set() else "missed")
    print("over" if stop.wait(30) else "goes on")
print(signal.getsignal(signal.SIGTERM).name)
"""


@pytest.mark.once
def test_a_signal_in_the_middle_of_a_wait_is_no_end_without_end():
    """CPython 3.11, `threading.Event.set`: it takes a lock that is not reentrant."""
    answer = subprocess.run(  # noqa: S603 - our own interpreter and lines
        [sys.executable, "-c", _WITHIN_THE_LOCK], capture_output=True, text=True, check=True, timeout=60
    )
    assert answer.stdout.split() == ["said", "over", "SIG_DFL"]

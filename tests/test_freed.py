"""Memory that is free again is the machine's again, where the C library can give it back."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from monographs.freed import give_back_freed
from monographs.search.index import kept as index

_HOLDS = """
import re
from pathlib import Path
from monographs.freed import give_back_freed

def held():
    return int(re.search(r"Private_Dirty: +(\\d+)", Path("/proc/self/smaps_rollup").read_text())[1])

kept = [bytearray(b"x") * 60_000 for _each in range(400)]
stays, kept[:-1] = kept[-1], []
before = held()
give_back_freed()
print(before - held())
"""


@pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None), "malloc_trim") or not Path("/proc/self/smaps_rollup").exists(),
    reason="the C library is not glibc, or the system tells no process what it holds",
)
def test_what_lies_free_below_something_that_stays_is_given_back():
    as_deployed = {**os.environ, "MALLOC_ARENA_MAX": "1"}
    told = subprocess.run([sys.executable, "-c", _HOLDS], capture_output=True, check=True, env=as_deployed)  # noqa: S603
    assert int(told.stdout) > 20_000  # kB, of 24,000


def test_another_c_library_gives_nothing_back(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    give_back_freed()


@pytest.mark.django_db
def test_reading_all_names_gives_back_what_it_needed_meanwhile(monkeypatch):
    given = []
    monkeypatch.setattr(index, "give_back_freed", lambda: given.append(True))
    index.forget()
    index.the_index()
    assert given == [True]
    index._kept.renew()
    assert len(given) == 3  # what the reading needed, and the names as they were before

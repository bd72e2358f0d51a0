"""Files that can be made again: whole or not there, and bounded."""

import hashlib
import os
import stat
import time

import pytest

from monographs.files.kept import Kept

DAY = 24 * 3600.0


def digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def place(kept: Kept, name: str):
    return kept.folder / digest(name)[:2] / digest(name)


def wanted_days_ago(kept: Kept, name: str, days: float) -> None:
    at = time.time() - days * DAY
    os.utime(place(kept, name), (at, at))


@pytest.fixture
def kept(tmp_path) -> Kept:
    return Kept(tmp_path / "paper", 1_000)


def names(kept: Kept, *asked: str) -> str:
    return "".join(name for name in asked if kept.get(digest(name)))


def test_what_was_put_is_found_by_anybody_and_nothing_else(kept):
    assert kept.get(digest("a")) is None
    kept.put(digest("a"), b"%PDF one")
    kept.put(digest("a"), b"%PDF two")
    assert Kept(kept.folder, 1).get(digest("a")) == b"%PDF two"
    assert kept.get(digest("b")) is None
    assert stat.S_IMODE(place(kept, "a").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:64],
        lambda data: data + b"\n",
        lambda data: data.replace(b"5 mg", b"9 mg"),
        lambda data: b"\x00" * len(data),
        lambda data: data[64:],
    ],
    ids=["empty", "half", "without its bytes", "longer", "another dose", "zeros", "without its seal"],
)
def test_file_that_is_cut_or_was_changed_is_not_there(kept, damage):
    kept.put(digest("a"), b"%PDF Take 5 mg.")
    there = place(kept, "a")
    there.write_bytes(damage(there.read_bytes()))
    assert kept.get(digest("a")) is None
    kept.put(digest("a"), b"%PDF Take 5 mg.")
    assert kept.get(digest("a")) == b"%PDF Take 5 mg."


def test_what_cant_be_read_is_not_there(kept):
    place(kept, "a").mkdir(parents=True)
    assert kept.get(digest("a")) is None


def test_what_was_wanted_longest_ago_goes_until_there_is_room(kept):
    for days, name in enumerate("edcba"):
        kept.put(digest(name), b"x" * 200)
        wanted_days_ago(kept, name, 1 - days / 10)
    assert kept.make_room(unwanted_for=2 * DAY) == pytest.approx(time.time() - 0.9 * DAY, abs=60)
    assert names(kept, *"abcde") == "abc"
    assert kept.make_room(unwanted_for=2 * DAY) == 0.0
    assert names(kept, *"abcde") == "abc"


def test_what_nobody_wanted_for_days_goes_though_there_is_room(kept):
    for name in "abc":
        kept.put(digest(name), name.encode())
        wanted_days_ago(kept, name, 3)
    kept.is_still_wanted(digest("b"))
    kept.is_still_wanted(digest("never put"))
    assert kept.make_room(unwanted_for=2 * DAY) == 0.0
    assert names(kept, *"abc") == "b"


def test_other_files_of_the_folder_stay(kept):
    kept.put(digest("a"), b"a")
    (kept.folder / "looked-at.json").write_text("{}")
    Kept(kept.folder, 0).make_room(unwanted_for=DAY)
    assert kept.get(digest("a")) is None
    assert (kept.folder / "looked-at.json").exists()

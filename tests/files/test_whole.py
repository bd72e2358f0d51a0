"""Writing a file: whole or not there, whatever fails."""

import datetime as dt
import errno
import os
import stat

import pytest
from django.utils import timezone

from monographs.files.whole import remove_unfinished, write_whole

DAY = dt.timedelta(days=1)


def broken(*chunks: bytes):
    """Chunks, then a disk that is full."""
    yield from chunks
    raise OSError(errno.ENOSPC, "No space left on device")


def names(folder) -> list[str]:
    return sorted(os.listdir(folder))


def test_file_is_written_with_its_folder_and_permissions(tmp_path):
    path = tmp_path / "new" / "folder" / "a.png"
    write_whole(path, [b"one ", b"two"], mode=0o640)
    assert path.read_bytes() == b"one two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert names(path.parent) == ["a.png"]


def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a.png"
    with pytest.raises(OSError, match="No space"):
        write_whole(path, broken(b"half"), mode=0o644)
    assert names(tmp_path) == []
    path.write_bytes(b"old")
    with pytest.raises(OSError, match="No space"):
        write_whole(path, broken(b"half"), mode=0o644)
    assert (names(tmp_path), path.read_bytes()) == (["a.png"], b"old")


def test_bytes_are_on_the_disk_before_the_name_is_and_the_name_before_it_returns(tmp_path, monkeypatch):
    done = []
    for verb in ("fsync", "replace"):
        real = getattr(os, verb)
        monkeypatch.setattr(os, verb, lambda *args, verb=verb, real=real: (done.append(_seen(verb, args)), real(*args)))
    write_whole(tmp_path / "a.png", [b"bytes"], mode=0o644)
    assert done == ["fsync file", "replace", "fsync folder"]


def _seen(verb: str, args: tuple) -> str:
    if verb == "replace":
        return verb
    return f"{verb} {'folder' if stat.S_ISDIR(os.fstat(args[0]).st_mode) else 'file'}"


def test_what_a_killed_process_left_is_removed_after_a_day_and_nothing_else(tmp_path):
    folder = tmp_path / "leaflet-images"
    folder.mkdir()
    for name in (".abc_1-2.unfinished", ".young.unfinished", "a.png", ".hidden", "a.unfinished"):
        (folder / name).write_bytes(b"half")
        age = 0 if "young" in name else 90_000
        os.utime(folder / name, (timezone.now().timestamp() - age,) * 2)
    assert [path.name for path in remove_unfinished(tmp_path, at=timezone.now())] == [".abc_1-2.unfinished"]
    assert names(folder) == [".hidden", ".young.unfinished", "a.png", "a.unfinished"]
    assert [path.name for path in remove_unfinished(tmp_path, at=timezone.now() + DAY)] == [".young.unfinished"]


def test_a_folder_that_is_not_there_has_nothing_left(tmp_path):
    assert list(remove_unfinished(tmp_path / "none", at=timezone.now())) == []


def test_a_file_that_is_not_ours_to_remove_keeps_nobody_from_the_rest(tmp_path, monkeypatch):
    old = timezone.now() + 2 * DAY
    for name in (".a.unfinished", ".b.unfinished"):
        (tmp_path / name).write_bytes(b"half")
    real, asked = os.unlink, []

    def unlink(path, **kwargs):
        asked.append(os.path.basename(path))
        if len(asked) == 1:
            raise PermissionError(errno.EPERM, "Operation not permitted")
        return real(path, **kwargs)

    monkeypatch.setattr(os, "unlink", unlink)
    list(remove_unfinished(tmp_path, at=old))
    assert len(asked) == 2

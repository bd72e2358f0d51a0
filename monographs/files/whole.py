"""Writing a file so that its name never stands for half of it, whatever fails in between."""

import contextlib
import datetime as dt
import errno
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

LEFT_AFTER = dt.timedelta(days=1)  # nobody writes one file for longer: whoever began it was killed
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SUFFIX = ".unfinished"
_UNFINISHED = re.compile(r"\.[\w-]+\.unfinished")


def write_whole(path: Path, chunks: Iterable[bytes], *, mode: int) -> None:
    """Put ``chunks`` at ``path``, in the place of what is there; ``mode`` are the file's permissions (``0o644``).

    Written beside it under a name that nothing serves, synced, and moved over, then the folder is synced: after a
    power cut, too, there is the old file, the new one, or none. Raises OSError, and leaves nothing behind.
    """
    make_folder(path.parent)
    number, unfinished = tempfile.mkstemp(prefix=".", suffix=_SUFFIX, dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fchmod(number, mode)
            os.fsync(number)
        os.replace(unfinished, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(unfinished)
        raise
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """The folder and those above it, each known to the one above even after a power cut."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in missing:
        sync_folder(one.parent)


def sync_folder(folder: Path) -> None:
    """Which names are in it is on the disk; a file system that can't sync a folder (EINVAL) is left alone."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(number)


def is_unfinished(name: str) -> bool:
    """Whether a file of this name is one that somebody is writing, or was killed while writing."""
    return bool(_UNFINISHED.fullmatch(name))


def remove_unfinished(root: Path, *, at: dt.datetime) -> Iterator[Path]:
    """Remove from ``root`` and its folders what was left unfinished a day before ``at``; each that is gone."""
    for folder, _folders, names in os.walk(root):
        for name in filter(is_unfinished, names):
            path = Path(folder, name)
            with contextlib.suppress(OSError):  # another clock was faster, or it is not ours to remove
                if path.stat().st_mtime < (at - LEFT_AFTER).timestamp():
                    path.unlink()
                    yield path


def is_disk_full(error: OSError) -> bool:
    """Whether the disk, the quota or a limit of file sizes left no room."""
    return error.errno in _FULL

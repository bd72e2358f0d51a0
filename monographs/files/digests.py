"""Files whose name is the SHA-256 of their bytes: whether they still are what they are called."""

import hashlib
import logging
import os
from pathlib import Path

_MOST = 20_000  # files that a process remembers
logger = logging.getLogger(__name__)


class NotWhole(Exception):
    """A file's bytes are not those that its name tells of."""


class Checked:
    """Reads files, and hashes each when it was not read before as it is now: by its inode, size, and times of change.

    Any write to a file moves its time of change. What a disk loses silently this does not see before the process is
    started anew; `verify_history` reads all bytes each time.
    """

    def __init__(self):
        self._known: dict[Path, tuple[tuple[int, ...], bool]] = {}  # as it was, and whether it was whole

    def read(self, path: Path, digest: str) -> bytes:
        """The file's bytes. Raises FileNotFoundError, and NotWhole if ``digest`` is not theirs."""
        with path.open("rb") as file:
            state = _state(os.fstat(file.fileno()))
            data = file.read()
        known, is_whole = self._known.get(path, ((), False))
        if known != state:
            is_whole = hashlib.sha256(data).hexdigest() == digest
            if not is_whole:
                logger.error("%s is cut or was changed (%s bytes); it is not served.", path, len(data))
            if len(self._known) >= _MOST:
                self._known = {}
            self._known[path] = state, is_whole
        if not is_whole:
            raise NotWhole(str(path))
        return data


def _state(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def is_called_right(path: Path, digest: str) -> bool:
    """Whether the SHA-256 of all bytes is ``digest``; read piece by piece, nothing remembered."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == digest

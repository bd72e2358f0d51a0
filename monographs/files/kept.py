"""Files on the disk that can be made again: known by a digest of all that they were made of, whole or not there."""

import contextlib
import hashlib
import logging
import os
import re
import time
from pathlib import Path

from monographs.files.whole import write_whole

_DIGEST = re.compile(r"[0-9a-f]{64}")
_SEAL = 64  # bytes before a file's own: the SHA-256 of these, in hexadecimal
_MODE = 0o600  # the site's own programs read them, no web server
logger = logging.getLogger(__name__)


class Kept:
    """Files under ``folder``, for any number of processes that read and write at once. Who reads waits for nobody: a
    file is moved to its place whole, and what is cut, changed or can't be read counts as not there.

    ``most_bytes`` bounds all of them (`make_room`); with 0 nothing is kept.
    """

    def __init__(self, folder: Path, most_bytes: int):
        self.folder, self.most_bytes = folder, most_bytes

    def get(self, digest: str) -> bytes | None:
        """The file's bytes; None where it isn't there, whole."""
        path = self._place(digest)
        try:
            sealed = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            logger.error("%s can’t be read: %s", path, error)
            return None
        data = sealed[_SEAL:]
        if sealed[:_SEAL] != _seal(data):
            logger.error("%s is cut or was changed (%s bytes); it is made anew.", path, len(sealed))
            return None
        return data

    def put(self, digest: str, data: bytes) -> None:
        """Raises OSError, and leaves nothing behind."""
        write_whole(self._place(digest), [_seal(data), data], mode=_MODE)

    def is_still_wanted(self, digest: str) -> None:
        """It goes later than what nobody said this of for longer."""
        with contextlib.suppress(OSError):  # it has gone meanwhile: whoever wants it makes it
            os.utime(self._place(digest))

    def make_room(self, *, unwanted_for: float) -> float:
        """Remove what nobody wanted for so many seconds, then what was wanted longest ago, down to ``most_bytes``.

        When what was removed last for want of room was wanted last, in seconds since 1970; 0.0 if there was room.
        """
        files = sorted(self._files())
        weight = sum(size for _wanted_at, size, _path in files)
        oldest, gone_at = time.time() - unwanted_for, 0.0
        for wanted_at, size, path in files:
            is_too_much = weight > self.most_bytes
            if wanted_at >= oldest and not is_too_much:
                break
            with contextlib.suppress(FileNotFoundError):  # another process was faster
                path.unlink()
            weight -= size
            gone_at = wanted_at if is_too_much and wanted_at >= oldest else gone_at
        return gone_at

    def _files(self) -> list[tuple[float, int, Path]]:
        """When each was wanted last, and how large it is."""
        found = []
        for folder, _folders, names in os.walk(self.folder):
            for path in (Path(folder, name) for name in names if _DIGEST.fullmatch(name)):
                with contextlib.suppress(FileNotFoundError):
                    state = path.stat()
                    found.append((state.st_mtime, state.st_size, path))
        return found

    def _place(self, digest: str) -> Path:
        """No folder has more than some hundred names."""
        return self.folder / digest[:2] / digest


def _seal(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()

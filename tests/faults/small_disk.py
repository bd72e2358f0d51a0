"""A disk with little room: a file system in memory where we may mount one, a limit of file sizes elsewhere."""

import contextlib
import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def small_disk(folder: Path, *, kilobytes: int) -> Iterator[Path]:
    """``folder`` as a file system of its own with so much room. Skips the test where we may not mount one."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if os.geteuid() != 0 or not (mount and umount):
        pytest.skip("Needs root, to mount a small disk: `make faults`.")
    folder.mkdir(exist_ok=True)
    size = f"size={kilobytes}k"
    made = subprocess.run([mount, "-t", "tmpfs", "-o", size, "tmpfs", folder], capture_output=True, check=False)  # noqa: S603
    if made.returncode:
        pytest.skip(f"No small disk can be mounted here: {made.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run([umount, "-l", folder], check=True)  # noqa: S603 - found above


def fill(folder: Path, *, but: int = 0) -> Path:
    """Fill the disk until ``but`` bytes are left; the file that fills it."""
    filler = folder / "filler"
    with filler.open("ab", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1 << 9, 1):
            while room(folder) - but >= size or (size == 1 and not but):
                try:
                    file.write(b"x" * size)
                except OSError:
                    break
    return filler


def room(folder: Path) -> int:
    """Bytes that can still be written there."""
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize


@contextlib.contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """No file of this process may grow beyond ``size`` bytes: what a quota or a full disk does, without root."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

"""The storages of Django's that keep only whole files: uploaded pictures, and the collected static files."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from monographs.files.whole import sync_folder, write_whole

_USUAL_MODE = 0o644


class _Whole:
    """For a FileSystemStorage: `write_whole` instead of writing in place.

    Two that save under one name at the same moment end with the later one's file, not with two names.
    """

    def _save(self, name: str, content: File) -> str:
        path = Path(self.path(name))
        write_whole(path, _bytes_of(content), mode=self.file_permissions_mode or _USUAL_MODE)
        self._ensure_location_group_id(path)
        return Path(name).as_posix()


class WholeFiles(_Whole, FileSystemStorage):
    """The default storage: uploaded pictures."""

    def keep(self, name: str, data: bytes) -> None:
        """``data`` stands under ``name`` on the disk when this returns, whatever stood there: a file that is there
        counts only where its bytes are these. Raises OSError."""
        path = Path(self.path(name))
        try:
            is_there = path.read_bytes() == data
        except FileNotFoundError:
            is_there = False
        if is_there:
            sync_folder(path.parent)  # whoever moved it here may not have come so far
        else:
            self._save(name, ContentFile(data))


class WholeStaticFiles(_Whole, CompressedManifestStaticFilesStorage):
    """Static files, their compressed twins, and the list of them all."""

    def __init__(self, *args: object, **options: object):
        super().__init__(*args, manifest_storage=_ListOfFiles(location=settings.STATIC_ROOT), **options)

    def create_compressor(self, **options: object) -> Compressor:
        return _WholeCompressor(**options)


class _ListOfFiles(_Whole, FileSystemStorage):
    def exists(self, name: str) -> bool:
        """No: Django takes away what exists before it writes, and who started then would have no list."""
        return False


class _WholeCompressor(Compressor):
    def write_data(self, path: str, data: bytes, suffix: str, stat_result: os.stat_result) -> str:
        twin = path + suffix
        write_whole(Path(twin), [data], mode=stat_result.st_mode & 0o777)
        os.utime(twin, (stat_result.st_atime, stat_result.st_mtime))
        return twin


def _bytes_of(content: File) -> Iterator[bytes]:
    for chunk in content.chunks():
        yield chunk.encode() if isinstance(chunk, str) else chunk

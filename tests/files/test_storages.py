"""The two storages: pictures by their bytes, static files with their list."""

import json
import os
import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import call_command

from monographs.files import storage
from monographs.files.storage import WholeFiles, WholeStaticFiles
from monographs.operations.requests.field_limits import MOST_BYTES

WHOLE = b"all of the picture"


@pytest.fixture
def kept(tmp_path) -> WholeFiles:
    return WholeFiles(location=tmp_path)


def test_uploads_go_to_a_storage_that_keeps_whole_files_only():
    assert isinstance(storages["default"], WholeFiles)
    assert default_storage.file_permissions_mode == 0o644


def test_a_file_of_that_name_counts_only_if_it_has_those_bytes(kept, tmp_path):
    (tmp_path / "images").mkdir()
    path = tmp_path / "images" / "a.png"
    for there in (WHOLE[:7], b"", WHOLE + b"more", WHOLE.replace(b"all", b"ALL")):
        path.write_bytes(there)
        kept.keep("images/a.png", WHOLE)
        assert path.read_bytes() == WHOLE
    inode = path.stat().st_ino
    kept.keep("images/a.png", WHOLE)
    assert path.stat().st_ino == inode  # it was left alone
    assert os.listdir(path.parent) == ["a.png"]


def test_text_can_be_saved_as_with_any_storage(kept):
    assert kept.save("a.txt", ContentFile("Käse")) == "a.txt"
    with kept.open("a.txt") as file:
        assert file.read() == "Käse".encode()


def test_an_upload_takes_no_room_on_the_disk_before_it_is_kept(settings):
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE >= MOST_BYTES


@pytest.fixture
def collected(settings, tmp_path):
    """Static files as production collects them, once; the folder."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "page.css").write_text("body { color: black; }\n" * 100)
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    backend = "monographs.files.storage.WholeStaticFiles"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    call_command("collectstatic", interactive=False, verbosity=0)
    assert isinstance(staticfiles_storage._wrapped, WholeStaticFiles)
    return settings.STATIC_ROOT


def test_static_files_are_written_whole_with_their_twins_and_their_list(collected):
    listed = json.loads((collected / "staticfiles.json").read_text())["paths"]["page.css"]
    names = set(os.listdir(collected))
    assert {listed, f"{listed}.br", f"{listed}.gz", "staticfiles.json"} <= names
    assert not [name for name in names if name.startswith(".")]


@pytest.mark.parametrize("failing", [".css", ".gz", "staticfiles.json"])
def test_a_disk_that_fills_while_static_files_are_collected_leaves_the_old_ones(
    collected, tmp_path, monkeypatch, failing
):
    before = {path.name: path.read_bytes() for path in collected.iterdir()}
    (tmp_path / "source" / "page.css").write_text("body { color: white; }\n" * 100)
    os.utime(tmp_path / "source" / "page.css", (2e9, 2e9))
    real = storage.write_whole

    def fail(path, chunks, *, mode):
        if path.name.endswith(failing):
            chunks = _full_after(chunks)
        real(path, chunks, mode=mode)

    monkeypatch.setattr(storage, "write_whole", fail)
    with pytest.raises(OSError, match="No space left"):
        call_command("collectstatic", interactive=False, verbosity=0)
    after = {path.name: path.read_bytes() for path in collected.iterdir()}
    served = {name: data for name, data in before.items() if re.match(r"page\.[0-9a-f]{12}\.css", name)}
    assert len(served) == 3
    if failing != ".gz":  # there the new list stands already, whose files are whole
        served["staticfiles.json"] = before["staticfiles.json"]
    assert served.items() <= after.items()
    assert not [name for name in after if name.startswith(".")]


def _full_after(chunks):
    yield next(iter(chunks))[:10]
    raise OSError(28, "No space left on device")

"""The disk of the pictures is full: the author is told so in words, and patients never get half a picture."""

import io
import os
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from monographs.admin.frame.images import encode_anew
from monographs.files.whole import write_whole
from tests.faults.small_disk import fill, no_file_beyond, room, small_disk
from tests.people import make_person

pytestmark = pytest.mark.django_db


def noise() -> bytes:
    """A PNG of about 270 kB: nothing in it can be compressed."""
    out = io.BytesIO()
    Image.frombytes("RGB", (300, 300), os.urandom(270_000)).save(out, "PNG")
    return encode_anew(out.getvalue())[0]


def upload(client, data: bytes):
    file = SimpleUploadedFile("picture.png", data, "image/png")
    return client.post(reverse("admin:image-upload"), {"image": file})


def address_in(answer) -> str:
    return re.search(r"\((/media/[^)]+)\)", answer.json()["image_code"])[1]


@pytest.fixture
def author(client):
    client.force_login(make_person("ana"))
    return client


def test_a_picture_that_finds_no_room_is_refused_in_words_and_kept_whole_later(author, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    data = noise()
    with no_file_beyond(100_000):
        answer = upload(author, data)
    assert answer.status_code == 507
    assert "is full" in answer.json()["error"]
    assert "Your text is still here" in answer.json()["error"]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    answer = upload(author, data)
    assert answer.status_code == 200
    assert author.get(address_in(answer)).content == data


@pytest.mark.faults
def test_a_full_disk_refuses_a_picture_and_takes_it_when_there_is_room(author, settings, tmp_path):
    data = noise()
    with small_disk(tmp_path / "media", kilobytes=1024) as disk:
        settings.MEDIA_ROOT = disk
        filler = fill(disk, but=200_000)
        assert room(disk) < len(data)
        answer = upload(author, data)
        assert (answer.status_code, "is full" in answer.json()["error"]) == (507, True)
        assert os.listdir(disk / "leaflet-images") == []
        filler.unlink()
        answer = upload(author, data)
        assert author.get(address_in(answer)).content == data


def test_a_disk_that_cannot_be_written_to_is_told_in_other_words(author, settings, tmp_path):
    (tmp_path / "leaflet-images").write_text("no folder, so nothing can be put into it")
    settings.MEDIA_ROOT = tmp_path
    answer = upload(author, noise())
    assert (answer.status_code, "can’t be written to" in answer.json()["error"]) == (507, True)


def test_a_picture_that_was_cut_is_not_served_and_the_next_upload_mends_it(author, settings, tmp_path, caplog):
    settings.MEDIA_ROOT = tmp_path
    data = noise()
    address = address_in(upload(author, data))
    path = tmp_path / address.removeprefix("/media/")
    assert author.get(address).content == data
    path.write_bytes(data[:172_032])
    for _reader in range(2):
        answer = author.get(address)
        assert answer.status_code == 404
        assert "immutable" not in answer.get("Cache-Control", "")
    assert caplog.text.count("it is not served") == 1
    assert address_in(upload(author, data)) == address
    assert author.get(address).content == data


def test_readers_hash_no_picture_twice(author, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    address = address_in(upload(author, noise()))
    hashed = []
    real = __import__("hashlib").sha256
    monkeypatch.setattr("monographs.files.digests.hashlib.sha256", lambda data: hashed.append(1) or real(data))
    for _reader in range(3):
        assert author.get(address).status_code == 200
    assert len(hashed) == 1


def test_a_file_that_is_being_written_is_never_served(author, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    seen = []

    def chunks():
        for path in (tmp_path / "leaflet-images").iterdir():
            seen.append(author.get(f"/media/leaflet-images/{path.name}").status_code)
        yield b"half"

    write_whole(tmp_path / "leaflet-images" / "a.png", chunks(), mode=0o644)
    assert seen == [404]

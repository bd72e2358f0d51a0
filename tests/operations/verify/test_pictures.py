"""`verify_history` reads every picture, and names those that are cut, changed or missing."""

import hashlib
import io

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from tests.makers import make_leaflet, make_published

pytestmark = pytest.mark.django_db

PICTURES = [b"one picture", b"another picture", b"a third"]
NAMES = [f"leaflet-images/{hashlib.sha256(data).hexdigest()}.png" for data in PICTURES]


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for name, data in zip(NAMES, PICTURES, strict=True):
        default_storage.keep(name, data)
    return tmp_path


def verify(**options) -> str:
    out = io.StringIO()
    call_command("verify_history", stdout=out, **options)
    return out.getvalue()


def test_whole_pictures_pass_and_so_does_what_is_unfinished(media):
    make_published(dosage=f"Take one. ![A tablet](/media/{NAMES[0]})")
    (media / "leaflet-images" / ".x.unfinished").write_bytes(b"half")
    assert "The record is whole" in verify()


def test_all_that_are_cut_or_missing_are_named_with_the_text_that_shows_them(media):
    make_published(dosage=f"Take one. ![A tablet](/media/{NAMES[0]}) ![Two](/media/{NAMES[1]})")
    (media / NAMES[0]).write_bytes(PICTURES[0][:4])
    (media / NAMES[1]).unlink()
    (media / NAMES[2]).write_bytes(b"a thirD")
    with pytest.raises(CommandError) as told:
        verify()
    lines = str(told.value).splitlines()
    assert sorted(lines) == sorted([
        f"The picture {NAMES[0]} is cut or was changed: 4 bytes are there (Testamol, revision 1).",
        f"The picture {NAMES[1]} is missing (Testamol, revision 1).",
        f"The picture {NAMES[2]} is cut or was changed: 7 bytes are there.",
    ])  # fmt: skip


def test_the_record_is_told_to_be_whole_before_pictures_are_named(media):
    (media / NAMES[0]).write_bytes(b"")
    out = io.StringIO()
    with pytest.raises(CommandError, match="is cut"):
        call_command("verify_history", stdout=out)
    assert "The record is whole" in out.getvalue()
    assert "The record is whole" in verify(skip_pictures=True)


def test_a_draft_names_its_pictures_too(media):
    leaflet = make_leaflet()
    section = leaflet.sections.first()
    section.body = f"![Gone](/media/leaflet-images/{'0' * 64}.webp)"
    section.save()
    with pytest.raises(CommandError, match=f"{'0' * 64}.webp is missing"):
        verify()

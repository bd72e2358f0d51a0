"""No reader gets a PDF that says something else by now; what is kept is whole and bounded."""

import errno
import os
import time
from dataclasses import replace

import pytest
from django.utils import timezone

from monographs.files import kept as kept_on_disk
from monographs.publication.actions import publish, withdraw
from monographs.reading.paper import files
from monographs.reading.paper.ahead import Turn, print_some
from tests.makers import change_leaflet, make_approved, make_published
from tests.paper.parts import make_article, text_of
from tests.reading.paper.ahead.parts import DAY, files_in, print_all
from tests.reading.parts import make_clinic

pytestmark = pytest.mark.django_db


# --- Nobody gets another one's ---


def test_a_changed_telephone_number_is_never_served_from_an_old_file(read, printed):
    make_published(), make_published(medicine="Othermol")
    print_all()
    make_clinic(phone="01632 960 999")
    printed.clear()
    number = "01632 960 999"
    assert number in text_of(read()).replace("\u00a0", " ")  # before the clock comes: made for the reader
    assert printed == ["Testamol"]
    assert print_all() == 2
    printed.clear()
    assert number in text_of(read()).replace("\u00a0", " ")
    assert number in text_of(read("/leaflets/othermol/leaflet.pdf")).replace("\u00a0", " ")
    assert printed == []


def test_a_withdrawn_leaflet_is_its_notice_though_its_file_is_there(read, printed, priya, folder):
    leaflet = make_published().leaflet
    print_all()
    withdraw(leaflet, by=priya, notice="Keep taking it. Ask us.", why="Wrong.")
    assert len(files_in(folder)) == 1
    before_the_clock = read()
    assert "Keep taking it. Ask us." in text_of(before_the_clock)
    assert "Take 5mg" not in text_of(before_the_clock)
    assert print_all() == 1
    printed.clear()
    assert read() == before_the_clock
    assert printed == []


def test_another_host_has_its_own_address_on_paper(read, printed, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    make_published()
    print_all()
    printed.clear()
    assert "http://other.example/leaflets/testamol/" in text_of(read(HTTP_HOST="other.example")).replace(" ", "")
    assert printed == ["Testamol"]


@pytest.mark.parametrize("address", ["https://leaflets.example", "http://leaflets.example:8080"])
def test_the_sites_own_address_is_asked_for_as_a_reader_does(read, printed, settings, address):
    settings.SITE_ADDRESS, settings.ALLOWED_HOSTS = address, ["leaflets.example"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    make_published()
    print_all()
    printed.clear()
    scheme, _slashes, host = address.partition("://")
    assert read(HTTP_HOST=host, HTTP_X_FORWARDED_PROTO=scheme)
    assert printed == []


@pytest.mark.parametrize("damage", [b"", b"%PDF-1.7 half of", None], ids=["empty", "garbage", "half"])
def test_a_broken_file_only_means_that_it_is_made_anew(read, printed, folder, damage):
    make_published()
    print_all()
    whole = read()
    [path] = files_in(folder)
    path.write_bytes(path.read_bytes()[:5000] if damage is None else damage)
    printed.clear()
    assert read() == whole
    assert printed == ["Testamol"]
    assert print_all(everywhere=True) == 1
    printed.clear()
    assert read() == whole
    assert printed == []


def test_lost_files_are_made_anew(read, folder, printed):
    make_published()
    print_all()
    for path in files_in(folder):
        path.unlink()
    assert read()
    assert print_all(timezone.now() + DAY) == 1


def test_another_release_of_the_program_makes_all_anew(monkeypatch, looked_at):
    make_published()
    print_all()
    monkeypatch.setattr("monographs.paper.articles.article._known_program", ["another"])
    looked_at.clear()
    assert print_all() == 1


def test_a_pdf_without_its_picture_is_not_kept(folder, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    article = make_article("Take it.")
    picture = f'<p><img src="/media/leaflet-images/{"0" * 64}.png" alt="Two tablets"></p></article>'
    article = replace(article, html=article.html.replace("</article>", picture))
    assert picture in article.html
    assert files.keep_standard_pdf(article, files.kept_files()) is False
    assert files_in(folder) == []


def test_one_that_cant_be_made_keeps_back_no_other(monkeypatch, printed, read, caplog):
    make_published(), make_published(medicine="Othermol")
    make = files.make_pdf

    def fails(article, **rest):
        if article.title == "Othermol":
            raise RuntimeError("no sheet")
        return make(article, **rest)

    monkeypatch.setattr(files, "make_pdf", fails)
    assert print_all() == 1
    assert "has no PDF before somebody asks" in caplog.text


# --- How much is kept ---


def test_what_is_kept_is_bounded_and_the_clock_does_not_make_in_vain(settings, folder, caplog):
    for number in range(5):
        make_published(medicine=f"Manymol {number}")
    print_all()
    each = files_in(folder)[0].stat().st_size
    settings.PAPER_BYTES = int(each * 3.5)
    assert print_all(everywhere=True) == 0
    assert len(files_in(folder)) == 3
    for path in files_in(folder):
        path.unlink()
    assert print_all(everywhere=True, most=2) == 4  # the second two had not room enough
    assert len(files_in(folder)) == 3
    assert "has no room for the PDFs of all leaflets" in caplog.text
    assert print_all(most=2) == 0


def test_what_nobody_is_shown_any_more_goes_after_two_days(folder, priya):
    leaflet = make_published().leaflet
    print_all()
    [old] = files_in(folder)
    publish(make_approved(change_leaflet(leaflet, dosage="Take 10mg.")), by=priya, change_note="The dose.")
    print_all()
    assert len(files_in(folder)) == 2
    long_ago = time.time() - 2.1 * 24 * 3600
    for path in files_in(folder):
        os.utime(path, (long_ago, long_ago))
    print_all(timezone.now() + DAY)
    assert old not in files_in(folder)
    assert len(files_in(folder)) == 1


def test_without_room_on_the_disk_nothing_is_made(settings, folder, read):
    make_published()
    settings.LEAST_ROOM = 1 << 60
    assert print_some() == Turn(0, is_over=True)
    assert files_in(folder) == []
    assert read()


def test_a_full_disk_is_tried_again_and_readers_get_theirs(monkeypatch, folder, read):
    def full(*_arguments, **_rest):
        raise OSError(errno.ENOSPC, "No space left on device")

    make_published()
    with monkeypatch.context() as patch:
        patch.setattr(kept_on_disk, "write_whole", full)
        with pytest.raises(OSError, match="No space"):
            print_some()
        assert read()
    assert print_all() == 1


def test_with_no_megabyte_for_it_nothing_is_made(settings, folder, read):
    settings.PAPER_BYTES = 0
    make_published()
    assert print_some() == Turn(0, is_over=True)
    assert not folder.exists()
    assert read()

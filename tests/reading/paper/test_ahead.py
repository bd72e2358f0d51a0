"""The standard PDF is made before its reader asks, and no reader gets one that says something else by now."""

import datetime as dt
import errno
import json
import os
import threading
import time
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monographs.alerts.actions import end_alert
from monographs.audit.record import record
from monographs.files import kept as kept_on_disk
from monographs.medicines.models import Medicine
from monographs.paper.shelf import Shelf
from monographs.publication.actions import publish, withdraw
from monographs.reading.paper import ahead, due, files, keep_printing
from monographs.reading.paper.ahead import Turn, print_some
from monographs.reading.paper.due import read_due, write_due
from monographs.reading.public import read_site
from tests.makers import change_leaflet, make_approved, make_comment, make_leaflet, make_medicine, make_published
from tests.makers_alerts import ENGLISH, make_approved_alert
from tests.paper.parts import make_article, text_of
from tests.reading.parts import make_clinic

pytestmark = pytest.mark.django_db
ADDRESS = "/leaflets/testamol/leaflet.pdf"
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A disk of its own, with nothing on it."""
    settings.PAPER_FOLDER, settings.LEAST_ROOM = tmp_path / "paper", 0
    settings.SITE_ADDRESS = "http://testserver"
    make_clinic()
    return settings.PAPER_FOLDER


@pytest.fixture
def printed(monkeypatch) -> list[str]:
    """The title of each article that is set, by whomever."""
    titles, make = [], files.make_pdf

    def counted(article, **rest):
        titles.append(article.title)
        return make(article, **rest)

    monkeypatch.setattr(files, "make_pdf", counted)
    return titles


@pytest.fixture
def looked_at(monkeypatch) -> list[str]:
    """The leaflets, by their names in addresses, that a turn looked at."""
    slugs, read = [], ahead.article_as_file

    def noted(request, site, slug, number):
        slugs.append(slug)
        return read(request, site, slug, number)

    monkeypatch.setattr(ahead, "article_as_file", noted)
    return slugs


def print_all(at: dt.datetime | None = None, *, most: int = 20, **rest) -> int:
    """Turns until nothing is left; how many PDFs they made."""
    made = 0
    for _turn in range(100):
        turn = print_some(at=at, most=most, **rest)
        made, rest = made + turn.made, {}
        if turn.is_over:
            return made
    raise AssertionError("the clock does not come to an end")


@pytest.fixture
def read(client, monkeypatch):
    """What a reader gets whose request is the first in its process."""

    def in_another_process(address: str = ADDRESS, **headers: str) -> bytes:
        monkeypatch.setattr(files, "_shelf", Shelf(1_000_000))
        answer = client.get(address, **headers)
        assert answer.status_code == 200
        return answer.content

    return in_another_process


def files_in(folder) -> list:
    return sorted(path for path in folder.rglob("*") if len(path.name) == 64)


# --- Nobody is the first ---


def test_what_was_published_is_there_before_its_reader(read, printed):
    made_for_a_reader = [make_published(), read()][1]
    assert print_all() == 1
    printed.clear()
    assert read() == made_for_a_reader
    assert printed == []


def test_the_version_that_is_shown_has_the_same_file(read, printed):
    make_published()
    print_all()
    printed.clear()
    assert read("/leaflets/testamol/versions/1/leaflet.pdf") == read()
    assert printed == []


def test_a_new_version_is_made_and_it_alone(read, printed, looked_at, priya):
    leaflet = make_published().leaflet
    make_published(medicine="Othermol")
    print_all()
    publish(make_approved(change_leaflet(leaflet, dosage="Take 10mg.")), by=priya, change_note="The dose.")
    printed.clear(), looked_at.clear()
    assert print_some() == Turn(1, is_over=True)
    assert (printed, looked_at) == (["Testamol"], ["testamol"])
    assert "Take 10mg." in text_of(read())
    assert printed == ["Testamol"]


def test_an_alert_is_on_the_pdfs_of_its_medicines_and_goes_from_them(read, printed, looked_at, priya):
    make_published(), make_published(medicine="Othermol")
    print_all()
    alert = make_approved_alert(is_emergency=True)
    looked_at.clear()
    assert print_all() == 1
    assert looked_at == ["testamol"]
    printed.clear()
    assert ENGLISH[1] in text_of(read())
    end_alert(alert, by=priya, reason="It is over.")
    assert print_all() == 0  # the file from before it is there still
    assert ENGLISH[1] not in text_of(read())
    assert printed == []


def test_an_alert_for_everybody_is_on_all(looked_at):
    make_published(), make_published(medicine="Othermol")
    print_all()
    make_approved_alert(is_emergency=True, is_for_all=True, medicines=[])
    looked_at.clear()
    assert print_all() == 2
    assert sorted(looked_at) == ["othermol", "testamol"]


def kept_at(at: dt.datetime, slug: str = "testamol") -> str | None:
    """The words of what is kept of what a leaflet says at an instant."""
    article = ahead.article_as_file(ahead._request(), read_site(at), slug, "")
    found = files.kept_files().get(article.digest("pdf 12"))
    return text_of(found) if found else None


def test_a_scheduled_release_is_made_when_its_instant_comes_and_so_is_its_end(priya, looked_at):
    leaflet = make_published().leaflet
    make_published(medicine="Othermol")
    at = timezone.now() + HOUR
    review = make_approved(change_leaflet(leaflet, dosage="Take 10mg."))
    publish(review, by=priya, change_note="The dose.", effective_from=at, expires_at=at + HOUR)
    print_all()
    assert kept_at(at) is None
    looked_at.clear()
    assert print_all(at - HOUR / 2) == 0
    assert looked_at == []
    assert print_all(at + HOUR / 2) == 1
    assert "Take 10mg." in kept_at(at)
    assert print_all(at + HOUR * 1.5) == 1
    assert "Take 10mg." not in kept_at(at + HOUR)
    assert set(looked_at) == {"testamol"}


def test_an_alert_to_come_is_made_when_its_instant_comes():
    make_published()
    at = timezone.now() + HOUR
    make_approved_alert(starts_at=at, ends_at=at + HOUR)
    print_all()
    assert print_all(at + HOUR / 2) == 1
    assert ENGLISH[1] in kept_at(at)
    assert ENGLISH[1] not in kept_at(at + HOUR)


def test_what_changes_with_the_day_is_made_when_it_has_come():
    make_clinic(tells_patients_overdue=True)
    tomorrow = timezone.now() + DAY
    make_published(next_review_on=timezone.localdate(tomorrow).isoformat())
    print_all()
    assert kept_at(tomorrow) is None
    assert print_all(tomorrow) == 1
    assert "was to be checked again" in kept_at(tomorrow)


def test_an_easy_read_leaflet_waits_in_large_print_and_hears_of_the_full_one(read, printed, priya, looked_at):
    full = make_published().leaflet
    make_published(edition="easy-read")
    print_all()
    printed.clear()
    assert read("/leaflets/testamol-easy-read/leaflet.pdf")
    assert read("/leaflets/testamol-easy-read/large-print.pdf")
    assert printed == []
    looked_at.clear()
    publish(make_approved(change_leaflet(full, dosage="Take 10mg.")), by=priya, change_note="The dose.")
    assert print_all() == 2
    assert sorted(looked_at) == ["testamol", "testamol-easy-read"]


def test_what_is_known_of_a_medicine_is_on_its_pdfs(looked_at, read, printed):
    make_published(), make_published(medicine="Othermol")
    print_all()
    Medicine.objects.filter(name="Testamol").update(is_under_additional_monitoring=True)
    with transaction.atomic():
        record("medicine.changed", by=None, about=Medicine.objects.get(name="Testamol"), is_public=True)
    looked_at.clear()
    assert print_all() == 1
    assert looked_at == ["testamol"]
    printed.clear()
    assert "▼" in text_of(read())
    assert printed == []


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
    monkeypatch.setattr("monographs.paper.article._known_program", ["another"])
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


# --- How much, and how often ---


def test_a_turn_is_bounded_and_the_newest_come_first(looked_at):
    for name in ("Onemol", "Twomol", "Threemol"):
        make_published(medicine=name)
    assert print_some(most=2) == Turn(2, is_over=False)
    assert looked_at == ["threemol", "twomol"]
    assert print_some(most=2) == Turn(1, is_over=True)
    assert looked_at == ["threemol", "twomol", "onemol"]


def test_what_happens_meanwhile_comes_before_the_rest(looked_at, priya):
    leaflets = [make_published(medicine=name).leaflet for name in ("Onemol", "Twomol", "Threemol")]
    print_some(most=1)
    publish(make_approved(change_leaflet(leaflets[2], dosage="Take 10mg.")), by=priya, change_note="The dose.")
    print_all(most=1)
    assert looked_at == ["threemol", "threemol", "twomol", "onemol"]


def test_a_look_does_not_grow_with_the_leaflets():
    def of_a_quiet_turn() -> int:
        print_all()
        with CaptureQueriesContext(connection) as captured:
            assert print_some() == Turn(0, is_over=True)
        return len(captured)

    make_published()
    one = of_a_quiet_turn()
    for number in range(4):
        make_published(medicine=f"Othermol {number}")
    assert of_a_quiet_turn() == one <= 4


def test_nothing_is_looked_at_or_written_when_nothing_on_paper_changed(looked_at, folder):
    published = make_published()
    print_all()
    before = (folder / "looked-at.json").stat().st_mtime_ns
    looked_at.clear()
    print_all()
    assert (folder / "looked-at.json").stat().st_mtime_ns == before
    make_comment(published, shown=True)
    assert print_all() == 0
    assert looked_at == []


def test_after_very_many_acts_all_are_looked_at(monkeypatch, looked_at, priya):
    first = make_published().leaflet
    make_published(medicine="Othermol")
    print_all()
    monkeypatch.setattr(due, "_MOST_ACTS", 1)
    for dose in ("10mg", "20mg"):
        publish(make_approved(change_leaflet(first, dosage=f"Take {dose}.")), by=priya, change_note="The dose.")
    looked_at.clear()
    assert print_all() == 1
    assert sorted(looked_at) == ["othermol", "testamol"]


def test_after_very_many_leaflets_all_are_looked_at(monkeypatch, looked_at):
    medicine = make_medicine()
    for language in ("en", "es", "ar"):
        make_published(language=language)
    print_all()
    monkeypatch.setattr(due, "_MOST_WAITING", 2)
    make_approved_alert(medicines=[medicine])
    looked_at.clear()
    assert print_all() == 3
    assert len(looked_at) == 3


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


# --- Several clocks, restarts, another record ---


def test_a_clock_that_is_behind_another_makes_nothing_twice(folder, priya, printed):
    leaflet = make_published().leaflet
    print_all()
    behind = read_due(folder)
    publish(make_approved(change_leaflet(leaflet, dosage="Take 10mg.")), by=priya, change_note="The dose.")
    print_all()
    write_due(folder, behind)
    printed.clear()
    assert print_all() == 0
    assert printed == []


def test_what_is_published_during_a_look_is_found_by_the_next(monkeypatch, priya, read, printed):
    leaflet = make_published().leaflet
    print_all()
    review = make_approved(change_leaflet(leaflet, dosage="Take 10mg."))
    look = due.Due._about_since

    def overtaken(self, at):
        about = look(self, at)
        publish(review, by=priya, change_note="The dose.")
        return about

    with monkeypatch.context() as patch:
        patch.setattr(due.Due, "_about_since", overtaken)
        assert print_some() == Turn(0, is_over=True)
    assert print_all() == 1
    printed.clear()
    assert "Take 10mg." in text_of(read())
    assert printed == []


@pytest.mark.parametrize("written", [b"", b"{", b"[]", b'{"act": [1]}', b'{"seen_at": 5}', b'{"other": 1}', b"\xff"])
def test_who_cant_read_where_the_clocks_are_begins_anew(folder, looked_at, written):
    make_published()
    print_all()
    (folder / "looked-at.json").write_bytes(written)
    looked_at.clear()
    assert print_all() == 0
    assert looked_at == ["testamol"]


def test_a_record_that_was_put_back_is_looked_at_anew(folder, looked_at):
    make_published()
    print_all()
    kept = json.loads((folder / "looked-at.json").read_bytes())
    for act in ([kept["act"][0] + 5, "f" * 64], [kept["act"][0], "f" * 64]):
        (folder / "looked-at.json").write_text(json.dumps(kept | {"act": act}))
        looked_at.clear()
        print_all()
        assert looked_at == ["testamol"]


def test_the_command_prints_some_once(capsys, folder):
    make_published(), make_leaflet("Draftamol")
    call_command("clock", "--once")
    assert "Made the PDFs of 1 leaflets before somebody asks." in capsys.readouterr().out
    assert len(files_in(folder)) == 1


def test_it_goes_on_after_trouble_until_it_is_stopped(monkeypatch):
    stop, asked, lines = threading.Event(), [], []

    def turn(*, everywhere: bool) -> Turn:
        asked.append(everywhere)
        if len(asked) == 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        if len(asked) == 4:
            stop.set()
        return Turn(len(asked), is_over=len(asked) > 3)

    monkeypatch.setattr(keep_printing, "print_some", turn)
    monkeypatch.setattr(keep_printing, "connection", type("Open", (), {"close": staticmethod(lambda: None)}))
    for name in ("EVERY", "REST", "AFTER_TROUBLE"):
        monkeypatch.setattr(keep_printing, name, 0.0)
    keep_printing.keep_printing(stop, tell=lines.append)
    assert asked == [True, True, False, False]  # all leaflets, until a turn went well
    assert lines == [f"Made the PDFs of {made} leaflets before somebody asks." for made in (2, 3, 4)]

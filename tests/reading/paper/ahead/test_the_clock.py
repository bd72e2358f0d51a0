"""How much a turn of the clock looks at, and what comes first; several clocks, restarts, another record."""

import errno
import json
import threading

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monographs.publication.actions import publish
from monographs.reading.paper import due, keep_printing
from monographs.reading.paper.ahead import Turn, print_some
from monographs.reading.paper.due import read_due, write_due
from tests.makers import change_leaflet, make_approved, make_comment, make_leaflet, make_medicine, make_published
from tests.makers_alerts import make_approved_alert
from tests.paper.parts import text_of
from tests.reading.paper.ahead.parts import files_in, print_all

pytestmark = pytest.mark.django_db


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

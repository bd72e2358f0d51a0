"""Letters about review dates: to each person once, whatever happens to clocks and mail servers."""

import datetime as dt
import signal

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monographs.mail.outbox import send_due
from monographs.management.commands import clock as command
from monographs.operations import clock
from monographs.publication import due
from monographs.publication.actions import withdraw
from monographs.publication.due import LATE_AFTER, due_within, is_overdue, late_notices, post_letters
from monographs.publication.models import Reminder
from tests.days import in_days
from tests.effort import database_effort
from tests.makers import change_leaflet, make_leaflet, make_published
from tests.people import make_person
from tests.races import race

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _addresses(db):
    for username in ("ana", "priya"):
        person = make_person(username)
        person.email = f"{username}@clinic.example"
        person.save()


def make_due(days: int, medicine: str = "Testamol"):
    """A live version whose next review is ``days`` after today."""
    return make_published(
        medicine=medicine, next_review_on=(timezone.localdate() + dt.timedelta(days=days)).isoformat()
    )


def tick(at: dt.datetime | None = None) -> list[str]:
    """What a clock does, and what is sent beside it."""
    done = list(clock.tick(at=at))
    list(send_due(at=at))
    return done


def recipients() -> list[str]:
    return sorted(letter.to[0] for letter in mail.outbox)


ANA, PRIYA = "ana@clinic.example", "priya@clinic.example"


def test_a_letter_about_many_leaflets_is_posted_in_as_many_queries_as_about_one():
    claims = []
    for number in range(8):
        make_due(20, medicine=f"Medol {number}")
        if number in (0, 7):
            Reminder.objects.all().delete()
            with CaptureQueriesContext(connection) as captured:
                letters = list(post_letters(at=timezone.now()))
            claims.append(len(captured))
            assert [len(letter) for letter in letters] == [number + 1] * 2  # to Ana and to Priya
            assert Reminder.objects.count() == 2 * (number + 1)
    assert claims[0] == claims[1]


def test_letters_go_out_once_at_90_30_and_0_days():
    make_due(100)
    sent = []
    for day in (0, 9, 10, 11, 40, 69, 70, 71, 99, 100, 101, 130):
        mail.outbox.clear()
        tick(in_days(day))
        tick(in_days(day))
        if mail.outbox:
            sent.append((day, recipients()))
    assert sent == [(10, [ANA, PRIYA]), (70, [ANA, PRIYA]), (100, [ANA, PRIYA])]


def test_day_begins_at_midnight_in_the_sites_time_zone():
    make_due(130)
    midnight = timezone.make_aware(dt.datetime.combine(timezone.localdate() + dt.timedelta(days=40), dt.time()))
    assert tick(midnight - dt.timedelta(seconds=1)) == []
    assert len(tick(midnight)) == 2


def test_a_leaflet_found_late_gets_one_letter_not_three():
    make_due(5)
    tick()
    assert {reminder.days for reminder in Reminder.objects.all()} == {30}


def test_many_leaflets_make_one_letter_to_each_person_the_most_urgent_first():
    for number in range(12):
        make_due(20 + number, f"Medicine {number}")
    tick(in_days(25))
    assert recipients() == [ANA, PRIYA]
    letter = mail.outbox[0]
    assert letter.subject == "Review dates of 12 leaflets"
    lines = [line for line in letter.body.splitlines() if line.startswith("- ")]
    assert [line.partition(",")[0] for line in lines] == [f"- Medicine {number}" for number in range(12)]
    assert [number for number, line in enumerate(lines) if "overdue since" in line] == [0, 1, 2, 3, 4]


def test_the_letter_names_leaflet_version_and_day():
    publication = make_due(20)
    tick()
    letter = mail.outbox[0]
    assert "Testamol" in letter.subject
    assert "Testamol, version 1: by " in letter.body
    assert str(publication.next_review_on.year) in letter.body
    assert "Hello Ana Author," in letter.body or "Hello Priya Publisher," in letter.body
    assert "&" not in letter.body
    assert "{" not in letter.body


def test_a_new_date_starts_afresh_and_ends_the_old_ones_letters():
    publication = make_due(20)
    tick()
    later = (timezone.localdate() + dt.timedelta(days=400)).isoformat()
    make_published(change_leaflet(publication.leaflet, next_review_on=later), change_note="Checked.")
    mail.outbox.clear()
    tick(in_days(25))
    assert mail.outbox == []
    tick(in_days(311))
    assert recipients() == [ANA, PRIYA]


def test_a_typing_error_mended_does_not_repeat_the_letter():
    publication = make_due(20)
    tick()
    mail.outbox.clear()
    same = publication.next_review_on.isoformat()
    make_published(
        change_leaflet(publication.leaflet, dosage="Take 5mg once daily.", next_review_on=same), size="minor"
    )
    assert tick() == []
    tick(in_days(20))
    assert recipients() == [ANA, PRIYA]


def test_drafts_and_what_is_withdrawn_get_no_letter(priya):
    make_leaflet(next_review_on=timezone.localdate().isoformat())
    withdraw(make_due(20, "Withdrawnol").leaflet, by=priya, notice="Ask us.", why="Wrong dose.")
    tick()
    assert mail.outbox == []


def test_who_left_gets_no_letter_and_who_comes_gets_theirs(ana):
    make_due(20)
    ana.is_active = False
    ana.save()
    tick()
    assert recipients() == [PRIYA]
    make_person("paul", role="Publisher", email="paul@clinic.example")
    tick()
    assert recipients() == ["paul@clinic.example", PRIYA]


def test_a_letter_the_mail_server_refused_is_tried_again(monkeypatch):
    make_due(20)

    def refuse(*args, **kwargs):
        raise ConnectionRefusedError("no mail server")

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", refuse)
        tick()
    assert tick() == []
    assert recipients() == [ANA]
    tick(timezone.now() + 2 * dt.timedelta(minutes=1))
    assert recipients() == [ANA, PRIYA]


def test_letter_and_reminder_are_there_together_or_not_at_all(monkeypatch):
    make_due(20)
    rounds = clock.Rounds()
    with monkeypatch.context() as patch:
        patch.setattr("monographs.publication.due.post", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            list(clock.tick(rounds=rounds))
    assert not Reminder.objects.exists()
    assert rounds.told == ()  # so it looks at all of them again
    assert tick_on(rounds) == [ANA, PRIYA]


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_send_each_letter_once():
    for number in range(3):
        make_due(20, f"Medicine {number}")
    race(tick, tick, tick)
    assert recipients() == [ANA, PRIYA]
    assert Reminder.objects.filter(sent_at__isnull=False).count() == 3 * 2


def test_what_is_due_is_listed_the_most_urgent_first():
    late, soon = make_due(80, "Latermol"), make_due(3, "Soonermol")
    make_due(200, "Farmol")
    now = timezone.now()
    assert list(due_within(90, at=now)) == [soon, late]
    assert not is_overdue(soon, at=now)
    assert is_overdue(soon, at=in_days(3))


def test_letters_that_nobody_sent_are_late_after_a_day():
    make_due(92)
    in_time = timezone.make_aware(dt.datetime.combine(timezone.localdate() + dt.timedelta(days=2), dt.time()))
    assert late_notices(at=in_time + LATE_AFTER) == []
    late = late_notices(at=in_time + LATE_AFTER + dt.timedelta(seconds=1))
    assert sorted(notice.person.username for notice in late) == ["ana", "priya"]
    tick(in_time)
    assert late_notices(at=in_time + 2 * LATE_AFTER) == []


def test_where_much_is_due_a_letter_that_is_missing_is_found_by_the_newest_of_each_distance(monkeypatch):
    monkeypatch.setattr(due, "_FEW", 0)
    monkeypatch.setattr(due, "_NEWEST", 1)
    overdue, near, far = (make_due(days, f"Medicine {days}") for days in (1, 20, 80))
    later = in_days(4)
    list(post_letters(at=later))
    assert late_notices(at=later) == []
    for publication in (overdue, near, far):
        told = Reminder.objects.filter(leaflet=publication.leaflet)
        told.update(sent_at=None)
        assert {notice.publication for notice in late_notices(at=later)} == {publication}
        told.update(sent_at=later)


def test_very_many_leaflets_make_several_letters_each_written_under_a_lock_of_its_own(monkeypatch):
    monkeypatch.setattr(due, "IN_A_LETTER", 2)
    for number in range(5):
        make_due(20 + number, f"Medicine {number}")
    letters = list(post_letters(at=timezone.now()))
    assert [len(letter) for letter in letters] == [2, 2, 1] * 2
    told = [(notice.person.username, notice.publication.leaflet.title) for letter in letters for notice in letter]
    assert sorted(told) == [(who, f"Medicine {number}") for who in ("ana", "priya") for number in range(5)]
    assert list(post_letters(at=timezone.now())) == []


def tick_on(rounds: clock.Rounds, at: dt.datetime | None = None) -> list[str]:
    """Who was written to in one more round of a clock that goes on."""
    mail.outbox.clear()
    list(clock.tick(at=at, rounds=rounds))
    list(send_due(at=at))
    return recipients()


def test_a_clock_that_goes_on_tells_what_a_new_version_a_new_person_and_a_new_day_bring():
    rounds = clock.Rounds()
    make_due(91)
    assert tick_on(rounds) == []
    make_due(20, "Newermol")
    assert tick_on(rounds) == [ANA, PRIYA]
    paul = make_person("paul", role="Publisher")
    assert tick_on(rounds) == []
    paul.email = "paul@clinic.example"
    paul.save()
    assert tick_on(rounds) == ["paul@clinic.example"]
    assert tick_on(rounds, in_days(1)) == [ANA, "paul@clinic.example", PRIYA]


@pytest.mark.once  # in which way PostgreSQL reads a dozen rows hangs on when it last counted them
def test_neither_a_clock_that_goes_on_nor_the_desk_looks_at_all_that_is_due(monkeypatch):
    monkeypatch.setattr(due, "_NEWEST", 2)
    monkeypatch.setattr(due, "_FEW", 2)
    later = in_days(2)
    asked = {
        "clock": lambda: list(post_letters(at=later, everywhere=False)),
        "desk": lambda: late_notices(at=later),
        "all": lambda: list(post_letters(at=later)),
    }
    efforts = []
    for number in range(16):
        make_due(20, f"Medicine {number}")
        if number in (9, 15):  # from eight on no more are looked at
            list(post_letters(at=timezone.now()))
            efforts.append({name: database_effort(ask) for name, ask in asked.items()})
    more = {name: many / efforts[0][name] for name, many in efforts[1].items()}
    assert more["all"] > 1.1
    assert more["clock"] < 1.02
    assert more["desk"] < 1.02


def test_the_command_does_it_once(capsys):
    make_due(20)
    call_command("clock", "--once")
    said = capsys.readouterr().out
    assert "Wrote Priya Publisher the letter about Testamol, 1 (30 days)." in said
    assert said.count("Sent the letter review-due ") == 2
    assert recipients() == [ANA, PRIYA]


def test_a_clock_outlives_a_database_that_does_not_answer(monkeypatch, capsys, caplog):
    make_due(20)
    looked = []

    def look(**_rounds):
        looked.append(None)
        if len(looked) == 1:
            raise OperationalError("the server is being started anew")
        signal.raise_signal(signal.SIGTERM)  # handled at the next step of Python
        return clock.tick()

    monkeypatch.setattr(command, "tick", look)
    monkeypatch.setattr(command, "close_old_connections", lambda: None)
    call_command("clock", "--every", "0")
    assert "This round was cut short" in caplog.text
    assert capsys.readouterr().out.endswith("The clock has stopped, as it was asked to.\n")


def test_what_killed_processes_left_on_the_disk_is_removed(settings, tmp_path):
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "media", tmp_path / "static"
    left = [settings.MEDIA_ROOT / "leaflet-images" / ".a.unfinished", settings.STATIC_ROOT / ".b.unfinished"]
    for path in left:
        path.parent.mkdir(parents=True)
        path.write_bytes(b"half")
    assert tick() == []
    assert tick(at=in_days(2)) == [
        f"Removed {path}, which somebody had begun to write and never finished." for path in left
    ]
    assert not any(path.exists() for path in left)

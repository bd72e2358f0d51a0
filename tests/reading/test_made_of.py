"""A leaflet's page is made again when anything on it has changed, and only then."""

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from monographs.alerts.actions import end_alert
from monographs.clinics.actions import change_clinic
from monographs.clinics.models import the_clinic
from monographs.comments.afterwards.erasure import erase
from monographs.comments.afterwards.writers import withdraw as take_back
from monographs.comments.deciding.actions import answer, reject
from monographs.comments.standing.closing import ReplyRules, change_rules, choose
from monographs.publication.actions import publish, withdraw
from monographs.publication.models import Publication
from monographs.reading import leaflet as view
from monographs.reading import public
from tests.makers import change_leaflet, make_approved, make_comment, make_leaflet, make_published
from tests.makers_alerts import make_approved_alert
from tests.people import make_person
from tests.reading.through_the_cache import Reader
from tests.translations.translating import make_published_translation

pytestmark = pytest.mark.django_db
PAGE = "/leaflets/testamol/"
LATER = dt.timedelta(minutes=1)


@pytest.fixture
def shown():
    return make_comment(make_published(), body="May I take it with milk?", name="Tomasina", shown=True)


@pytest.fixture
def made(monkeypatch):
    """The pages that were made from here on."""
    pages, show = [], view.show_filled
    monkeypatch.setattr(view, "show_filled", lambda *args, **kwargs: pages.append(args) or show(*args, **kwargs))
    return pages


@pytest.fixture
def later(monkeypatch):
    """Lets time go by for who reads, within the same hour."""
    now = timezone.now().replace(minute=10)
    monkeypatch.setattr(timezone, "now", lambda: now)

    def later(until=now + LATER):
        monkeypatch.setattr(timezone, "now", lambda: until)

    return later


def of_the_clinic(**fields):
    def change(_shown):
        clinic = the_clinic()
        for name, value in fields.items():
            setattr(clinic, name, value)
        change_clinic(clinic, by=None)

    return change


def another_version(shown):
    make_published(change_leaflet(shown.leaflet, dosage="Take 7mg once a day."), change_note="Another dose.")


def another_change_note(shown):
    make_published(change_leaflet(shown.leaflet, title="Testamol tablets"), change_note="Named.", size="minor")


def answered_by_name_and_erased(shown):
    answer(shown, by=make_person("carla"), body="Yes, Tomasina, you may.")
    erase(shown, by=make_person("carla"))


CHANGES = {
    "a reply": lambda shown: make_comment(Publication.objects.get(), body="And with tea?", shown=True),
    "an answer": lambda shown: answer(shown, by=make_person("carla"), body="Yes, you may."),
    "a hidden reply": lambda shown: reject(shown, by=make_person("carla"), reason="Not about it."),
    "an erased reply": lambda shown: erase(shown, by=make_person("carla")),
    "a reply taken back": take_back,
    "a name that an answer says goes with its reply": answered_by_name_and_erased,
    "replies of this leaflet are closed": lambda shown: choose(shown.leaflet, "closed", by=make_person("carla")),
    "replies of all are closed": lambda shown: change_rules(ReplyRules(is_closed=True), by=make_person("carla")),
    "another version": another_version,
    "another change note": another_change_note,
    "a withdrawal": lambda shown: withdraw(shown.leaflet, by=make_person("priya"), notice="Ask us.", why="Wrong."),
    "a translation": lambda shown: make_published_translation(Publication.objects.get()),
    "an easy-read leaflet": lambda shown: make_published(make_leaflet(edition="easy-read")),
    "an alert": lambda shown: make_approved_alert(),
    "an alert for everybody": lambda shown: make_approved_alert(is_for_all=True),
    "the clinic's telephone": of_the_clinic(phone="01632 960 999"),
    "the clinic's emergency number": of_the_clinic(emergency_number="112"),
    "the clinic's name": of_the_clinic(name="Another clinic"),
    "when replies are read": of_the_clinic(staffed_hours="Mon-Sun 00:00-24:00"),
    "where to report": of_the_clinic(reporting_name="Another scheme"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_shows_on_the_page_that_is_kept(shown, made, change):
    reader = Reader()
    before = reader.get(PAGE).content
    assert len(made) == 1
    change(shown)
    assert reader.get(PAGE).content == Client().get(PAGE).content != before


def test_page_is_not_made_again_for_what_happened_elsewhere(shown, made):
    reader = Reader()
    before = reader.get(PAGE)
    make_comment(make_published(medicine="Othermol"), shown=True)
    after = reader.get(PAGE)
    assert len(made) == 1
    assert (after.content, after.headers) == (before.content, before.headers)


def test_page_that_is_asked_for_again_takes_two_queries(shown, django_assert_num_queries):
    reader = Reader()
    reader.get(PAGE)
    make_comment(make_published(medicine="Othermol"), shown=True)
    reader.get("/leaflets/othermol/")  # the first page under the new stamp reads the clinic, too
    with django_assert_num_queries(4):  # two of them are the stamp, which this reader has looked up each time
        reader.get(PAGE)


def test_what_begins_or_ends_at_its_time_shows_then(later):
    reader, priya = Reader(), make_person("priya")
    alert = make_approved_alert() if make_published() else None
    begins = timezone.now() + LATER
    review = make_approved(change_leaflet(Publication.objects.get().leaflet, dosage="Take 7mg once a day."))
    publish(review, by=priya, change_note="Another dose.", effective_from=begins)
    assert "Take 5mg" in reader.get(PAGE).text
    later()
    assert "Take 7mg" in reader.get(PAGE).text == Client().get(PAGE).text
    end_alert(alert, by=priya, reason="Over.")
    assert reader.get(PAGE).text == Client().get(PAGE).text


def test_page_is_made_again_when_the_program_has_changed_or_what_stands_in_its_slots(shown, made, monkeypatch):
    reader, site = Reader(), public.read_site()
    reader.get(PAGE)
    monkeypatch.setattr(public, "program_state", lambda: "a template was saved")
    make_published(medicine="Othermol")
    reader.get(PAGE)
    assert len(made) == 2
    monkeypatch.setattr(public, "read_site", lambda: replace(site, fragments="{}"))
    make_published(medicine="Thirdmol")
    reader.get(PAGE)
    assert len(made) == 3


def test_page_of_a_relative_that_begins_later_shows_it_then(later):
    publication, reader = make_published(), Reader()
    easy = make_approved(make_leaflet(edition="easy-read"))
    publish(easy, by=make_person("priya"), change_note="First.", effective_from=timezone.now() + LATER)
    before = reader.get(PAGE).text
    assert "easy-read" not in before.partition("<main")[2]
    later()
    assert reader.get(PAGE).text == Client().get(PAGE).text != before
    assert publication.leaflet.slug == "testamol"


def test_translation_that_comes_to_be_behind_says_so_on_the_page_that_is_kept():
    spanish, reader = make_published_translation().leaflet, Reader()
    page = f"/leaflets/{spanish.slug}/"
    before = reader.get(page).text
    make_published(change_leaflet(spanish.source, dosage="Take 7mg once a day."), change_note="Another dose.")
    behind = reader.get(page).text
    assert behind == Client().get(page).text != before
    make_published(medicine="Othermol")
    assert reader.get(page).text == behind

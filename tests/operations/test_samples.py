"""`manage.py load_samples`: a site to try, made by the real verbs."""

import datetime as dt
import io
import shutil

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from monographs.alerts.actions import end_alert
from monographs.alerts.models import Alert
from monographs.alerts.standing import AlertStanding
from monographs.audit.models import Entry
from monographs.clinics.actions import change_clinic
from monographs.clinics.models import the_clinic
from monographs.comments.models import Comment
from monographs.leaflets.models import Leaflet
from monographs.medicines.actions import add_medicine
from monographs.operations.samples import CLINIC, FOLDER, PASSWORD, PEOPLE, load_samples
from monographs.publication.models import Publication
from monographs.publication.page.assemble import as_read
from monographs.refusals import Conflict
from monographs.review.models import Review, State
from monographs.revisions.models import Revision
from monographs.staff.models import StaffMember
from monographs.staff.roles import AUTHOR
from tests.makers import make_leaflet
from tests.people import make_person
from tests.reading.parts import words

pytestmark = pytest.mark.django_db


def load() -> str:
    out = io.StringIO()
    call_command("load_samples", stdout=out)
    return out.getvalue()


def silence(line: str) -> None:
    """Nobody listens."""


@pytest.fixture
def two_versions(tmp_path):
    """A folder with one leaflet, short but complete, in two versions; ``{next}`` is the first one's next review."""
    source = (FOLDER / "ibuprofen-v1.md").read_text(encoding="utf-8")

    def write(next_review_on="2099-01-01"):
        text = source.replace("2027-10-01", next_review_on)
        (tmp_path / "ibuprofen-v1.md").write_text(text, encoding="utf-8")
        second = text.replace("First version.", "Second version.").replace("with or after food", "after food")
        (tmp_path / "ibuprofen-v2.md").write_text(second, encoding="utf-8")
        return tmp_path

    return write


def test_every_sample_is_loaded_in_its_state_and_the_record_is_whole():
    told = load()
    now = timezone.now()
    live = Publication.objects.live(now).select_related("leaflet")
    assert {row.leaflet.slug: row.version for row in live} == {
        "baclofen": "1",
        "baclofen-easy-read": "1",
        "ibuprofen": "2",
        "metformin": "2.1",
        "paracetamol": "1",
        "paracetamol-es": "1",
        "salbutamol": "1",
        "salbutamol-ar": "1",
    }
    made_from = Leaflet.objects.exclude(source=None).values_list("slug", "source__slug", "source_revision")
    assert set(made_from) == {("paracetamol-es", "paracetamol", 1), ("salbutamol-ar", "salbutamol", 1)}
    assert Review.objects.get(state=State.WAITING).leaflet.slug == "sertraline"
    assert Publication.objects.pending(now).get().leaflet.slug == "amoxicillin"
    withdrawn = Publication.objects.current(now).get(revision=None)
    assert withdrawn.leaflet.slug == "amlodipine"
    assert set(Comment.objects.values_list("state", flat=True)) == {"pending", "approved", "rejected", "spam"}
    assert Comment.objects.filter(staff__username="carla", parent__isnull=False).exists()
    assert Comment.objects.filter(staff=None, parent__isnull=False).exists()
    assert "999" in as_read(Publication.objects.get(leaflet__slug="baclofen"), now)
    alert = Alert.objects.get(standing__in=AlertStanding.objects.shown(now))
    assert (alert.by.username, alert.acts.get().by.username) == ("ana", "bruno")
    assert [medicine.name for medicine in alert.medicines.all()] == ["Salbutamol"]
    assert [words.language for words in alert.in_all_languages] == ["en", "ar"]
    assert "A safety alert: Check the batch number" in told
    assert f"“{PASSWORD}”" in told
    call_command("verify_history", "--quiet")

    entries, revisions = Entry.objects.count(), Revision.objects.count()
    assert load().startswith("The samples are there already.\nSample log-ins: ana, bruno")
    assert (Entry.objects.count(), Revision.objects.count()) == (entries, revisions)


@pytest.fixture
def with_alert(tmp_path):
    """A folder with the medicine that the sample alert is about, and that."""
    for path in (*FOLDER.glob("salbutamol-*"), *FOLDER.glob("ibuprofen-v1*"), FOLDER / "alerts.toml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def test_the_alert_is_told_as_a_sample_wherever_its_medicine_is(client, with_alert):
    load_samples(silence, folder=with_alert)
    title = Alert.objects.get().main.title
    for address in ("/leaflets/salbutamol/", "/leaflets/salbutamol-ar/", "/alerts/"):
        page = words(client.get(address))
        assert "This alert is a sample, to try the site out" in page or "هذا التنبيه نموذج لتجربة الموقع" in page
    for address in ("/", "/a-z/", "/search/?q=ventolin"):
        assert title in words(client.get(address)), address
    assert title not in words(client.get("/leaflets/ibuprofen/"))


def test_an_alert_that_was_ended_does_not_come_back(with_alert):
    load_samples(silence, folder=with_alert)
    end_alert(Alert.objects.get(), by=StaffMember.objects.get(username="priya"), reason="Seen.")
    load_samples(silence, folder=with_alert)
    assert not AlertStanding.objects.shown(timezone.now()).exists()


def test_a_second_run_costs_few_queries(two_versions, django_assert_max_num_queries):
    folder = two_versions()
    load_samples(silence, folder=folder)
    with django_assert_max_num_queries(15):
        load_samples(silence, folder=folder)


def test_sample_staff_are_marked_and_have_one_role_each(two_versions):
    load_samples(silence, folder=two_versions())
    for person in StaffMember.objects.filter(username__in=PEOPLE):
        assert (person.is_sample, person.is_staff, person.is_superuser) == (True, True, False)
        assert person.profession
        assert [group.name for group in person.groups.all()] == [PEOPLE[person.username][3]]
        assert person.check_password(PASSWORD)


def test_each_step_was_taken_by_whose_task_it_is(two_versions):
    load_samples(silence, folder=two_versions())
    steps = set(Entry.objects.filter(subject__startswith="leaflet/").values_list("verb", "by__username"))
    assert steps == {
        ("leaflet.started", "ana"),
        ("revision.recorded", "ana"),
        ("leaflet.imported", "ana"),
        ("review.submitted", "ana"),
        ("review.approved", "bruno"),
        ("leaflet.published", "priya"),
    }
    assert [row.change_note for row in Publication.objects.order_by("pk")] == ["First version.", "Second version."]


def test_a_next_review_that_is_past_moves_a_year_from_today_and_is_told(two_versions):
    said = []
    load_samples(said.append, folder=two_versions("2020-01-31"))
    moved = (timezone.localdate() + dt.timedelta(days=365)).isoformat()
    assert f"ibuprofen-v1.md: the next review, 2020-01-31, is past; moved to {moved}" in said
    assert {revision.content.next_review_on for revision in Revision.objects.all()} == {moved}


def test_a_leaflet_that_is_there_is_left_alone(two_versions):
    add_medicine("Ibuprofen", by=None)
    me = make_person("me", role=AUTHOR, is_sample=True)
    mine = make_leaflet("Ibuprofen", by=me)
    load_samples(silence, folder=two_versions())
    assert Leaflet.objects.get() == mine
    assert Revision.objects.count() == 1


def test_a_clinic_with_details_of_its_own_keeps_them(two_versions):
    clinic = the_clinic()
    clinic.phone = "020 7946 0000"
    change_clinic(clinic, by=None)
    load_samples(silence, folder=two_versions())
    assert (the_clinic().phone, the_clinic().urgent_number) == ("020 7946 0000", "")


def test_a_new_clinic_gets_the_sample_details(two_versions):
    load_samples(silence, folder=two_versions())
    assert {name: getattr(the_clinic(), name) for name in CLINIC} == CLINIC


def test_a_database_that_real_people_use_gets_no_samples(two_versions, mallory):
    with pytest.raises(Conflict, match="staff of its own"):
        load_samples(silence, folder=two_versions())
    assert list(StaffMember.objects.all()) == [mallory]


def test_real_people_are_never_taken_for_samples(two_versions, bruno):
    with pytest.raises(Conflict, match="a real person with the user name “bruno”"):
        load_samples(silence, folder=two_versions())
    assert not StaffMember.objects.filter(is_sample=True).exists()
    assert not Leaflet.objects.exists()


def test_all_or_nothing(two_versions):
    folder = two_versions()
    (folder / "ibuprofen-v2.md").write_text("+++\nbroken")
    entries = Entry.objects.count()
    with pytest.raises(Exception, match="does not end"):
        load_samples(silence, folder=folder)
    assert (StaffMember.objects.count(), Leaflet.objects.count(), Entry.objects.count()) == (0, 0, entries)


def test_production_refuses_samples(settings):
    settings.IS_LOCAL = False
    with pytest.raises(CommandError, match="in local mode only"):
        load()
    assert not StaffMember.objects.exists()

"""An easy-read leaflet is behind from the second in which the full one says something else."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from monographs.audit.verify import Altered
from monographs.clinics.actions import change_clinic
from monographs.clinics.models import the_clinic
from monographs.operations.verify.history import check_leaflet
from monographs.publication.actions import publish, withdraw
from monographs.publication.relatives import written
from monographs.publication.shown.behind import NOT_SHOWN, behind_at, behind_since
from monographs.publication.shown.showings import FOREVER, Showing, rewrite_all_showings
from monographs.translations.behind import translations_behind
from tests.makers import change_leaflet, make_approved, make_leaflet, make_published
from tests.reading.through_the_cache import Reader
from tests.translations.translating import make_published_translation, make_translation

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
ADDRESS = "/leaflets/testamol-easy-read/"
SAYS_SO = "The full leaflet has changed. This easy leaflet may not be up to date."


@pytest.fixture
def full():
    return make_published().leaflet


@pytest.fixture
def easy(full):
    return make_published(make_leaflet(edition="easy-read", dosage="Take 5mg.")).leaflet


@pytest.fixture
def change(full, priya):
    def change(dosage="Take 7mg once a day.", **fields):
        review = make_approved(change_leaflet(full, dosage=dosage))
        return publish(review, by=priya, change_note="Another dose.", **fields)

    return change


def behind(leaflet, at=None) -> tuple[str, ...]:
    at = at or timezone.now()
    return behind_at(Showing.objects.at(at).get(leaflet=leaflet).behind, at)


def test_a_change_of_the_full_one_is_noted_and_told_where_it_is_read(easy, change):
    reader = Reader()
    assert SAYS_SO not in reader.get(ADDRESS).text
    assert behind(easy) == ()
    publication = change()
    assert behind(easy) == ("dosage",)
    assert Showing.objects.get(leaflet=easy).behind_from == publication.effective_from
    page = reader.get(ADDRESS).text
    assert SAYS_SO in page
    assert 'href="/leaflets/testamol/" lang="en"' in page
    assert "caution behind" not in page
    assert SAYS_SO in reader.get(f"{ADDRESS}leaflet.txt").text
    assert SAYS_SO not in reader.get("/leaflets/testamol/").text


def test_what_stays_behind_through_several_versions_is_so_since_the_first_of_them(full, easy, change, priya):
    first = change()
    change(dosage="Take 8mg once a day.")
    rows = Showing.objects.get(leaflet=easy).behind
    assert rows == [["dosage", written(first.effective_from), written(FOREVER)]]
    assert behind_since(rows, timezone.now()) == first.effective_from
    back = change(dosage="Take 5mg once a day.")
    again = change(dosage="Take 9mg once a day.")
    assert Showing.objects.get(leaflet=easy).behind == [
        ["dosage", written(first.effective_from), written(back.effective_from)],
        ["dosage", written(again.effective_from), written(FOREVER)],
    ]
    check_leaflet(easy.pk)


def test_one_that_is_released_after_the_change_is_behind_no_more(easy, change, priya):
    change()
    publish(make_approved(change_leaflet(easy, dosage="Take 7mg.")), by=priya, change_note="Another dose.")
    assert behind(easy) == ()
    check_leaflet(easy.pk)


def test_a_scheduled_change_is_noted_from_its_instant_and_one_of_both_at_once_never(full, easy, change, priya):
    later = timezone.now() + 2 * DAY
    change(effective_from=later)
    assert (behind(easy), behind(easy, later)) == ((), ("dosage",))
    review = make_approved(change_leaflet(easy, dosage="Take 7mg."))
    publish(review, by=priya, change_note="Another dose.", effective_from=later)
    assert (behind(easy), behind(easy, later)) == ((), ())
    for leaflet in (full, easy):
        check_leaflet(leaflet.pk)


def test_the_end_of_the_full_one_is_told(full, easy, client, priya):
    withdraw(full, by=priya, notice="Withdrawn.", why="Wrong.")
    assert behind(easy) == (NOT_SHOWN,)
    page = client.get(ADDRESS).text
    assert "The full leaflet is not shown any more." in page
    assert "/leaflets/testamol/" not in page


def test_an_easy_one_without_a_full_one_or_that_was_there_first_is_not_behind(priya):
    alone = make_published(make_leaflet(edition="easy-read", dosage="Take 5mg.")).leaflet
    make_published(make_leaflet(dosage="Take 5mg."))
    assert behind(alone) == ()
    spanish = make_published(make_leaflet(edition="easy-read", language="es", dosage="Tome 7 mg.")).leaflet
    assert behind(spanish) == ()


def test_what_is_noted_is_held_and_made_anew(easy, change):
    change()
    Showing.objects.filter(leaflet=easy).update(behind=None, behind_from=None)
    with pytest.raises(Altered, match="behind"):
        check_leaflet(easy.pk)
    list(rewrite_all_showings())
    assert behind(easy) == ("dosage",)
    call_command("verify_history", "--quiet")


def test_a_clinic_that_hides_translations_that_are_behind_hides_no_easy_leaflet(easy, change, client, ada):
    clinic = the_clinic()
    clinic.hides_stale_translations = True
    change_clinic(clinic, by=ada)
    change()
    for address in (ADDRESS, f"{ADDRESS}versions/1/"):
        page = client.get(address).text
        assert "Take 5mg." in page
        assert "Do not follow this text." not in page
    assert SAYS_SO in client.get(ADDRESS).text
    for address in ("/", "/a-z/", "/search/?q=testamol", "/sitemap.xml"):
        assert ADDRESS in client.get(address).content.decode(), address


def test_staff_find_it_in_the_list_and_on_their_desk(full, easy, change, client, ana):
    change()
    (one,) = translations_behind(timezone.now(), most=9)
    assert (one.leaflet, one.source, one.parts) == (easy, full, ("dosage",))
    client.force_login(ana)
    page = client.get(reverse("admin:translations-behind")).text
    assert reverse("admin:monographs_leaflet_change", args=[easy.pk]) in page
    assert reverse("admin:leaflet-history", args=[full.pk]) in page
    assert "1 part behind “Testamol” since" in page
    assert reverse("admin:monographs_leaflet_change", args=[easy.pk]) in client.get(reverse("admin:index")).text


def test_a_translation_that_is_published_late_is_behind_from_its_first_instant(full):
    translation = make_translation(full.publications.get())
    make_published(change_leaflet(full, dosage="Take 7mg once a day."), change_note="Another dose.")
    published = make_published(translation)
    assert behind(translation) == ("dosage",)
    assert Showing.objects.get(leaflet=translation).behind_from == published.effective_from


def test_a_translation_is_behind_from_the_first_instant_of_another_text_of_its_source(full, change):
    translation = make_published_translation(full.publications.get()).leaflet
    assert behind(translation) == ()
    change()
    assert behind(translation) == ("dosage",)

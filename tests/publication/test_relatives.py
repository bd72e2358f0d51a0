"""Which leaflets of a medicine are shown stands in its row: after every verb, the future included, with no query."""

import datetime as dt
import importlib

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monographs.leaflets.actions import start_leaflet
from monographs.medicines.models import Medicine
from monographs.publication import recalls
from monographs.publication.actions import cancel_release, publish, withdraw
from monographs.publication.relatives import Relative, relatives
from monographs.publication.shown import listing
from monographs.publication.shown.listing import joined, listed_wrongly
from monographs.publication.shown.showings import rewrite_all_showings
from monographs.reading.shown import page_of
from monographs.revisions.actions import save_draft
from tests.makers import change_leaflet, make_approved, make_content, make_leaflet, make_medicine, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)

ENGLISH = Relative("testamol", "en", "standard", "Testamol")
ARABIC = Relative("testamol-ar", "ar", "standard", "تيستامول")


def shown(days: float = 0) -> tuple[Relative, ...]:
    """So many days from now; every medicine's row is what it must be."""
    assert not list(listed_wrongly())
    return relatives(Medicine.objects.get(name="Testamol").shown_leaflets, timezone.now() + days * DAY)


def make_scheduled(leaflet=None, *, days: int = 2, **fields):
    return publish(
        make_approved(leaflet, **fields),
        by=make_person("priya"),
        change_note="First version.",
        effective_from=timezone.now() + days * DAY,
    )


def test_each_shown_leaflet_of_a_medicine_is_there_under_its_title_and_no_draft():
    make_published(title="Testamol")
    make_published(language="ar", title="تيستامول")
    make_leaflet(language="pl")
    make_published(medicine="Othermol")
    assert shown() == (ARABIC, ENGLISH)


def test_an_edition_is_told_from_the_standard_one(ana):
    make_published()
    leaflet = start_leaflet(make_medicine(), by=ana, edition="easy-read")
    save_draft(leaflet, make_content(edition="easy-read", title="Testamol in easy words"), by=ana, why="First draft.")
    make_published(leaflet)
    assert shown() == (Relative("testamol-easy-read", "en", "easy-read", "Testamol in easy words"), ENGLISH)


def test_a_withdrawn_leaflet_is_gone_from_its_instant_on(priya):
    make_published()
    arabic = make_published(language="ar", title="تيستامول")
    withdraw(arabic.leaflet, by=priya, notice="Ask us.", why="Wrong.")
    assert shown() == (ENGLISH,)


def test_what_is_scheduled_is_there_from_its_instant_on_without_a_write():
    make_published()
    make_scheduled(language="ar", title="تيستامول")
    assert shown() == (ENGLISH,)
    assert shown(days=2.01) == (ARABIC, ENGLISH)


def test_what_expires_is_gone_then_without_a_write(priya):
    publish(make_approved(), by=priya, change_note="For now.", expires_at=timezone.now() + 3 * DAY)
    assert shown(days=2.9) == (ENGLISH,)
    assert shown(days=3.01) == ()


def test_a_new_title_holds_from_the_version_that_bears_it():
    leaflet = make_published().leaflet
    make_scheduled(change_leaflet(leaflet, title="Testamol for pain"))
    assert shown() == (ENGLISH,)
    assert shown(days=3) == (ENGLISH._replace(title="Testamol for pain"),)


def test_versions_of_one_title_are_one_entry_however_many_there_are():
    leaflet = make_published().leaflet
    for dose in (6, 7, 8):
        make_published(change_leaflet(leaflet, dosage=f"Take {dose}mg once a day."))
    assert len(Medicine.objects.get().shown_leaflets) == len(shown()) == 1


BACK = {
    "cancelled": lambda release: cancel_release(release, by=make_person("priya")),
    "recalled": lambda release: recalls.recall(release.review, by=make_person("ana")),
    "sent back": lambda release: recalls.send_back(release.review, by=make_person("bruno"), reason="The dose."),
}


@pytest.mark.parametrize("verb", BACK)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_release_that_is_called_off_never_comes(verb, is_first):
    leaflet = make_leaflet() if is_first else change_leaflet(make_published().leaflet, title="Another title")
    BACK[verb](make_scheduled(leaflet))
    assert shown(days=3) == (() if is_first else (ENGLISH,))


@pytest.mark.parametrize("verb", BACK)
def test_one_of_the_very_instant_at_which_another_expires_never_comes_either(verb, priya):
    at = timezone.now() + 2 * DAY
    first = publish(make_approved(), by=priya, change_note="For now.", expires_at=at)
    second = make_approved(change_leaflet(first.leaflet, title="Another title"))
    release = publish(second, by=priya, change_note="More.", effective_from=at)
    assert shown(days=3) == (ENGLISH._replace(title="Another title"),)
    BACK[verb](release)
    assert (shown(days=1), shown(days=3)) == ((ENGLISH,), ())


def test_a_first_release_that_takes_the_place_of_another_comes_alone():
    leaflet = make_leaflet()
    make_scheduled(leaflet, days=1)
    make_scheduled(change_leaflet(leaflet, dosage="Take 6mg once a day."), days=3)
    assert (shown(days=2), shown(days=4)) == ((), (ENGLISH,))


def test_a_page_knows_its_relatives_without_a_query_of_its_own():
    make_published()
    with CaptureQueriesContext(connection) as alone:
        assert page_of("testamol", timezone.now()).relatives == (ENGLISH,)
    make_published(language="ar", title="تيستامول")
    with CaptureQueriesContext(connection) as together:
        assert page_of("testamol", timezone.now()).relatives == (ARABIC, ENGLISH)
    assert len(alone) == len(together) == 1


def make_some() -> None:
    leaflet = make_published().leaflet
    make_scheduled(change_leaflet(leaflet, title="Another title"))
    make_published(language="ar", title="تيستامول")
    make_published(medicine="Othermol")
    make_medicine("Drugless")


def test_all_rows_made_anew_and_the_migration_say_the_same():
    make_some()
    right = dict(Medicine.objects.values_list("name", "shown_leaflets"))
    Medicine.objects.update(shown_leaflets=[])
    list(rewrite_all_showings())
    assert dict(Medicine.objects.values_list("name", "shown_leaflets")) == right
    Medicine.objects.update(shown_leaflets=[])
    importlib.import_module("monographs.migrations.0039_shown_leaflets").fill(apps, None)
    assert dict(Medicine.objects.values_list("name", "shown_leaflets")) == right


def test_verify_history_names_a_medicine_whose_list_is_another():
    make_some()
    call_command("verify_history", quiet=True)
    medicine = Medicine.objects.get(name="Testamol")
    Medicine.objects.filter(pk=medicine.pk).update(shown_leaflets=medicine.shown_leaflets[1:])
    with pytest.raises(CommandError, match=f"medicine, row {medicine.pk}: the list of its shown leaflets"):
        call_command("verify_history", quiet=True)


def test_all_that_is_listed_wrongly_is_named_however_many_are_looked_at_at_once(monkeypatch):
    for name in ("Medol A", "Medol B", "Medol C"):
        make_published(medicine=name)
    Medicine.objects.update(shown_leaflets=[])
    numbers = list(Medicine.objects.order_by("pk").values_list("pk", flat=True))
    for at_once in (1, 2, 3):
        monkeypatch.setattr(listing, "_AT_ONCE", at_once)
        assert [wrong.medicine for wrong in listed_wrongly()] == numbers


def test_making_all_lists_anew_takes_as_many_queries_for_many_medicines_as_for_few():
    counts = []
    for names in (["Medol A"], ["Medol B", "Medol C", "Medol D"]):
        for name in names:
            make_published(medicine=name)
        with CaptureQueriesContext(connection) as captured:
            assert not list(listed_wrongly())
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 3


def test_what_goes_on_without_a_pause_is_one_and_what_was_overtaken_at_its_own_instant_none():
    assert joined([("a", 1, 2), ("a", 2, 3), ("b", 3, 3), ("a", 3, 4)]) == [("a", 1, 4)]
    assert joined([("a", 1, 2), ("a", 3, 4), ("b", 4, 5)]) == [("a", 1, 2), ("a", 3, 4), ("b", 4, 5)]

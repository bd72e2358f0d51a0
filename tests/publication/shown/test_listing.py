"""A medicine is listed from the first instant at which any leaflet of it is shown; its names with it."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from monographs.medicines.actions import add_names
from monographs.medicines.models import Medicine, MedicineName
from monographs.publication import recalls
from monographs.publication.actions import cancel_release, publish, withdraw
from monographs.publication.shown.showings import rewrite_all_showings
from tests.makers import change_leaflet, make_approved, make_leaflet, make_medicine, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def make_scheduled(days: int = 2, **fields):
    return publish(
        make_approved(**fields),
        by=make_person("priya"),
        change_note="First version.",
        effective_from=timezone.now() + days * DAY,
    )


def listed() -> dict[str, dt.datetime | None]:
    """By name; of the medicine and of all of its names, which must be the same."""
    rows = MedicineName.objects.values_list("name", "listed_from", "medicine__listed_from")
    assert all(own == of_medicine for _name, own, of_medicine in rows)
    return {name: own for name, own, _of_medicine in rows}


def test_a_medicine_without_a_shown_leaflet_is_not_listed():
    make_leaflet("Testamol")
    assert listed() == {"Testamol": None}


def test_it_is_listed_since_its_first_version_whatever_comes_later(priya):
    first = make_published()
    make_published(change_leaflet(first.leaflet, dosage="Take 6mg once a day."))
    withdraw(first.leaflet, by=priya, notice="Ask us.", why="Wrong.")
    assert listed() == {"Testamol": first.effective_from}


def test_the_leaflet_that_is_shown_first_counts():
    scheduled = make_scheduled(language="de")
    assert listed() == {"Testamol": scheduled.effective_from}
    published = make_published(language="en")
    assert listed() == {"Testamol": published.effective_from}


BACK = {
    "cancelled": lambda release: cancel_release(release, by=make_person("priya")),
    "recalled": lambda release: recalls.recall(release.review, by=make_person("ana")),
    "sent back": lambda release: recalls.send_back(release.review, by=make_person("bruno"), reason="The dose."),
}


@pytest.mark.parametrize("verb", BACK)
def test_a_first_release_that_is_called_off_takes_it_back(verb):
    BACK[verb](make_scheduled())
    assert listed() == {"Testamol": None}


def test_a_name_that_is_added_later_is_listed_as_its_medicine():
    first = make_published()
    stale = Medicine.objects.get()
    add_names(stale, by=None, names=[("Testabrand", "brand")])
    assert listed() == dict.fromkeys(("Testamol", "Testabrand"), first.effective_from)


def test_all_rows_made_anew_list_what_they_must():
    first, other = make_published(), make_medicine("Othermol")
    Medicine.objects.update(listed_from=timezone.now() - DAY)
    list(rewrite_all_showings())
    other.refresh_from_db()
    assert Medicine.objects.get(pk=first.leaflet.medicine_id).listed_from == first.effective_from
    assert other.listed_from  # it has no leaflet: only verifying looks there


@pytest.mark.parametrize("model", [Medicine, MedicineName])
@pytest.mark.parametrize("wrong", [None, timezone.now() - DAY])
def test_verify_history_names_what_is_listed_wrongly(model, wrong):
    make_published()
    call_command("verify_history", quiet=True)
    model.objects.update(listed_from=wrong)
    with pytest.raises(CommandError, match="listed from"):
        call_command("verify_history", quiet=True)


def test_verify_history_names_what_is_listed_and_never_shown():
    medicine = make_medicine()
    Medicine.objects.update(listed_from=timezone.now())
    with pytest.raises(CommandError, match=f"medicine, row {medicine.pk}: it is shown from None on"):
        call_command("verify_history", quiet=True)

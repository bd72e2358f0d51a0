"""Canned answers with placeholders: filled in for the reply, and never sent with an open place."""

import pytest
from django.core.exceptions import ValidationError

from monographs.audit.models import Entry
from monographs.clinics.models import Clinic
from monographs.comments.answering.canned import (
    About,
    CannedAnswer,
    canned_for,
    delete_canned_answer,
    fill,
    open_places,
    save_canned_answer,
    unknown_places,
)
from monographs.comments.deciding.actions import answer
from monographs.refusals import NotAllowed, Unacceptable
from tests.makers import make_comment, make_content, make_published

pytestmark = pytest.mark.django_db
CLINIC = Clinic(name="Harbour Clinic", phone="01632 960001")


def about(body: str, *, name: str = "Bea", clinic: Clinic = CLINIC) -> str:
    comment = make_comment(make_published(), name=name)
    return fill(CannedAnswer(title="T", body=body), About(comment, make_content(), clinic))


def test_every_place_is_filled_in_for_the_reply():
    filled = about(
        "Dear {name}, {medicine}: see {section:dosage} in “{leaflet}”, or call {clinic_name}, {clinic_phone}."
    )
    assert filled == ("Dear Bea, Testamol: see “How to take it” in “Testamol”, or call Harbour Clinic, 01632 960001.")


@pytest.mark.parametrize("place", ["{section:how-to-take}", "{ section : how_to_take }", "{section:dosage}"])
def test_a_section_is_named_in_more_than_one_way(place):
    assert about(f"See {place}.") == "See “How to take it”."


def test_a_reader_without_a_name_is_a_reader():
    assert about("Dear {name},", name="") == "Dear reader,"


def test_what_there_is_nothing_for_stays_open_and_is_not_sent(carla):
    filled = about("Call {clinic_phone}, see {section:introduction}.", clinic=Clinic())
    assert open_places(filled) == ["{clinic_phone}", "{section:introduction}"]
    comment = make_comment(make_published(medicine="Othermol"))
    with pytest.raises(Unacceptable, match="nothing to fill in for {clinic_phone}, {section:introduction}"):
        answer(comment, by=carla, body=filled)
    answer(comment, by=carla, body="Take {5 mg} or {x}: braces of one’s own are text.")


@pytest.mark.parametrize("place", ["{phone}", "{section:nonsense}", "{section}", "{name:dosage}", "{NAME }"])
def test_an_unknown_placeholder_is_refused_when_it_is_saved(place, carla):
    canned = CannedAnswer(title="Milk", body=f"Dear {place}, yes.")
    assert unknown_places(canned.body) == [place]
    with pytest.raises(ValidationError, match="Nothing can be filled in"):
        canned.full_clean()
    with pytest.raises(Unacceptable, match="Nothing can be filled in"):
        save_canned_answer(canned, by=carla)
    assert not CannedAnswer.objects.exists()


def test_each_change_is_on_record_and_only_who_may_makes_it(carla, ana):
    canned = CannedAnswer(title="Milk", body="Yes, {name}.")
    with pytest.raises(NotAllowed):
        save_canned_answer(canned, by=ana)
    assert save_canned_answer(canned, by=carla)
    assert not save_canned_answer(canned, by=carla)
    canned.body = "No, {name}."
    assert save_canned_answer(canned, by=carla)
    delete_canned_answer(canned, by=carla)
    verbs = Entry.objects.filter(verb__startswith="prepared-answer").order_by("position").values_list("verb", flat=True)
    assert list(verbs) == ["prepared-answer.added", "prepared-answer.changed", "prepared-answer.deleted"]


def test_those_in_use_in_the_language_of_the_leaflet_are_offered():
    for title, language, is_active in (("A", "en", True), ("B", "en", False), ("C", "ar", True)):
        CannedAnswer.objects.create(title=title, body="Yes.", language=language, is_active=is_active)
    assert [canned.title for canned in canned_for("en")] == ["A"]
    assert [canned.title for canned in canned_for("ar")] == ["C"]

"""A certificate is one sheet: what is printed of long texts, many names and many signatures, and what is counted."""

import pytest
from django.urls import reverse

from monographs.admin.record import certificate
from monographs.admin.record.certificate import MOST_CHARACTERS, MOST_OF_TICKS, MOST_SIGNATURES, _shortened, _signatures
from monographs.publication.actions import publish
from monographs.review.models import ApprovalRule, Decision
from tests.makers import change_leaflet, make_leaflet, make_review, sign
from tests.people import make_person


def signed(*ticks: str, note: str = "") -> Decision:
    return Decision(checklist=list(ticks), note=note, signer_roles=["Second reader", "Pharmacist"])


def printed(*decisions: Decision) -> list[tuple]:
    return [(one.ticks, one.ticks_left, one.ticked_as_above) for one in _signatures(list(decisions))]


def test_all_signatures_together_have_room_for_so_many_characters_of_ticks():
    most, more, last = "a" * (MOST_OF_TICKS - 300), "b" * 200, "c" * 100
    assert printed(signed(most, more, last)) == [((most, more, last), 0, False)]
    assert printed(signed(most, more, last + "d")) == [((most, more), 1, False)]
    assert printed(signed(most, more), signed(last, "e"), signed(last)) == [
        ((most, more), 0, False),
        ((last,), 1, False),  # nothing is left for the second tick
        ((last,), 0, False),  # the first tick is always printed
    ]


def test_equal_ticks_are_not_printed_again_and_none_of_them_is_counted_as_left_out():
    long = "a" * (MOST_OF_TICKS + 1)
    assert printed(signed("one", long), signed("one", long), signed("one")) == [
        (("one",), 1, False),
        ((), 0, True),
        (("one",), 0, False),
    ]
    assert printed(signed(long)) == [((long,), 0, False)]


def test_one_signature_has_its_note_and_of_several_none():
    assert [one.note for one in _signatures([signed(note="Read twice.")])] == ["Read twice."]
    assert [one.note for one in _signatures([signed(note="Read twice."), signed(note="And I.")])] == ["", ""]
    assert len(_signatures([signed()] * (MOST_SIGNATURES + 1))) == MOST_SIGNATURES


def test_a_text_is_shortened_when_it_is_longer_than_fits_and_not_before():
    assert _shortened("x" * MOST_CHARACTERS) == "x" * MOST_CHARACTERS
    assert _shortened("x" * (MOST_CHARACTERS + 1)).startswith("x" * MOST_CHARACTERS + " … (shortened")
    assert _shortened(" two\n lines ") == "two lines"


@pytest.mark.django_db
def test_names_and_signatures_past_the_most_are_counted(client, amir, priya, monkeypatch):
    leaflet = make_leaflet()
    for name in ("wanda", "xena"):
        change_leaflet(leaflet, by=make_person(name, role="Author"), dosage=f"Take what {name} says.")
    ApprovalRule.objects.create(approvals=MOST_SIGNATURES + 1)
    review = make_review(leaflet)
    for number in range(MOST_SIGNATURES + 1):
        sign(review, by=make_person(f"reader{number}", role="Second reader"))
    review.refresh_from_db()
    publication = publish(review, by=priya, change_note="First.")
    monkeypatch.setattr(certificate, "MOST_NAMES", 1)
    client.force_login(amir)
    shown = client.get(reverse("admin:publication-certificate", args=[leaflet.pk, publication.pk]))
    assert shown.context["authors"] == "Ana Author (Pharmacist); and 2 more, named in the history"
    assert shown.context["more_signatures"] == 1


@pytest.mark.django_db
def test_of_few_signatures_none_is_left_to_be_counted(client, amir, priya):
    review = make_review()
    sign(review)
    review.refresh_from_db()
    publication = publish(review, by=priya, change_note="First.")
    client.force_login(amir)
    address = reverse("admin:publication-certificate", args=[publication.leaflet_id, publication.pk])
    assert client.get(address).context["more_signatures"] == 0

"""What a medicine is for is told by one whole sentence of its leaflet, or not at all."""

from dataclasses import replace

import pytest
from django.utils import timezone

from monographs.search.shown.hits import shown_of
from monographs.search.shown.uses import LONGEST, what_for
from tests.makers import make_content, make_leaflet, make_published

pytestmark = pytest.mark.django_db


def told(uses, what_it_is="It is a medicine."):
    """What is told of a leaflet with these sections."""
    bodies = {"uses": uses, "what_it_is": what_it_is}
    sections = tuple(replace(each, body=bodies.get(each.kind, each.body)) for each in make_content().sections)
    leaflet = make_published(make_leaflet("Testamol", sections=sections)).leaflet
    shown = shown_of([leaflet.medicine_id], timezone.now())[leaflet.medicine_id]
    return list(what_for(shown).values())


def test_its_first_sentence_on_what_it_is_used_for_is_told():
    assert told("It eases pain. It lowers a fever.") == ["It eases pain."]


@pytest.mark.parametrize("uses", [f"It eases {'very ' * (LONGEST // 5)}bad pain.", "It helps with:\n\n- pain\n- fever"])
def test_a_long_sentence_or_one_before_a_list_is_not(uses):
    assert told(uses) == ["It is a medicine."]


def test_a_sentence_is_told_that_is_just_short_enough():
    sentence = f"It eases {'a' * (LONGEST - 10)}."
    assert len(sentence) == LONGEST
    assert told(sentence) == [sentence]
    assert what_for([]) == {}

"""The four minimum items are met or missing; of a black-triangle medicine more is asked for."""

import pytest

from monographs.reactions.items import minimum, missing, more_asked
from monographs.reactions.models import SuspectedReaction
from tests.makers import make_medicine

pytestmark = pytest.mark.django_db
_PATIENT, REPORTER, MEDICINE, _REACTION = range(4)
FACTS = [
    {"patient_initials": "A.B."},
    {"local_number": "17"},
    {"patient_age": 0},
    {"patient_age_group": "5"},
    {"patient_sex": "2"},
]


def met(**fields) -> list[bool]:
    return [item.is_met for item in minimum(SuspectedReaction(**fields))]


def test_of_an_empty_report_all_four_items_are_missing():
    assert met() == [False] * 4
    assert missing(minimum(SuspectedReaction())) == (
        "an identifiable patient, an identifiable reporter, a suspect medicine, a suspected reaction"
    )


@pytest.mark.parametrize("fields", FACTS, ids=lambda fields: next(iter(fields)))
def test_any_one_fact_makes_a_patient_identifiable(fields):
    assert met(**fields) == [True, False, False, False]


def test_a_reporter_needs_a_qualification_and_a_country():
    assert not met(reporter_country="GB")[REPORTER]
    assert not met(reporter_qualification="1")[REPORTER]
    assert met(reporter_qualification="1", reporter_country="GB")[REPORTER]


def test_a_medicine_is_one_of_the_sites_or_a_product_by_its_name():
    assert met(product="Brandol")[MEDICINE]
    assert met(medicine=make_medicine())[MEDICINE]
    assert not met(product=" ")[MEDICINE]


def test_of_a_medicine_under_additional_monitoring_brand_and_batch_are_asked_for_too():
    watched = make_medicine("Newmol")
    assert more_asked(SuspectedReaction(medicine=watched)) == []
    watched.is_under_additional_monitoring = True
    assert missing(more_asked(SuspectedReaction(medicine=watched))) == "the brand, the batch number"
    assert missing(more_asked(SuspectedReaction(medicine=watched, product="Brandol", batch="L1"))) == ""

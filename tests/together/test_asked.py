"""Which medicines somebody names: nothing that is not understood is lost."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monographs.together.asked import MOST, asked
from tests.makers import make_medicine

pytestmark = pytest.mark.django_db


@pytest.fixture
def medicines(db):
    make_medicine("Ibuprofen", names=(("Nurofen", "brand"), ("Coldaway", "brand")))
    make_medicine("Baclofen", names=(("Lioresal", "brand"),))
    make_medicine("Paracetamol", names=(("Coldaway", "brand"),))


def meant(*typed):
    return [each.name for each in asked(typed).medicines]


def test_any_name_will_do_and_each_medicine_counts_once(medicines):
    assert meant("Nurofen", "baclofen 10 mg", "IBUPROFEN", "nurofen") == ["Ibuprofen", "Baclofen"]


def test_several_names_in_one_field_are_several_medicines(medicines):
    assert meant("lioresal and nurofen") == ["Baclofen", "Ibuprofen"]


def test_a_slip_is_taken_and_told(medicines):
    (field,) = asked(["ibuprofin"]).fields
    assert (field.meant[0].name, field.is_guess) == ("Ibuprofen", True)


def test_a_name_of_two_medicines_is_asked_back(medicines):
    (field,) = asked(["Coldaway"]).fields
    assert not field.meant
    assert {each.name for each in field.choices} == {"Ibuprofen", "Paracetamol"}


def test_what_is_no_name_is_told(medicines):
    first, second = asked(["qwxzamide", "baclofen"]).fields
    assert (first.unknown, first.is_clear) == (("qwxzamide",), False)
    assert second.is_clear


def test_the_ninth_is_left_out_and_told(db):
    letters = ("Alba", "Brom", "Cetu", "Dila", "Esto", "Furo", "Gani", "Hexo", "Ivar")
    for each in letters:
        make_medicine(f"{each}nidol")
    found = asked([f"{each}nidol" for each in letters])
    assert len(found.medicines) == MOST
    assert found.left_out == ("Ivarnidol",)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.lists(st.text(max_size=40), max_size=12))
def test_whatever_is_typed_is_answered(medicines, typed):
    found = asked([*typed, "\x00", "x" * 10_000])
    assert len(found.medicines) <= MOST
    assert all(field.meant or not field.is_clear for field in found.fields)


def test_many_fields_ask_the_database_no_more_than_one(medicines, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):  # for whether names changed, and the names where they did
        asked(["nurofen", "lioresal", "ibuprofin", "qwxzamide", "Coldaway"] * 2)

"""What the record keeps of a reader's network address: sameness for a day, and nothing after thirty."""

import datetime as dt

import pytest
from django.utils import timezone

from monographs.audit import readers
from monographs.audit.context import current_address
from monographs.audit.models import Entry
from monographs.audit.readers import KEPT_FOR, AddressKey, forget_addresses, hidden_address, new_seal, sealed
from monographs.comments.deciding.actions import approve
from tests.makers import make_comment, make_published

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    readers._keys.clear()
    yield
    readers._keys.clear()


@pytest.fixture
def address():
    token = current_address.set("192.0.2.77")
    yield "192.0.2.77"
    current_address.reset(token)


def test_a_readers_address_is_hidden_in_the_ledger_and_a_moderators_is_not(address, carla):
    reply = make_comment()
    approve(reply, by=carla)
    received, approved = Entry.objects.filter(about=f"comment/{reply.pk}").order_by("position")
    assert received.address.startswith("hidden:")
    assert address not in received.address
    assert approved.address == address


def test_one_address_looks_the_same_for_a_day_and_another_on_the_next():
    hidden = hidden_address("192.0.2.77", at=NOW)
    assert hidden_address("192.0.2.77", at=NOW + dt.timedelta(hours=11)) == hidden
    assert hidden_address("192.0.2.78", at=NOW) != hidden
    assert hidden_address("192.0.2.77", at=NOW + dt.timedelta(days=1)) != hidden
    assert hidden_address("", at=NOW) == ""


def test_after_thirty_days_nobody_can_work_the_address_out_again():
    hidden_address("192.0.2.77", at=NOW)
    assert forget_addresses(at=NOW + KEPT_FOR) == 0
    assert forget_addresses(at=NOW + KEPT_FOR + dt.timedelta(days=1)) == 1
    assert not AddressKey.objects.exists()


def test_a_key_is_remembered_only_once_it_stands_in_the_database(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        hidden = hidden_address("192.0.2.77", at=NOW)
    assert readers._keys == {}  # the act might still be taken back, and the key with it
    for remember in callbacks:
        remember()
    AddressKey.objects.all().delete()
    assert hidden_address("192.0.2.77", at=NOW) == hidden
    assert list(readers._keys) == [NOW.date()]


def test_a_reply_costs_no_query_for_its_address_once_the_key_is_known(
    address, django_assert_num_queries, django_capture_on_commit_callbacks
):
    publication = make_published()
    with django_capture_on_commit_callbacks(execute=True):
        make_comment(publication, body="First.")
    with django_assert_num_queries(0):
        hidden_address(address, at=timezone.now())


def test_a_seal_tells_nothing_without_its_key():
    one, other = new_seal(), new_seal()
    assert sealed(one, "My name is Bea.") != sealed(other, "My name is Bea.")
    assert sealed(one, "My name is Bea.") == sealed(one, "My name is Bea.")
    assert sealed(one, "a", "b") != sealed(one, "ab")

"""A verb that another verb calls has one transaction, one turn and one fate with it."""

import pytest
from django.db import connection
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from monographs.audit import record as module
from monographs.audit.models import Entry
from monographs.audit.record import act, record
from monographs.refusals import Conflict
from tests.makers import make_leaflet

pytestmark = pytest.mark.django_db


@act
def note(leaflet, *, by, refuses=False):
    record("leaflet.noted", by=by, about=leaflet)
    if refuses:
        raise Conflict("No.")


@act
def note_twice(leaflet, *, by, refuses=False):
    note(leaflet, by=by)
    note(leaflet, by=by, refuses=refuses)


def noted() -> int:
    return Entry.objects.filter(verb="leaflet.noted").count()


def test_it_takes_the_lock_once_and_needs_no_savepoint(ana, monkeypatch):
    leaflet, turns = make_leaflet(), []
    lock = module.lock_ledger
    monkeypatch.setattr(module, "lock_ledger", lambda: turns.append(1) or lock())
    with CaptureQueriesContext(connection) as alone:
        note(leaflet, by=ana)
    with CaptureQueriesContext(connection) as within:
        note_twice(leaflet, by=ana)
    assert len(turns) == 2
    begun = [query["sql"] for query in within.captured_queries if query["sql"].startswith("SAVEPOINT")]
    assert len(begun) == 1  # the outer one's, in the test's own transaction
    assert len(within) == len(alone) + 2


def test_where_the_inner_one_refuses_nothing_of_the_outer_one_stays(ana):
    leaflet = make_leaflet()
    with pytest.raises(Conflict):
        note_twice(leaflet, by=ana, refuses=True)
    assert noted() == 0
    note_twice(leaflet, by=ana)
    assert noted() == 2


def test_a_refusal_that_is_caught_in_between_leaves_no_half_of_a_verb(ana):
    leaflet = make_leaflet()

    @act
    def goes_on():
        with pytest.raises(Conflict):
            note(leaflet, by=ana, refuses=True)
        note(leaflet, by=ana)

    with pytest.raises(TransactionManagementError):
        goes_on()
    assert noted() == 0


def test_one_verb_after_another_has_a_turn_of_its_own(ana):
    leaflet = make_leaflet()
    note(leaflet, by=ana)
    with pytest.raises(Conflict):
        note(leaflet, by=ana, refuses=True)
    assert noted() == 1


@pytest.mark.django_db(transaction=True)
def test_a_verb_that_somebody_elses_verb_only_began_has_a_turn_of_its_own(monkeypatch):
    """A context that was copied into another thread tells of an act whose transaction is not this connection's."""
    taken = []
    monkeypatch.setattr(module, "lock_ledger", lambda: taken.append(connection.in_atomic_block))
    token = module._turn.set(module._Turn())
    try:
        act(lambda: None)()
    finally:
        module._turn.reset(token)
    assert taken == [True]

"""What a person is told of a failure that is nobody's mistake, on either database."""

import sqlite3

import pytest
from django.db import OperationalError

from monographs.audit.record import act, busy_with, refusal_of
from monographs.refusals import Busy, Conflict, NoRoom


def failed(**codes: object) -> OperationalError:
    error, cause = OperationalError("so it says"), Exception()
    for name, code in codes.items():
        setattr(cause, name, code)
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        ({"sqlite_errorcode": sqlite3.SQLITE_BUSY}, Busy),
        ({"sqlite_errorcode": sqlite3.SQLITE_BUSY_SNAPSHOT}, Busy),
        ({"sqlite_errorcode": sqlite3.SQLITE_LOCKED}, Busy),
        ({"sqlstate": "55P03"}, Busy),
        ({"sqlite_errorcode": sqlite3.SQLITE_FULL}, NoRoom),
        ({"sqlite_errorcode": sqlite3.SQLITE_IOERR_WRITE}, NoRoom),
        ({"sqlite_errorcode": sqlite3.SQLITE_IOERR_SHMSIZE}, NoRoom),
        ({"sqlstate": "53100"}, NoRoom),
        ({"sqlite_errorcode": sqlite3.SQLITE_IOERR_READ}, None),
        ({"sqlite_errorcode": sqlite3.SQLITE_CORRUPT}, None),
        ({"sqlstate": "40001"}, None),
        ({}, None),
    ],
)
def test_another_writer_and_a_full_disk_are_told_and_nothing_else(codes, kind):
    assert type(refusal_of(failed(**codes))) is (kind or type(None))


@pytest.mark.parametrize("refusal", [Busy("Wait."), NoRoom("Full."), Conflict("Changed.")])
def test_a_refusal_is_told_as_it_is(refusal):
    assert refusal_of(refusal) is refusal


def test_a_verb_that_was_too_late_is_busy_and_a_full_disk_is_not():
    busy = Busy("Wait.")
    assert busy_with(busy) is busy
    assert busy_with(NoRoom("Full.")) is None


@pytest.mark.django_db
def test_a_refusal_within_a_verb_is_raised_as_it_is_and_a_failure_with_what_was_behind_it():
    busy, locked = Busy("Wait."), failed(sqlite_errorcode=sqlite3.SQLITE_BUSY)

    @act
    def fail(error):
        raise error

    with pytest.raises(Busy) as told:
        fail(busy)
    assert (told.value, told.value.__cause__) == (busy, None)
    with pytest.raises(Busy) as told:
        fail(locked)
    assert told.value.__cause__ is locked

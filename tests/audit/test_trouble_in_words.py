"""What a person is told of a failure that is nobody's mistake, on either database."""

import sqlite3

import pytest
from django.db import OperationalError

from monographs.audit.record import refusal_of
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

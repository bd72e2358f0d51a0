"""Where sessions are kept: whose each one is, and until when it is one."""

import datetime as dt

import pytest
from django.contrib.auth import SESSION_KEY
from django.utils import timezone

from monographs.staff.sessions.open import OpenSession, note_beginning, open_sessions
from monographs.staff.sessions.store import SessionStore

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)


def begin(person, *, at: dt.datetime | None = NOW, agent: str = "Firefox") -> SessionStore:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    if at:
        note_beginning(session, address="192.0.2.7", agent=agent, at=at)
    session.save()
    return session


def test_a_session_that_has_run_out_is_none(ana):
    session = begin(ana)
    assert SessionStore(session.session_key)[SESSION_KEY] == str(ana.pk)
    OpenSession.objects.update(expire_date=timezone.now() - dt.timedelta(seconds=1))
    late = SessionStore(session.session_key)
    assert late.get(SESSION_KEY) is None
    assert late.session_key is None  # whoever writes to it now begins another
    assert open_sessions(ana) == []


def test_its_columns_say_whose_it_is_and_when_from_where_and_with_what_it_began(ana):
    begin(ana, agent="Fire\u202efox\n" + "x" * 300)
    [row] = open_sessions(ana)
    assert (row.person_id, row.began_at, row.address) == (ana.pk, NOW, "192.0.2.7")
    assert row.agent == "Firefox" + "x" * 193


def test_open_sessions_are_ones_own_the_newest_first(ana, bruno):
    begun = [begin(ana, at=at) for at in (NOW, None, NOW + dt.timedelta(hours=1))]
    begin(bruno)
    found = [row.session_key for row in open_sessions(ana)]
    assert found == [begun[2].session_key, begun[0].session_key, begun[1].session_key]

"""Who is logged in, without asking the database once more: the session's row was read with its person."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from monographs.staff.models import StaffMember

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def whose(request: HttpRequest) -> StaffMember | AnonymousUser:
    """What Django answers. Where anything is out of the common, it is asked itself: it may end the session."""
    person = _person_of(request.session)
    return person if person else get_user(request)


def _person_of(session: SessionBase) -> StaffMember | None:
    """The person of the session's row, if Django would take them by all that the session says."""
    number = session.get(SESSION_KEY)  # reads the session
    person = getattr(session, "person", None)  # a test may keep sessions elsewhere
    if person is None or number != str(person.pk) or not person.is_active:
        return None
    if session.get(BACKEND_SESSION_KEY) != _BACKEND or _BACKEND not in settings.AUTHENTICATION_BACKENDS:
        return None
    told = session.get(HASH_SESSION_KEY)
    return person if told and constant_time_compare(told, person.get_session_auth_hash()) else None

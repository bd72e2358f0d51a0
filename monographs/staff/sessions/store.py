"""Where sessions are kept: Django's way, in a table that says whose each one is (`sessions.OpenSession`)."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import CharField, DateTimeField, QuerySet
from django.utils import timezone

from monographs.prepared import Given, Prepared


class SessionStore(DatabaseStore):
    """Django's, with a few columns more, so that a person's sessions can be found without opening all of them.

    ``person`` is whom its row names, as read with it; None until a row was read. Who is logged in, `whose` says.
    """

    person = None

    @classmethod
    def get_model_class(cls):
        from monographs.staff.sessions.open import OpenSession  # models are loaded after this module

        return OpenSession

    def create_model_instance(self, data: dict):
        row = super().create_model_instance(data)
        row.describe(data)
        return row

    def _get_session_from_db(self):
        """As Django does it, with SQL that is made once: each request of the staff begins with this look-up."""
        found = _OPEN.thing(key=self.session_key, now=timezone.now())
        if not found:
            self._session_key = None
        self.person = found.person if found else None
        return found


def _find_open() -> QuerySet:
    key, now = Given("key", CharField()), Given("now", DateTimeField())
    return SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=now).select_related("person")


_OPEN = Prepared(_find_open)

"""The sessions of the people who are logged in: each can see and end their own, an administrator ends another's."""

import datetime as dt

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.audit.readers import new_seal
from monographs.audit.record import act, record
from monographs.refusals import Conflict
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_may_change_person

_FACTS = "log_in"  # the session's own note of when, from where and with which program it began


class OpenSession(AbstractBaseSession):
    """One session. The columns repeat what its data say, which only the session's own store can read."""

    person = models.ForeignKey(StaffMember, models.CASCADE, null=True, related_name="+", db_constraint=False)
    began_at = models.DateTimeField(null=True)
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=200, blank=True)

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()
        verbose_name = gettext_lazy("session")
        verbose_name_plural = gettext_lazy("sessions")

    @classmethod
    def get_session_store_class(cls):
        from monographs.staff.sessions.store import SessionStore

        return SessionStore

    def describe(self, data: dict) -> None:
        """Fill in the columns from the session's data."""
        facts = data.get(_FACTS, {})
        self.person_id = data.get(SESSION_KEY)
        self.began_at = dt.datetime.fromisoformat(facts["at"]) if facts else None
        self.address, self.agent = facts.get("address", ""), facts.get("agent", "")


def note_beginning(session, *, address: str, agent: str, at: dt.datetime | None = None) -> None:
    """Remember when, from where and with which program (its own word for itself) a session began."""
    # A browser may send anything as its name, and there is no address behind a Unix socket.
    shown = "".join(sign for sign in agent if sign.isprintable())[:200]
    session[_FACTS] = {"at": (at or timezone.now()).isoformat(), "address": address[:45], "agent": shown}


def open_sessions(person: StaffMember, *, at: dt.datetime | None = None) -> list[OpenSession]:
    """Those that have not run out, the newest first."""
    found = OpenSession.objects.filter(person=person, expire_date__gt=at or timezone.now())
    return list(found.order_by(models.F("began_at").desc(nulls_last=True), "session_key").defer("session_data"))


@act
def end_session(person: StaffMember, began_at: dt.datetime) -> None:
    """People end one of their own sessions, named by the instant at which it began. Raises Conflict if it has ended."""
    ended, _by_model = OpenSession.objects.filter(person=person, began_at=began_at).delete()
    if not ended:
        raise Conflict(_("This session has ended already."))
    record("staff.session-ended", by=person, about=person)


def end_others(person: StaffMember, *, but: str = "") -> None:
    """Inside a verb: every session of this person ends, but the one with this key."""
    OpenSession.objects.filter(person=person).exclude(session_key=but).delete()


@act
def end_all_sessions(person: StaffMember, *, by: StaffMember) -> None:
    """Log a colleague out everywhere. Raises NotAllowed."""
    check_may_change_person(by, StaffMember.objects.get(pk=person.pk))
    person.sessions_key = new_seal()
    person.save(update_fields=("sessions_key",))
    end_others(person)
    record("staff.sessions-ended", by=by, about=person)

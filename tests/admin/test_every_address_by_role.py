"""Mallory, with each single role in turn, at every address of the staff's site: she sees and does what her role may.

The transitions have a test of their own (`test_transitions_by_role`); here they are only looked at. An address that
is not in the table fails the test, so that a new screen says who may open it and who may act there.
"""

import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from monographs.alerts.models import Alert
from monographs.audit.models import Entry
from monographs.clinics.models import the_clinic
from monographs.comments.answering.canned import CannedAnswer
from monographs.comments.answering.change_requests import raise_request
from monographs.comments.crisis.playbook import the_playbook
from monographs.comments.deciding.reasons import RejectionReason
from monographs.comments.standing.closing import ReplyRules
from monographs.comments.telling.rota import RotaTurn
from monographs.data_life.periods import RetentionPeriod
from monographs.review.models import ApprovalRule, ChecklistItem
from monographs.review.remarks import add_remark
from monographs.revisions.actions import newest_revision
from monographs.search.models import MissedSearch
from monographs.staff.models import StaffMember
from monographs.staff.passwords.attempts import PER_ACCOUNT, Attempts, account_key
from monographs.staff.roles import ROLES
from monographs.staff.second_factor.rule import the_rule
from monographs.staff.sessions.open import OpenSession as Session
from tests.admin.doors import ANYBODY, NOBODY, Door, model_pages, screens
from tests.faults.addresses import fill, patterns
from tests.mail.makers import make_letter
from tests.makers import change_leaflet, make_comment, make_published
from tests.makers_reactions import make_reaction
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def doors(rows_of_the_file) -> list[tuple[str, Door]]:
    """(address, door) of every address, for rows that are there."""
    published = make_published()
    draft = change_leaflet(published.leaflet, dosage="Take 7mg.")
    Attempts.objects.create(key=account_key("carla"), count=PER_ACCOUNT, last_at=timezone.now())  # to be unlocked
    remark = add_remark(newest_revision(draft), by=make_person("bruno"), body="Why?")
    reply = make_comment(published)
    wanted = raise_request(
        make_comment(published, body="Why?"), by=make_person("carla"), section="dosage", words="How?"
    )
    rule = ApprovalRule.objects.create(medicine=draft.medicine, approvals=2)
    table = {**screens(draft, remark), **model_pages(draft)}
    routes = {route.removeprefix("admin/"): converters for route, converters in patterns("admin/")}
    assert set(routes) == set(table)
    rows = {
        "alert": Alert.objects.get(),
        "cannedanswer": CannedAnswer.objects.create(title="Milk", body="Yes, you may."), "replyrules": ReplyRules(pk=1),
        "approvalrule": rule, "checklistitem": ChecklistItem.objects.first(), "clinic": the_clinic(), "comment": reply,
        "leaflet": draft, "entry": Entry.objects.first(), "medicine": draft.medicine,
        "playbook": the_playbook(), "rejectionreason": RejectionReason.objects.first(),
        "secondfactorrule": the_rule(), "suspectedreaction": make_reaction(),
        "letter": make_letter(), "retentionperiod": RetentionPeriod.objects.get(what="spam"),
        "rotaturn": RotaTurn.objects.create(person=make_person("carla")),
        "missedsearch": MissedSearch.objects.create(folded="wanted", query="wanted", count=2),
        "staffmember": make_person("carla"), "group": Group.objects.get(name="Moderator"),
    }  # fmt: skip
    found = []
    for route, door in table.items():
        model = route.split("/")[1] if route.startswith(("monographs/", "auth/")) else "leaflet"
        row = reply if route.startswith("replies/") else door.leaflet or rows[model]
        values = {
            "pk": row.pk, "object_id": row.pk, "id": row.pk, "remark": remark.pk, "do": "answer", "form": "csv",
            "number": wanted.pk if "requests/" in route else 1,
            "decision": published.review.decisions.get().pk, "publication": published.pk,
        }  # fmt: skip
        if route != "logout/":  # who has logged out would find the rest shut
            found.append((fill(f"admin/{route}", routes[route], values), door))
    return found


class Writes:
    """Counts what is written to the database, sessions apart."""

    def __init__(self):
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and Session._meta.db_table not in sql:
            self.count += 1
        return execute(sql, params, many, context)


def client_of(person: StaffMember) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def done_by(client: Client, method: str, address: str, form: dict | None = None) -> tuple[int, bool]:
    """The status of the answer, which no browser and no cache keeps, and whether anything was written for it.

    It is undone afterwards.
    """
    writes = Writes()
    with transaction.atomic(), connection.execute_wrapper(writes):
        answer = getattr(client, method)(address, form or {})
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    assert "no-store" in answer.get("Cache-Control", ""), (method, address)
    return answer.status_code, writes.count > 0


@pytest.mark.parametrize("role", [None, *ROLES])
def test_mallory_sees_and_does_what_her_role_may_at_every_address(doors, role):
    mallory = make_person("mallory", role=role)
    held = {"any role", *ROLES[role]} if role else {"any role"}
    client = client_of(mallory)
    wrong = []
    for address, door in doors:
        status, has_written = done_by(client, "get", address)
        notes_presence = re.search(r"/leaflet/\d+/change/$|/replies/\d+/$", address) and held & door.acts
        if status not in ({200, 302, 400} if held & door.looks else door.shuts) or (has_written and not notes_presence):
            wrong.append(("get", address, status, has_written))
        if door.is_transition:
            continue
        status, has_written = done_by(client, "post", address, door.form)
        if held & door.acts:
            is_right = status < 400 and has_written
        else:
            is_right = status in {200, 302, 400, 403, 404, 405, 409} and not has_written
        if not is_right:
            wrong.append(("post", address, status, has_written))
    assert wrong == []


@pytest.mark.once  # no view asks a database before it has refused these
@pytest.mark.parametrize("method", ["put", "delete"])
def test_no_other_method_does_anything(doors, method):
    client = client_of(make_person("boss", is_superuser=True))
    for address, _door in doors:
        status, has_written = done_by(client, method, address)
        assert (status < 500, has_written) == (True, False), (method, address, status)


def leave(person: StaffMember) -> None:
    StaffMember.objects.filter(pk=person.pk).update(is_active=False)


def lose_every_role(person: StaffMember) -> None:
    person.groups.clear()


def lose_the_admin(person: StaffMember) -> None:
    StaffMember.objects.filter(pk=person.pk).update(is_staff=False)


@pytest.mark.parametrize("lost", [leave, lose_every_role, lose_the_admin])
def test_what_was_taken_away_while_the_session_was_open_holds_at_the_next_request(doors, lost):
    everyone = make_person("everyone")
    everyone.groups.set(Group.objects.filter(name__in=ROLES))
    client = client_of(everyone)
    assert client.get("/admin/").status_code == 200
    lost(everyone)
    for address, door in doors:
        _status, has_written = done_by(client, "post", address, door.form)
        assert not has_written, address
        if door.looks not in (ANYBODY, NOBODY):
            assert done_by(client, "get", address)[0] in {302, 403}, address

"""Mallory, with each single role in turn, at every address of the staff's site: she sees and does what her role may.

The transitions have a test of their own (`test_transitions_by_role`); here they are only looked at. An address that
is not in the table fails the test, so that a new screen says who may open it and who may act there.
"""

import dataclasses
import json
import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from monographs.admin.replies.word_rules import seen_of
from monographs.admin.writing.typed import fields_of
from monographs.audit.models import Entry
from monographs.clinics.models import Clinic, the_clinic
from monographs.comments.canned import CannedAnswer
from monographs.comments.change_requests import raise_request
from monographs.comments.closing import ReplyRules
from monographs.comments.models import Comment
from monographs.comments.playbook import the_playbook
from monographs.comments.reasons import RejectionReason
from monographs.comments.rota import RotaTurn
from monographs.comments.word_rules import WordRule, add_rule
from monographs.data_life.periods import RetentionPeriod
from monographs.leaflets.models import Leaflet
from monographs.review.models import ApprovalRule, ChecklistItem
from monographs.review.remarks import add_remark
from monographs.revisions.actions import newest_revision
from monographs.search.models import MissedSearch
from monographs.staff.attempts import PER_ACCOUNT, Attempts, account_key
from monographs.staff.models import StaffMember
from monographs.staff.roles import ROLES
from monographs.staff.second_factor import the_rule
from monographs.staff.sessions import OpenSession as Session
from tests.admin.forms import form_of
from tests.admin.test_transitions_by_role import TRANSITIONS, schedule
from tests.faults.addresses import fill, patterns
from tests.mail.makers import make_letter
from tests.makers import change_leaflet, make_approved, make_comment, make_published, make_review
from tests.makers_reactions import make_reaction
from tests.people import make_person

pytestmark = pytest.mark.django_db

ANYBODY, NOBODY = frozenset({"any role"}), frozenset()
SECRET = "Take 6mg once a day."
NEW_PASSWORD = "a longer pass phrase of mine"


@dataclasses.dataclass(frozen=True)
class Door:
    """One address: the permissions of which one lets a person look, and one lets a person act by sending ``form``.

    ``shuts`` is what who may not look gets: 403, or 302 where Django only leads on to another address.
    """

    looks: frozenset[str]
    acts: frozenset[str] = NOBODY
    form: dict = dataclasses.field(default_factory=dict)
    leaflet: Leaflet | None = None
    is_transition: bool = False
    shuts: tuple[int, ...] = (403,)


def may(*codenames: str) -> frozenset[str]:
    return frozenset(codenames)


def screens(draft: Leaflet, remark) -> dict[str, Door]:
    """Our own screens, below admin/; a draft after version 1, and the leaflets in the state each transition needs."""
    at = "leaflets/<int:pk>/"
    newest = newest_revision(draft)
    typed = [(name, SECRET if value == "Take 7mg." else value) for name, value in fields_of(newest.content, based_on=1)]
    merged = {"typed": json.dumps(typed), "based_on": newest.number, "choice-section-dosage": "mine"}
    typing = {"_typed": "1", **form_of(draft, title="New")}
    said = {"body": "A word.", "section_key": "", "quote": ""}
    remarks = Door(may("remark_leaflet"), may("remark_leaflet"), said)
    waiting = make_review(change_leaflet(make_published(medicine="Waitamol").leaflet, dosage="Take 6mg."))
    states = {
        "submit": draft,
        "recall": waiting.leaflet,
        "send-back": waiting.leaflet,
        "approve": waiting.leaflet,
        "publish": make_approved(medicine="Approvamol").leaflet,
        "cancel-release": schedule(make_approved(medicine="Schedulamol")).leaflet,
        "withdraw": draft,
        "emergency": draft,
    }
    return {
        **{
            f"{at}{name}/": Door(may(*TRANSITIONS[name][0]), leaflet=leaflet, is_transition=True)
            for name, leaflet in states.items()
        },
        f"{at}revisions/<int:number>/restore/": Door(may("restore_revision"), is_transition=True),
        "replies/": Door(may("view_comment")),
        "replies/<int:pk>/": Door(
            may("view_comment"), may("moderate_comment"), {"verb": "approve", "seen": "pending-0-0"}
        ),
        "replies/several/": Door(
            NOBODY,
            may("moderate_comment"),
            {"verb": "approve", "chosen": f"{Comment.objects.order_by('pk')[0].pk}:pending-0-0", "is_sure": "on"},
            shuts=(405,),
        ),
        "replies/person/": Door(may("erase_comment", "export_person")),
        "replies/rules/": Door(may("view_comment")),
        "replies/figures/": Door(may("view_comment")),
        "replies/<int:pk>/redact/": Door(
            may("view_comment"), may("moderate_comment"), {"passages": "milk", "reason": "Tells who.", "seen": 0}
        ),
        "replies/<int:pk>/original/": Door(may("view_comment")),
        "replies/<int:pk>/crisis/": Door(may("view_comment"), may("moderate_comment"), {"verb": "open"}),
        "replies/<int:pk>/reports/": Door(may("view_comment")),
        "replies/<int:pk>/case.json": Door(may("view_comment")),
        "replies/<int:pk>/appeal/": Door(NOBODY, shuts=(404, 403)),  # nobody asked for one
        "replies/<int:pk>/suspected-reaction/": Door(
            may("view_suspectedreaction"), may("change_suspectedreaction")
        ),
        "word-rules/": Door(may("view_wordrule")),
        "word-rules/add/": Door(may("change_wordrule"), may("change_wordrule"), new_word_rule()),
        "word-rules/<int:pk>/end/": Door(
            NOBODY, may("change_wordrule"), {"why": "Over."}, leaflet=make_word_rule(), shuts=(405,)
        ),
        "replies/letters/": Door(may("moderate_comment"), may("moderate_comment"), {"how": "never", "at_hour": "8"}),
        "replies/unanswered/": Door(may("view_comment")),
        "replies/<int:pk>/aside/": Door(NOBODY, shuts=(302,)),  # it waits, so it is in no list
        "replies/<int:pk>/answer/": Door(
            may("answer_comment"), may("answer_comment"), {"do": "send", "body": "Yes.", "seen": "pending-0-0"}
        ),
        "replies/<int:pk>/hanging/": Door(NOBODY, shuts=(302,)),  # nothing hangs under it
        "replies/<int:pk>/change-request/": Door(
            may("answer_comment"), may("answer_comment"), {"section": "dosage", "words": "Which spoon?"}
        ),
        "change-requests/": Door(may("change_leaflet", "answer_comment")),
        f"{at}change-requests/": Door(may("change_leaflet", "answer_comment")),
        f"{at}change-requests/<int:number>/": Door(
            NOBODY, may("submit_leaflet"), {"do": "decline", "why": "It says so."}, shuts=(302,)
        ),
        f"{at}replies/": Door(may("moderate_comment"), may("moderate_comment"), {"choice": "closed"}),
        f"{at}review/": Door(may("view_review"), leaflet=waiting.leaflet),
        f"{at}history/": Door(may("view_revision")),
        f"{at}seen/": Door(may("view_revision")),
        f"{at}compare/": Door(may("view_revision")),
        f"{at}revisions/<int:number>/": Door(may("view_revision")),
        f"{at}preview/": Door(may("view_leaflet")),
        f"{at}resolve/": Door(may("change_leaflet"), may("change_leaflet"), merged),
        f"{at}unsaved/": Door(may("change_leaflet")),  # her own text only, and she has none
        f"{at}remarks/": Door(may("view_remark"), may("remark_leaflet"), said),
        f"{at}remarks/<int:remark>/<str:do>/": remarks,
        f"{at}fact-checks/": Door(
            may("view_factcheck"), may("ask_factcheck"), {"expert": "Dr Who", "question": "So?", "days": "7"}
        ),
        f"{at}decisions/<int:decision>/certificate/": Door(may("view_decision")),
        f"{at}publications/<int:publication>/certificate/": Door(may("view_publication")),
        f"{at}autosave/": Door(NOBODY, may("change_leaflet"), typing, shuts=(405, 403)),
        "leaflets/autosave/": Door(NOBODY, may("change_leaflet"), {"_typed": "1", "title": "New"}, shuts=(405, 403)),
        "leaflets/markdown-preview/": Door(NOBODY, shuts=(405, 403)),
        "leaflets/image-upload/": Door(NOBODY, shuts=(405, 403)),
        "leaflets/settle/": Door(NOBODY, shuts=(405, 403)),
        "": Door(ANYBODY),
        "login/": Door(ANYBODY),
        "logout/": Door(NOBODY, shuts=(405,)),
        "password_change/": Door(ANYBODY),
        "password_change/done/": Door(ANYBODY),
        "account/": Door(ANYBODY),
        "account/app/": Door(ANYBODY),
        "account/passkey/": Door(ANYBODY),
        "account/codes/": Door(NOBODY, shuts=(302,)),  # there are none
        "account/remove/<int:pk>/": Door(NOBODY, shuts=(302,)),
        "account/end/": Door(NOBODY, shuts=(405,)),
        "account/second-factor/": Door(NOBODY, shuts=(302,)),  # whoever is in is past it
        "autocomplete/": Door(NOBODY),
        "jsi18n/": Door(ANYBODY),
        "r/<path:content_type_id>/<path:object_id>/": Door(NOBODY, shuts=(404, 302)),
    }  # fmt: skip


def make_word_rule() -> WordRule:
    return add_rule("miracle bracelet", by=make_person("carla"), action="label", label="spam", why="Sold here.")


def new_word_rule() -> dict:
    return {
        "words": "magic ring", "action": "label", "label": "spam", "why": "Sold here, too.", "save": "1",
        "seen": seen_of("magic ring", ""),
    }  # fmt: skip


def inlines(**totals: int) -> dict:
    return {f"{name}-{count}": total for name, total in totals.items() for count in ("TOTAL_FORMS", "INITIAL_FORMS")}


def model_pages(draft: Leaflet) -> dict[str, Door]:
    """Django's pages of each model: what its forms hold to add and to change one."""
    clinic, person, item = the_clinic(), make_person("carla"), ChecklistItem.objects.first()
    details = [field.name for field in Clinic._meta.fields if field.name not in ("id", "quality_severities")]
    clinic_form = {name: getattr(clinic, name) for name in details if getattr(clinic, name) is not False}
    rule = {"medicine": "", "section_kind": "", "approvals": "3", "role": ""}
    names = {"first_name": "Nora", "last_name": "Nurse", "is_staff": "on"}
    password = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    medicine = {"drug_class": "", "atc_code": "", **inlines(names=0, codes=0)}
    started = {"medicine": draft.medicine_id, "language": "pl", "edition": "standard", "slug": "", "title": "Nowy",
               "key_facts": "", "next_review_on": "", "why": "", **inlines(sections=0, sources=0)}  # fmt: skip
    forms = {
        "monographs/approvalrule": (rule, {**rule, "approvals": "4"}),
        "monographs/cannedanswer": (
            {"title": "New", "body": "Yes.", "language": "en", "is_active": "on"},
            {"title": "Milk", "body": "No.", "language": "en", "is_active": "on"},
        ),
        "monographs/replyrules": ({}, {"closes_after_days": "90", "ask_instead": ""}),
        "monographs/checklistitem": (
            {"text": "New.", "position": 9, "is_active": "on"},
            {"text": "Other.", "position": item.position, "is_active": "on"},
        ),
        "monographs/clinic": ({}, {**clinic_form, "phone": "01632 960 555"}),
        "monographs/comment": ({}, {}),
        "monographs/leaflet": (started, form_of(draft, title="Renamed")),
        "monographs/entry": ({}, {}),
        "monographs/medicine": (
            {"name": "Newmol", "slug": "newmol", **medicine},
            {"name": "Renamed", **medicine},
        ),
        "monographs/letter": ({}, {}),
        "monographs/retentionperiod": ({}, {"days": "60"}),
        "monographs/missedsearch": ({}, {}),
        "monographs/playbook": ({}, {"steps": "Sit down.", "words": "Hello.", "when_to_call": "At once."}),
        "monographs/rejectionreason": (
            {"title": "New", "text": "Please call us.", "position": 9, "is_active": "on"},
            {"title": "Other", "text": "Please call us.", "position": 1, "is_active": "on"},
        ),
        "monographs/suspectedreaction": (
            {"received_on": "2026-11-03", "outcome": "0"},
            {"received_on": "2026-11-03", "outcome": "0", "reaction": "rash"},
        ),
        "monographs/rotaturn": (
            {"person": person.pk, "position": "1", "weekdays": ["0"]},
            {"person": person.pk, "position": "2"},
        ),
        "monographs/staffmember": (
            {"username": "nora", **names, **password},
            {"username": person.username, **names, "is_active": "on"},
        ),
        "monographs/secondfactorrule": ({}, {"roles": [], "days_of_grace": "3"}),
        "auth/group": ({"name": "Nurse"}, {"name": "Moderator", "permissions": []}),
    }
    pages = {}
    for path, (add, change) in forms.items():
        model = path.partition("/")[2]
        view, adds = may(f"view_{model}", f"change_{model}"), may(f"add_{model}") if add else NOBODY
        changes = may(f"change_{model}") if change else NOBODY
        if model == "suspectedreaction":
            adds = changes  # who completes reports begins them
        deletes = (
            may(f"delete_{model}") if model in {"approvalrule", "cannedanswer", "missedsearch", "rotaturn"} else NOBODY
        )
        pages |= {
            f"{path}/": Door(view),
            f"{path}/add/": Door(adds, adds, add),
            f"{path}/<path:object_id>/change/": Door(view, changes, change),
            f"{path}/<path:object_id>/delete/": Door(deletes, deletes, {"post": "yes"}),
            f"{path}/<path:object_id>/history/": Door(view),
            f"{path}/<path:object_id>/": Door(NOBODY, shuts=(302,)),
        }
    for only in ("clinic", "replyrules", "secondfactorrule"):  # there is one: on to its page
        pages[f"monographs/{only}/"] = Door(NOBODY, shuts=(302,))
    ticks = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": item.pk, "form-0-position": 7, "_save": "x"}
    pages["monographs/checklistitem/"] = Door(
        may("view_checklistitem"), may("change_checklistitem"), {**ticks, "form-0-is_active": "on"}
    )
    pages["monographs/entry/export/<str:form>/"] = Door(may("view_entry"))
    pages["monographs/suspectedreaction/export/"] = Door(NOBODY, may("export_suspectedreaction"), shuts=(405,))
    pages["monographs/suspectedreaction/<int:pk>/number/"] = Door(NOBODY, shuts=(405,))  # it is not sent
    pages["monographs/suspectedreaction/<int:pk>/erase/"] = Door(NOBODY, may("erase_comment"), shuts=(405,))
    changes = may("change_staffmember")
    pages["monographs/staffmember/<int:pk>/unlock/"] = Door(NOBODY, shuts=(405,))  # nothing is locked
    pages["monographs/staffmember/<int:pk>/sessions/"] = Door(NOBODY, changes, shuts=(405,))
    pages["monographs/staffmember/<int:pk>/second-factor/"] = Door(changes)
    # The last one: it gives the session another key, and that is undone.
    pages["monographs/staffmember/<id>/password/"] = Door(changes, changes, password)
    pages["monographs/staffmember/<int:pk>/unlock/"] = Door(NOBODY, changes, {}, shuts=(405,))
    return pages


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
    """The status of the answer, and whether anything was written for it; it is undone afterwards."""
    writes = Writes()
    with transaction.atomic(), connection.execute_wrapper(writes):
        answer = getattr(client, method)(address, form or {})
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
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

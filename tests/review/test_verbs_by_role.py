"""The verbs ask for themselves who may: a shell, a command or a new screen gets no further than the old ones."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.clinics.actions import change_clinic
from monographs.clinics.models import the_clinic
from monographs.leaflets.actions import start_leaflet
from monographs.publication.actions import cancel_release, publish, release_in_emergency, withdraw
from monographs.refusals import NotAllowed
from monographs.review.actions import recall, send_back, submit
from monographs.review.approval_rules import delete_approval_rule, save_approval_rule
from monographs.review.checklist import save_checklist_item
from monographs.review.fact_check import ask
from monographs.review.models import ApprovalRule, ChecklistItem
from monographs.review.remarks import add_remark, answer_remark, reopen, resolve
from monographs.revisions.actions import record_revision, restore_revision, save_draft
from monographs.staff.roles import ROLES
from tests.makers import (
    change_leaflet,
    make_approved,
    make_content,
    make_leaflet,
    make_medicine,
    make_published,
    make_review,
    sign,
)
from tests.people import make_person

pytestmark = pytest.mark.django_db


def later() -> dt.datetime:
    return timezone.now() + dt.timedelta(days=3)


def scheduled():
    return publish(make_approved(), by=make_person("priya"), change_note="First.", effective_from=later())


def remark(*, resolved: bool = False):
    found = add_remark(make_leaflet().revisions.get(), by=make_person("bruno"), body="Why?")
    if resolved:
        resolve(found, by=make_person("bruno"))
    return found


def changed_clinic():
    clinic = the_clinic()
    clinic.phone = "01632 960 555"
    return clinic


# The permission that each verb asks for, what it needs to be possible, and the verb.
VERBS = {
    "start": ("add_leaflet", make_medicine, start_leaflet),
    "save": ("change_leaflet", make_leaflet, lambda it, by: save_draft(it, make_content(dosage="Take 6mg."), by=by)),
    "record": ("change_leaflet", make_leaflet, record_revision),
    "restore": (
        "restore_revision",
        lambda: change_leaflet(make_leaflet(), dosage="Take 6mg."),
        lambda it, by: restore_revision(it.revisions.get(number=1), by=by),
    ),
    "submit": ("submit_leaflet", make_leaflet, submit),
    "recall": ("recall_leaflet", make_review, recall),
    "send back": ("send_back_leaflet", make_review, lambda it, by: send_back(it, by=by, reason="Dose.")),
    "approve": ("approve_leaflet", make_review, sign),
    "publish": ("publish_leaflet", make_approved, lambda it, by: publish(it, by=by, change_note="First.")),
    "schedule": (
        "schedule_leaflet",
        make_approved,
        lambda it, by: publish(it, by=by, change_note="First.", effective_from=later()),
    ),
    "cancel": ("cancel_release", scheduled, cancel_release),
    "withdraw": (
        "withdraw_leaflet",
        lambda: make_published().leaflet,
        lambda it, by: withdraw(it, by=by, notice="Ask us.", why="Dose."),
    ),
    "emergency": (
        "release_in_emergency",
        make_leaflet,
        lambda it, by: release_in_emergency(it, by=by, reason="Urgent.", change_note="First."),
    ),
    "remark": ("remark_leaflet", make_leaflet, lambda it, by: add_remark(it.revisions.get(), by=by, body="Why?")),
    "answer": ("remark_leaflet", remark, lambda it, by: answer_remark(it, by=by, body="So.")),
    "resolve": ("remark_leaflet", remark, resolve),
    "reopen": ("remark_leaflet", lambda: remark(resolved=True), reopen),
    "fact check": ("ask_factcheck", make_leaflet, lambda it, by: ask(it.revisions.get(), by=by, expert="Dr Who")),
    "checklist": ("add_checklistitem", lambda: ChecklistItem(text="New."), save_checklist_item),
    "rule": ("add_approvalrule", lambda: ApprovalRule(approvals=2), save_approval_rule),
    "no rule": ("delete_approvalrule", lambda: ApprovalRule.objects.create(approvals=2), delete_approval_rule),
    "clinic": ("change_clinic", changed_clinic, change_clinic),
}


@pytest.mark.parametrize("verb", VERBS)
def test_the_permission_opens_the_verb_and_every_other_one_does_not(verb, mallory):
    codename, make, act = VERBS[verb]
    thing = make()
    every = Permission.objects.filter(content_type__app_label="monographs")
    mallory.user_permissions.set(every.exclude(codename=codename))
    entries = Entry.objects.count()
    with pytest.raises(NotAllowed):
        act(thing, by=fresh(mallory))
    assert Entry.objects.count() == entries
    mallory.user_permissions.set(every)
    mallory.is_active = False
    mallory.save()
    with pytest.raises(NotAllowed):
        act(thing, by=fresh(mallory))
    assert Entry.objects.count() == entries
    mallory.is_active = True
    mallory.save()
    act(thing, by=fresh(mallory))
    assert (Entry.objects.count() > entries) == (verb != "record")


def fresh(person):
    """As the next request has them: Django keeps permissions with the object."""
    return type(person).objects.get(pk=person.pk)


def test_each_of_these_permissions_is_held_by_a_role():
    held = {codename for codenames in ROLES.values() for codename in codenames}
    assert {codename for codename, _make, _act in VERBS.values()} <= held
    assert set(ROLES) == set(Group.objects.values_list("name", flat=True))

"""The clinic's approval rules in the admin: each change on record, and what they ask for said where it matters."""

import json

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.urls import reverse

from monographs.admin.desk.piles import desk_of
from monographs.admin.frame.leaflet.state import state_of
from monographs.audit.models import Entry
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from monographs.review.approval_rules import delete_approval_rule, rule_in_words, save_approval_rule
from monographs.review.models import ApprovalRule, ChecklistItem, State
from tests.makers import make_medicine, make_review, sign
from tests.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db

LIST = "admin:monographs_approvalrule_changelist"
ADD = "admin:monographs_approvalrule_add"
CHANGE = "admin:monographs_approvalrule_change"
DELETE = "admin:monographs_approvalrule_delete"


@pytest.fixture
def administrator(client, ada):
    client.force_login(ada)
    return client


@pytest.fixture
def pharmacists(db):
    return Group.objects.create(name="Pharmacist")


def form(**fields) -> dict:
    return {"medicine": "", "section_kind": "", "approvals": "2", "role": "", **fields}


def entries() -> list[tuple]:
    found = Entry.objects.filter(verb__startswith="approval-rule.").order_by("position")
    return [(entry.verb, entry.by_name, json.loads(entry.data)) for entry in found]


def sentences(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_adding_changing_and_deleting_a_rule_are_on_record_with_before_and_after(administrator, pharmacists):
    medicine = make_medicine("Methadone")
    assert administrator.post(reverse(ADD), form(medicine=medicine.pk, role=pharmacists.pk)).status_code == 302
    rule = ApprovalRule.objects.get()
    changed = form(medicine=medicine.pk, role=pharmacists.pk, section_kind="dosage", approvals="3")
    assert administrator.post(reverse(CHANGE, args=[rule.pk]), changed).status_code == 302
    assert administrator.post(reverse(CHANGE, args=[rule.pk]), changed).status_code == 302
    assert administrator.post(reverse(DELETE, args=[rule.pk]), {"post": "yes"}).status_code == 302
    assert not ApprovalRule.objects.exists()
    assert entries() == [
        (
            "approval-rule.added",
            "Ada Admin",
            {
                "medicine": {"was": None, "is": "Methadone"},
                "second_readers": {"was": None, "is": 2},
                "role": {"was": None, "is": "Pharmacist"},
            },
        ),
        (
            "approval-rule.changed",
            "Ada Admin",
            {"section": {"was": None, "is": "dosage"}, "second_readers": {"was": 2, "is": 3}},
        ),
        (
            "approval-rule.deleted",
            "Ada Admin",
            {
                "medicine": {"was": "Methadone", "is": None},
                "section": {"was": "dosage", "is": None},
                "second_readers": {"was": 3, "is": None},
                "role": {"was": "Pharmacist", "is": None},
            },
        ),
    ]


def test_rule_is_read_in_words(administrator, pharmacists):
    methadone = make_medicine("Methadone")
    rules = {
        "Every medicine: 2 second readers.": ApprovalRule(approvals=2),
        "Methadone: 1 second reader with the role “Pharmacist”.": ApprovalRule(medicine=methadone, role=pharmacists),
        "Methadone, if “How to take it” is new or changed: 3 second readers, one of them with the role “Pharmacist”.": (
            ApprovalRule(medicine=methadone, section_kind="dosage", approvals=3, role=pharmacists)
        ),
    }
    for words, rule in rules.items():
        assert rule_in_words(rule) == words
        rule.save()
    page = administrator.get(reverse(LIST)).content.decode()
    assert all(words in page for words in rules)


def test_rule_that_asks_for_nothing_is_refused_in_the_form(administrator, ada):
    answer = administrator.post(reverse(ADD), form(approvals="1"))
    assert answer.status_code == 200
    assert "One second reader is needed always." in answer.content.decode()
    with pytest.raises(Unacceptable):
        save_approval_rule(ApprovalRule(approvals=1), by=ada)
    assert not ApprovalRule.objects.exists()


@pytest.mark.parametrize("approvals", ["", "0", "-1", "10", "x", "9" * 30])
def test_impossible_number_is_refused_in_the_form(administrator, approvals):
    assert administrator.post(reverse(ADD), form(approvals=approvals)).status_code == 200
    assert not ApprovalRule.objects.exists()


def test_rule_that_nobody_can_fulfil_is_saved_with_a_warning(administrator, pharmacists, bruno):
    said = sentences(administrator.post(reverse(ADD), form(role=pharmacists.pk)))
    assert "more second readers than there are" in said
    assert "Nobody who may approve has the role “Pharmacist”." in said
    administrator.get(reverse(LIST))  # the warnings are shown, once
    make_person("olga", role="Second reader").groups.add(pharmacists)
    rule = ApprovalRule.objects.get()
    assert "Nobody" not in sentences(administrator.post(reverse(CHANGE, args=[rule.pk]), form(role=pharmacists.pk)))


@pytest.mark.parametrize("username", ["ana", "bruno", "priya", "carla", "amir", "mallory"])
def test_only_administrators_change_rules(client, username):
    rule = ApprovalRule.objects.create(approvals=2)
    person = make_person(username)
    client.force_login(person)
    assert client.get(reverse(LIST)).status_code == (200 if username == "amir" else 403)
    assert client.post(reverse(ADD), form()).status_code == 403
    assert client.post(reverse(CHANGE, args=[rule.pk]), form(approvals="5")).status_code == 403
    assert client.post(reverse(DELETE, args=[rule.pk]), {"post": "yes"}).status_code == 403
    for verb in (save_approval_rule, delete_approval_rule):
        with pytest.raises(NotAllowed):
            verb(rule, by=person)
    with pytest.raises(NotAllowed):
        save_approval_rule(ApprovalRule(approvals=2), by=person)
    assert ApprovalRule.objects.get().approvals == 2
    assert entries() == []


def test_nothing_is_done_to_rules_in_bulk(client):
    ApprovalRule.objects.create(approvals=2)
    client.force_login(make_person("root", is_superuser=True))
    rule = ApprovalRule.objects.get()
    client.post(reverse(LIST), {"action": "delete_selected", "_selected_action": [rule.pk], "post": "yes"})
    assert ApprovalRule.objects.exists()


def test_rule_deleted_meanwhile_is_a_sentence(ada):
    rule = ApprovalRule.objects.create(approvals=2)
    delete_approval_rule(rule, by=ada)
    with pytest.raises(Conflict, match="deleted meanwhile"):
        delete_approval_rule(ApprovalRule(pk=rule.pk or 1), by=ada)


def test_rules_list_does_not_grow_in_queries(administrator, pharmacists, django_assert_max_num_queries):
    ApprovalRule.objects.create(medicine=make_medicine("Methadone"), role=pharmacists)
    with django_assert_max_num_queries(12) as few:
        administrator.get(reverse(LIST))
    for number in range(20):
        ApprovalRule.objects.create(medicine=make_medicine(f"Medicine{number}"), role=pharmacists)
    with django_assert_max_num_queries(len(few)):
        administrator.get(reverse(LIST))


def test_review_page_says_which_rules_apply_and_what_is_missing(client, pharmacists, bruno):
    ApprovalRule.objects.create(medicine=make_medicine("Methadone"), approvals=2, role=pharmacists)
    ApprovalRule.objects.create(medicine=make_medicine("Othermol"), approvals=4)
    review = make_review(medicine="Methadone")
    client.force_login(bruno)
    page = client.get(reverse("admin:leaflet-review", args=[review.leaflet_id])).content.decode()
    assert "Methadone: 2 second readers, one of them with the role “Pharmacist”." in page
    assert "Othermol: 4" not in page
    assert "2 more second readers must approve." in page


def test_approval_that_does_not_complete_it_says_what_is_missing(client, pharmacists, bruno):
    ApprovalRule.objects.create(approvals=2, role=pharmacists)
    review = make_review()
    client.force_login(bruno)
    signature = {
        "review": review.pk,
        "seen_base": "",
        "seen_candidate": review.revision_id,
        "ticked": list(ChecklistItem.objects.values_list("text", flat=True)),
        "password": PASSWORD,
    }
    said = sentences(client.post(reverse("admin:leaflet-approve", args=[review.leaflet_id]), signature))
    assert "The approval is not complete yet." in said
    assert "1 more second reader must approve." in said
    assert "One of those who approve must have the role “Pharmacist”." in said
    review.refresh_from_db()
    assert review.state == State.WAITING


def test_state_and_desk_count_the_approvals_given(bruno):
    ApprovalRule.objects.create(approvals=2)
    review = make_review()
    sign(review)
    state = state_of(review.leaflet, bruno)
    assert "1 of 2 approvals given." in state.sentence
    assert state.blocks == ("1 more second reader must approve.",)
    olga = make_person("olga", role="Second reader")
    [pile] = [pile for pile in desk_of(olga) if pile.key == "to-review"]
    assert "1 approval given, more needed." in pile.rows[0].about
    assert [pile for pile in desk_of(bruno) if pile.key == "to-review"] == []

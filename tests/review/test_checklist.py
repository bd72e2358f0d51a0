"""The clinic writes its own checklist: a change is on record, what is no change is not, and no start writes over it."""

import json

import pytest

from monographs.audit.models import Entry
from monographs.review.checklist import save_checklist_item
from monographs.review.models import ChecklistItem, ensure_checklist
from monographs.review.rules import items_in_use

pytestmark = pytest.mark.django_db


def test_what_changed_is_on_record_and_nothing_where_nothing_did(ada):
    item = ChecklistItem(text="The pack was looked at.", position=9)
    assert save_checklist_item(item, by=ada)
    assert not save_checklist_item(item, by=ada)
    item.is_active = False
    assert save_checklist_item(item, by=ada)
    (entry,) = Entry.objects.filter(verb="checklist.changed")
    assert json.loads(entry.data) == {"is_active": {"was": True, "is": False}}


def test_a_clinics_own_list_is_left_alone():
    ChecklistItem.objects.exclude(position=1).delete()
    ChecklistItem.objects.update(text="All of it was read aloud.")
    ensure_checklist()
    assert items_in_use() == ["All of it was read aloud."]


def test_a_new_database_begins_with_the_usual_list():
    usual = items_in_use()
    ChecklistItem.objects.all().delete()
    ensure_checklist()
    assert items_in_use() == usual != []

"""Texts of reasons: a new database has some, moderators change them, and what was given keeps its words."""

import pytest

from monographs.audit.models import Entry
from monographs.comments.deciding import actions
from monographs.comments.deciding.reasons import (
    FIRST_REASONS,
    GivenReason,
    RejectionReason,
    ensure_reasons,
    save_reason,
)
from monographs.refusals import NotAllowed
from tests.makers_desk import make_unlabelled

pytestmark = pytest.mark.django_db


def test_a_new_database_has_reasons_to_choose_from_and_a_clinics_own_are_left_alone():
    assert list(RejectionReason.objects.values_list("title", flat=True)) == [
        str(title) for title, _text in FIRST_REASONS
    ]
    RejectionReason.objects.all().delete()
    RejectionReason.objects.create(title="Our own", text="Please call us.")
    ensure_reasons()
    assert RejectionReason.objects.get().title == "Our own"


def test_a_moderator_changes_a_text_on_record_and_decisions_keep_theirs(carla):
    reason, reply = RejectionReason.objects.first(), make_unlabelled()
    said = reason.text
    actions.reject(reply, by=carla, reason=said, chosen=reason)
    reason.text = "Please leave out names."
    assert save_reason(reason, by=carla) is True
    assert save_reason(reason, by=carla) is False
    assert Entry.objects.get(verb="rejection-reason.changed").by == carla
    assert reply.decisions.get().reason == said
    assert GivenReason.objects.get().reason == reason


def test_only_who_may_changes_them(ana, amir):
    for person in (ana, amir):
        with pytest.raises(NotAllowed):
            save_reason(RejectionReason(title="Mine", text="No."), by=person)

"""Mallory, with each single role in turn, tries every transition. She gets no further than the role allows."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.publication.actions import publish
from monographs.refusals import NotAllowed
from monographs.review.models import ChecklistItem, Decision, Review
from monographs.revisions.actions import restore_revision
from monographs.revisions.models import Revision
from monographs.staff import roles
from monographs.staff.models import StaffMember
from monographs.staff.roles import ROLES
from tests.makers import change_leaflet, make_approved, make_leaflet, make_published, make_review, sign
from tests.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db

# For each transition: the permissions of which one is needed, and what stands before it.
TRANSITIONS = {
    "submit": ({"submit_leaflet"}, make_leaflet),
    "recall": ({"recall_leaflet"}, make_review),
    "send-back": ({"send_back_leaflet"}, make_review),
    "approve": ({"approve_leaflet"}, make_review),
    "publish": ({"publish_leaflet", "schedule_leaflet"}, make_approved),
    "cancel-release": ({"cancel_release"}, lambda: schedule(make_approved())),
    "withdraw": ({"withdraw_leaflet"}, make_published),
    "emergency": ({"release_in_emergency"}, make_leaflet),
    "restore": ({"restore_revision"}, lambda: change_leaflet(make_leaflet(), dosage="Take 6mg once a day.")),
}


def schedule(review: Review):
    later = timezone.now() + dt.timedelta(days=3)
    return publish(review, by=make_person("priya"), change_note="First version.", effective_from=later)


def prepare(transition: str) -> tuple[str, dict]:
    """The address of a transition that is possible now, and a form that would do it."""
    thing = TRANSITIONS[transition][1]()
    leaflet = getattr(thing, "leaflet", thing)
    form = {
        "note": "",
        "reason": "Please change it.",
        "why": "Because.",
        "notice": "Ask us.",
        "publication": thing.pk,
        "review": thing.pk,
        "when": "now",
        "size": "major",
        "change_note": "First version.",
        "revision": Revision.objects.filter(leaflet=leaflet).latest("number").pk,
        "seen_base": "",
        "seen_candidate": Revision.objects.filter(leaflet=leaflet).latest("number").pk,
        "ticked": list(ChecklistItem.objects.values_list("text", flat=True)),
        "password": PASSWORD,
    }
    if transition == "restore":
        return reverse("admin:revision-restore", args=[leaflet.pk, 1]), form
    return reverse(f"admin:leaflet-{transition}", args=[leaflet.pk]), form


@pytest.mark.parametrize("transition", TRANSITIONS)
@pytest.mark.parametrize("role", [None, *ROLES])
def test_mallory_gets_no_further_than_her_role(client, mallory, role, transition):
    needed, _maker = TRANSITIONS[transition]
    address, form = prepare(transition)
    if role:
        mallory.groups.add(Group.objects.get(name=role))
    client.force_login(mallory)
    entries = Entry.objects.count()
    answer = client.post(address, form)
    if role and needed & set(ROLES[role]):
        assert (answer.status_code, Entry.objects.count() > entries) == (302, True)
    else:
        assert (answer.status_code, Entry.objects.count()) == (403, entries)


@pytest.mark.parametrize("transition", TRANSITIONS)
def test_stranger_is_told_to_log_in_and_nothing_changes(client, transition):
    address, form = prepare(transition)
    entries = Entry.objects.count()
    answer = client.post(address, form)
    assert answer.status_code == 403
    assert "You are not logged in any more" in answer.content.decode()
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("transition", TRANSITIONS)
def test_who_has_left_can_do_nothing(client, transition):
    address, form = prepare(transition)
    leaver = make_person("leaver", is_superuser=True)
    client.force_login(leaver)
    StaffMember.objects.filter(pk=leaver.pk).update(is_active=False)
    entries = Entry.objects.count()
    assert client.post(address, form).status_code == 403
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("transition", TRANSITIONS)
def test_looking_at_a_transition_does_nothing(client, transition):
    address, form = prepare(transition)
    client.force_login(make_person("chief", is_superuser=True))
    entries = Entry.objects.count()
    assert client.get(address, form).status_code in {200, 302}
    assert Entry.objects.count() == entries


def test_approving_and_publishing_are_two_permissions():
    approvers = {role for role, codenames in ROLES.items() if "approve_leaflet" in codenames}
    publishers = {role for role, codenames in ROLES.items() if "publish_leaflet" in codenames}
    assert (approvers, publishers) == ({roles.SECOND_READER}, {roles.PUBLISHER})


@pytest.mark.parametrize("hand", ["wrote", "edited", "restored", "submitted"])
def test_no_contributor_signs_superusers_included(hand, ana):
    person = make_person("boss", is_superuser=True)
    leaflet = make_leaflet(by=person if hand == "wrote" else ana)
    if hand == "edited":
        change_leaflet(leaflet, by=person, dosage="Take 6mg once a day.")
    elif hand == "restored":
        change_leaflet(leaflet, by=ana, dosage="Take 6mg once a day.")
        restore_revision(Revision.objects.get(leaflet=leaflet, number=1), by=person)
    review = make_review(leaflet, by=person if hand == "submitted" else ana)
    with pytest.raises(NotAllowed, match="Somebody who did not must be the second reader."):
        sign(review, by=person)
    assert not Decision.objects.exists()


def test_superuser_who_wrote_nothing_may_sign():
    review = make_review()
    assert sign(review, by=make_person("boss", is_superuser=True)).outcome == "approved"

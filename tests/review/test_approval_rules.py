"""A clinic may ask more than one second reader, or a certain role, for a medicine or a kind of section."""

import json
from dataclasses import replace

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from monographs.audit.models import Entry, reference
from monographs.leaflets.standing import Standing
from monographs.operations import clock
from monographs.publication.actions import publish, release_in_emergency
from monographs.refusals import Conflict, Unacceptable
from monographs.review import following
from monographs.review.approval_rules import delete_approval_rule, rule_in_words, save_approval_rule, warnings_about
from monographs.review.models import ApprovalRule, Review, State
from monographs.review.remarks import add_remark, resolve
from monographs.review.rules import approvals_needed, outstanding
from tests.makers import change_leaflet, make_content, make_leaflet, make_medicine, make_published, make_review, sign
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def pharmacists(db):
    return Group.objects.create(name="Pharmacist")


def test_a_controlled_medicine_needs_a_pharmacist_too(pharmacists, priya):
    medicine = make_medicine("Methadone")
    ApprovalRule.objects.create(medicine=medicine, approvals=2, role=pharmacists)
    review = make_review(medicine="Methadone")
    sign(review)
    review.refresh_from_db()
    assert review.state == State.WAITING
    assert len(outstanding(review)) == 2
    with pytest.raises(Conflict):
        publish(review, by=priya, change_note="First.")
    sign(review, by=make_person("nurse", role="Second reader"))
    review.refresh_from_db()
    assert review.state == State.WAITING
    assert outstanding(review) == ["One of those who approve must have the role “Pharmacist”."]
    third = make_person("olga", role="Second reader")
    third.groups.add(pharmacists)
    decision = sign(review, by=third)
    review.refresh_from_db()
    assert (review.state, review.approved_at) == (State.APPROVED, decision.at)
    assert decision.signer_roles == ["Pharmacist", "Second reader"]


def test_other_medicines_are_not_concerned(pharmacists):
    ApprovalRule.objects.create(medicine=make_medicine("Methadone"), approvals=2, role=pharmacists)
    review = make_review()
    sign(review)
    review.refresh_from_db()
    assert review.state == State.APPROVED


def test_a_rule_for_a_section_applies_when_that_section_changed():
    ApprovalRule.objects.create(section_kind="dosage", approvals=2)
    leaflet = change_leaflet(make_published_by_two().leaflet, key_facts=("One.", "Two.", "Three."))
    review = make_review(leaflet)
    assert approvals_needed(review) == 1
    sign(review)
    other = change_leaflet(make_published_by_two("Othermol").leaflet, dosage="Take 6mg once a day.")
    assert approvals_needed(make_review(other)) == 2


def test_a_first_version_changes_every_section():
    ApprovalRule.objects.create(section_kind="pregnancy", approvals=3)
    assert approvals_needed(make_review()) == 3


def test_a_rule_for_a_section_applies_to_a_section_that_is_gone_or_became_another_kind():
    ApprovalRule.objects.create(section_kind="more", approvals=2)
    whole = make_content()
    dose = next(section for section in whole.sections if section.kind == "dosage")
    drinks = replace(dose, key="drinks", kind="more", heading="What to avoid", body="Do not drink alcohol.")
    leaflet = make_published_by_two(sections=(*whole.sections, drinks)).leaflet
    assert approvals_needed(make_review(change_leaflet(leaflet))) == 2, "it is gone"
    other = make_published_by_two("Othermol", sections=(*whole.sections, drinks)).leaflet
    became = replace(drinks, kind="other")
    assert approvals_needed(make_review(change_leaflet(other, sections=(*whole.sections, became)))) == 2, "it moved on"
    third = make_published(medicine="Thirdmol", sections=(*whole.sections, became)).leaflet
    assert approvals_needed(make_review(change_leaflet(third, sections=(*whole.sections, drinks)))) == 2, "it came"


def test_of_several_rules_the_strictest_counts_whatever_their_order():
    medicine = make_medicine()
    for approvals in (2, 4, 3):
        ApprovalRule.objects.create(medicine=medicine, approvals=approvals)
    review = make_review()
    assert approvals_needed(review) == 4
    sign(review)
    assert outstanding(review) == ["3 more second readers must approve."]


def make_published_by_two(medicine: str = "Testamol", **fields):
    review = make_review(medicine=medicine, **fields)
    sign(review)
    sign(review, by=make_person("olga", role="Second reader"))
    review.refresh_from_db()
    return publish(review, by=make_person("priya"), change_note="First.")


def test_a_role_counts_as_it_was_on_the_day_of_signing(pharmacists, bruno):
    ApprovalRule.objects.create(approvals=1, role=pharmacists)
    review = make_review()
    sign(review)
    bruno.groups.add(pharmacists)
    assert outstanding(review)


def test_without_rules_one_second_reader_is_enough():
    assert make_published().review.decisions.count() == 1


def test_what_was_signed_is_approved_when_its_rule_is_relaxed(ada):
    rule = ApprovalRule.objects.create(medicine=make_medicine(), approvals=3)
    review = make_review()
    for name in ("rita", "rolf"):
        sign(review, by=make_person(name, role="Second reader"))
    unsigned = make_review(medicine="Othermol")
    rule.approvals = 2
    save_approval_rule(rule, by=ada)
    review.refresh_from_db()
    unsigned.refresh_from_db()
    assert (review.state, unsigned.state) == (State.APPROVED, State.WAITING)
    entry = Entry.objects.get(verb="review.completed")
    assert (entry.about, entry.by) == (reference(review), ada)


def test_what_was_approved_waits_again_when_a_stricter_rule_comes_before_its_release(ada, priya, bruno):
    review = make_review()
    sign(review)
    save_approval_rule(ApprovalRule(medicine=review.leaflet.medicine, approvals=2), by=ada)
    review.refresh_from_db()
    assert (review.state, review.approved_at) == (State.WAITING, None)
    assert Standing.objects.get(leaflet=review.leaflet).review_state == State.WAITING
    entry = Entry.objects.get(verb="review.reopened")
    assert (entry.about, entry.by, entry.why) == (reference(review), ada, "1 more second reader must approve.")
    with pytest.raises(Conflict):
        publish(review, by=priya, change_note="First.")
    with pytest.raises(Conflict, match="approved this already"):
        sign(review, by=bruno)
    sign(review, by=make_person("rita", role="Second reader"))
    review.refresh_from_db()
    assert publish(review, by=priya, change_note="First.")


def test_a_rule_reopens_only_the_reviews_of_its_own_medicine(ada):
    review, other = make_review(), make_review(medicine="Othermol")
    for one in (review, other):
        sign(one)
    save_approval_rule(ApprovalRule(medicine=other.leaflet.medicine, approvals=2), by=ada)
    states = dict(Review.objects.values_list("pk", "state"))
    assert states == {review.pk: State.APPROVED, other.pk: State.WAITING}
    assert Entry.objects.get(verb="review.reopened").about == reference(other)


def test_a_rule_of_every_medicine_reopens_all(ada):
    for medicine in ("Testamol", "Othermol"):
        sign(make_review(medicine=medicine))
    save_approval_rule(ApprovalRule(approvals=2), by=ada)
    assert set(Review.objects.values_list("state", flat=True)) == {State.WAITING}


def states() -> list[str]:
    return list(Review.objects.order_by("pk").values_list("state", flat=True))


def test_where_there_are_many_the_clock_lets_them_follow_each_in_its_turn(ada, priya, monkeypatch):
    monkeypatch.setattr(following, "AT_ONCE", 2)
    reviews = [make_review(medicine=f"Medol {number}") for number in range(3)]
    for review in reviews:
        sign(review)
    rule = ApprovalRule(approvals=2)
    save_approval_rule(rule, by=ada)
    assert states() == [State.APPROVED] * 3
    with pytest.raises(Conflict, match="not complete any more"):
        publish(reviews[0], by=priya, change_note="First.")
    assert [line for line in clock.tick() if "approval rule" in line] == [
        "Let 3 reviews follow an approval rule that was changed."
    ]
    assert states() == [State.WAITING] * 3
    assert {entry.by for entry in Entry.objects.filter(verb="review.reopened")} == {ada}
    delete_approval_rule(rule, by=ada)
    assert states() == [State.WAITING] * 3
    assert following.catch_up() == 3
    assert states() == [State.APPROVED] * 3
    with monkeypatch.context() as patch:
        patch.setattr(following, "follow_rules", lambda *args, **kwargs: 1 / 0)
        assert following.catch_up() == 0  # nothing is left, and none is looked at


def test_a_rule_that_is_changed_while_reviews_follow_another_is_followed_as_well(ada, monkeypatch):
    monkeypatch.setattr(following, "AT_ONCE", 0)
    sign(make_review())
    rule = ApprovalRule(approvals=2)
    save_approval_rule(rule, by=ada)
    follow = following.follow_rules

    def meanwhile(review, *, by):
        moved = follow(review, by=by)
        delete_approval_rule(rule, by=ada)
        return moved

    with monkeypatch.context() as patch:
        patch.setattr(following, "follow_rules", meanwhile)
        assert following.catch_up() == 1
    assert states() == [State.WAITING]
    assert following.catch_up() == 1
    assert states() == [State.APPROVED]
    assert following.catch_up() == 0


def test_a_changed_rule_judges_no_more_reviews_in_its_turn_than_there_is_time_for(ada, monkeypatch):
    monkeypatch.setattr(following, "AT_ONCE", 1)
    make_review(medicine="Unsignedmol")  # nothing that a rule could hold up or let go
    judged = []
    monkeypatch.setattr(following, "follow_rules", lambda review, *, by: judged.append(review))
    sign(make_review())
    save_approval_rule(ApprovalRule(approvals=2), by=ada)
    assert len(judged) == 1
    sign(make_review(medicine="Othermol"), by=make_person("rita", role="Second reader"))
    sign(Review.objects.latest("pk"), by=make_person("rolf", role="Second reader"))
    save_approval_rule(ApprovalRule(approvals=3), by=ada)
    assert len(judged) == 1


def test_the_same_rule_is_not_saved_twice(ada, pharmacists):
    medicine = make_medicine()
    save_approval_rule(ApprovalRule(medicine=medicine, approvals=2, role=pharmacists), by=ada)
    with pytest.raises(Unacceptable, match="such a rule already"):
        save_approval_rule(ApprovalRule(medicine=medicine, approvals=2, role=pharmacists), by=ada)
    assert save_approval_rule(ApprovalRule(medicine=medicine, approvals=3, role=pharmacists), by=ada)
    assert Entry.objects.filter(verb="approval-rule.added").count() == 2


def test_a_blocking_remark_holds_it_up_until_it_is_resolved(ada, bruno):
    rule = ApprovalRule.objects.create(approvals=2)
    review = make_review()
    sign(review, by=make_person("rita", role="Second reader"))
    remark = add_remark(review.revision, by=bruno, body="Which dose?", is_blocking=True)
    delete_approval_rule(rule, by=ada)
    review.refresh_from_db()
    assert review.state == State.WAITING
    resolve(remark, by=bruno)
    review.refresh_from_db()
    assert review.state == State.APPROVED


def test_an_emergency_release_that_has_enough_approvals_by_a_new_rule_is_flagged_no_more(ada, priya):
    rule = ApprovalRule.objects.create(approvals=2)
    publication = release_in_emergency(make_leaflet(), by=priya, reason="Urgent.", change_note="Dose.")
    sign(publication.review, seen=(None, publication.revision_id))
    assert Review.objects.emergency(timezone.now()).exists()
    delete_approval_rule(rule, by=ada)
    assert not Review.objects.emergency(timezone.now()).exists()
    assert Entry.objects.get(verb="review.completed").is_public  # a page says when its text was checked


def test_a_remark_that_is_resolved_completes_the_reviews_of_its_own_leaflet_alone(ada, bruno, monkeypatch):
    rule = ApprovalRule.objects.create(approvals=2)
    review, other = make_review(), make_review(medicine="Othermol")
    for one in (review, other):
        sign(one, by=make_person("rita", role="Second reader"))
    remark = add_remark(review.revision, by=bruno, body="Which dose?", is_blocking=True)
    monkeypatch.setattr(following, "AT_ONCE", 0)
    delete_approval_rule(rule, by=ada)
    resolve(remark, by=bruno)
    assert states() == [State.APPROVED, State.WAITING]
    assert not Entry.objects.get(verb="review.completed").is_public


def test_a_rule_of_every_section_does_not_hide_one_of_a_section_that_asks_for_more():
    ApprovalRule.objects.create(approvals=2)
    ApprovalRule.objects.create(section_kind="dosage", approvals=3)
    assert approvals_needed(make_review()) == 3


def test_each_role_that_a_rule_asks_for_is_missed(pharmacists):
    for role in (pharmacists, Group.objects.create(name="Midwife")):
        ApprovalRule.objects.create(role=role)
    review = make_review()
    sign(review)
    assert outstanding(review) == [
        f"One of those who approve must have the role “{role}”." for role in ("Midwife", "Pharmacist")
    ]


def test_saving_a_rule_records_what_changed_and_nothing_where_nothing_did(ada):
    rule = ApprovalRule(approvals=2)
    assert save_approval_rule(rule, by=ada)
    assert not save_approval_rule(rule, by=ada)
    rule.section_kind = "dosage"
    assert save_approval_rule(rule, by=ada)
    entry = Entry.objects.get(verb="approval-rule.changed")
    assert json.loads(entry.data) == {"section": {"was": None, "is": "dosage"}}


@pytest.mark.parametrize("approvals", [0, 1])
def test_a_rule_that_asks_for_what_is_needed_always_is_none(ada, pharmacists, approvals):
    with pytest.raises(Unacceptable, match="needed always"):
        save_approval_rule(ApprovalRule(approvals=approvals), by=ada)
    assert save_approval_rule(ApprovalRule(approvals=1, role=pharmacists), by=ada)


def test_a_rule_is_told_in_words(pharmacists):
    medicine = make_medicine("Methadone")
    assert [
        rule_in_words(ApprovalRule(**fields))
        for fields in (
            {"approvals": 2},
            {"approvals": 1, "role": pharmacists},
            {"approvals": 2, "role": pharmacists, "medicine": medicine},
            {"approvals": 1, "section_kind": "dosage"},
        )
    ] == [
        "Every medicine: 2 second readers.",
        "Every medicine: 1 second reader with the role “Pharmacist”.",
        "Methadone: 2 second readers, one of them with the role “Pharmacist”.",
        "Every medicine, if “How to take it” is new or changed: 1 second reader.",
    ]


def test_a_rule_that_nobody_could_meet_is_warned_of_and_no_other(pharmacists, bruno):
    assert warnings_about(ApprovalRule(approvals=1)) == []
    assert "more second readers than there are" in " ".join(warnings_about(ApprovalRule(approvals=2)))
    assert "Nobody who may approve has the role" in " ".join(warnings_about(ApprovalRule(role=pharmacists)))
    bruno.groups.add(pharmacists)
    assert warnings_about(ApprovalRule(role=pharmacists)) == []

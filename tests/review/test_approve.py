import pytest

from monographs.refusals import Conflict, NotAllowed, Unacceptable
from monographs.review.actions import send_back
from monographs.review.models import ChecklistItem, Decision, State
from monographs.review.rules import contributors
from monographs.review.waiting import approvable_by
from monographs.revisions.actions import restore_revision
from tests.makers import change_leaflet, make_leaflet, make_published, make_review, sign
from tests.people import make_person

pytestmark = pytest.mark.django_db


def make_both(username: str, **fields):
    """Somebody who is author and second reader at once."""
    make_person(username, role="Author", **fields)
    return make_person(username, role="Second reader")


def test_the_second_reader_approves():
    review = make_review()
    decision = sign(review)
    review.refresh_from_db()
    assert review.state == State.APPROVED
    assert decision.digest == review.revision.digest


def test_author_cannot_approve_own_revision():
    author = make_both("olga")
    review = make_review(make_leaflet(by=author), by=author)
    with pytest.raises(NotAllowed, match="wrote, changed or submitted"):
        sign(review, by=author)


def test_superuser_cannot_approve_own_revision():
    author = make_both("olga", is_superuser=True)
    review = make_review(make_leaflet(by=author), by=author)
    with pytest.raises(NotAllowed):
        sign(review, by=author)


def test_who_only_submitted_cannot_approve():
    olga = make_both("olga")
    with pytest.raises(NotAllowed):
        sign(make_review(make_leaflet(), by=olga), by=olga)


def test_who_edited_an_earlier_revision_of_the_same_round_cannot_approve():
    olga = make_both("olga")
    leaflet = change_leaflet(make_leaflet(), by=olga, dosage="Take 6mg.")
    change_leaflet(leaflet, dosage="Take 7mg.")
    with pytest.raises(NotAllowed):
        sign(make_review(leaflet), by=olga)


def test_who_submitted_a_round_that_was_sent_back_cannot_approve_the_next(bruno):
    olga = make_both("olga")
    review = make_review(make_leaflet(), by=olga)
    send_back(review, by=bruno, reason="The dose has no source.")
    change_leaflet(review.leaflet, dosage="Take 6mg.")
    with pytest.raises(NotAllowed):
        sign(make_review(review.leaflet), by=olga)


def test_who_restored_an_earlier_revision_cannot_approve():
    olga = make_both("olga")
    leaflet = change_leaflet(make_leaflet(), dosage="Take 6mg.")
    restore_revision(leaflet.revisions.get(number=1), by=olga)
    with pytest.raises(NotAllowed):
        sign(make_review(leaflet), by=olga)


def test_who_wrote_a_text_that_nobody_approved_cannot_approve_it_when_it_is_brought_back(ana):
    olga = make_both("olga")
    leaflet = change_leaflet(make_published().leaflet, by=olga, dosage="Take 100mg once a day.")
    hers = leaflet.revisions.get(number=2)
    for dose in ("6mg", "7mg"):  # one round later her text is brought back by others, then what was brought back
        make_published(change_leaflet(leaflet, dosage=f"Take {dose} once a day."), change_note="The dose.")
        hers = restore_revision(hers, by=ana)
    review = make_review(change_leaflet(leaflet, dosage="Take 100mg once each day."))
    assert contributors(review) == {ana.pk, olga.pk}
    assert not approvable_by(olga).exists()
    assert review in approvable_by(make_person("bruno"))
    with pytest.raises(NotAllowed):
        sign(review, by=olga)


def test_who_changed_a_text_before_it_was_saved_again_and_brought_back_cannot_approve_it(ana):
    olga = make_both("olga")
    leaflet = change_leaflet(make_published().leaflet, by=olga, dosage="Take 100mg once a day.")
    later = change_leaflet(leaflet, dosage="Take 100mg once each day.").revisions.get(number=3)
    make_published(change_leaflet(leaflet, dosage="Take 6mg once a day."), change_note="The dose.")
    restore_revision(later, by=ana)
    with pytest.raises(NotAllowed):
        sign(make_review(leaflet), by=olga)


def test_who_wrote_what_was_approved_once_may_approve_that_it_comes_back(ana):
    olga = make_both("olga")
    first = make_published(make_leaflet(by=olga))
    make_published(change_leaflet(first.leaflet, dosage="Take 6mg once a day."), change_note="The dose.")
    restore_revision(first.revision, by=ana)
    review = make_review(first.leaflet)
    assert review in approvable_by(olga)
    assert sign(review, by=olga)


def test_who_wrote_a_version_published_before_may_approve_the_next():
    olga = make_both("olga")
    publication = make_published(make_leaflet(by=olga))
    leaflet = change_leaflet(publication.leaflet, dosage="Take 6mg.")
    review = make_review(leaflet)
    assert contributors(review) == {make_person("ana").pk}
    assert sign(review, by=olga)


def test_without_the_permission_nobody_approves(mallory, ana, priya, carla, amir, ada):
    review = make_review()
    for person in (mallory, ana, priya, carla, amir, ada):
        with pytest.raises(NotAllowed):
            sign(review, by=person)


def test_who_was_deactivated_cannot_approve(bruno):
    review = make_review()
    bruno.is_active = False
    bruno.save()
    with pytest.raises(NotAllowed):
        sign(review, by=bruno)


def test_an_approval_needs_the_password_again():
    review = make_review()
    with pytest.raises(NotAllowed, match="password"):
        sign(review, password="guess")
    assert not Decision.objects.exists()


def test_an_approval_is_a_signature_that_keeps_who_and_what_it_means(bruno):
    decision = sign(make_review(), note="Read twice.")
    bruno.last_name, bruno.registration_number = "Married", "other"
    bruno.save()
    bruno.groups.clear()
    decision.refresh_from_db()
    assert decision.signer_name == "Bruno Reader"
    assert decision.signer_profession == "Pharmacist"
    assert decision.signer_registration == "REG-bruno"
    assert decision.signer_roles == ["Second reader"]
    assert decision.meaning == "I have checked this leaflet against its sources."
    assert decision.checklist == list(ChecklistItem.objects.values_list("text", flat=True))


def test_every_item_of_the_checklist_must_be_ticked():
    review = make_review()
    items = list(ChecklistItem.objects.values_list("text", flat=True))
    with pytest.raises(Unacceptable, match="sources were opened"):
        sign(review, ticked=set(items[:-1]))


def test_a_tick_stands_for_the_words_that_were_on_the_screen():
    review = make_review()
    ticked = set(ChecklistItem.objects.values_list("text", flat=True))
    ChecklistItem.objects.filter(position=2).update(text="Doses for children are right.")
    with pytest.raises(Unacceptable, match="Open: Doses for children are right"):
        sign(review, ticked=ticked)
    assert not Decision.objects.exists()


def test_an_item_out_of_use_need_not_be_ticked():
    ChecklistItem.objects.exclude(position=1).update(is_active=False)
    decision = sign(make_review())
    assert len(decision.checklist) == 1


def test_you_approve_what_you_saw():
    review = make_review()
    for seen in ((None, review.revision_id + 1), (review.revision_id, review.revision_id)):
        with pytest.raises(Conflict, match="changed since"):
            sign(review, seen=seen)


def test_an_approval_of_a_recalled_review_is_refused(bruno):
    review = make_review()
    send_back(review, by=bruno, reason="No source.")
    with pytest.raises(Conflict):
        sign(review)


def test_approving_twice_is_refused():
    review = make_review()
    sign(review)
    with pytest.raises(Conflict):
        sign(review)
    assert review.decisions.count() == 1


def test_the_longest_name_can_sign():
    longest = make_person("longest", role="Second reader", first_name="F" * 150, last_name="L" * 150)
    decision = sign(make_review(), by=longest)
    decision.refresh_from_db()
    assert decision.signer_name == ("F" * 150 + " " + "L" * 150)[:200]

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from monographs.leaflets.content import SectionContent, SourceContent
from monographs.publication.actions import check_next_review, publish
from monographs.publication.models import Page, Publication
from monographs.publication.recalls import recall
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from monographs.review.models import ApprovalRule, Review, State
from monographs.review.remarks import add_remark, resolve
from monographs.revisions.models import Revision
from tests.makers import change_leaflet, make_approved, make_content, make_leaflet, make_published, make_review

pytestmark = pytest.mark.django_db


def live(leaflet):
    return Publication.objects.live(timezone.now()).filter(leaflet=leaflet).first()


def test_publishing_shows_the_approved_revision(priya):
    review = make_approved()
    publication = publish(review, by=priya, change_note="First version.")
    assert live(review.leaflet) == publication
    assert (publication.revision, publication.version) == (review.revision, "1")


def test_the_draft_is_free_again_and_its_edits_are_not_shown():
    publication = make_published(dosage="Take 5mg once a day.")
    leaflet = change_leaflet(publication.leaflet, dosage="Take 500mg once a day.")
    page = Page.objects.current(timezone.now()).get(publication__leaflet=leaflet)
    assert "5mg" in page.html
    assert "500mg" not in page.html


def test_approval_does_not_imply_publishing(bruno, ana, mallory):
    review = make_approved()
    for person in (bruno, ana, mallory):
        with pytest.raises(NotAllowed):
            publish(review, by=person, change_note="First.")


def test_what_nobody_approved_cannot_be_published(priya):
    with pytest.raises(Conflict, match="Only an approved leaflet"):
        publish(make_review(), by=priya, change_note="First.")


def test_a_double_click_publishes_once(priya):
    review = make_approved()
    publish(review, by=priya, change_note="First.")
    with pytest.raises(Conflict):
        publish(review, by=priya, change_note="First.")
    assert Publication.objects.count() == 1


def test_a_void_approval_publishes_nothing(priya, ana):
    review = make_approved()
    recall(review, by=ana)
    with pytest.raises(Conflict):
        publish(review, by=priya, change_note="First.")


@pytest.mark.parametrize(
    "forged",
    [
        {"state": State.APPROVED},
        {"state": State.RELEASED},
    ],
)
def test_the_database_refuses_a_publication_without_approval(forged):
    review = make_review()
    Review.objects.filter(pk=review.pk).update(**forged)
    with pytest.raises(DatabaseError, match="no matching approval"), transaction.atomic():
        Publication.objects.create(
            leaflet=review.leaflet, revision=review.revision, review=review, digest=review.revision.digest,
            major=1, minor=0, effective_from=timezone.now() + dt.timedelta(seconds=1),
        )  # fmt: skip


def test_the_database_refuses_another_revision_under_an_approval():
    review = make_approved()
    other = make_leaflet("Othermol").revisions.get()
    for revision, digest in ((other, other.digest), (other, review.revision.digest), (review.revision, "0" * 64)):
        with pytest.raises(DatabaseError, match="no matching approval"), transaction.atomic():
            Publication.objects.bulk_create(
                [
                    Publication(
                        leaflet=review.leaflet, revision=revision, review=review, digest=digest,
                        major=1, minor=0, effective_from=timezone.now() + dt.timedelta(seconds=1),
                    )
                ]
            )  # fmt: skip


def test_content_altered_after_approval_is_not_published(priya, behind_the_back):
    review = make_approved()
    with behind_the_back():
        type(review.revision).objects.filter(pk=review.revision_id).update(
            content_json=review.revision.content_json.replace("5mg", "50mg")
        )
    with pytest.raises(Conflict, match="not the text that was approved"):
        publish(review, by=priya, change_note="First.")


def test_a_text_whose_digest_was_altered_is_not_published_although_its_words_were_approved(priya, behind_the_back):
    review = make_approved()
    with behind_the_back():
        Revision.objects.filter(pk=review.revision_id).update(digest="0" * 64)
    with pytest.raises(Conflict, match="not the text that was approved"):
        publish(review, by=priya, change_note="First.")


def test_a_text_that_was_altered_with_its_digest_is_not_published(priya, behind_the_back):
    review = make_approved()
    other = make_leaflet("Othermol", dosage="Take 50mg once a day.").revisions.get()
    with behind_the_back():
        Revision.objects.filter(pk=review.revision_id).update(digest=other.digest, content_json=other.content_json)
    with pytest.raises(Conflict, match="not the text that was approved"):
        publish(review, by=priya, change_note="First.")


def test_a_major_change_needs_a_note_for_patients_and_a_minor_one_does_not(priya):
    sources = (SourceContent("British National Formulary (BNF)", "https://bnf.nice.org.uk/", "2026-10-01"),)
    review = make_approved(change_leaflet(make_published().leaflet, sources=sources))
    with pytest.raises(Unacceptable, match="what changed"):
        publish(review, by=priya, change_note=" ")
    assert publish(review, by=priya, size="minor").version == "1.1"


@pytest.mark.parametrize(
    "dosage", ["Take 50mg once a day.", "Take 5g once a day.", "Take 5mg twice a day.", "Do not take 5mg once a day."]
)
def test_a_changed_dose_or_warning_is_no_typing_error_that_patients_need_not_be_told_of(priya, dosage):
    leaflet = make_published().leaflet
    review = make_approved(change_leaflet(leaflet, dosage=dosage))
    with pytest.raises(Unacceptable, match="no mere typing error"):
        publish(review, by=priya, size="minor", change_note=" ")
    assert publish(review, by=priya, size="minor", change_note="The dose was wrong.").version == "1.1"


def parts_that_came_or_went():
    usual = make_content()
    about, *others = usual.sections
    more = SectionContent("s-more", "other", "Storage", "Keep it in its box.")
    none = SectionContent(about.key, about.kind, about.heading, "", True, "It is known well.")
    facts = usual.key_facts
    return {
        "section added": {"sections": (*usual.sections, more)},
        "section that applies no more": {"sections": (none, *others)},
        "key fact added": {"key_facts": (*facts, "Ask your pharmacist.")},
        "key fact that is another": {"key_facts": ("Brush your teeth afterwards.", *facts[1:])},
    }


@pytest.mark.parametrize(
    "part", ["section added", "section that applies no more", "key fact added", "key fact that is another"]
)
def test_a_section_or_key_fact_that_came_or_went_is_no_typing_error(priya, part):
    review = make_approved(change_leaflet(make_published().leaflet, **parts_that_came_or_went()[part]))
    with pytest.raises(Unacceptable, match="no mere typing error"):
        publish(review, by=priya, size="minor", change_note=" ")
    assert publish(review, by=priya, size="minor", change_note="More to know.").version == "1.1"


ONE, FOUR = "![One tablet](/media/leaflet-images/1a.png)", "![Four tablets](/media/leaflet-images/4b.png)"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ONE, FOUR),
        (ONE, ONE.replace("1a", "4b")),
        (ONE, ONE.replace("One tablet", "A tablet")),
        (f"{ONE} {FOUR}", f"{FOUR} {ONE}"),
        (ONE, ""),
        ("[Our page](https://a.example)", "[Our page](https://b.example)"),
        ("[Call us](tel:+441632960100)", "[Call us](tel:+441632960111)"),
    ],
)
def test_another_picture_or_link_target_is_no_typing_error(priya, before, after):
    leaflet = make_published(dosage=f"Take 5mg once a day.\n\n{before}").leaflet
    review = make_approved(change_leaflet(leaflet, dosage=f"Take 5mg once a day.\n\n{after}"))
    with pytest.raises(Unacceptable, match="no mere typing error"):
        publish(review, by=priya, size="minor", change_note=" ")
    assert publish(review, by=priya, size="minor", change_note="Another picture.").version == "1.1"


def test_a_first_version_is_no_typing_error_whatever_its_size_is_called(priya):
    with pytest.raises(Unacceptable, match="no mere typing error"):
        publish(make_approved(), by=priya, size="minor")


def test_an_approval_that_lacks_what_is_asked_by_now_publishes_nothing(priya):
    review = make_approved()
    ApprovalRule.objects.create(approvals=2)
    with pytest.raises(Conflict, match="1 more second reader must approve"):
        publish(review, by=priya, change_note="First.")
    assert not Publication.objects.exists()


def test_half_an_approval_called_a_whole_one_in_a_shell_publishes_nothing(priya):
    ApprovalRule.objects.create(approvals=2)
    review = make_approved()
    Review.objects.filter(pk=review.pk).update(state=State.APPROVED)
    with pytest.raises(Conflict, match="1 more second reader must approve"):
        publish(review, by=priya, change_note="First.")
    assert not Publication.objects.exists()


def test_a_blocking_remark_made_after_the_approval_keeps_it_from_patients_until_resolved(priya, bruno):
    review = make_approved()
    remark = add_remark(review.revision, by=bruno, body="Is that the dose for children?", is_blocking=True)
    with pytest.raises(Conflict, match="remark"):
        publish(review, by=priya, change_note="First.")
    resolve(remark, by=bruno)
    assert publish(review, by=priya, change_note="First.")


def test_versions_are_numbered_major_and_minor():
    leaflet = make_published().leaflet
    versions = []
    for number, size in enumerate(("minor", "minor", "major", "minor"), 1):
        change_leaflet(leaflet, dosage=f"Take {number}0mg once a day.")
        versions.append(make_published(leaflet, size=size, change_note="Dose.").version)
    assert versions == ["1.1", "1.2", "2", "2.1"]


def test_publishing_needs_a_next_review_date_after_the_release(priya):
    review = make_approved(next_review_on=(timezone.localdate() + dt.timedelta(days=1)).isoformat())
    later = timezone.now() + dt.timedelta(days=3)
    with pytest.raises(Unacceptable, match="next-review"):
        publish(review, by=priya, change_note="First.", effective_from=later)


def test_a_day_of_the_next_review_that_is_the_day_of_the_release_is_too_early(priya):
    review = make_approved()
    day = dt.date.fromisoformat(review.revision.content.next_review_on)
    assert check_next_review(review, on=day - dt.timedelta(days=1)) == day
    with pytest.raises(Unacceptable, match="next-review"):
        check_next_review(review, on=day)


def test_each_version_stays_on_the_timeline():
    first = make_published(dosage="Take 5mg once a day.")
    second = make_published(change_leaflet(first.leaflet, dosage="Take 6mg once a day."), change_note="Dose.")
    assert list(Publication.objects.in_effect(timezone.now())) == [second, first]
    assert Publication.objects.live(first.effective_from).get() == first


def test_what_patients_are_told_of_a_change_is_settled_as_a_text_is_and_hides_no_sign(priya):
    review = make_approved()
    with pytest.raises(Unacceptable):
        publish(review, by=priya, change_note="Take \u202e5mg.")
    assert publish(review, by=priya, change_note="\u0065\u0301cole").change_note == "\u00e9cole"

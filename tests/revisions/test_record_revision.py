import pytest

from monographs.audit.chain import canonical_json, sha256
from monographs.leaflets.actions import start_leaflet
from monographs.leaflets.drafts import content_of
from monographs.leaflets.models import Section
from monographs.refusals import Conflict, NotAllowed
from monographs.revisions.actions import newest_revision, record_revision, restore_revision, save_draft
from monographs.revisions.models import Revision
from tests.makers import change_leaflet, make_content, make_leaflet, make_review

pytestmark = pytest.mark.django_db


def test_a_revision_keeps_the_whole_content():
    leaflet = make_leaflet()
    assert newest_revision(leaflet).content == content_of(leaflet) == make_content()


def test_saving_without_a_change_records_nothing(ana):
    leaflet = make_leaflet()
    assert save_draft(leaflet, make_content(), by=ana) is None
    assert record_revision(leaflet, by=ana) is None
    assert Revision.objects.count() == 1


def test_line_ends_and_trailing_blanks_are_no_change(ana):
    leaflet = make_leaflet(dosage="Take 5mg.\n\nOnce a day.")
    Section.objects.filter(leaflet=leaflet, kind="dosage").update(body="Take 5mg.  \r\n\r\nOnce a day.\r\n")
    assert record_revision(leaflet, by=ana) is None


def test_revisions_of_one_leaflet_are_chained():
    leaflet = change_leaflet(make_leaflet(), dosage="Take 10mg.")
    first, second = Revision.objects.filter(leaflet=leaflet).order_by("number")
    assert second.previous_hash == first.hash == first.computed_hash()
    assert second.hash == second.computed_hash()
    assert second.digest == second.computed_digest() != first.digest


def test_restoring_makes_a_new_revision_that_names_its_origin(ana):
    leaflet = change_leaflet(make_leaflet(dosage="Take 5mg."), dosage="Take 50mg.")
    first = leaflet.revisions.get(number=1)
    restored = restore_revision(first, by=ana)
    assert (restored.number, restored.origin, restored.digest) == (3, first, first.digest)
    assert restored.why == "Restored from revision 1."
    assert content_of(leaflet) == first.content
    assert restore_revision(first, by=ana) is None
    second = restore_revision(leaflet.revisions.get(number=2), by=ana, why="It was right.")
    assert (second.number, second.origin.number, second.why) == (4, 2, "It was right.")


def test_what_is_restored_is_not_settled_anew(ana):
    """A text from before the rules for pasted signs comes back to the letter, and a longer one than is taken now."""
    leaflet = make_leaflet()
    pasted = canonical_json(make_content(dosage="Take the \ufb01rst one.", key_facts=("x" * 5_000,)).to_dict())
    newest = newest_revision(leaflet)
    old = Revision(
        leaflet=leaflet, number=2, content_json=pasted, digest=sha256(pasted), by=ana, previous_hash=newest.hash
    )
    old.hash = old.computed_hash()
    old.save(force_insert=True)
    change_leaflet(leaflet, dosage="Take 6 mg.")
    restored = restore_revision(Revision.objects.get(pk=old.pk), by=ana)
    assert (restored.content_json, restored.digest) == (pasted, old.digest)


def test_restoring_keeps_a_section_that_the_newer_text_lacks(ana):
    leaflet = make_leaflet()
    fewer = make_content()
    save_draft(leaflet, make_content(sections=fewer.sections[:2]), by=ana)
    restore_revision(leaflet.revisions.get(number=1), by=ana)
    assert content_of(leaflet).sections == fewer.sections


def test_only_authors_restore(mallory, bruno):
    first = make_leaflet().revisions.get()
    for person in (mallory, bruno):
        with pytest.raises(NotAllowed):
            restore_revision(first, by=person)


def test_a_stale_save_is_refused_and_overwrites_nothing(ana):
    leaflet = make_leaflet()
    save_draft(leaflet, make_content(dosage="Take 6mg."), by=ana, based_on=1)
    with pytest.raises(Conflict) as refusal:
        save_draft(leaflet, make_content(dosage="Take 7mg."), by=ana, based_on=1)
    assert refusal.value.details["newest"].number == 2
    assert "6mg" in newest_revision(leaflet).content_json


def test_nothing_is_saved_while_in_review(ana):
    review = make_review()
    for change in (
        lambda: save_draft(review.leaflet, make_content(dosage="Take 100mg."), by=ana),
        lambda: restore_revision(review.revision, by=ana),
    ):
        with pytest.raises(Conflict, match="in review"):
            change()
    assert content_of(review.leaflet) == review.revision.content


def test_a_superuser_cannot_save_in_review_either(ana):
    review = make_review()
    ana.is_superuser = True
    ana.save()
    with pytest.raises(Conflict):
        save_draft(review.leaflet, make_content(dosage="Take 100mg."), by=ana)


def test_only_who_may_write_writes(mallory, bruno, priya, ana):
    leaflet = make_leaflet()
    ana.is_active = False
    for person in (mallory, bruno, priya, ana):
        with pytest.raises(NotAllowed):
            save_draft(leaflet, make_content(dosage="Take 100mg."), by=person)
        with pytest.raises(NotAllowed):
            record_revision(leaflet, by=person)
        with pytest.raises(NotAllowed):
            start_leaflet(leaflet.medicine, by=person, language="ar")
    assert content_of(leaflet) == make_content()
    assert Revision.objects.count() == 1

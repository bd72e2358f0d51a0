"""Certificates: what is printed of an approval, a publication, an emergency release and a withdrawal."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from monographs.admin.record.certificate import _until
from monographs.audit.models import Entry
from monographs.clinics.actions import change_clinic
from monographs.clinics.models import Clinic, ClinicDetails
from monographs.publication.actions import cancel_release, publish, release_in_emergency, withdraw
from monographs.publication.models import Kind, Publication
from monographs.publication.recalls import recall, send_back
from monographs.review.models import ApprovalRule, ChecklistItem, Decision, Outcome, Review
from tests.makers import change_leaflet, make_approved, make_leaflet, make_published, make_review, sign
from tests.people import make_person

pytestmark = pytest.mark.django_db


def of_decision(decision: Decision) -> str:
    return reverse("admin:decision-certificate", args=[decision.review.leaflet_id, decision.pk])


def of_publication(publication) -> str:
    return reverse("admin:publication-certificate", args=[publication.leaflet_id, publication.pk])


@pytest.fixture
def auditor(client, amir):
    client.force_login(amir)
    return client


def words(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def entry_of(verb: str) -> Entry:
    return Entry.objects.get(verb=verb)


@pytest.mark.parametrize(("now", "zone"), [("2026-12-01T09:00Z", "UTC+00:00"), ("2027-07-01T09:00Z", "UTC+01:00")])
def test_approval_is_certified_with_who_what_when_and_what_it_means(now, zone, client, amir, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime.fromisoformat(now))
    client.force_login(amir)
    Clinic.objects.update_or_create(pk=1, defaults={"name": "Riverside Surgery"})
    review = make_approved()
    decision = review.decisions.get()
    page = words(client.get(of_decision(decision)))
    entry = entry_of("review.approved")
    for part in (
        "Riverside Surgery", "Certificate of approval", "Testamol", "English", "revision 1",
        f"SHA-256 {decision.digest}", "Ana Author (Pharmacist)", "Bruno Reader", "registration <bdi>REG-bruno</bdi>",
        "Second reader", f"(Europe/London, {zone})", "I have checked this leaflet against its sources.",
        f"№ {entry.position}", entry.hash, f"verify_history --head {entry.position}:{entry.hash}",
        "This approval has not been followed by a publication so far.", "http://testserver/leaflets/testamol/",
    ):  # fmt: skip
        assert part in page, part
    for text in ChecklistItem.objects.values_list("text", flat=True):
        assert f"<bdi>{text}</bdi>" in page


def test_publication_is_certified_with_approval_page_and_permanent_address(auditor):
    publication = make_published()
    page = words(auditor.get(of_publication(publication)))
    entry = entry_of("leaflet.published")
    for part in (
        "Certificate of publication", "version 1", f"SHA-256 {publication.digest}",
        f"SHA-256 {publication.pages.get().digest}", "Ana Author (Pharmacist)", "Approved by", "Bruno Reader",
        "Published by", "Priya Publisher", "In effect from", "First version.", f"№ {entry.position}",
        entry.hash, "http://testserver/leaflets/testamol/versions/1/",
    ):  # fmt: skip
        assert part in page, part
    assert "until" not in page[page.index("In effect from") : page.index("In effect from") + 120]


def test_certificate_keeps_who_wrote_and_what_it_said_on_that_day(auditor):
    first = make_published()
    later = change_leaflet(first.leaflet, by=make_person("wanda", role="Author"), dosage="Take 6mg once a day.")
    second = make_published(later, change_note="Dose.")
    first.leaflet.title = "Renamed"
    first.leaflet.save()
    old, new = words(auditor.get(of_publication(first))), words(auditor.get(of_publication(second)))
    assert "Ana Author (Pharmacist)" in old
    assert "Wanda Test" not in old
    assert "until" in old
    assert "Wanda Test" in new
    assert "<bdi>Testamol</bdi>" in old


def test_all_who_wrote_are_named_after_the_release_too(auditor):
    leaflet = make_published().leaflet
    change_leaflet(leaflet, by=make_person("wanda", role="Author"), dosage="Take 6mg once a day.")
    change_leaflet(leaflet, dosage="Take 7mg once a day.")
    publication = make_published(leaflet, change_note="Dose.")
    page = words(auditor.get(of_decision(publication.review.decisions.get())))
    assert "Ana Author (Pharmacist); Wanda Test" in page
    assert "Released as version 2" in page
    url = reverse("admin:leaflet-review", args=[leaflet.pk])
    assert auditor.get(url, {"review": publication.review_id}).context["contributors"] == ["Ana Author", "Wanda Test"]


def test_the_certificate_names_who_had_a_hand_in_what_nobody_had_approved_by_then(auditor, priya):
    """What was released in an emergency is approved in retrospect later than the text that was made of it."""
    hers = make_leaflet(by=make_person("wanda", role="Author"))
    urgent = release_in_emergency(hers, by=priya, reason="A recall.", change_note="First.").review
    review = make_approved(change_leaflet(hers, dosage="Take 6mg once a day."))
    authors = "Ana Author (Pharmacist); Priya Publisher (Lead pharmacist); Wanda Test"
    assert authors in words(auditor.get(of_decision(review.decisions.get())))
    sign(urgent, by=make_person("beata", role="Second reader"), seen=(urgent.base_id, urgent.revision_id))
    publication = publish(review, by=priya, change_note="Dose.")
    assert authors in words(auditor.get(of_decision(review.decisions.get())))
    assert authors in words(auditor.get(of_publication(publication)))


def test_people_are_called_as_they_were_called_then(auditor, ana):
    publication = make_published()
    ana.last_name = "Newname"
    ana.save()
    later = make_published(change_leaflet(publication.leaflet, dosage="Take 6mg once a day."), change_note="Dose.")
    old, new = words(auditor.get(of_publication(publication))), words(auditor.get(of_publication(later)))
    assert "Ana Author (Pharmacist)" in old
    assert "Newname" not in old
    assert "Ana Newname (Pharmacist)" in new


def test_of_two_signatures_equal_ticks_are_printed_once_and_each_has_its_note_on_its_own_sheet(auditor, priya):
    ApprovalRule.objects.create(section_kind="dosage", approvals=2)
    review = make_review()
    signers = {"First note.": make_person("bruno"), "Second note.": make_person("beata", role="Second reader")}
    decisions = {note: sign(review, by=person, note=note) for note, person in signers.items()}
    entries = dict(Entry.objects.filter(verb="review.approved").values_list("by", "position"))
    for note, decision in decisions.items():
        page = words(auditor.get(of_decision(decision)))
        assert [one in page for one in decisions] == [one == note for one in decisions]
        assert f"№ {entries[decision.by_id]}" in page
    publication = publish(Review.objects.get(pk=review.pk), by=priya, change_note="First.")
    page = words(auditor.get(of_publication(publication)))
    assert not any(note in page for note in decisions)
    for text in ChecklistItem.objects.values_list("text", flat=True):
        assert page.count(f"<bdi>{text}</bdi>") == 1


def test_what_was_read_before_a_withdrawal_is_the_last_version_and_no_notice(auditor, priya):
    leaflet = make_published().leaflet
    withdraw(leaflet, by=priya, notice="Ask us first.", why="Wrong dose.")
    make_published(change_leaflet(leaflet, dosage="Take 6mg once a day."), change_note="Dose.")
    last = withdraw(leaflet, by=priya, notice="Ask us again.", why="Wrong again.")
    make_published(change_leaflet(leaflet, dosage="Take 7mg once a day."), change_note="Dose.")
    assert "Patients had read version 2 (revision 2) before." in words(auditor.get(of_publication(last)))


def test_what_comes_back_after_an_expiry_is_not_certified_as_if_it_had_been_withdrawn(auditor, priya, monkeypatch):
    end = timezone.now() + dt.timedelta(days=1)
    leaflet = publish(make_approved(), by=priya, change_note="For now.", expires_at=end).leaflet
    with monkeypatch.context() as later:
        later.setattr(timezone, "now", lambda: end)
        again = make_published(change_leaflet(leaflet, dosage="Take 6mg once a day."), change_note="Dose.")
        withdraw(leaflet, by=priya, notice="Ask us first.", why="Wrong dose.")
        later.setattr(timezone, "now", lambda: end + dt.timedelta(days=1))
        back = make_published(change_leaflet(leaflet, dosage="Take 7mg once a day."), change_note="Dose.")
    assert again.kind == back.kind == Kind.RESTORATION
    for publication, title in ((again, "publication"), (back, "publication after a withdrawal")):
        assert f'<h1 id="certificate-title">Certificate of {title}</h1>' in words(
            auditor.get(of_publication(publication))
        )


def test_what_an_expiry_ends_is_no_version_that_begins_at_its_very_instant(auditor, priya):
    end = timezone.now() + dt.timedelta(days=9)
    first = publish(make_approved(), by=priya, change_note="First.", expires_at=end)
    expiry = Publication.objects.get(kind=Kind.EXPIRY)
    review = make_approved(change_leaflet(first.leaflet, dosage="Take 6mg once a day."))
    publish(review, by=priya, change_note="Dose.", effective_from=end)
    assert "Patients had read version 1 (revision 1) before." in words(auditor.get(of_publication(expiry)))


def test_what_took_its_place_is_the_next_that_was_decided_later_and_not_what_came_before_its_instant(priya):
    end = timezone.now() + dt.timedelta(days=9)
    first = publish(make_approved(), by=priya, change_note="First.", expires_at=end)
    expiry = Publication.objects.get(kind=Kind.EXPIRY)
    second, third = (
        make_published(change_leaflet(first.leaflet, dosage=f"Take {dose}mg once a day."), change_note="Dose.")
        for dose in (6, 7)
    )
    assert [_until(publication) for publication in (first, second, third, expiry)] == [second, third, None, None]


def test_what_has_not_been_read_yet_was_read_with_no_details_of_the_clinic(auditor, priya):
    coming = publish(
        make_approved(), by=priya, change_note="First.", effective_from=timezone.now() + dt.timedelta(days=3)
    )
    assert f"SHA-256 {ClinicDetails.objects.get().digest}" not in words(auditor.get(of_publication(coming)))


def test_emergency_release_says_that_nobody_approved_until_somebody_does(auditor):
    leaflet = change_leaflet(make_published().leaflet, dosage="Take 6mg once a day.")
    publication = release_in_emergency(leaflet, by=make_person("priya"), reason="A recall.", change_note="Dose.")
    page = words(auditor.get(of_publication(publication)))
    assert "Certificate of an emergency release" in page
    assert "Nobody has approved it in retrospect so far." in page
    assert "A recall." in page
    review = publication.review
    decision = sign(review, seen=(review.base_id, review.revision_id))
    page = words(auditor.get(of_publication(publication)))
    assert "Approved in retrospect by" in page
    assert "Nobody has approved" not in page
    assert "Certificate of an approval in retrospect" in words(auditor.get(of_decision(decision)))


def test_withdrawal_is_certified_with_notice_and_reason(auditor):
    publication = make_published()
    withdrawal = withdraw(publication.leaflet, by=make_person("priya"), notice="Ask us first.", why="Wrong dose.")
    page = words(auditor.get(of_publication(withdrawal)))
    for part in (
        "Certificate of withdrawal", "Withdrawn by", "Priya Publisher", "Ask us first.", "Wrong dose.",
        "Patients had read version 1 (revision 1) before.", entry_of("leaflet.withdrawn").hash,
    ):  # fmt: skip
        assert part in page, part
    assert "Approved by" not in page


def test_cancelled_release_is_certified_as_never_in_effect(auditor, priya):
    later = timezone.now() + dt.timedelta(days=3)
    publication = publish(make_approved(), by=priya, change_note="First.", effective_from=later)
    assert "In effect from" in words(auditor.get(of_publication(publication)))
    cancel_release(publication, by=priya, why="Not yet.")
    page = words(auditor.get(of_publication(publication)))
    assert "It was to be in effect from" in page
    assert "Cancelled by Priya Publisher" in page


def test_release_whose_approval_became_void_is_certified_as_never_in_effect(auditor, priya, bruno):
    later = timezone.now() + dt.timedelta(days=3)
    publication = publish(make_approved(), by=priya, change_note="First.", effective_from=later)
    send_back(publication.review, by=bruno, reason="Wrong after all.")
    assert "it never took effect" in words(auditor.get(of_publication(publication)))


@pytest.mark.parametrize("end", ["sent back", "recalled", "cancelled"])
def test_expiry_of_a_release_that_never_took_effect_is_certified_so(auditor, ana, priya, bruno, end):
    later = timezone.now() + dt.timedelta(days=3)
    when = {"effective_from": later, "expires_at": later + dt.timedelta(days=9)}
    publication = publish(make_approved(), by=priya, change_note="First.", **when)
    if end == "sent back":
        send_back(publication.review, by=bruno, reason="Wrong after all.")
    elif end == "recalled":
        recall(publication.review, by=ana)
    else:
        cancel_release(publication, by=priya, why="Not yet.")
    page = words(auditor.get(of_publication(Publication.objects.get(kind=Kind.EXPIRY))))
    for part in ("Certificate of expiry", "Testamol", "it never took effect"):
        assert part in page, part
    assert "Patients had read" not in page


def test_void_approval_is_certified_as_void_and_its_release_as_called_off(auditor, ana, priya):
    later = timezone.now() + dt.timedelta(days=3)
    publication = publish(make_approved(), by=priya, change_note="First.", effective_from=later)
    decision = publication.review.decisions.get()
    assert "Released as version 1" in words(auditor.get(of_decision(decision)))
    recall(publication.review, by=ana)
    page = words(auditor.get(of_decision(decision)))
    assert "This approval is void: recalled by Ana Author on" in page
    assert "It was to be released as version 1" in page
    assert "it never took effect" in page
    assert "Released as version" not in page


def test_approval_of_a_cancelled_release_is_certified_as_not_released(auditor, priya):
    later = timezone.now() + dt.timedelta(days=3)
    publication = publish(make_approved(), by=priya, change_note="First.", effective_from=later)
    cancel_release(publication, by=priya, why="Not yet.")
    assert "/versions/1/" not in words(auditor.get(of_publication(publication)))  # there is no such page
    page = words(auditor.get(of_decision(publication.review.decisions.get())))
    assert "it never took effect" in page
    assert "void" not in page
    publish(publication.review, by=priya, change_note="First.")
    assert "Released as version 2, in effect from" in words(
        auditor.get(of_decision(publication.review.decisions.get()))
    )


def test_page_and_the_clinics_details_are_told_with_their_digests(auditor, ada):
    publication = make_published()
    kept = ClinicDetails.objects.get()
    clinic = Clinic.objects.get(pk=1)
    clinic.emergency_number = "112"
    change_clinic(clinic, by=ada)
    page = words(auditor.get(of_publication(publication)))
    assert f"SHA-256 {publication.pages.get().digest}" in page
    assert f"SHA-256 {kept.digest}" in page
    assert ClinicDetails.objects.latest("from_at").digest not in page


def test_certificates_are_linked_from_history_and_review(auditor):
    publication = make_published()
    decision = publication.review.decisions.get()
    history = auditor.get(reverse("admin:leaflet-history", args=[publication.leaflet_id])).content.decode()
    assert f'href="{of_decision(decision)}"' in history
    assert f'href="{of_publication(publication)}"' in history
    review = auditor.get(reverse("admin:leaflet-review", args=[publication.leaflet_id])).content.decode()
    assert f'href="{of_decision(decision)}"' in review


def test_what_has_no_certificate_is_a_sentence(auditor, bruno):
    publication, other = make_published(), make_review(medicine="Otheramol")
    send_back(other, by=bruno, reason="Please cite the source.")
    returned = other.decisions.get(outcome=Outcome.SENT_BACK)
    for address in (
        of_decision(returned),
        reverse("admin:decision-certificate", args=[other.leaflet_id, publication.review.decisions.get().pk]),
        reverse("admin:decision-certificate", args=[other.leaflet_id, 999]),
    ):
        answer = auditor.get(address)
        assert answer.status_code == 404
        assert "This leaflet has no approval with this number." in answer.content.decode()
    answer = auditor.get(reverse("admin:publication-certificate", args=[other.leaflet_id, publication.pk]))
    assert answer.status_code == 404
    assert "This leaflet has no publication with this number." in answer.content.decode()
    assert auditor.get(reverse("admin:publication-certificate", args=[999, 1])).status_code == 404


@pytest.mark.parametrize("username", ["carla", "ada", "mallory"])
def test_certificates_are_closed_to_who_may_not_see_decisions(client, username):
    publication = make_published()
    client.force_login(make_person(username))
    for address in (of_decision(publication.review.decisions.get()), of_publication(publication)):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "You may not see" in answer.content.decode()


def test_text_of_people_cannot_become_markup_of_a_certificate(auditor):
    review = make_review()
    decision = sign(review, note="<script>alert(1)</script>")
    page = words(auditor.get(of_decision(decision)))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_long_texts_are_shortened_and_say_so(auditor):
    publication = make_published(change_note="The dose was checked again. " * 40)
    page = words(auditor.get(of_publication(publication)))
    assert "(shortened here; all of it is on record)" in page


def test_certificate_costs_the_same_however_long_the_history(auditor, django_assert_max_num_queries):
    publication = make_published()
    auditor.get(of_publication(publication))
    with django_assert_max_num_queries(40) as few:
        auditor.get(of_publication(publication))
    for number in range(8):
        make_published(change_leaflet(publication.leaflet, dosage=f"Take {number + 6}mg."), change_note="Dose.")
    with django_assert_max_num_queries(len(few)):
        auditor.get(of_publication(publication))

"""The review page: what a second reader is shown, and what comes back when something is refused."""

import copy
import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from monographs.leaflets.content import SourceContent
from monographs.leaflets.models import Leaflet
from monographs.publication.actions import publish
from monographs.publication.models import Publication
from monographs.publication.recalls import recall
from monographs.quality.gate import findings_for
from monographs.review.actions import submit
from monographs.review.models import ChecklistItem, Decision, Outcome, Review, State
from monographs.review.remarks import add_remark
from monographs.review.rules import last_released
from tests.makers import change_leaflet, make_leaflet, make_published, make_review, sign
from tests.people import PASSWORD, make_person


def url(name: str, leaflet: Leaflet) -> str:
    return reverse(f"admin:leaflet-{name}", args=[leaflet.pk])


def signature(review: Review, **changed) -> dict:
    """The approval form, filled in as it should be."""
    base = last_released(review.leaflet)
    return {
        "seen_base": base.pk if base else "",
        "seen_candidate": review.revision_id,
        "ticked": list(ChecklistItem.objects.values_list("text", flat=True)),
        "note": "Checked against the BNF.",
        "password": PASSWORD,
        **changed,
    }


@pytest.fixture(scope="module")
def review_for_all(rows_of_the_file):
    """Patients read 5 mg; 50 mg waits for review."""
    leaflet = make_published().leaflet
    return make_review(change_leaflet(leaflet, dosage="Take 50mg once a day."))


@pytest.fixture
def dose_review(review_for_all):
    return copy.deepcopy(review_for_all)


def test_changed_dose_stands_before_everything_else(client, bruno, dose_review):
    client.force_login(bruno)
    page = client.get(url("review", dose_review.leaflet)).content.decode()
    alert = page[page.index('id="staff-alerts"') : page.index('id="staff-comparison"')]
    assert "How to take it" in alert
    assert ">[removed: </span>5mg<" in alert
    assert ">[added: </span>50mg<" in alert
    assert page.index('id="staff-alerts"') < page.index('id="staff-comparison"') < page.index('id="staff-candidate"')


def test_candidate_is_shown_exactly_as_publishing_would_compile_it(client, bruno, dose_review):
    client.force_login(bruno)
    sign(dose_review)
    dose_review.refresh_from_db()
    shown = client.get(url("review", dose_review.leaflet)).content.decode()
    published = publish(dose_review, by=make_person("priya"), change_note="Dose.")
    assert published.pages.get().html in shown


def test_approving_signs_the_decision_and_lists_it_for_ever(client, bruno, dose_review):
    client.force_login(bruno)
    answer = client.post(url("approve", dose_review.leaflet), signature(dose_review), follow=True)
    assert answer.redirect_chain == [(f"{url('review', dose_review.leaflet)}?review={dose_review.pk}", 302)]
    dose_review.refresh_from_db()
    assert dose_review.state == State.APPROVED
    page = answer.content.decode()
    assert "Bruno Reader, Pharmacist, registration REG-bruno" in page
    assert "I have checked this leaflet against its sources." in page
    assert "Checked against the BNF." in page
    assert all(text in page for text in ChecklistItem.objects.values_list("text", flat=True))


def test_second_click_on_approve_is_answered_clearly_and_signs_nothing(client, bruno, dose_review):
    client.force_login(bruno)
    form = signature(dose_review)
    client.post(url("approve", dose_review.leaflet), form)
    again = client.post(url("approve", dose_review.leaflet), form)
    assert again.status_code == 409
    assert "This review is not waiting for a decision: it is approved." in again.content.decode()
    assert Decision.objects.filter(review=dose_review).count() == 1


def test_stale_pair_shows_the_new_comparison_and_keeps_the_note(client, ana, bruno, dose_review):
    client.force_login(bruno)
    form = signature(dose_review)
    recall(dose_review, by=ana)
    newer = submit(change_leaflet(dose_review.leaflet, dosage="Take 500mg once a day."), by=ana)
    answer = client.post(url("approve", dose_review.leaflet), form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The text has changed since you opened this page" in page
    assert ">[added: </span>500mg<" in page
    assert "Checked against the BNF." in page
    assert f'name="seen_candidate" value="{newer.revision_id}"' in page
    assert 'checked id="id_ticked' not in page
    assert not Decision.objects.filter(outcome=Outcome.APPROVED, review=newer).exists()


def test_open_tick_is_400_and_the_form_is_kept(client, bruno, dose_review):
    client.force_login(bruno)
    ticked = list(ChecklistItem.objects.values_list("text", flat=True))[:-1]
    answer = client.post(url("approve", dose_review.leaflet), signature(dose_review, ticked=ticked))
    assert answer.status_code == 400
    assert "Please check and tick every item." in answer.content.decode()
    assert answer.content.decode().count(" checked>") == len(ticked)
    assert "Checked against the BNF." in answer.content.decode()
    dose_review.refresh_from_db()
    assert dose_review.state == State.WAITING


def test_ticks_stay_when_an_open_remark_holds_up_the_very_text_that_was_read(client, bruno, dose_review):
    add_remark(dose_review.revision, by=bruno, body="Which maximum?", is_blocking=True)
    client.force_login(bruno)
    form = signature(dose_review)
    answer = client.post(url("approve", dose_review.leaflet), form)
    assert answer.status_code == 409
    assert answer.content.decode().count(" checked>") == len(form["ticked"])


@pytest.mark.parametrize(
    ("password", "sentence"), [("wrong", "That is not your password"), ("", "Give your password to sign")]
)
def test_wrong_password_is_403_and_the_form_is_kept_without_it(client, bruno, dose_review, password, sentence):
    client.force_login(bruno)
    answer = client.post(url("approve", dose_review.leaflet), signature(dose_review, password=password))
    page = answer.content.decode()
    assert answer.status_code == 403
    assert sentence in page
    assert page.count(" checked>") == ChecklistItem.objects.count()
    assert "Checked against the BNF." in page
    assert 'value="wrong"' not in page
    assert not Decision.objects.filter(review=dose_review).exists()


@pytest.mark.parametrize("seen", ["", "x", "9" * 40])
def test_malformed_form_is_refused_in_a_sentence(client, bruno, dose_review, seen):
    client.force_login(bruno)
    answer = client.post(url("approve", dose_review.leaflet), signature(dose_review, seen_candidate=seen))
    assert answer.status_code in {400, 409}
    assert 'role="alert"' in answer.content.decode()
    assert not Decision.objects.filter(review=dose_review).exists()


def test_contributor_is_told_beforehand_and_gets_no_form(client, ana, dose_review):
    ana.is_superuser = True
    ana.save()
    client.force_login(ana)
    page = client.get(url("review", dose_review.leaflet)).content.decode()
    assert "Somebody who did not must be the second reader." in page
    assert 'name="password"' not in page
    answer = client.post(url("approve", dose_review.leaflet), signature(dose_review))
    assert answer.status_code == 403
    assert "Somebody who did not must be the second reader." in answer.content.decode()
    assert not Decision.objects.filter(review=dose_review).exists()


def test_sending_back_needs_a_reason_and_shows_it_to_the_author(client, bruno, ana, dose_review):
    client.force_login(bruno)
    blank = client.post(url("send-back", dose_review.leaflet), {"reason": "  "})
    assert blank.status_code == 400
    assert "Say why you send it back" in blank.content.decode()
    client.post(url("send-back", dose_review.leaflet), {"reason": "50mg is ten times the dose."})
    dose_review.refresh_from_db()
    assert dose_review.state == State.SENT_BACK
    client.force_login(ana)
    panel = client.get(url("history", dose_review.leaflet)).content.decode()
    assert "Bruno Reader asks you to change this:" in panel
    assert "50mg is ten times the dose." in panel


def test_item_whose_words_changed_while_the_page_was_open_is_read_again(client, bruno, dose_review):
    client.force_login(bruno)
    form = signature(dose_review)
    ChecklistItem.objects.filter(position=2).update(text="Doses for children are right.")
    answer = client.post(url("approve", dose_review.leaflet), form)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "The checklist has changed. Please go through it again." in page
    assert "Doses for children are right." in page
    assert not Decision.objects.filter(review=dose_review).exists()


def test_item_added_while_the_page_was_open_is_ticked_first(client, bruno, dose_review):
    client.force_login(bruno)
    form = signature(dose_review)
    ChecklistItem.objects.create(text="The picture shows this pack.", position=9)
    answer = client.post(url("approve", dose_review.leaflet), form)
    page = answer.content.decode()
    assert (answer.status_code, page.count(" checked>")) == (400, len(form["ticked"]))
    assert "Open: The picture shows this pack." in page
    assert not Decision.objects.filter(review=dose_review).exists()


def test_review_that_was_not_on_the_screen_is_not_sent_back_or_recalled(client, ana, bruno, dose_review):
    leaflet = dose_review.leaflet
    client.force_login(bruno)
    page = client.get(url("review", leaflet)).content.decode()
    assert f'name="review" value="{dose_review.pk}"' in page[page.index("staff-send-back") :]
    recall(dose_review, by=ana)
    newer = submit(change_leaflet(leaflet, dosage="Take 500mg once a day."), by=ana)
    answer = client.post(url("send-back", leaflet), {"review": dose_review.pk, "reason": "Ten times the dose."})
    assert answer.status_code == 409
    assert "This review has ended already: it is recalled." in answer.content.decode()
    assert "Ten times the dose." in answer.content.decode()
    client.force_login(ana)
    assert client.post(url("recall", leaflet), {"seen": dose_review.pk, "note": ""}).status_code == 409
    newer.refresh_from_db()
    assert newer.state == State.WAITING


def test_scheduled_release_is_sent_back_though_the_next_text_waits_already(client, ana, bruno, dose_review):
    """Two reviews are open: of what is scheduled, and of the draft after it. The one on the screen is meant."""
    sign(dose_review)
    dose_review.refresh_from_db()
    later = timezone.now() + dt.timedelta(days=3)
    publish(dose_review, by=make_person("priya"), change_note="Dose.", effective_from=later)
    newer = submit(change_leaflet(dose_review.leaflet, dosage="Take 6mg once a day."), by=ana)
    client.force_login(bruno)
    client.post(url("send-back", dose_review.leaflet), {"review": dose_review.pk, "reason": "Ten times the dose."})
    for review, state in ((dose_review, State.SENT_BACK), (newer, State.WAITING)):
        review.refresh_from_db()
        assert review.state == state
    assert not Publication.objects.pending(timezone.now()).exists()
    dose_review.leaflet.refresh_from_db()
    assert dose_review.leaflet.is_frozen


def test_scheduled_release_is_recalled_from_its_own_page(client, ana, dose_review):
    sign(dose_review)
    dose_review.refresh_from_db()
    later = timezone.now() + dt.timedelta(days=3)
    publish(dose_review, by=make_person("priya"), change_note="Dose.", effective_from=later)
    newer = submit(change_leaflet(dose_review.leaflet, dosage="Take 6mg once a day."), by=ana)
    client.force_login(ana)
    page = client.get(url("review", dose_review.leaflet), {"review": dose_review.pk}).content.decode()
    address = f"{url('recall', dose_review.leaflet)}?review={dose_review.pk}"
    assert f'href="{address}"' in page
    assert f'name="seen" value="{dose_review.pk}"' in client.get(address).content.decode()
    assert client.post(address, {"seen": dose_review.pk, "note": ""}).status_code == 302
    newer.refresh_from_db()
    assert newer.state == State.WAITING
    assert not Publication.objects.pending(timezone.now()).exists()


def test_text_that_was_not_on_the_screen_is_not_submitted(client, ana):
    leaflet = make_leaflet()
    client.force_login(ana)
    seen = leaflet.revisions.get()
    assert f'name="seen" value="{seen.pk}"' in client.get(url("submit", leaflet)).content.decode()
    change_leaflet(leaflet, dosage="Take 500mg once a day.")
    answer = client.post(url("submit", leaflet), {"seen": seen.pk, "note": ""})
    assert answer.status_code == 409
    assert "The text has changed since you opened this page." in answer.content.decode()
    assert not Review.objects.exists()


@pytest.mark.parametrize("words", ["x" * 5_001, "a\x00b"])
def test_note_or_reason_out_of_bounds_is_400_and_does_nothing(client, ana, bruno, dose_review, words):
    draft, leaflet = make_leaflet("Otheramol"), dose_review.leaflet
    posts = [
        (ana, "submit", draft, {"note": words}),
        (ana, "recall", leaflet, {"note": words}),
        (bruno, "send-back", leaflet, {"reason": words}),
        (bruno, "approve", leaflet, signature(dose_review, note=words)),
    ]
    for person, name, which, form in posts:
        client.force_login(person)
        assert client.post(url(name, which), form).status_code == 400, name
    assert list(Review.objects.active()) == [dose_review]
    assert not Decision.objects.filter(review=dose_review).exists()


def test_second_send_back_is_answered_clearly(client, bruno, dose_review):
    client.force_login(bruno)
    client.post(url("send-back", dose_review.leaflet), {"reason": "Dose."})
    again = client.post(url("send-back", dose_review.leaflet), {"reason": "Dose."})
    assert again.status_code == 409
    assert "This review has ended already: it is sent back." in again.content.decode()


def test_author_recalls_and_the_draft_opens(client, ana, dose_review):
    client.force_login(ana)
    assert "The draft opens again" in client.get(url("recall", dose_review.leaflet)).content.decode()
    answer = client.post(url("recall", dose_review.leaflet), {"note": ""})
    assert answer.status_code == 302
    dose_review.leaflet.refresh_from_db()
    assert not dose_review.leaflet.is_frozen
    assert client.post(url("recall", dose_review.leaflet), {"note": ""}).status_code == 409


def test_author_submits_with_a_note(client, ana, bruno):
    leaflet = make_leaflet()
    client.force_login(ana)
    assert "goes to a second reader" in client.get(url("submit", leaflet)).content.decode()
    assert client.post(url("submit", leaflet), {"note": "New source."}).status_code == 302
    assert Review.objects.get(leaflet=leaflet).note == "New source."
    assert client.post(url("submit", leaflet), {"note": ""}).status_code == 409
    client.force_login(bruno)
    assert "New source." in client.get(url("review", leaflet)).content.decode()


def test_what_blocks_is_named_instead_of_a_button_to_submit(client, ana):
    leaflet = make_leaflet(key_facts=())
    client.force_login(ana)
    page = client.get(url("submit", leaflet)).content.decode()
    assert "Change what blocks it first." in page
    assert "The number of key facts is 0" in page
    form = reverse("admin:monographs_leaflet_change", args=[leaflet.pk])
    assert f'<a href="{form}#id_key_facts" data-place="key_facts">' in page
    assert 'id="id_key_facts"' in client.get(form).content.decode()
    assert '<span class="instead">' in page
    answer = client.post(url("submit", leaflet), {"note": ""})
    assert answer.status_code == 400
    assert not Review.objects.exists()


def test_each_finding_jumps_to_its_place_in_the_text_and_says_what_to_write(client, bruno):
    review = make_review(dosage="Take 1000mg with food.", medicine="Otheramol")
    client.force_login(bruno)
    page = client.get(url("review", review.leaflet)).content.decode()
    findings = page[page.index('id="staff-findings"') :]
    for finding in findings_for(review.revision.content):
        assert finding.instead
        assert escape(finding.instead) in findings
    for target in re.findall(r'<a href="#([^"]+)" data-place', findings):
        assert f'id="{target}"' in page
    assert '<a href="#part-dosage" data-place="dosage">' in findings


def test_review_of_another_leaflet_or_no_number_is_a_clear_page(client, bruno, dose_review):
    client.force_login(bruno)
    other = make_leaflet("Otheramol")
    wrong = client.get(url("review", other), {"review": dose_review.pk})
    assert (wrong.status_code, "has no review" in wrong.content.decode()) == (404, True)
    assert client.get(url("review", dose_review.leaflet), {"review": "x"}).status_code == 400
    never = client.get(url("review", other))
    assert (never.status_code, "has not been sent for review" in never.content.decode()) == (200, True)
    assert client.get(reverse("admin:leaflet-review", args=[10**30])).status_code == 404


def test_review_page_does_not_grow_in_queries(client, bruno, django_assert_max_num_queries):
    small = make_review()
    sources = tuple(SourceContent(f"Source {number}", accessed_on="2026-10-01") for number in range(30))
    large = make_review(make_leaflet("Otheramol", sources=sources))
    client.force_login(bruno)
    client.get(url("review", small.leaflet))
    with django_assert_max_num_queries(43) as few:
        client.get(url("review", small.leaflet))
    with django_assert_max_num_queries(len(few)):
        client.get(url("review", large.leaflet))

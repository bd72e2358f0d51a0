"""Remarks and fact checks, at the staff's door."""

from dataclasses import replace

import pytest
from django.urls import reverse

from monographs.leaflets.models import Leaflet
from monographs.review.actions import recall, submit
from monographs.review.fact_check import answer, ask
from monographs.review.models import FactCheck, Remark
from monographs.review.remarks import add_remark, resolve
from monographs.revisions.actions import newest_revision, save_draft
from tests.makers import change_leaflet, make_leaflet, make_review


def remarks(leaflet: Leaflet) -> str:
    return reverse("admin:leaflet-remarks", args=[leaflet.pk])


def remark_to(remark: Remark, do: str) -> str:
    return reverse("admin:leaflet-remark", args=[remark.leaflet_id, remark.pk, do])


def checks(leaflet: Leaflet) -> str:
    return reverse("admin:leaflet-fact-checks", args=[leaflet.pk])


def on_dosage(**changed) -> dict:
    return {"section_key": "dosage", "quote": "Take 5mg", "body": "Which maximum?", "is_blocking": "on", **changed}


def test_remark_on_a_passage_stands_on_the_review_page(client, bruno):
    leaflet = make_review().leaflet
    client.force_login(bruno)
    assert client.post(remarks(leaflet), on_dosage()).status_code == 302
    page = client.get(reverse("admin:leaflet-review", args=[leaflet.pk])).content.decode()
    assert "Which maximum?" in page
    assert "must be resolved first" in page


@pytest.mark.parametrize(
    ("wrong", "kept"),
    [({"quote": "Take 6mg"}, "Which maximum?"), ({"body": " "}, "Take 5mg"), ({"section_key": "gone"}, "Take 5mg")],
)
def test_refused_remark_is_kept_in_its_form(client, bruno, wrong, kept):
    leaflet = make_leaflet()
    client.force_login(bruno)
    refused = client.post(remarks(leaflet), on_dosage(**wrong))
    assert refused.status_code == 400
    assert kept in refused.content.decode()
    assert not Remark.objects.exists()


def test_thread_is_answered_resolved_and_reopened(client, ana, bruno):
    leaflet = make_leaflet()
    remark = add_remark(newest_revision(leaflet), by=bruno, body="Which maximum?")
    client.force_login(ana)
    client.post(remark_to(remark, "answer"), {"body": "Added now."})
    assert "Added now." in client.get(remarks(leaflet)).content.decode()
    client.post(remark_to(remark, "resolve"))
    assert "Resolved by Ana Author" in client.get(remarks(leaflet)).content.decode()
    assert client.post(remark_to(remark, "resolve")).status_code == 409
    client.post(remark_to(remark, "reopen"))
    remark.refresh_from_db()
    assert remark.resolved_at is None


def test_answer_typed_before_it_is_resolved_goes_along(client, ana, bruno):
    remark = add_remark(newest_revision(make_leaflet()), by=bruno, body="Which maximum?")
    client.force_login(ana)
    page = client.post(remark_to(remark, "resolve"), {"body": "Added now."}, follow=True).content.decode()
    assert "The remark is resolved." in page
    assert remark.answers.get().body == "Added now."


def test_answer_is_not_lost_to_a_remark_that_only_others_can_resolve(client, ana, bruno):
    remark = add_remark(newest_revision(make_leaflet()), by=bruno, body="Which maximum?", is_blocking=True)
    client.force_login(ana)
    refused = client.post(remark_to(remark, "resolve"), {"body": "Added now."})
    assert refused.status_code == 403
    assert "Only who made this remark" in refused.content.decode()
    assert "Added now.</textarea>" in refused.content.decode()
    assert not remark.answers.exists()


def test_blank_answer_is_refused_and_other_addresses_are_missing(client, ana):
    leaflet = make_leaflet()
    remark = add_remark(newest_revision(leaflet), by=ana, body="Which maximum?")
    client.force_login(ana)
    assert client.post(remark_to(remark, "answer"), {"body": " "}).status_code == 400
    assert client.post(remark_to(remark, "delete")).status_code == 404
    assert client.post(reverse("admin:leaflet-remark", args=[leaflet.pk, 10**30, "resolve"])).status_code == 404
    assert client.get(remark_to(remark, "resolve")).status_code == 302
    remark.refresh_from_db()
    assert remark.resolved_at is None


def test_remark_whose_passage_is_gone_stays_and_says_so(client, bruno):
    leaflet = make_leaflet()
    add_remark(newest_revision(leaflet), by=bruno, body="Which maximum?", section_key="dosage", quote="Take 5mg")
    change_leaflet(leaflet, dosage="Take one tablet.")
    client.force_login(bruno)
    page = client.get(remarks(leaflet)).content.decode()
    assert "Which maximum?" in page
    assert "This passage is not in the text any more." in page


def test_auditor_reads_remarks_and_makes_none(client, amir, bruno):
    leaflet = make_leaflet()
    remark = add_remark(newest_revision(leaflet), by=bruno, body="Which maximum?")
    client.force_login(amir)
    assert "A new remark" not in client.get(remarks(leaflet)).content.decode()
    assert client.post(remarks(leaflet), on_dosage()).status_code == 403
    for do in ("answer", "resolve", "reopen"):
        assert client.post(remark_to(remark, do), {"body": "No."}).status_code == 403
    assert Remark.objects.count() == 1


def test_remarks_do_not_grow_in_queries(client, bruno, django_assert_max_num_queries):
    leaflet = make_leaflet()
    add_remark(newest_revision(leaflet), by=bruno, body="First.")
    client.force_login(bruno)
    client.get(remarks(leaflet))
    with django_assert_max_num_queries(40) as few:
        client.get(remarks(leaflet))
    for number in range(29):
        add_remark(newest_revision(leaflet), by=bruno, body=f"Remark {number}.")
    with django_assert_max_num_queries(len(few)):
        client.get(remarks(leaflet))


def test_expert_is_asked_by_a_link_that_is_shown_once_and_opens_without_an_account(client, ana):
    leaflet = make_leaflet()
    client.force_login(ana)
    form = {"expert": "Dr Novak", "question": "Is 5mg right?", "days": "14"}
    assert client.post(checks(leaflet), form).status_code == 302
    page = client.get(checks(leaflet))
    [(check, link)] = page.context["checks"]
    assert (check.expert, link in page.content.decode()) == ("Dr Novak", True)
    again = client.get(checks(leaflet))
    assert again.context["checks"] == [(check, "")]
    assert "If it was lost, make another." in again.content.decode()
    client.logout()
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("wrong", [{"expert": " "}, {"days": "0"}, {"days": "x"}, {"days": "9" * 40}, {"days": ""}])
def test_refused_question_is_kept(client, ana, wrong):
    leaflet = make_leaflet()
    client.force_login(ana)
    refused = client.post(checks(leaflet), {"expert": "Dr Novak", "question": "Is 5mg right?", "days": "14", **wrong})
    assert refused.status_code == 400
    assert "Is 5mg right?" in refused.content.decode()
    assert not FactCheck.objects.exists()


def test_answer_is_shown_and_its_link_is_not(client, ana, amir):
    leaflet = make_leaflet()
    check = ask(newest_revision(leaflet), by=ana, expert="Dr Novak")
    client.force_login(amir)
    assert client.get(checks(leaflet)).context["checks"] == [(check, "")]
    assert client.post(checks(leaflet), {"expert": "Dr Novak", "days": "14"}).status_code == 403
    answer(check, verdict="remarks", answer="Say 10mg.")
    client.force_login(ana)
    page = client.get(checks(leaflet))
    assert page.context["checks"] == [(check, "")]
    assert "Say 10mg." in page.content.decode()


def test_answer_of_an_expert_stands_with_the_revision_in_review_and_history(client, ana, bruno, carla):
    review = make_review()
    check = ask(review.revision, by=ana, expert="Dr Novak", question="Is 5mg right?")
    page = reverse("admin:leaflet-review", args=[review.leaflet_id])
    client.force_login(bruno)
    assert "Dr Novak" not in client.get(page).content.decode()
    answer(check, verdict="remarks", answer="Say 10mg.")
    told = client.get(page).content.decode()
    assert "What outside experts say of this revision" in told
    assert "Dr Novak" in told
    assert "Say 10mg." in told
    assert "Say 10mg." in client.get(reverse("admin:leaflet-history", args=[review.leaflet_id])).content.decode()
    recall(review, by=ana)
    newer = submit(change_leaflet(review.leaflet, dosage="Take 10mg once a day."), by=ana)
    assert client.get(page).context["review"] == newer
    assert client.get(page).context["fact_checks"] == []


def test_remark_is_made_beside_the_text_that_it_is_about(client, bruno):
    leaflet = make_leaflet()
    client.force_login(bruno)
    page = client.get(remarks(leaflet)).content.decode()
    assert '<h2 id="part-dosage">How to take it</h2>' in page
    assert "Take 5mg once a day." in page


def test_open_remarks_stand_beside_the_form_while_writing_and_lead_to_their_field(client, ana, bruno):
    leaflet = make_leaflet()
    revision = newest_revision(leaflet)
    add_remark(revision, by=bruno, body="Which maximum?", section_key="dosage", quote="Take 5mg", is_blocking=True)
    settled = add_remark(revision, by=bruno, body="Settled already.")
    resolve(settled, by=bruno)
    client.force_login(ana)
    page = client.get(reverse("admin:monographs_leaflet_change", args=[leaflet.pk])).content.decode()
    number = [section.key for section in revision.content.sections].index("dosage")
    assert f'<a href="#sections-{number}" data-place="dosage">How to take it</a>: <bdi>Which maximum?</bdi>' in page
    assert "1 open remark<" in page
    assert "Settled already." not in page


def test_remark_on_a_section_that_is_gone_still_names_it(client, ana, bruno):
    leaflet = make_leaflet()
    add_remark(newest_revision(leaflet), by=bruno, body="Which maximum?", section_key="dosage", quote="Take 5mg")
    content = newest_revision(leaflet).content
    rest = tuple(section for section in content.sections if section.key != "dosage")
    save_draft(leaflet, replace(content, sections=rest), by=ana)
    client.force_login(bruno)
    page = client.get(remarks(leaflet)).content.decode()
    assert "on revision 1: How to take it" in page
    assert "This passage is not in the text any more." in page


def test_who_would_sign_is_told_that_a_blocking_remark_is_open(client, ana, bruno):
    leaflet = make_review().leaflet
    add_remark(newest_revision(leaflet), by=ana, body="Which maximum?", is_blocking=True)
    client.force_login(bruno)
    page = client.get(reverse("admin:leaflet-review", args=[leaflet.pk]))
    assert "A remark that must be resolved first is still open." in page.context["held_up_by"][-1]
    assert "A remark that must be resolved first is still open." in page.content.decode()


def test_passage_may_begin_in_one_section_and_end_in_the_next(bruno):
    leaflet = make_leaflet()
    sections = newest_revision(leaflet).content.sections
    quote = f"{sections[0].body}\n{sections[1].heading}"
    assert add_remark(newest_revision(leaflet), by=bruno, body="Why?", quote=quote).quote == quote

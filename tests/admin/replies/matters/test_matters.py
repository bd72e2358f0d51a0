"""The moderators' pages about one reply: words taken out, cries for help, reports, appeals."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from monographs.audit.context import current_address
from monographs.audit.models import Entry
from monographs.comments.crisis.playbook import CrisisCase, Playbook, the_playbook
from monographs.comments.deciding.actions import reject
from monographs.comments.deciding.redaction import Redaction
from monographs.comments.models import Comment, ReplyLabel, State
from monographs.comments.objections import appeals, reports
from monographs.comments.sender import consent
from monographs.comments.sender.consent import Contact, keep_contact
from tests.makers import make_comment
from tests.people import make_person
from tests.reading.parts import make_clinic

pytestmark = pytest.mark.django_db
SECRET = "Zora Quill"


@pytest.fixture
def moderator(client, carla):
    client.force_login(carla)
    return client


def make_report(reply, **fields):
    """From another address than the one before."""
    token = current_address.set("192.0.2.77")
    try:
        return reports.report(reply, **fields)
    finally:
        current_address.reset(token)


def page_of(name, reply):
    return reverse(f"admin:{name}", args=[reply.pk])


def test_words_are_taken_out_and_the_form_comes_back_with_them_where_they_do_not_stand_there(moderator):
    reply = make_comment(body=f"I am {SECRET}.", name="Zora", shown=True)
    address = page_of("reply-redact", reply)
    assert SECRET in moderator.get(address).content.decode()
    wrong = moderator.post(address, {"passages": "Zora Quell", "reason": "A name.", "seen": 0})
    assert wrong.status_code == 400
    assert "Zora Quell" in wrong.content.decode()
    sent = {"passages": f"{SECRET}\r\n", "hides_name": "1", "reason": "A name.", "seen": 0}
    assert moderator.post(address, sent).status_code == 302
    assert SECRET not in moderator.get(address).content.decode()
    assert moderator.post(address, sent).status_code == 409
    assert moderator.post(address, {"verb": "bring-back", "reason": "A mistake.", "seen": 1}).status_code == 302
    assert Comment.objects.get().body == f"I am {SECRET}."


def test_the_original_stands_in_the_answer_to_the_form_alone_and_the_look_is_on_record(moderator, carla):
    reply = make_comment(body=f"I am {SECRET}.", shown=True)
    moderator.post(page_of("reply-redact", reply), {"passages": SECRET, "reason": "A name.", "seen": 0})
    address = page_of("reply-original", reply)
    assert SECRET not in moderator.get(address).content.decode()
    assert moderator.post(address, {"reason": ""}).status_code == 400
    shown = moderator.post(address, {"reason": "The police asked."})
    assert SECRET in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert Entry.objects.filter(verb="reply.original-seen", by=carla).count() == 1
    assert SECRET not in moderator.get(address).content.decode()


def test_a_cry_for_help_shows_no_word_before_it_is_opened_and_a_second_person_closes_it(client, moderator):
    reply = make_comment(body=f"{SECRET} does not want to be here any more.")
    ReplyLabel.objects.create(comment=reply, label="crisis", rule="en.crisis.test", words="be here")
    address = page_of("reply-crisis", reply)
    before = moderator.get(address).content.decode()
    assert SECRET not in before
    assert "be here" not in before
    assert moderator.post(address, {"verb": "keep", "note": "?"}).status_code == 409
    assert moderator.post(address, {"verb": "open"}).status_code == 302
    opened = moderator.get(address).content.decode()
    assert SECRET in opened
    assert "1 cry for help today" in opened
    assert "Somebody may be in danger: " in opened
    seen = moderator.get(address).context["note_seen"]
    refused = moderator.post(address, {"verb": "close", "step": ["0"], "note": "Called her.", "note_seen": seen})
    assert refused.status_code == 409
    assert "Called her." in refused.content.decode()
    client.force_login(make_person("dora", role="Moderator"))
    assert SECRET not in client.get(address).content.decode()
    client.post(address, {"verb": "open"})
    seen = client.get(address).context["note_seen"]
    sent = {"verb": "close", "step": ["1", "x"], "note": "She is safe.", "note_seen": seen}
    assert client.post(address, sent).status_code == 302
    case = CrisisCase.objects.get()
    assert [who is not None for _words, who, _when in case.steps[:3]] == [True, True, False]
    assert "Closed by" in client.get(address).content.decode()


def test_whoever_opened_a_cry_for_help_has_the_numbers_and_the_address_that_was_left(moderator):
    clinic = make_clinic()
    reply = make_comment(body=f"{SECRET} does not want to be here any more. 07400 123456")
    ReplyLabel.objects.create(comment=reply, label="crisis", rule="en.crisis.test", words="be here")
    ReplyLabel.objects.create(comment=reply, label="personal_data", rule="personal-data.x", words="07400 123456")
    address = page_of("reply-crisis", reply)
    moderator.post(address, {"verb": "open"})
    assert "No e-mail address was left" in moderator.get(address).content.decode()
    writer = keep_contact(reply, Contact("zora@reader.example", consent.VERSION))
    colleague = type(moderator)()
    colleague.force_login(make_person("dora", role="Moderator"))
    assert "zora@reader.example" not in colleague.get(address).content.decode()
    opened = moderator.get(address).content.decode()
    assert f'href="tel:{clinic.emergency_number}"' in opened
    assert "116 123" in opened
    assert '<a href="mailto:zora@reader.example"' in opened
    assert "Nobody has confirmed it" in opened
    assert "<mark>07400 123456</mark>" in opened
    assert opened.index("call or write now, with the words below") < opened.index("Words to use")
    writer.confirmed_at = timezone.now()
    writer.save()
    assert "Nobody has confirmed it" not in moderator.get(address).content.decode()


def test_a_note_that_a_colleague_changed_is_not_overwritten_and_neither_is_lost(client, moderator):
    reply = make_comment()
    ReplyLabel.objects.create(comment=reply, label="crisis", rule="en.crisis.test", words="")
    address = page_of("reply-crisis", reply)
    moderator.post(address, {"verb": "open"})
    seen = moderator.get(address).context["note_seen"]
    other = type(client)()
    other.force_login(make_person("dora", role="Moderator"))
    assert other.post(address, {"verb": "keep", "note": "Rang her mother.", "note_seen": seen}).status_code == 302
    sent = {"verb": "keep", "step": ["2"], "note": "Wrote to her.", "note_seen": seen}
    late = moderator.post(address, sent)
    assert late.status_code == 409
    assert CrisisCase.objects.get().note == "Rang her mother."
    page = late.content.decode()
    assert "Rang her mother." in page
    assert "Wrote to her." in page
    assert 'value="2" checked' in page
    assert moderator.post(address, {"verb": "keep", "note": "Wrote to her."}).status_code == 409
    both = {**sent, "note": "Rang and wrote.", "note_seen": late.context["note_seen"]}
    assert moderator.post(address, both).status_code == 302
    assert CrisisCase.objects.get().note == "Rang and wrote."


def test_the_clinic_writes_its_own_playbook_and_it_needs_a_step(moderator):
    address = reverse("admin:monographs_playbook_change", args=[the_playbook().pk])
    fields = {"steps": "Sit down.\nBreathe.", "words": "Hello.", "when_to_call": "At once."}
    assert moderator.post(address, fields).status_code == 302
    assert Playbook.objects.get().lines == ["Sit down.", "Breathe."]
    assert Entry.objects.filter(verb="playbook.changed").count() == 1
    assert moderator.post(address, {**fields, "steps": "x\n" * 31}).status_code == 400
    assert Playbook.objects.get().lines == ["Sit down.", "Breathe."]


def test_reports_are_answered_once_and_the_case_is_downloaded(moderator):
    reply = make_comment(shown=True)
    seen = reports.report(reply, why="personal", words="My street.").pk
    address = page_of("reply-reports", reply)
    assert "My street." in moderator.get(address).content.decode()
    assert moderator.post(address, {"grounds": "It names a street."}).status_code == 400
    assert (
        moderator.post(address, {"outcome": "away", "grounds": "It names a street.", "seen": seen}).status_code == 302
    )
    assert Comment.objects.get().state == State.REJECTED
    assert moderator.post(address, {"outcome": "away", "grounds": "Again.", "seen": seen}).status_code == 409
    assert moderator.get(page_of("reply-case", reply))["Location"] == address
    assert not Entry.objects.filter(verb="reply.case-exported").exists()
    case = moderator.post(page_of("reply-case", reply))
    assert "attachment" in case.headers["Content-Disposition"]
    assert json.loads(case.content)["reports"][0]["grounds"] == "It names a street."
    assert Entry.objects.filter(verb="reply.case-exported").count() == 1


def test_there_is_no_case_of_a_reply_that_nobody_reported(moderator):
    reply = make_comment(shown=True)
    assert moderator.post(page_of("reply-case", reply)).status_code == 409
    assert not Entry.objects.filter(verb="reply.case-exported").exists()


def test_a_report_that_comes_in_while_the_page_is_open_is_read_before_all_are_answered(moderator):
    reply = make_comment(shown=True)
    first = reports.report(reply, why="personal", words="My street.")
    address = page_of("reply-reports", reply)
    assert f'name="seen" value="{first.pk}"' in moderator.get(address).content.decode()
    second = make_report(reply, why="false", words="It kills.")
    sent = {"outcome": "stays", "grounds": "No street there.", "seen": first.pk}
    late = moderator.post(address, sent)
    assert late.status_code == 409
    assert "No street there." in late.content.decode()
    assert "It kills." in late.content.decode()
    assert moderator.post(address, {**sent, "seen": ""}).status_code == 409
    assert moderator.post(address, {**sent, "seen": second.pk}).status_code == 302


def test_another_moderator_decides_on_an_appeal(client, moderator, carla):
    reply = make_comment()
    reject(reply, by=carla, reason="Not about it.")
    address = page_of("reply-appeal", reply)
    assert moderator.get(address).status_code == 404
    appeals.ask(reply, words="But it is.")
    assert "Another moderator looks" in moderator.get(address).content.decode()
    assert "its writer asks for another look" in moderator.get(reverse("admin:reply-queue")).content.decode()
    assert moderator.post(address, {"outcome": "show", "grounds": "Yes."}).status_code == 409
    client.force_login(make_person("dora", role="Moderator"))
    assert client.post(address, {"grounds": "Yes."}).status_code == 400
    assert client.post(address, {"outcome": "show", "grounds": "It is."}).status_code == 302
    assert Comment.objects.get().state == State.APPROVED


@pytest.mark.parametrize(
    "name", ["reply-redact", "reply-original", "reply-crisis", "reply-reports", "reply-appeal", "reply-case"]
)
def test_who_may_not_see_replies_sees_none_of_these_pages(client, ana, name):
    reply = make_comment()
    client.force_login(ana)
    assert client.get(page_of(name, reply)).status_code == 403
    assert client.post(page_of(name, reply), {"reason": "x", "verb": "open"}).status_code == 403
    assert not Redaction.objects.exists()

"""One person has everything that is stored of them, and has it erased, in every state."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.clinics.models import the_clinic
from monographs.comments.afterwards.erasure import erase
from monographs.comments.afterwards.writers import rewrite
from monographs.comments.arrival.intake import look_at
from monographs.comments.deciding.actions import answer, approve, mark_spam, reject
from monographs.comments.deciding.redaction import redact
from monographs.comments.models import Comment, ReplyWriter
from monographs.comments.objections import appeals
from monographs.data_life.person import erase_person, export, replies_of
from monographs.mail.models import Letter
from monographs.operations.verify import check_history
from monographs.refusals import NotAllowed, Unacceptable
from tests.makers import make_comment, make_published

pytestmark = pytest.mark.django_db
EMAIL = "zora@reader.example"


@pytest.fixture
def replies(carla):
    """In every state, of one person; and one of somebody else."""
    publication = make_published()
    made = [make_comment(publication, body=f"Zora asks {number}.", name="Zora") for number in range(4)]
    for reply in made:
        ReplyWriter.objects.create(comment=reply, email=EMAIL.upper() if reply is made[0] else EMAIL)
    approve(made[1], by=carla)
    reject(made[2], by=carla, reason="Not about it.")
    mark_spam(made[3], by=carla)
    other = make_comment(publication, body="Somebody else asks.")
    ReplyWriter.objects.create(comment=other, email="else@reader.example")
    Letter.objects.create(name="reply-decided", to=EMAIL, subject="Your reply", body="It is shown.", language="en")
    return made


def test_the_export_has_every_reply_as_it_was_sent_and_every_letter(replies, carla):
    redact(replies[1], by=carla, passages=["Zora"], reason="A name.", hides_name=True)
    stored = export(f" {EMAIL} ", by=carla)
    assert [reply["text"] for reply in stored["replies"]] == [f"Zora asks {number}." for number in range(4)]
    assert stored["replies"][1]["shown_as"] == "[taken out by us] asks 1."
    assert stored["replies"][2]["decisions"][0]["reason"] == "Not about it."
    assert stored["letters"][0]["text"] == "It is shown."
    assert carla.name not in json.dumps(stored)
    assert Entry.objects.filter(verb="reply.exported").count() == 4


def test_everything_is_erased_spam_included_and_nothing_of_anybody_else(replies, carla):
    assert erase_person(EMAIL, by=carla, reason="She asked on 3 March.") == 4
    assert not Comment.objects.filter(body__contains="Zora").exists()
    assert ReplyWriter.objects.get().email == "else@reader.example"
    assert not Letter.objects.filter(to=EMAIL).exists()
    assert not any(EMAIL in entry.data + entry.why + entry.about_label for entry in Entry.objects.all())
    check_history()
    with pytest.raises(Unacceptable, match="Nothing is stored"):
        erase_person(EMAIL, by=carla, reason="Again.")


def test_what_was_put_in_the_place_of_something_comes_with_all_that_it_took_the_place_of(replies, carla):
    older = replies[0]
    ReplyWriter.objects.filter(comment__in=replies[1:]).delete()
    old = rewrite(older, look_at("Zora asks otherwise.", language="en", clinic=the_clinic()))
    new = rewrite(old, look_at("Zora asks once more.", language="en", clinic=the_clinic()))
    assert ReplyWriter.objects.get(email__iexact=EMAIL).comment == new
    numbers = [older.pk, old.pk, new.pk]
    assert [reply["number"] for reply in export(EMAIL, by=carla)["replies"]] == numbers
    assert [reply.pk for reply in replies_of(EMAIL.upper())] == numbers


def test_letters_alone_are_given_and_erased_too(carla):
    Letter.objects.create(name="reply-decided", to=EMAIL.upper(), subject="Your reply", body="Shown.", language="en")
    stored = export(EMAIL, by=carla)
    assert (stored["replies"], [letter["text"] for letter in stored["letters"]]) == ([], ["Shown."])
    assert Entry.objects.get(verb="person.exported").data == '{"letters":1}'
    assert erase_person(EMAIL, by=carla, reason="She asked.") == 0
    assert '"letters":1' in Entry.objects.get(verb="person.erased").data
    assert Letter.objects.get().body == ""


def test_no_address_is_nobodys_address(replies, carla):
    """Not that of the writers who left none, nor of the letters whose person was forgotten."""
    ReplyWriter.objects.filter(comment=replies[0]).update(email="")
    Letter.objects.create(name="reply-decided", to="", subject="", body="", language="en")
    for nobody in ("", " ", "Zora, of Leeds"):
        assert replies_of(nobody) == []
        with pytest.raises(Unacceptable, match="Nothing is stored"):
            export(nobody, by=carla)
        with pytest.raises(Unacceptable, match="Nothing is stored"):
            erase_person(nobody, by=carla, reason="She asked.")


def test_a_reply_that_was_erased_before_loses_its_address_as_well(replies, carla):
    erase(replies[0], by=carla)
    ReplyWriter.objects.get_or_create(comment=replies[0], defaults={"email": EMAIL})
    assert erase_person(EMAIL, by=carla, reason="She asked.") == 4
    assert ReplyWriter.objects.get().email == "else@reader.example"
    erased = Entry.objects.get(verb="person.erased").data
    assert all(str(reply.pk) in erased for reply in replies)


def test_the_export_tells_all_that_became_of_a_reply(replies, carla):
    now = timezone.now()
    asked, _shown, rejected, _spam = replies
    ReplyWriter.objects.filter(comment=asked).update(consent_version="2026-10", consented_at=now)
    asked.labels.create(label="question", rule="asks", words="asks")
    appeals.ask(rejected, words="It is about it.")
    answer(asked, by=carla, body="You may.")
    make_comment(asked.publication, body="Somebody else answers.", parent=asked, shown=True)
    reject(answer(asked, by=carla, body="You may not."), by=carla, reason="It was wrong.")
    first, _second, third, _fourth = export(EMAIL, by=carla)["replies"]
    assert first["agreed"] == {"wording": "2026-10", "when": now.isoformat()}
    assert first["what_rules_saw"] == [{"label": "question", "words": "asks"}]
    assert first["answers"] == ["You may."]
    assert first["shown_as"] is None
    assert first["name"] == "Zora"
    assert third["appeal"] == {"words": "It is about it.", "answer": ""}


def test_only_who_may_and_with_a_reason(replies, carla, ana):
    with pytest.raises(NotAllowed):
        export(EMAIL, by=ana)
    with pytest.raises(NotAllowed):
        erase_person(EMAIL, by=ana, reason="x")
    with pytest.raises(Unacceptable, match="Say why"):
        erase_person(EMAIL, by=carla, reason=" ")
    for nobody in ("", "nobody@reader.example"):
        with pytest.raises(Unacceptable, match="Nothing is stored"):
            export(nobody, by=carla)


def test_the_page_looks_by_post_alone_downloads_and_erases(client, replies, carla, ana):
    address = reverse("admin:reply-person")
    client.force_login(ana)
    assert client.get(address).status_code == 403
    client.force_login(carla)
    assert "Zora" not in client.get(address).content.decode()
    found = client.post(address, {"verb": "find", "email": EMAIL})
    assert "4 replies" in found.content.decode()
    assert client.post(address, {"verb": "find", "email": " "}).status_code == 400
    file = client.post(address, {"verb": "export", "email": EMAIL})
    assert "attachment" in file.headers["Content-Disposition"]
    assert len(json.loads(file.content)["replies"]) == 4
    refused = client.post(address, {"verb": "erase", "email": EMAIL, "reason": ""})
    assert (refused.status_code, EMAIL in refused.content.decode()) == (400, True)
    done = client.post(address, {"verb": "erase", "email": EMAIL, "reason": "She asked."})
    assert "The words of 4 replies are erased" in done.content.decode()
    assert EMAIL not in done.content.decode()

"""One person has everything that is stored of them, and has it erased, in every state."""

import json

import pytest
from django.urls import reverse

from monographs.audit.models import Entry
from monographs.comments.deciding.actions import approve, mark_spam, reject
from monographs.comments.deciding.redaction import redact
from monographs.comments.models import Comment, ReplyWriter
from monographs.data_life.person import erase_person, export
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

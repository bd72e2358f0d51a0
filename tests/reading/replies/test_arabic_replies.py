"""What becomes of a reply to an Arabic leaflet, from the second step of the form to the letters: all in Arabic."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from monographs.comments.afterwards import writers
from monographs.comments.answering.change_requests import close_with, raise_request, told_when_changed
from monographs.comments.deciding import actions as comments
from monographs.comments.models import Comment
from monographs.comments.objections import appeals, reports
from monographs.comments.sender import secret
from monographs.comments.sender.consent import Contact
from monographs.comments.standing import closing
from monographs.mail.models import Letter
from monographs.mail.unsubscribing import ABOUT_REPLIES
from monographs.mail.unsubscribing import token_of as unsubscribe_token
from monographs.reading.replies.form import looked_at
from tests.comments.rota import make_moderator
from tests.makers import change_leaflet, make_comment, make_published
from tests.reading.arabic import (
    EMAIL,
    arabic,
    check_arabic,
    latin_words,
    make_arabic_clinic,
    make_arabic_thread,
    slug_of,
)
from tests.reading.parts import send, send_once, token_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _arabic_clinic(db):
    make_arabic_clinic()


@pytest.fixture
def published(carla):
    return make_arabic_thread(carla)


def own(comment: Comment, rest: str = "") -> str:
    return f"/replies/{secret.secret_of(comment)}/{rest}"


def make_reply(publication, **fields) -> Comment:
    """Its writer left an address, which is confirmed."""
    body = f"هل أتناوله مع الشاي؟ {Comment.objects.count()}"  # the same words again would be the same reply
    comment = make_comment(publication, body=body, contact=Contact(EMAIL, "1"), **fields)
    writers.confirm(comment)
    return comment


def test_what_is_asked_before_sending_is_asked_in_arabic(client, published):
    form = {"token": token_on(client, slug_of(published)), "body": "هل هذا النص من العيادة؟ رقمي 07400 123456"}
    html = check_arabic(send_once(client, slug_of(published), **form))
    assert "تقول النشرة" in html
    assert "قد يكون: رقم هاتف" in html
    check_arabic(send_once(client, slug_of(published), **form, looked=looked_at(timezone.now())))


@pytest.mark.parametrize(
    "fields",
    [{"email": EMAIL}, {"consent": "1"}, {"email": "س", "consent": "1"}, {"name": "عيادة النور"}, {"name": "طبيب"}],
    ids=str,
)
def test_an_address_or_a_name_that_is_refused_is_refused_in_arabic(client, published, fields):
    check_arabic(send(client, slug_of(published), body="نص", **fields), 400)


def test_a_cry_for_help_is_answered_in_arabic(client, published):
    response = client.get(send(client, slug_of(published), body="لا أريد أن أعيش وسأنتحر الليلة")["Location"])
    assert "لست وحدك" in check_arabic(response)
    check_arabic(client.get(own(Comment.objects.last())))
    check_arabic(client.get(f"/leaflets/{slug_of(published)}/reply/help/"))
    assert "لست وحدك" in check_arabic(send(client, slug_of(published), body="سأنتحر الليلة", website="x"), 400)


def test_the_page_of_a_replys_writer_speaks_arabic_whatever_became_of_it(client, published, carla):
    shown, spam, appealed = make_reply(published), make_reply(published), make_reply(published)
    waits = make_comment(published, body="سؤال آخر", contact=Contact(EMAIL, "1"))
    comments.approve(shown, by=carla)
    comments.mark_spam(spam, by=carla)
    comments.reject(appealed, by=carla, reason="سبب.")
    for comment in (shown, spam, appealed, waits):
        assert "ردّك" in check_arabic(client.get(own(comment)))
    for rest in ("sent/", "edit/"):
        check_arabic(client.get(own(shown, rest)))
    check_arabic(client.get(f"/replies/confirm/{waits.pk}/{secret.confirmation_of(waits, EMAIL)}/"))
    check_arabic(client.post(own(shown), {}), 400)
    check_arabic(client.post(own(shown, "edit/"), {"body": shown.body}), 400)
    appeal = appeals.ask(appealed, words="")
    check_arabic(client.get(own(appealed)))
    check_arabic(client.post(own(appealed), {"verb": "appeal"}), 409)
    appeals.decide(appeal, by=make_moderator("dina"), is_upheld=False, grounds="سبب.")
    check_arabic(client.get(own(appealed)))
    check_arabic(client.post(own(waits), {"verb": "withdraw"}, follow=True))
    check_arabic(client.post(own(waits), {"verb": "erase"}, follow=True))


def test_an_answer_that_is_out_of_date_and_a_leaflet_that_changed_say_so_in_arabic(client, published, carla, ana):
    comment = make_reply(published, shown=True)
    comments.answer(comment, by=carla, body="نعم.")
    request = raise_request(comment, by=carla, section="", words="غير واضح.")
    change_leaflet(
        published.leaflet, **arabic(key_facts=("تناوله قبل النوم.", "لا تقد السيارة.", "احفظه بعيدًا عن الأطفال."))
    )
    later = make_published(published.leaflet, change_note="أوضح.")
    close_with(request, by=ana, publication=later)
    assert "تغيّرت النشرة بعد هذا الجواب" in check_arabic(client.get(f"/leaflets/{slug_of(published)}/"))
    assert "تغيّرت النشرة بفضل ما كتبته" in check_arabic(client.get(own(comment)))
    told_when_changed(timezone.now())
    letter = Letter.objects.get(name="reply-leaflet-changed")
    assert latin_words(f"{letter.subject} {letter.body}") == []


def test_a_reply_is_reported_in_arabic(client, published, carla):
    comment = make_comment(published, body="كلام.", shown=True)
    address = f"/leaflets/{slug_of(published)}/replies/{comment.pk}/report/"
    token = re.search(r'name="token" value="([^"]+)"', check_arabic(client.get(address)))[1]
    check_arabic(client.post(address, {"token": token}), 400)
    check_arabic(client.post(address, {"token": "x", "why": "other"}), 400)
    told = client.post(address, {"token": token, "why": "false"})["Location"]
    check_arabic(client.get(told))
    reports.decide(comment, by=carla, is_upheld=True, grounds="سبب.")
    assert "أُزيل الردّ" in check_arabic(client.get(told))


def test_replies_that_are_closed_say_so_in_arabic(client, published, carla):
    token = token_on(client, slug_of(published))
    closing.choose(published.leaflet, "closed", by=carla)
    assert "أُغلق باب الردود" in check_arabic(client.get(f"/leaflets/{slug_of(published)}/"))
    check_arabic(send_once(client, slug_of(published), token=token, body="نص"), 409)


def test_letters_to_readers_are_in_arabic_from_the_subject_on(published, carla):
    shown, rejected, answered = make_reply(published), make_reply(published), make_reply(published)
    comments.approve(shown, by=carla)
    comments.reject(rejected, by=carla, reason="سبب.")
    comments.approve(answered, by=carla)
    comments.answer(answered, by=carla, body="نعم.")
    comments.approve(make_comment(published, body="نعم.", parent=shown), by=carla)
    names = {"confirm-address", "reply-decided", "reply-answered"}
    assert set(Letter.objects.values_list("name", flat=True)) == names
    for letter in Letter.objects.all():
        assert latin_words(f"{letter.subject} {letter.body}") == []


def test_the_page_for_no_more_letters_speaks_arabic(client):
    address = reverse("unsubscribe", args=[unsubscribe_token(EMAIL, ABOUT_REPLIES, "ar")])
    check_arabic(client.get(address))
    assert "لن تصلك بعد الآن" in check_arabic(client.post(address))
    check_arabic(client.post(address, {"again": "1"}))


@pytest.mark.parametrize("scanned", ["05012345678901", "12", "96385074"])
def test_a_pack_that_leads_nowhere_says_so_in_arabic(client, settings, scanned):
    settings.LANGUAGE_CODE = "ar"
    check_arabic(client.get(f"/01/{scanned}"), 404)

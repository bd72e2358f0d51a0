"""An Arabic leaflet, from its title to the refusal of a reply: not one English word that the clinic did not write."""

import datetime as dt
import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from monographs.publication.actions import publish, release_in_emergency, withdraw
from monographs.publication.models import Page
from monographs.reading import public
from monographs.reading.replies.form import make_token
from monographs.review.fact_check import ask, token_of
from monographs.review.models import FactCheck
from tests.makers import make_approved, make_published
from tests.reading.arabic import (
    check_arabic,
    latin_words,
    make_arabic_clinic,
    make_arabic_leaflet,
    make_arabic_thread,
    slug_of,
)
from tests.reading.parts import make_clinic, send, token_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _arabic_clinic(db):
    make_arabic_clinic()


@pytest.fixture
def published(carla):
    return make_arabic_thread(carla)


def test_the_leaflet_its_replies_and_the_form_speak_arabic(client, published):
    for query in ("", "reply/sent/", f"?answer={published.leaflet.comments.first().pk}"):
        html = check_arabic(client.get(f"/leaflets/{slug_of(published)}/{query}"))
    assert ">اتصل بـ <a " in html
    assert '<a href="tel:999" dir="ltr">999</a> الآن</h3>' in html
    assert all(f">{heading}</h2>" in html for heading in ("كيفية استعمال هذا الدواء", "الآثار الجانبية", "المصادر"))


def test_a_leaflet_without_replies_that_was_released_urgently_speaks_arabic(client, priya):
    leaflet = make_arabic_leaflet()
    release_in_emergency(leaflet, by=priya, reason="خطر.", change_note="إصدار.")
    assert "نُشرت على وجه السرعة" in check_arabic(client.get(f"/leaflets/{leaflet.slug}/"))


def test_a_leaflet_whose_check_is_late_speaks_arabic(client, monkeypatch):
    tomorrow = timezone.now() + dt.timedelta(days=1)
    leaflet = make_arabic_leaflet(next_review_on=timezone.localdate(tomorrow).isoformat())
    make_published(leaflet, change_note="إصدار.")
    monkeypatch.setattr(public.timezone, "now", lambda: tomorrow)
    assert "banner overdue" in check_arabic(client.get(f"/leaflets/{leaflet.slug}/"))


def test_the_versions_speak_arabic(client, published, priya):
    slug = slug_of(published)
    addresses = [f"/leaflets/{slug}/versions/", f"/leaflets/{slug}/versions/1/", f"/leaflets/{slug}/versions/1.1/"]
    for address in addresses:
        check_arabic(client.get(address))
    withdraw(published.leaflet, by=priya, notice="لا تتناوله.", why="خطأ.")
    for address in addresses:
        check_arabic(client.get(address))


def test_the_notice_of_a_withdrawn_leaflet_speaks_arabic(client, published, priya):
    withdraw(published.leaflet, by=priya, notice="لا تتناوله.", why="خطأ.")
    check_arabic(client.get(f"/leaflets/{slug_of(published)}/"))
    make_clinic(name="عيادة النور", phone="")
    check_arabic(client.get(f"/leaflets/{slug_of(published)}/"))


def test_the_notice_of_a_leaflet_whose_time_is_over_speaks_its_language(priya):
    review = make_approved(make_arabic_leaflet())
    expires_at = timezone.now() + dt.timedelta(days=10)
    publish(review, by=priya, change_note="إصدار.", expires_at=expires_at)
    html = Page.objects.current(expires_at).get().html
    assert "انتهت مدة هذه النشرة" in html
    assert latin_words(html) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"body": " "},
        {"body": "نص " * 3000},
        {"body": "نص", "name": "ن" * 100},
        {"body": "نص", "website": "x"},
        {"body": "نص", "parent": "999999"},
        {"body": "نص", "token": "forged"},
    ],
    ids=lambda fields: " ".join(fields) + str(len(fields["body"])),
)
def test_a_reply_that_is_refused_is_refused_in_arabic(client, published, fields):
    check_arabic(send(client, slug_of(published), **fields), 400)


def test_a_reply_that_comes_too_late_is_refused_in_arabic(client, published, priya):
    slug = slug_of(published)
    old = make_token(published.leaflet, published.pk, int(timezone.now().timestamp()) // 3600 - 48)
    check_arabic(send(client, slug, body="نص", token=old), 409)
    token = token_on(client, slug)
    withdraw(published.leaflet, by=priya, notice="لا تتناوله.", why="خطأ.")
    check_arabic(client.post(f"/leaflets/{slug}/reply/", {"token": token, "body": "نص"}), 409)


def test_an_outside_expert_is_asked_in_arabic(client, ana):
    revision = make_arabic_leaflet().revisions.get()
    check = ask(revision, by=ana, expert="د. سمير", question="هل الجرعة صحيحة؟")
    address = reverse("fact-check", args=[token_of(check)])
    check_arabic(client.get(address))
    check_arabic(client.post(address, {}), 400)
    check_arabic(client.post(address, {"verdict": "remarks"}), 400)
    check_arabic(client.post(address, {"verdict": "remarks", "answer": "نص " * 5000}), 400)
    check_arabic(client.post(address, {"verdict": "agrees"}, follow=True))
    check_arabic(client.post(address, {"verdict": "agrees"}), 409)
    other = ask(revision, by=ana, expert="د. سمير")
    FactCheck.objects.filter(pk=other.pk).update(expires_at=timezone.now())
    check_arabic(client.get(reverse("fact-check", args=[token_of(other)])), 410)


@pytest.mark.parametrize(
    ("address", "status"),
    [("/", 200), ("/a-z/", 200), ("/a-z/t/", 200), ("/a-z/ب/", 200), ("/a-z/b/", 404),
     ("/search/", 200), ("/search/?q=testamol", 200),
     ("/search/?q=testamool", 200), ("/search/?q=xyzzy", 200), ("/nothing/", 404)],
)  # fmt: skip
def test_a_site_in_arabic_speaks_arabic_everywhere(client, settings, published, address, status):
    settings.LANGUAGE_CODE = "ar"
    html = client.get(address).content.decode()
    for typed in ("testamool", "testamol", "xyzzy"):
        html = html.replace(typed, "")
    assert '<html lang="ar" dir="rtl"' in html
    assert latin_words(html) == []
    assert client.get(address).status_code == status


def test_a_site_in_arabic_says_what_was_withdrawn_and_that_nothing_is_there_yet(client, settings, priya):
    settings.LANGUAGE_CODE = "ar"
    for address in ("/", "/a-z/"):
        check_arabic(client.get(address))
    publication = make_published(make_arabic_leaflet(), change_note="إصدار.")
    withdraw(publication.leaflet, by=priya, notice="لا تتناوله.", why="خطأ.")
    for address in ("/", "/a-z/"):
        assert "مسحوبة" in check_arabic(client.get(address))


def test_the_feed_speaks_arabic(client, settings, published, priya):
    settings.LANGUAGE_CODE = "ar"
    withdraw(published.leaflet, by=priya, notice="لا تتناوله.", why="خطأ.")
    titles = re.findall(r"<(?:title|subtitle)>(.*?)</", client.get("/updates.atom").content.decode())
    assert len(titles) == 5
    assert latin_words(" ".join(titles)) == []


@pytest.mark.parametrize("template", ["400.html", "403.html", "405.html", "500.html", "503.html", "refused.html"])
def test_pages_that_ask_no_view_for_their_language_have_the_sites(settings, template):
    with translation.override("ar"):
        html = render_to_string(template, {"sentence": ""})
    assert '<html lang="ar" dir="rtl"' in html
    assert latin_words(html) == []
    assert '<html lang="en" dir="ltr"' in render_to_string(template)


def test_words_of_an_english_clinic_keep_their_order_in_an_arabic_page(client):
    make_clinic(
        name="Mill Lane Surgery (Leeds)",
        address="1 Mill Lane, Leeds.",
        crisis_lines="Samaritans: 116 123",
        out_of_hours="Call 111.",
        reporting_name="Yellow Card (MHRA)",
        reporting_url="",
        disclaimer="General information only.",
    )
    publication = make_published(make_arabic_leaflet(), change_note="Corrected.")
    html = client.get(f"/leaflets/{slug_of(publication)}/").content.decode()
    for fragment in (
        ' dir="auto">Mill Lane Surgery (Leeds)</a>',
        "<bdi>Mill Lane Surgery (Leeds)</bdi></dt>",
        "<address><bdi>1 Mill Lane, Leeds.</bdi></address>",
        '<bdi lang="en">Samaritans: ',
        '<bdi lang="en">Call <a ',
        '<bdi lang="en">Yellow Card (MHRA)</bdi>',
        '<div class="disclaimer" dir="auto" lang="en"><p>General information only.</p></div>',
        '<span dir="auto">Corrected.</span>',
    ):
        assert fragment in html


def test_an_english_leaflet_stays_english(client):
    publication = make_published(medicine="Betamol")
    html = client.get(f"/leaflets/{slug_of(publication)}/").content.decode()
    assert '<html lang="en" dir="ltr"' in html
    assert "Key facts" in html

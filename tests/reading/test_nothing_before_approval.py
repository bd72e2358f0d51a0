"""Nothing of a reply is public before somebody of the staff approved it: every door of the public is tried."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from monographs.comments.afterwards import writers
from monographs.comments.afterwards.erasure import erase_own
from monographs.comments.arrival.intake import look_at
from monographs.comments.deciding import actions
from monographs.comments.models import Comment
from monographs.comments.sender import secret
from monographs.operations.clock import tick
from tests.makers import make_published
from tests.reading.parts import looked_long_ago, make_clinic, send
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db
MARK, NAME = "Quagmarked", "Beatrix-Marked"
OWN = {"own-reply", "reply-sent", "own-reply-edit", "confirm-address"}
"""The doors that ask for the secret: behind these its writer reads it."""


def patterns(resolver: URLResolver, at: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for pattern in resolver.url_patterns:
        route = at + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += patterns(pattern, route)
        else:
            found.append((route, pattern))
    return found


def addresses(reply: Comment) -> list[str]:
    """Every address of the site outside the staff's, with this reply wherever a number is asked for."""
    given = {
        "slug": reply.leaflet.slug, "number": reply.pk, "own": f"{reply.pk}-{'a' * 32}", "token": "x", "letter": "t",
        "page": 1, "path": "x.png", "pk": reply.pk, "key": "x", "gtin": "05000000000005",
    }  # fmt: skip
    found = []
    for route, _pattern in patterns(get_resolver()):
        if route.startswith("admin/") or route.startswith("^"):
            continue
        found.append("/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda name: str(given.get(name[1], "x")), route))
    query = f"{reply.leaflet.slug} {MARK}"
    more = [
        f"/leaflets/{reply.leaflet.slug}/?answer={reply.pk}",
        f"/search/?q={MARK}",
        f"/search/?q={query}",
        f"/search/suggestions/?q={MARK.lower()}",
    ]
    return [*found, *more]


def seen_by_the_public(reply: Comment) -> list[str]:
    """The addresses at which a word of it stands, by GET and by POST, with the page cache and without."""
    found = []
    for address in addresses(reply):
        for reader in (Client(raise_request_exception=False), Reader()):
            response = reader.get(address)
            body = b"".join(response) if getattr(response, "streaming", False) else response.content
            if MARK.encode() in body and MARK not in address or NAME.encode() in body:
                found.append(address)
        sent = {"parent": reply.pk, "body": "And mine?", "token": "x", "verb": "approve", "seen": "pending"}
        answer = Client(raise_request_exception=False).post(address, sent)
        if MARK.encode() in answer.content:
            found.append(f"POST {address}")
    return found


@pytest.fixture
def reply(client):
    slug = make_published().leaflet.slug
    fields = {"body": f"{MARK}: is it so?", "name": NAME, "email": "beatrix@reader.example", "consent": "1"}
    assert send(client, slug, **fields).status_code == 303
    return Comment.objects.select_related("leaflet").get()


def test_the_doors_are_all_there(reply):
    """The one that must show it once it is approved does, and more doors than a handful are tried."""
    assert len(addresses(reply)) > 25


def test_a_reply_that_waits_is_nowhere(reply):
    assert seen_by_the_public(reply) == []


def test_a_writer_who_was_approved_before_waits_as_everybody_does(client, reply, carla):
    actions.approve(reply, by=carla)
    assert f"/leaflets/{reply.leaflet.slug}/" in seen_by_the_public(reply)
    response = client.post(
        f"/leaflets/{reply.leaflet.slug}/reply/", {"token": _token(client, reply), "body": "Second-one.", "name": NAME}
    )
    assert response.status_code == 303
    assert b"Second-one." not in client.get(f"/leaflets/{reply.leaflet.slug}/").content


def test_an_edit_waits_and_takes_what_was_shown_away(client, reply, carla):
    actions.approve(reply, by=carla)
    incoming = look_at(f"{MARK}: in other words.", NAME, language="en", clinic=make_clinic())
    new = writers.rewrite(reply, incoming)
    assert seen_by_the_public(new) == []


def test_a_confirmed_address_shows_nothing(client, reply):
    link = f"/replies/confirm/{reply.pk}/{secret.confirmation_of(reply, 'beatrix@reader.example')}/"
    assert client.post(link).status_code == 303
    assert seen_by_the_public(reply) == []


@pytest.mark.parametrize("verb", ["reject", "mark_spam", "withdraw", "erase"])
def test_what_was_decided_otherwise_is_nowhere(reply, carla, verb):
    acts = {
        "reject": lambda: actions.reject(reply, by=carla, reason="Off topic."),
        "mark_spam": lambda: actions.mark_spam(reply, by=carla),
        "withdraw": lambda: writers.withdraw(reply),
        "erase": lambda: erase_own(reply),
    }
    acts[verb]()
    assert seen_by_the_public(reply) == []


def test_the_clock_shows_nothing_and_no_letter_has_a_word_of_it(reply):
    list(tick(at=timezone.now()))
    assert seen_by_the_public(reply) == []
    assert not any(MARK in letter.body + letter.subject for letter in mail.outbox)


def test_forged_fields_approve_nothing(client, reply):
    for fields in ({"state": "approved"}, {"place": "000000000001"}, {"staff": "1"}, {"verb": "approve"}):
        sent = {"token": _token(client, reply), "body": f"Forged {fields}.", "looked": looked_long_ago(), **fields}
        assert client.post(f"/leaflets/{reply.leaflet.slug}/reply/", sent).status_code == 303
    assert not Comment.objects.shown().exists()
    assert not Comment.objects.exclude(staff=None).exists()


def _token(client, reply) -> str:
    page = client.get(f"/leaflets/{reply.leaflet.slug}/").content.decode()
    return re.search(r'name="token" value="([^"]+)"', page)[1]

"""The editor asks what pasted signs mean, and the server alone decides."""

import pytest
from django.test import Client
from django.urls import reverse

from monographs.leaflets.limits import LONGEST_LEAFLET

PASTED = "•\tTake 4 tablets\r\n\r\n•\tDo not chew"


@pytest.fixture
def address(db):
    return reverse("admin:settle-pasted")


def test_pasted_list_is_answered_as_markdown(client_of, ana, address):
    answer = client_of(ana).post(address, {"text": PASTED, "opens": "1"})
    assert answer.json() == {"text": "- Take 4 tablets\n- Do not chew"}


def test_within_a_line_no_list_begins_and_no_space_is_lost(client_of, ana, address):
    answer = client_of(ana).post(address, {"text": "\u00a0• ﬁve\n• two", "opens": ""})
    assert answer.json() == {"text": "\u00a0• five\n- two"}


def test_facts_lose_their_bullets(client_of, ana, address):
    answer = client_of(ana).post(address, {"text": PASTED, "opens": "1", "kind": "facts"})
    assert answer.json() == {"text": "Take 4 tablets\n\nDo not chew"}


def test_what_no_leaflet_could_hold_is_refused_in_a_sentence(client_of, ana, address):
    answer = client_of(ana).post(address, {"text": "a" * (LONGEST_LEAFLET + 1)})
    assert answer.status_code == 413
    assert "Nothing was pasted" in answer.json()["error"]
    assert client_of(ana).post(address, {}).json() == {"text": ""}


def test_it_answers_only_who_may_write_and_only_by_the_form(client_of, mallory, ana, address):
    assert client_of(mallory).post(address, {"text": "x"}).status_code == 403
    assert Client().post(address, {"text": "x"}).status_code == 403
    assert client_of(ana).get(address).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)
    assert strict.post(address, {"text": "x"}).status_code == 403


def test_preview_shows_the_list_that_saving_makes(client_of, ana, db):
    answer = client_of(ana).post(reverse("admin:markdown-preview"), {"content": PASTED, "language": "en"})
    assert answer.content.decode().count("<li>") == 2

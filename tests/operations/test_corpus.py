"""`make_corpus`: a made-up site that holds what a real one must."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.comments.labels import Label
from monographs.comments.models import Comment, ReplyLabel
from monographs.comments.triage.labelling import triage
from monographs.comments.triage.urgency import urgency_of
from monographs.leaflets.models import Leaflet
from monographs.leaflets.standing import Standing
from monographs.operations.corpus import make, texts
from monographs.publication.models import Page, Publication
from monographs.revisions.models import Revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def _in_a_database_for_measuring(monkeypatch):
    monkeypatch.setattr(make, "NAMED", "test")
    for name, number in {"PATTERNS": 4, "DRAFT": 3, "CHANGED": 1, "WITHDRAWN": 2}.items():
        monkeypatch.setattr(make, name, number)


@pytest.mark.usefixtures("_in_a_database_for_measuring")
def test_what_it_makes_holds_all_that_is_asked_of_a_record():
    call_command("make_corpus", leaflets=25, replies=60)
    call_command("verify_history", quiet=True)
    assert Leaflet.objects.count() == 25 + make.PATTERNS
    assert Comment.objects.shown().count() == 60
    live = Publication.objects.live(timezone.now())
    assert live.count() == 2 + 13  # of four patterns one is withdrawn, one was never shown
    assert Standing.objects.filter(number=2).count() == 1 + 6  # one has a newer draft
    assert not Page.objects.filter(html__contains=texts.TITLE, publication__leaflet__slug="balacillin").exists()
    assert Standing.objects.filter(due_on__lte=timezone.localdate() + dt.timedelta(days=90)).count() == 2 + 13


def what_is_made() -> list[tuple]:
    """What leaflets and replies say, and what is on record of them, without numbers, instants and their hashes."""
    said = Revision.objects.order_by("leaflet", "number").values_list("leaflet__slug", "number", "content_json")
    asked = Comment.objects.order_by("pk").values_list("leaflet__slug", "name", "body", "state")
    acts = Entry.objects.order_by("position").values_list("verb", "by_name")
    return [*said, *asked, *acts]


@pytest.mark.usefixtures("_in_a_database_for_measuring")
def test_it_makes_the_same_each_time():
    made = []
    for _time in range(2):
        with transaction.atomic():
            call_command("make_corpus", leaflets=5, replies=12)
            made.append(what_is_made())
            transaction.set_rollback(True)
    assert len(made[0]) > 5 + 12
    assert made[0] == made[1]


@pytest.mark.usefixtures("_in_a_database_for_measuring")
def test_its_leaflets_are_read_like_any_other_and_go_on_by_the_verbs(priya):
    call_command("make_corpus", leaflets=14, replies=28)
    generic, brand = texts.name(0)
    page = Client().get(f"/leaflets/{generic.lower()}/").content.decode()
    assert f"{generic} is a medicine for" in page
    assert "Can I take it with" in page
    assert generic in Client().get("/search/", {"q": brand}).content.decode()
    shown = Publication.objects.live(timezone.now()).get(leaflet__slug=generic.lower())
    make.withdraw(shown.leaflet, by=priya, notice="It is being checked.", why="A try.")
    call_command("verify_history", quiet=True)


@pytest.mark.usefixtures("_in_a_database_for_measuring")
def test_it_fills_no_database_that_has_leaflets_already():
    call_command("make_corpus", leaflets=1)
    count = Entry.objects.count()
    with pytest.raises(CommandError, match="needs an empty one"):
        call_command("make_corpus", leaflets=1)
    assert Entry.objects.count() == count


@pytest.mark.usefixtures("_in_a_database_for_measuring")
def test_its_replies_have_the_labels_that_rules_put_on_what_they_say():
    call_command("make_corpus", leaflets=6, replies=40)
    for reply in Comment.objects.prefetch_related("labels"):
        labels = [(one.label, one.rule, one.words) for one in reply.labels.all()]
        assert labels == [(one.label, one.rule, one.words) for one in triage(reply.body, "en")]
        assert reply.urgency == urgency_of(label for label, *_rule in labels)
    assert ReplyLabel.objects.filter(label=Label.REACTION).exists()


def test_it_fills_no_database_that_does_not_say_that_it_is_for_measuring():
    with pytest.raises(CommandError, match="measuring"):
        call_command("make_corpus", leaflets=1)
    assert not Leaflet.objects.exists()


def test_names_are_the_same_each_time_and_no_two_alike():
    names = [name for number in range(20_000) for name in texts.name(number)]
    assert len(set(names)) == len(names)
    assert names[:2] == list(texts.name(0))

"""A cry for help is found wherever a reader can type: in the name, in a report, in what asks for another look."""

import pytest
from django.urls import reverse

from monographs.comments.arrival.actions import submit
from monographs.comments.deciding.actions import reject
from monographs.comments.models import Comment, Urgency
from monographs.comments.objections import appeals
from monographs.comments.objections.reports import Report, Why, report
from monographs.comments.triage.labelling import crises_in
from monographs.mail.models import Letter
from monographs.operations.verify import check_history
from monographs.refusals import Unacceptable
from tests.addresses import sent_from
from tests.comments.rota import make_moderator
from tests.comments.triage.messages import LANGUAGES
from tests.comments.triage.test_labels import NAMES
from tests.makers import make_comment, make_published
from tests.reading.parts import send, words

pytestmark = pytest.mark.django_db
HELP = "You are not alone."
CRY = "I want to die tonight"


def crisis_rules(comment: Comment) -> set[str]:
    return {rule.partition(".")[0] for rule in comment.labels.filter(label="crisis").values_list("rule", flat=True)}


@pytest.mark.parametrize("name", [CRY, "quiero morir", "chcę umrzeć", "I took 40 paracetamol"])
def test_in_the_name_above_a_reply_it_counts_as_in_the_text(name):
    reply = submit(make_published().leaflet, body="Thank you.", name=name)
    assert reply.urgency == Urgency.URGENT
    assert crisis_rules(reply) == {"name"}
    assert Comment.objects.waiting().first() == reply


def test_in_a_name_that_is_refused_it_leads_to_help_all_the_same(client):
    publication = make_published()
    answer = send(client, publication.leaflet.slug, body="Thank you.", name=f"{CRY} {'x' * 80}")
    assert answer.status_code == 400
    assert HELP in words(answer)


def test_in_a_report_it_brings_the_reply_before_somebody_at_once_and_shows_where_help_is(client):
    make_moderator("mia", position=1)
    reply = make_comment(shown=True)
    made = report(reply, why=Why.OTHER, words=f"Nobody helps me. {CRY}.")
    reply = Comment.objects.waiting().get()
    assert (reply.pk, reply.urgency) == (made.comment_id, Urgency.URGENT)
    assert crisis_rules(reply) == {"report"}
    assert [letter.to for letter in Letter.objects.filter(name="reply-crisis")] == ["mia@clinic.example"]
    assert HELP in words(client.get(reverse("report-told", args=[made.key])))
    list(check_history())


def test_in_a_second_report_of_the_same_person_it_is_heard_as_well():
    reply = make_comment(shown=True)
    with sent_from():
        report(reply, why=Why.OTHER, words="It is rude.")
        assert not Comment.objects.waiting().exists()
        for _twice in range(2):
            report(reply, why=Why.OTHER, words=CRY)
    assert Report.objects.count() == 1
    assert Comment.objects.waiting().get().urgency == Urgency.URGENT
    assert reply.labels.filter(rule="report.en.crisis.suicide").count() == 1


def test_an_ordinary_report_stays_one(client):
    made = report(make_comment(shown=True), why=Why.FALSE, words="Grapefruit does change how it works.")
    assert not Comment.objects.waiting().exists()
    assert HELP not in words(client.get(reverse("report-told", args=[made.key])))


def test_in_what_asks_for_another_look_it_stands_before_everything_else(carla):
    publication = make_published()
    reply = make_comment(publication, body="Words that are not about it.")
    reject(reply, by=carla, reason="Not about the medicine.")
    make_comment(publication, body="What waits already.")
    appeals.ask(reply, words=CRY)
    first = Comment.objects.waiting().first()
    assert (first, first.urgency, crisis_rules(first)) == (reply, Urgency.URGENT, {"appeal"})


def test_words_of_a_report_that_are_too_long_come_back_with_where_help_is(client):
    reply = make_comment(shown=True)
    address = f"/leaflets/{reply.leaflet.slug}/replies/{reply.pk}/report/"
    answer = client.post(address, {"why": "other", "words": f"{CRY}. {'word ' * 300}"})
    assert answer.status_code == 400
    assert HELP in words(answer)
    with pytest.raises(Unacceptable):
        report(reply, why="", words=CRY)


@pytest.mark.once
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_that_people_have_is_taken_for_a_cry(language):
    names = NAMES.read_text(encoding="utf-8").splitlines()
    assert len(names) > 100
    assert [name for name in names if crises_in(name, language)] == []

"""Replies that waited when a site was updated are seen by the rules, too."""

import pytest

from monographs.comments.arrival.old_replies import label_waiting
from monographs.comments.models import Comment, Urgency
from monographs.mail.models import Letter
from tests.makers import make_comment, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db


def test_a_cry_for_help_that_waited_before_the_update_comes_first_and_is_told_once():
    make_person("carla", email="carla@clinic.example")
    publication = make_published()
    make_comment(publication, body="May I swim?")
    cry = make_comment(publication, body="I took all of them and I want to die.")
    Letter.objects.all().delete()
    assert Comment.objects.waiting().first() != cry
    for _update in range(2):
        label_waiting()
    assert Comment.objects.waiting().first() == cry
    assert Comment.objects.get(pk=cry.pk).urgency == Urgency.URGENT
    assert Letter.objects.filter(name="reply-crisis").count() == 1

"""The rota in the admin: filled in by moderators and administrators, with words for who is told now; and one's own
choice of letters."""

import pytest
from django.urls import reverse

from monographs.comments.telling.rota import ReplyNews, RotaTurn
from tests.comments.rota import make_moderator
from tests.people import make_person

pytestmark = pytest.mark.django_db
LIST = "/admin/monographs/rotaturn/"
NEWS = "/admin/replies/letters/"


@pytest.fixture
def moderator(client):
    client.force_login(make_moderator("carla"))
    return client


def turn(person, **fields) -> dict:
    nights = {"weekdays": ["0", "4"], "begins_at": "22:00", "ends_at": "06:00"}
    return {"person": person.pk, "position": 1, **nights, **fields}


def test_a_turn_is_added_and_said_in_words(moderator):
    carla = make_person("carla")
    assert moderator.post(f"{LIST}add/", turn(carla, first_on="2026-12-01")).status_code == 302
    assert RotaTurn.objects.get().weekdays == "04"
    page = moderator.get(LIST).content.decode()
    assert "Monday, Friday" in page
    assert "22:00 – 06:00" in page
    assert "A cry for help that comes now is told to: Carla Moderator." in page
    change = moderator.get(reverse("admin:monographs_rotaturn_change", args=[RotaTurn.objects.get().pk]))
    assert change.content.decode().count(" checked") == 2


def test_only_who_may_decide_on_replies_can_have_a_turn(moderator):
    response = moderator.post(f"{LIST}add/", turn(make_person("ana")))
    assert response.status_code == 200
    assert "person" in response.context["adminform"].form.errors
    assert not RotaTurn.objects.exists()


def test_a_last_day_before_the_first_is_refused_and_nothing_typed_is_lost(moderator):
    sent = turn(make_person("carla"), first_on="2026-12-24", last_on="2026-12-01")
    response = moderator.post(f"{LIST}add/", sent)
    assert "The last day is before the first." in response.content.decode()
    assert "2026-12-24" in response.content.decode()


def test_who_has_no_address_is_named(moderator):
    silent = make_person("silent", role="Moderator")
    page = moderator.post(f"{LIST}add/", turn(silent), follow=True).content.decode()
    assert "has no e-mail address, so no letter gets there" in page


def test_the_page_says_where_nobody_can_be_told(client, ada):
    client.force_login(ada)
    assert "Nobody is told." in client.get(LIST).content.decode()


@pytest.mark.parametrize("username", ["ana", "bruno", "mallory"])
def test_others_may_neither_see_nor_change_the_rota(client, username):
    client.force_login(make_person(username))
    assert client.get(LIST).status_code == 403
    assert client.get(NEWS).status_code == 403


def test_a_moderator_chooses_when_letters_come(moderator):
    assert "once a day, if anything waits" in moderator.get(NEWS).content.decode()
    assert moderator.post(NEWS, {"how": "at-once", "at_hour": "7"}).status_code == 302
    kept = ReplyNews.objects.get()
    assert (kept.person.username, kept.how, kept.at_hour) == ("carla", "at-once", 7)
    moderator.post(NEWS, {"how": "daily", "at_hour": "9"})
    assert ReplyNews.objects.get().at_hour == 9


@pytest.mark.parametrize("sent", [{"how": "often", "at_hour": "7"}, {"how": "daily", "at_hour": "24"}, {}])
def test_a_choice_that_there_is_not_is_refused(moderator, sent):
    assert moderator.post(NEWS, sent).status_code == 400
    assert not ReplyNews.objects.exists()


def test_who_has_no_address_is_told_so(client):
    client.force_login(make_person("silent", role="Moderator"))
    assert "You have no e-mail address here" in client.get(NEWS).content.decode()

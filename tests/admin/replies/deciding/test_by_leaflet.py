"""The queue of one leaflet, by its name: what others have does not make it longer to find."""

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from monographs.admin.replies.deciding import filters
from monographs.comments.deciding.actions import approve
from monographs.comments.deciding.escalation import escalate
from monographs.comments.models import Comment, State
from tests.effort import database_effort
from tests.makers import make_leaflet, make_published
from tests.makers_desk import make_unlabelled
from tests.people import make_person

pytestmark = pytest.mark.django_db


def fill(publication, count: int, state: str, behind_the_back) -> None:
    """So many replies at once, as the verbs would leave them."""
    now = timezone.now()
    with behind_the_back():
        Comment.objects.bulk_create(
            Comment(
                leaflet_id=publication.leaflet_id,
                publication=publication,
                body=f"Reply {number}.",
                at=now - dt.timedelta(minutes=number),
                state=state,
                waits_since=now if state == State.PENDING else None,
            )
            for number in range(count)
        )
    if connection.vendor == "postgresql":  # SQLite is never asked to look at its rows
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@pytest.mark.parametrize("state", [State.PENDING, State.APPROVED])
def test_what_was_decided_of_other_leaflets_is_not_read(behind_the_back, state):
    wanted, other = make_published(), make_published(make_leaflet("Otramol"))
    fill(wanted, 5, state, behind_the_back)
    costs = []
    for more in (50, 2_000):
        fill(other, more, State.APPROVED, behind_the_back)
        assert len(filtered(state)) == 5
        costs.append(database_effort(lambda: filtered(state)))
    assert costs[1] < costs[0] * 1.5


@pytest.mark.parametrize("for_lead", [True, False])
def test_what_waits_of_other_leaflets_is_not_read(behind_the_back, for_lead):
    wanted, other = make_published(), make_published(make_leaflet("Otramol"))
    fill(wanted, 5, State.PENDING, behind_the_back)
    costs = []
    for more in (50, 2_000):
        fill(other, more, State.PENDING, behind_the_back)
        assert len(filtered(State.PENDING, for_lead=for_lead)) == 5
        costs.append(database_effort(lambda: filtered(State.PENDING, for_lead=for_lead)))
    assert costs[1] < costs[0] * 1.5


def test_decided_ones_of_the_same_leaflet_are_not_read_for_those_that_wait(behind_the_back):
    wanted = make_published()
    waits = make_unlabelled(wanted, body="May I swim?")
    costs = []
    for more in (50, 2_000):
        fill(wanted, more, State.APPROVED, behind_the_back)
        assert filtered(State.PENDING) == [waits.pk]
        costs.append(database_effort(lambda: filtered(State.PENDING)))
    assert costs[1] < costs[0] * 1.5


def test_a_lead_moderators_list_costs_what_a_moderators_does(client, behind_the_back, django_assert_max_num_queries):
    """Its order, with nothing that was passed on before a cry for help, is an index's, too."""
    published, carla = make_published(), make_person("carla")
    fill(published, 2_000, State.PENDING, behind_the_back)
    people, costs = (carla, make_person("lena", role="Lead moderator")), []
    escalate(make_unlabelled(published, body="May I swim?"), by=carla, reason="A lawyer writes.")
    for person in people:
        client.force_login(person)
        with django_assert_max_num_queries(10):
            client.get(reverse("admin:reply-queue"))
        costs.append(database_effort(lambda: client.get(reverse("admin:reply-queue"))))
    assert costs[1] < costs[0] * 1.25


def filtered(tab: str, leaflet: str = "testa", *, for_lead: bool = True) -> list[int]:
    """What the first page has of them."""
    replies = filters.in_tab(tab, for_lead=for_lead)
    return [one.pk for one in filters.narrowed(replies, {"leaflet": leaflet}, tab=tab, at=timezone.now())[:20]]


def test_decided_ones_of_several_leaflets_stand_in_one_order(carla):
    first, second = make_published(), make_published(make_leaflet("Testanol"))
    made = [make_unlabelled(which, body=f"{number}.") for number, which in enumerate((first, second, first, second))]
    for reply in made:
        approve(reply, by=carla)
    assert filtered(State.APPROVED) == [reply.pk for reply in reversed(made)]
    assert filtered(State.APPROVED, "testan") == [made[3].pk, made[1].pk]


def test_of_each_leaflet_as_many_are_found_as_can_be_turned_to(carla, monkeypatch):
    monkeypatch.setattr(filters, "COUNTED_AT_MOST", 2)
    monkeypatch.setattr(filters, "LOOKED_THROUGH", 3)
    first, second = make_published(), make_published(make_leaflet("Testanol"))
    made = [make_unlabelled(which, body=f"{number}.") for number, which in enumerate((second, first, first, first))]
    for reply in made:
        approve(reply, by=carla)
    assert filtered(State.APPROVED) == [made[3].pk, made[2].pk, made[0].pk]


def test_a_letter_stands_for_so_many_leaflets_and_no_more(monkeypatch):
    monkeypatch.setattr(filters, "LEAFLETS_AT_MOST", 2)
    leaflets = [make_published(make_leaflet(name)) for name in ("Testamol", "Testanol", "Testapol")]
    replies = [make_unlabelled(one, body="May I swim?") for one in leaflets]
    assert len(filtered(State.PENDING, "t")) == 2
    assert filtered(State.PENDING, "testap") == [replies[2].pk]

"""The desk: each person sees the work that is theirs, and nothing else."""

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from monographs.admin.desk.piles import desk_of
from monographs.admin.desk.things import DUE
from monographs.clinics.models import Clinic
from monographs.comments.answering.change_requests import raise_request
from monographs.comments.arrival import actions as arrival
from monographs.operations.clock import tick
from monographs.publication.actions import publish, release_in_emergency, withdraw
from monographs.publication.due import IN_ROWS
from monographs.publication.recalls import send_back
from monographs.review.actions import submit
from monographs.review.models import Review
from monographs.review.rules import may_approve
from monographs.review.waiting import approvable_by
from monographs.search.missed import note_missed, write_missed
from tests.makers import (
    change_leaflet,
    make_approved,
    make_comment,
    make_leaflet,
    make_published,
    make_review,
    sign,
)
from tests.makers_alerts import make_alert
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def replies_are_read():
    """The clinic says when, so that nothing of it is left to be done."""
    Clinic.objects.update(staffed_hours="Mon-Fri 09:00-17:00")


def desk(person):
    """Titles of the rows by pile."""
    return {pile.key: [row.title for row in pile.rows] for pile in desk_of(type(person).objects.get(pk=person.pk))}


def in_days(days):
    return (timezone.localdate() + dt.timedelta(days=days)).isoformat()


def schedule(review, days=3, **fields):
    return publish(
        review,
        by=make_person("priya"),
        change_note="Soon.",
        effective_from=timezone.now() + dt.timedelta(days=days),
        **fields,
    )


def test_second_reader_sees_what_waits_for_review(bruno):
    review = make_review(medicine="Testamol")
    (pile,) = desk_of(bruno)
    assert (pile.key, pile.count) == ("to-review", 1)
    (row,) = pile.rows
    assert row.title == "Testamol"
    assert row.address == reverse("admin:leaflet-review", args=[review.leaflet_id])
    assert "Ana Author" in row.about


def test_what_was_released_in_an_emergency_is_in_the_lists_that_the_desk_leads_to(client, priya, bruno):
    leaflet = change_leaflet(make_published().leaflet, dosage="Take 4mg once a day.")
    release_in_emergency(leaflet, by=priya, reason="A recall.", change_note="The dose.")
    make_review(medicine="Otheramol")
    for person, key, count in ((bruno, "to-review", 2), (priya, "emergencies", 1)):
        (pile,) = [pile for pile in desk_of(person) if pile.key == key]
        client.force_login(person)
        shown = client.get(pile.address).context["cl"].result_list
        assert (pile.count, len(shown)) == (count, count)
        assert leaflet in shown


def test_my_drafts_are_mine_though_another_has_my_name(client, ana):
    namesake = make_person("anabel", role="Author")
    namesake.first_name, namesake.last_name = ana.first_name, ana.last_name
    namesake.save()
    make_leaflet("Testamol", by=namesake)
    mine = make_leaflet("Otheramol", by=ana)
    client.force_login(ana)
    (pile,) = [pile for pile in desk_of(ana) if pile.key == "drafts"]
    assert list(client.get(pile.address).context["cl"].result_list) == [mine]


def test_nobody_is_offered_what_they_contributed_to(bruno, ana):
    writer = make_person("wanda", role="Author")
    writer.groups.add(*bruno.groups.all())
    make_review(make_leaflet("Testamol", by=writer))
    make_review(make_leaflet("Examplin", by=ana))
    assert desk(writer)["to-review"] == ["Examplin"]
    assert desk(bruno)["to-review"] == ["Testamol", "Examplin"]


def test_list_of_reviews_agrees_with_the_rule_of_four_eyes(ana, bruno):
    """Whoever `may_approve` gets it on the list, in every situation."""
    both = make_person("wanda", role="Author")
    both.groups.add(*bruno.groups.all())
    make_review(make_leaflet("Fresh", by=ana))
    make_review(make_leaflet("Herown", by=both))
    make_review(make_leaflet("Submitted", by=ana), by=both)
    touched = make_leaflet("Touched", by=ana)
    change_leaflet(touched, by=both, dosage="Take 10mg.")
    change_leaflet(touched, by=ana, dosage="Take 15mg.")
    make_review(touched)
    released = make_leaflet("Released", by=both)
    make_published(released)
    change_leaflet(released, by=ana, dosage="Take 20mg.")
    make_review(released)
    again = make_leaflet("Again", by=both)
    send_back(submit(again, by=both), by=bruno, reason="No.")
    change_leaflet(again, by=ana, dosage="Take 25mg.")
    make_review(again)
    withdrawn = make_leaflet("Withdrawn", by=ana)
    make_published(withdrawn)
    withdraw(withdrawn, by=make_person("priya"), notice="Not now.", why="Recall.")
    change_leaflet(withdrawn, by=both, dosage="Take 30mg.")
    make_review(withdrawn)
    approved = make_approved(make_leaflet("Approved", by=ana))
    for person in (ana, bruno, both, make_person("root", is_superuser=True), make_person("mallory")):
        listed = set(approvable_by(person).values_list("leaflet__title", flat=True))
        allowed = {review.leaflet.title for review in Review.objects.all() if may_approve(review, person)}
        assert listed == allowed
    assert set(approvable_by(both).values_list("leaflet__title", flat=True)) == {"Fresh", "Released"}
    assert approved not in approvable_by(bruno)


def test_author_sees_what_was_sent_back_and_why_until_it_is_submitted_again(ana, bruno):
    review = make_review(make_leaflet("Testamol", by=ana))
    send_back(review, by=bruno, reason="The dose for children is missing.")
    pile = next(pile for pile in desk_of(ana) if pile.key == "sent-back")
    assert [(row.title, row.about) for row in pile.rows] == [
        ("Testamol", "Bruno Reader: The dose for children is missing.")
    ]
    assert "drafts" not in desk(ana)
    assert "sent-back" not in desk(make_person("wanda", role="Author"))
    change_leaflet(review.leaflet, by=ana, dosage="Children: 2mg.")
    assert "sent-back" in desk(ana)
    submit(review.leaflet, by=ana)
    assert desk(ana) == {}


def test_author_sees_own_drafts_until_they_go_on(ana, bruno):
    leaflet = make_leaflet("Testamol", by=ana)
    make_leaflet("Examplin", by=make_person("wanda", role="Author"))
    assert desk(ana)["drafts"] == ["Testamol"]
    review = submit(leaflet, by=ana)
    assert desk(ana) == {}
    sign(review)
    make_review_released = publish(review, by=make_person("priya"), change_note="First.")
    assert make_review_released.version == "1"
    assert "drafts" not in desk(ana)
    change_leaflet(leaflet, by=ana, dosage="Take 10mg.")
    assert desk(ana)["drafts"] == ["Testamol"]


def test_publisher_sees_what_is_approved_and_what_is_scheduled(priya):
    review = make_approved(make_leaflet("Testamol"))
    assert desk(priya) == {"to-publish": ["Testamol"]}
    schedule(review, expires_at=timezone.now() + dt.timedelta(days=30))
    assert desk(priya) == {"scheduled": ["Testamol 1", "Testamol"]}


def test_moderator_sees_waiting_replies_oldest_first(carla):
    publication = make_published()
    make_comment(publication, body="The first.")
    make_comment(publication, body="The second.")
    make_comment(publication, body="The third.", shown=True)
    assert desk(carla) == {"replies": ["The first.", "The second."], "unanswered": ["The third."]}


def test_review_dates_come_up_overdue_first(ana, monkeypatch):
    make_published(make_leaflet("Later", next_review_on=in_days(200)))
    make_published(make_leaflet("Soon", next_review_on=in_days(80)))
    make_published(make_leaflet("Sooner", next_review_on=in_days(5)))
    pile = next(pile for pile in desk_of(ana) if pile.key == "review-dates")
    assert [(row.title, row.is_late) for row in pile.rows] == [("Sooner", False), ("Soon", False)]
    in_a_week = timezone.now() + dt.timedelta(days=7)
    monkeypatch.setattr(timezone, "now", lambda: in_a_week)
    pile = next(pile for pile in desk_of(ana) if pile.key == "review-dates")
    assert [(row.title, row.is_late) for row in pile.rows] == [("Sooner", True), ("Soon", False)]
    assert pile.rows[0].about.startswith("Overdue since")


def test_letters_that_did_not_go_out_are_on_the_administrators_desk(ada, ana, priya, monkeypatch):
    for person in (ana, priya):
        person.email = f"{person.username}@clinic.example"
        person.save()
    make_published(make_leaflet("Testamol", next_review_on=in_days(60)))
    assert desk(ada) == {}
    in_two_days = timezone.now() + dt.timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: in_two_days)
    assert desk(ada) == {"letters": ["Ana Author <ana@clinic.example>", "Priya Publisher <priya@clinic.example>"]}
    list(tick())
    assert desk(ada) == {}


def test_administrator_is_told_if_nobody_can_be_written_to(ada):
    make_published(make_leaflet("Testamol", next_review_on=in_days(60)))
    assert desk(ada) == {"letters": ["Nobody who may publish has an e-mail address"]}


def test_a_later_date_in_the_draft_does_not_hide_an_overdue_leaflet(ana):
    leaflet = make_leaflet("Testamol", next_review_on=in_days(5))
    make_published(leaflet)
    change_leaflet(leaflet, next_review_on=in_days(900))
    assert desk(ana)["review-dates"] == ["Testamol"]


@pytest.mark.parametrize("username", ["amir", "ada", "mallory"])
def test_work_of_others_is_not_on_the_desk(username):
    publication = make_published()
    make_comment(publication)
    make_review(make_leaflet("Examplin"))
    assert desk(make_person(username)) == {}


@pytest.mark.parametrize(
    ("username", "words"),
    [
        ("ana", "start a leaflet"),
        ("bruno", "What is to be done will be listed here"),
        ("carla", "New replies will be listed here"),
        ("amir", "the ledger"),
        ("mallory", "You have no role here yet"),
    ],
)
def test_empty_desk_says_what_to_do(client, username, words):
    client.force_login(make_person(username))
    page = client.get(reverse("admin:index")).content.decode()
    assert "Nothing waits for you." in page
    assert words in page


def test_pile_shows_ten_and_says_how_many_there_are(client, carla):
    publication = make_published()
    for number in range(12):
        make_comment(publication, body=f"Question {number}.")
    client.force_login(carla)
    response = client.get(reverse("admin:index"))
    (pile,) = response.context["desk"]
    assert (pile.count, len(pile.rows)) == (12, 10)
    page = response.content.decode()
    assert "See all 12" in page
    assert f'href="{reverse("admin:reply-queue")}"' in page


def test_desk_costs_the_same_at_1_and_at_12(client, django_assert_num_queries):
    everything = make_person("root", is_superuser=True)
    writer = make_person("ana")
    make_person("priya", email="priya@clinic.example")  # or the desk would say that nobody is told of review dates
    client.force_login(everything)

    def add(number):
        make_review(make_leaflet(f"Waiting{number}"))
        mine = make_leaflet(f"Mine{number}", by=everything)
        send_back(submit(mine, by=everything), by=make_person("bruno"), reason="No.")
        make_leaflet(f"Draft{number}", by=everything)
        make_approved(make_leaflet(f"Approved{number}"))
        schedule(make_approved(make_leaflet(f"Scheduled{number}")))
        publication = make_published(make_leaflet(f"Due{number}", by=writer, next_review_on=in_days(30)))
        arrival.submit(publication.leaflet, body="Why?")
        asked = make_comment(publication, body="How much is a spoon?", shown=True)
        raise_request(asked, by=everything, section="dosage", words="Say how much a spoon is.")
        make_alert()
        make_alert(by=everything)
        for _reader in range(2):
            note_missed(f"wanted{number}", at=timezone.now())
        write_missed()

    def look(counted: int):
        # session with its person, permissions of a superuser: none; the clinic; piles 12 + 1; translations behind;
        # medicines with a leaflet; texts
        # brought back 2; letters 6; last acts; whether the rows of what is shown hold 2; what comes due is counted
        # before it is looked up; and each other pile of which not all is shown is counted
        with django_assert_num_queries(28 + counted):
            return client.get(reverse("admin:index"))

    add(0)
    assert [pile.count for pile in look(0).context["desk"]] == [1] * 12
    for number in range(1, 12):  # more than a pile shows
        add(number)
    assert [pile.count for pile in look(11).context["desk"]] == [12] * 12


def test_the_side_tells_what_this_person_did_last_and_nobody_else(client, bruno, ana):
    sign(make_review(medicine="Testamol"))
    client.force_login(bruno)
    page = client.get(reverse("admin:index")).content.decode()
    assert "review: approved" in page
    assert "review: submitted" not in page
    client.force_login(ana)
    page = client.get(reverse("admin:index")).content.decode()
    assert "review: submitted" in page
    assert "review: approved" not in page


def test_roles_stand_in_the_one_list_by_their_own_name(client, ada):
    client.force_login(ada)
    page = client.get(reverse("admin:index")).content.decode()
    assert ">Roles</a>" in page
    assert "Groups" not in page
    assert "Authentication and Authorization" not in page
    assert "<title>Roles" in client.get(reverse("admin:auth_group_changelist")).content.decode()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans for no values")
def test_in_what_comes_due_nothing_is_looked_for_by_its_day():
    """How many come before a day is what a plan for all days can only guess: it would take them for a few, and read all
    of them to count the first."""
    make_published(next_review_on=in_days(20))
    for _time in range(4):
        DUE[IN_ROWS].found(now=timezone.now(), last_day=timezone.localdate() + dt.timedelta(days=90))
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement, parameter_types::text FROM pg_prepared_statements")
        kept = [types for statement, types in cursor.fetchall() if "shown_review_on" in statement.split("WHERE")[0]]
    assert kept == ["{}"]

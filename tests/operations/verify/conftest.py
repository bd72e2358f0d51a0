"""A record with every kind of act in it."""

import copy
import datetime as dt

import pytest
from django.utils import timezone

from monographs.alerts.actions import end_alert
from monographs.clinics.actions import change_clinic
from monographs.clinics.models import the_clinic
from monographs.comments.deciding import actions as comments
from monographs.publication.actions import cancel_release, publish, withdraw
from monographs.review.actions import recall, send_back
from monographs.review.fact_check import answer, ask
from monographs.revisions.actions import restore_revision
from tests.makers import change_leaflet, make_approved, make_comment, make_published, make_review
from tests.makers_alerts import make_alert, make_approved_alert
from tests.makers_together import make_judgement
from tests.people import make_person


@pytest.fixture(scope="module")
def history_of_all(rows_of_the_file):
    """A clinic's life with every kind of act in it, ending in a publication."""
    ana, bruno, priya, carla = (make_person(name) for name in ("ana", "bruno", "priya", "carla"))
    first = make_published(medicine="Baclofen")
    answer(ask(first.revision, by=ana, expert="Dr Outside"), verdict="remarks", answer="It should be 4mg.")
    leaflet = first.leaflet
    reply = make_comment(first, shown=True)
    comments.undo(reply, by=carla)
    comments.reject(reply, by=carla, reason=" Advertising. ")
    comments.answer(make_comment(first, body="With milk?", shown=True), by=carla, body="Yes.")
    recall(make_review(change_leaflet(leaflet, dosage="Take 6mg.")), by=ana)
    send_back(make_review(leaflet), by=bruno, reason="Check the dose.")
    later = timezone.now() + dt.timedelta(days=3)
    review = make_approved(leaflet)
    scheduled = publish(
        review, by=priya, change_note="Dose.", effective_from=later, expires_at=later + dt.timedelta(days=9)
    )
    cancel_release(scheduled, by=priya, why="Too soon.")
    review.refresh_from_db()
    publish(review, by=priya, change_note="Dose, at last.")
    clinic = the_clinic()
    clinic.emergency_number = "112"
    change_clinic(clinic, by=None)
    withdraw(leaflet, by=priya, notice="We check it.", why="An error.")
    restore_revision(first.revision, by=ana)
    make_published(leaflet, change_note="As it was.")
    end_alert(make_approved_alert(), by=priya, reason="It is over.")
    make_alert(medicines=[leaflet.medicine], is_emergency=True, ends_at=later)
    make_judgement(make_published(medicine="Metformin"), other=leaflet)
    make_published(medicine="Cetirizine")
    return leaflet


@pytest.fixture
def history(history_of_all):
    return copy.deepcopy(history_of_all)

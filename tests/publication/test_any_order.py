"""Whatever the verbs do, in whatever order and at whatever instants: what is looked up is what the timeline says.

A machine of Hypothesis does one verb after the other on two leaflets, moves the time between them, also to the very
instant of what is scheduled and right before and after, and compares the look-ups with the definition each time.
"""

import contextlib
import copy
import datetime as dt
import functools
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from monographs.clinics.actions import change_clinic
from monographs.clinics.models import the_clinic
from monographs.leaflets.models import Leaflet
from monographs.operations.verify import check_history
from monographs.publication import recalls
from monographs.publication.actions import cancel_release, publish, release_in_emergency, withdraw
from monographs.publication.models import Publication
from monographs.publication.shown.showings import Showing, rewrite_all_showings
from monographs.refusals import Refused
from monographs.review.actions import submit
from monographs.review.models import Review
from monographs.revisions.actions import restore_revision, save_draft
from monographs.staff.models import StaffMember
from tests.makers import make_approved, make_content, make_leaflet, sign
from tests.people import make_person
from tests.publication.timeline import (
    TICK,
    assert_looked_up_is_worked_out,
    assert_same_at,
    assert_shown_at,
    interesting_instants,
)

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = dt.timedelta(hours=1)
LEAFLETS = st.sampled_from((0, 1))
STEPS = st.sampled_from((dt.timedelta(), TICK, HOUR, 30 * HOUR))
AHEAD = st.sampled_from((None, TICK, 2 * HOUR, 5 * HOUR, 24 * HOUR))


def may_be_refused(verb):
    """A verb that is refused changes nothing, and that is looked at like everything else."""

    @functools.wraps(verb)
    def attempt(*args, **kwargs):
        with contextlib.suppress(Refused):
            verb(*args, **kwargs)

    return attempt


@dataclass
class Beginning:
    """Where every example begins: two leaflets that are shown, one of them for five hours, and everybody who acts."""

    ana: StaffMember
    bruno: StaffMember
    priya: StaffMember
    leaflets: list[Leaflet]
    now: dt.datetime


def make_beginning() -> Beginning:
    ana, bruno, priya = (make_person(name) for name in ("ana", "bruno", "priya"))
    now = timezone.now()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: now)
        leaflets = [make_leaflet(name) for name in ("Testamol", "Othermol")]
        for leaflet, until in zip(leaflets, (None, now + 5 * HOUR), strict=True):
            publish(make_approved(leaflet), by=priya, change_note="The dose.", expires_at=until)
    return Beginning(ana, bruno, priya, leaflets, now)


class Timeline(RuleBasedStateMachine):
    """Two leaflets, one clock that stands until a rule moves it, and everybody who acts."""

    def __init__(self, begun: Beginning):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.ana, self.bruno, self.priya = begun.ana, begun.bruno, begun.priya
        self.leaflets = copy.deepcopy(begun.leaflets)
        self.patch = pytest.MonkeyPatch()
        self.now = begun.now
        self.patch.setattr(timezone, "now", lambda: self.now)
        self.dose = 0

    def teardown(self):
        try:
            assert_same_at(self.now)
            for instant in self.instants():
                assert_shown_at(instant)
            list(check_history())
            before = list(Showing.objects.order_by("pk").values_list())
            list(rewrite_all_showings())
            assert list(Showing.objects.order_by("pk").values_list()) == before
        finally:
            self.patch.undo()
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def instants(self) -> list[dt.datetime]:
        return [self.now - 1000 * HOUR, self.now, *interesting_instants(), self.now + 1000 * HOUR]

    def newest(self, which: int) -> Review | None:
        return Review.objects.filter(leaflet=self.leaflets[which]).active_first().first()

    @rule(step=STEPS)
    def wait(self, step):
        self.now += step

    @precondition(lambda self: Showing.objects.pending(self.now).exists())
    @rule(step=st.sampled_from((-TICK, dt.timedelta(), TICK)))
    def wait_for_what_comes(self, step):
        self.now = max(self.now, Showing.objects.pending(self.now).earliest("starts_at").starts_at + step)

    @rule(which=LEAFLETS, ahead=AHEAD, until=AHEAD)
    @may_be_refused
    def publish(self, which, ahead, until):
        review = self.approved(which)
        first = self.now + (ahead or dt.timedelta())
        publish(
            review,
            by=self.priya,
            change_note="The dose.",
            effective_from=first if ahead else None,
            expires_at=first + until if until else None,
        )

    def approved(self, which: int) -> Review:
        leaflet, review = self.leaflets[which], self.newest(which)
        if not review or not review.is_active:
            self.change(which)
            review = submit(leaflet, by=self.ana)
        if not review.approved_at:
            sign(review, by=self.bruno)
        return review

    def change(self, which: int) -> None:
        self.dose += 1
        title = f"{self.leaflets[which].medicine.name} {self.dose}"
        content = make_content("Testamol", title=title, dosage=f"Take {self.dose}mg once a day.")
        save_draft(self.leaflets[which], content, by=self.ana)

    @rule(which=LEAFLETS)
    @may_be_refused
    def draft_and_submit(self, which):
        self.change(which)
        submit(self.leaflets[which], by=self.ana)

    @rule(which=LEAFLETS)
    @may_be_refused
    def recall(self, which):
        recalls.recall(self.newest(which), by=self.ana)

    @rule(which=LEAFLETS)
    @may_be_refused
    def send_back(self, which):
        recalls.send_back(self.newest(which), by=self.bruno, reason="Look again.")

    @precondition(lambda self: Showing.objects.pending(self.now).exists())
    @rule(is_last=st.booleans())
    @may_be_refused
    def cancel(self, is_last):
        coming = Publication.objects.filter(showing__in=Showing.objects.pending(self.now)).order_by("pk")
        cancel_release(coming.last() if is_last else coming.first(), by=self.priya)

    @rule(which=LEAFLETS)
    @may_be_refused
    def withdraw(self, which):
        withdraw(self.leaflets[which], by=self.priya, notice="Ask us.", why="It is wrong.")

    @rule(which=LEAFLETS)
    @may_be_refused
    def release_in_emergency(self, which):
        with transaction.atomic():
            self.change(which)
            release_in_emergency(self.leaflets[which], by=self.priya, reason="Harm.", change_note="The dose.")

    @rule(which=LEAFLETS)
    @may_be_refused
    def approve_in_retrospect(self, which):
        for review in Review.objects.emergency(self.now).filter(leaflet=self.leaflets[which]):
            sign(review, by=self.bruno, seen=(review.base_id, review.revision_id))

    @rule(which=LEAFLETS)
    @may_be_refused
    def restore(self, which):
        restore_revision(self.leaflets[which].revisions.order_by("number").first(), by=self.ana)

    @rule()
    def change_the_clinic(self):
        clinic = the_clinic()
        clinic.name = f"Clinic {self.dose}"
        change_clinic(clinic, by=None)

    @invariant()
    def looked_up_is_worked_out(self):
        assert_looked_up_is_worked_out()
        assert_shown_at(self.now)


def test_what_is_looked_up_is_what_the_timeline_says_after_every_verb():
    examples = settings(settings.get_profile("repeatable"), max_examples=18, stateful_step_count=14)
    with transaction.atomic():
        run_state_machine_as_test(functools.partial(Timeline, make_beginning()), settings=examples)
        transaction.set_rollback(True)

"""What the database itself refuses about reports, whoever writes: verb, shell or SQL."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from monographs.reactions.actions import erase, keep_number
from monographs.reactions.models import CODED, WORDS, State, SuspectedReaction
from tests.makers import make_comment, make_medicine, make_published
from tests.makers_reactions import make_reaction, make_sent

pytestmark = pytest.mark.django_db


def refused(**columns) -> bool:
    """Whether a bulk update of every report is refused."""
    try:
        with transaction.atomic():
            SuspectedReaction.objects.update(**columns)
    except IntegrityError:
        return True
    return False


def another_value(name: str) -> object:
    field = SuspectedReaction._meta.get_field(name)
    kinds = {"BooleanField": True, "PositiveIntegerField": 44, "DateField": "2026-01-01"}
    return kinds.get(field.get_internal_type(), "9")


@pytest.mark.parametrize("is_sent", [False, True], ids=["draft", "sent"])
def test_every_column_of_a_draft_may_change_and_none_once_it_is_sent(is_sent):
    make_sent() if is_sent else make_reaction()
    assert [name for name in (*CODED, *WORDS) if refused(**{name: another_value(name)}) != is_sent] == []


def test_a_report_begins_as_a_draft(carla):
    with pytest.raises(IntegrityError), transaction.atomic():
        SuspectedReaction.objects.create(
            received_on="2026-11-03", made_by=carla, state=State.SENT, sent_at=timezone.now(), sent_by=carla
        )


def test_its_state_goes_one_way(carla):
    reaction = make_sent()
    assert refused(state=State.DRAFT, sent_at=None, sent_by=None)
    assert refused(sent_at=timezone.now())
    assert refused(medicine=make_medicine("Othermol"))
    keep_number(reaction, by=carla, number="1")
    assert refused(state=State.SENT, reference_number="")
    assert not refused(reference_number="2")


def test_where_it_came_from_and_who_began_it_stays(bruno):
    make_reaction(make_comment())
    assert refused(made_by=bruno)
    assert refused(made_at=timezone.now())
    assert refused(comment=None)
    assert refused(comment=make_comment(make_published(medicine="Othermol")))


def test_no_report_is_ever_deleted():
    reaction = make_reaction()
    with pytest.raises(IntegrityError), transaction.atomic():
        reaction.delete()
    assert SuspectedReaction.objects.exists()


def test_an_erasure_leaves_no_half_of_the_words_and_brings_none_back(carla):
    reaction = make_sent()
    assert refused(erased_at=timezone.now(), patient_initials="")
    erase(reaction, by=carla)
    assert refused(erased_at=None)
    assert refused(reaction="rash")

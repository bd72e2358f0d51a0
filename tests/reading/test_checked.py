"""What readers are told about the second reader's check, from the moment that it is so."""

import pytest

from monographs.publication.actions import release_in_emergency
from monographs.review.models import ApprovalRule
from tests.makers import make_leaflet, sign
from tests.people import make_person
from tests.reading.parts import words
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db

UNDER_WAY = "the second check is under way"


@pytest.fixture
def review(priya):
    return release_in_emergency(make_leaflet(), by=priya, reason="A recall.", change_note="New advice.").review


def test_a_kept_page_is_not_current_any_more_when_the_check_is_done(review):
    reader = Reader()
    before = reader.get("/leaflets/testamol/")
    assert UNDER_WAY in words(before)
    sign(review, seen=(None, review.revision_id))
    after = reader.get("/leaflets/testamol/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert UNDER_WAY not in words(after)


def test_one_approval_of_two_is_no_check_yet(client, review):
    ApprovalRule.objects.create(approvals=2)
    sign(review, seen=(None, review.revision_id))
    assert UNDER_WAY in words(client.get("/leaflets/testamol/"))
    sign(review, by=make_person("olga", role="Second reader"), seen=(None, review.revision_id))
    assert UNDER_WAY not in words(client.get("/leaflets/testamol/"))

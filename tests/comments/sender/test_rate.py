"""One address may send some replies in ten minutes and in a day; counting costs the same however many came."""

import copy
import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monographs.audit.readers import AddressKey, forget_addresses, hidden_address
from monographs.comments.models import Comment
from monographs.comments.objections.reports import Report, Why
from monographs.comments.sender.rate import LIMITS, REPLY, REPORT, check_moments, check_rate
from monographs.comments.sender.sent_already import sent_already
from monographs.operations.requests.refusals import RefusalMiddleware
from monographs.refusals import TooMany
from tests.bench.plans import scanned_tables
from tests.makers import make_published

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 29, 12, 0, tzinfo=dt.UTC)
HERE, ELSEWHERE = "hidden:" + "a" * 32, "hidden:" + "b" * 32


@pytest.fixture(scope="module")
def publication_of_all(rows_of_the_file):
    return make_published()


@pytest.fixture
def publication(publication_of_all):
    return copy.deepcopy(publication_of_all)


def send(publication, moments, hidden=HERE):
    Comment.objects.bulk_create(
        Comment(
            leaflet=publication.leaflet,
            publication=publication,
            body="Yes?",
            at=at,
            waits_since=at,
            hidden_address=hidden,
        )
        for at in moments
    )


def minutes_ago(*minutes):
    return [NOW - dt.timedelta(minutes=minute) for minute in minutes]


def test_what_came_ten_minutes_ago_to_the_second_counts_no_more():
    just = NOW - LIMITS[REPLY].within
    check_moments([just] * LIMITS[REPLY].most, NOW, kind=REPLY)
    with pytest.raises(TooMany):
        check_moments([just + dt.timedelta(seconds=1)] * LIMITS[REPLY].most, NOW, kind=REPLY)


def test_sixth_reply_in_ten_minutes_is_refused_with_429_and_when_to_come_back(publication):
    send(publication, minutes_ago(1, 2, 3, 4))
    check_rate(HERE, NOW)
    send(publication, minutes_ago(9))
    with pytest.raises(TooMany, match="Please wait 10 minutes and send yours again") as refused:
        check_rate(HERE, NOW)
    assert refused.value.status == 429
    assert 0 < refused.value.retry_after <= 61
    check_rate(ELSEWHERE, NOW)
    check_rate(HERE, NOW + dt.timedelta(seconds=refused.value.retry_after))


def test_refusal_is_a_page_that_says_when_to_come_back(rf, publication):
    send(publication, minutes_ago(1, 2, 3, 4, 5))
    request = rf.post("/leaflets/testamol/reply/")
    request.user = AnonymousUser()
    with pytest.raises(TooMany) as refused:
        check_rate(HERE, NOW)
    answer = RefusalMiddleware(lambda _request: None).process_exception(request, refused.value)
    assert (answer.status_code, answer["Retry-After"]) == (429, "301")
    assert "Please wait 10 minutes" in answer.content.decode()


def test_twenty_first_reply_of_a_day_is_refused_until_midnight(publication):
    send(publication, minutes_ago(*range(20, 20 * 21, 20)))
    with pytest.raises(TooMany, match="Please send yours tomorrow") as refused:
        check_rate(HERE, NOW)
    assert refused.value.retry_after == 12 * 3600 + 1


def test_address_that_is_not_known_is_not_limited(publication):
    send(publication, minutes_ago(*range(1, 30)), hidden="")
    check_rate("", NOW)


def test_address_is_another_on_the_next_day_and_nobodys_after_thirty(settings):
    today = hidden_address("192.0.2.7", at=NOW)
    assert today == hidden_address("192.0.2.7", at=NOW + dt.timedelta(hours=11))
    assert today != hidden_address("192.0.2.7", at=NOW + dt.timedelta(hours=13))
    assert today != hidden_address("192.0.2.8", at=NOW)
    assert "192.0.2.7" not in today  # "192" alone may stand in the digits
    assert forget_addresses(at=NOW + dt.timedelta(days=31)) == 1
    assert not AddressKey.objects.filter(day=NOW.date()).exists()


def test_ten_thousand_replies_from_one_address_and_from_many_cost_one_small_query(
    publication, django_assert_num_queries
):
    send(publication, minutes_ago(*[1] * 2_000))
    for number in range(20):
        send(publication, minutes_ago(*[1] * 100), hidden=f"hidden:{number:032}")
    with django_assert_num_queries(1) as asked, pytest.raises(TooMany):
        check_rate(HERE, NOW)
    assert f"LIMIT {LIMITS[REPLY].a_day}" in asked[0]["sql"]
    with django_assert_num_queries(1):
        check_rate("hidden:of nobody", NOW)


def test_reports_have_limits_and_rows_of_their_own(publication):
    send(publication, minutes_ago(*[1] * LIMITS[REPLY].most))
    reply = Comment.objects.latest("pk")
    reports = [Report(comment=reply, why=Why.OTHER, at=at, hidden_address=HERE) for at in minutes_ago(*range(1, 10))]
    Report.objects.bulk_create(reports)
    check_rate(HERE, NOW, kind=REPORT, model=Report)
    Report.objects.create(comment=reply, why=Why.OTHER, at=minutes_ago(5)[0], hidden_address=HERE)
    with pytest.raises(TooMany, match="Many reports came"):
        check_rate(HERE, NOW, kind=REPORT, model=Report)


@pytest.mark.parametrize(
    "ask",
    [
        lambda publication: check_rate(HERE, NOW),
        lambda publication: sent_already(
            {"leaflet": publication.leaflet, "publication_id": publication.pk, "parent": None, "name": "",
             "body": "Yes?", "hidden_address": HERE}, None, at=NOW, kind=REPLY,
        ),
    ],
    ids=["how many", "the same"],
)  # fmt: skip
def test_counting_reads_an_index_even_where_the_database_believes_that_no_row_has_an_address(publication, ask):
    send(publication, minutes_ago(*range(10, 510)), hidden="")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE monographs_comment")
    send(publication, minutes_ago(20))
    with CaptureQueriesContext(connection) as captured:
        ask(publication)
    (asked,) = captured.captured_queries
    assert "monographs_comment" in asked["sql"]
    assert scanned_tables(asked["sql"]).isdisjoint({"monographs_comment"})

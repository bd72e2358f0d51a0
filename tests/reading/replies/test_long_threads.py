"""500 replies render within 10 queries, however deep they stand and whoever wrote them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monographs.comments.arrival.actions import submit
from monographs.comments.deciding import actions
from monographs.comments.models import Comment
from monographs.reading.replies.thread import ON_A_PAGE
from tests.makers import change_leaflet, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db
PAGE = "/leaflets/testamol/"
REPLIES, MOST_QUERIES = 500, 10


@pytest.fixture(scope="module")
def long_thread(rows_of_the_file):
    """Questions with a chain of answers to answers, the clinic's among them, of two versions; some are taken away."""
    carla, publication, replies = make_person("carla"), make_published(), []
    while len(replies) < REPLIES:
        if len(replies) == REPLIES // 2:
            make_published(change_leaflet(publication.leaflet, dosage="Take 6mg once a day."), change_note="Dose.")
        parent = replies[-1] if len(replies) % 8 else None
        if len(replies) % 8 == 3:
            replies.append(actions.answer(parent, by=carla, body=f"Reply {len(replies)}"))
        else:
            replies.append(submit(publication.leaflet, body=f"Reply {len(replies)}", parent=parent))
            actions.approve(replies[-1], by=carla)
    for reply in replies[1::40]:
        actions.reject(reply, by=carla, reason="It tells who somebody is.")
    return len(replies)


def test_500_replies_render_within_10_queries_on_each_of_their_pages(client, long_thread):
    address, said, counts = PAGE, [], []
    while address:
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address).content.decode()
        assert len(captured) <= MOST_QUERIES
        found = re.findall(r'id="reply-(\d+)"', page)
        counts.append(len(found))
        said += found
        older = re.search(r'href="(/leaflets/testamol/replies/before/\d+/)"', page)
        address = older and older[1]
    assert sorted(map(int, said)) == sorted(Comment.objects.values_list("pk", flat=True))
    assert max(counts) <= ON_A_PAGE
    assert len(said) == REPLIES

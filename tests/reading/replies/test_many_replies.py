"""A leaflet with many replies shows the newest; the older ones stand on pages of their own, and each is found again."""

import re

import pytest
from django.db import connection
from django.template.defaultfilters import linebreaks_filter
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from monographs.comments.afterwards.erasure import erase
from monographs.comments.deciding import actions as comments
from monographs.comments.models import Comment
from monographs.publication.actions import withdraw
from monographs.reading.replies.thread import ON_A_PAGE, paragraphs
from tests.makers import make_comment, make_published
from tests.people import make_person
from tests.reading.parts import send, words
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db
PAGE = "/leaflets/testamol/"
THREADS, ANSWERS = 40, 2  # each question has so many answers: 120 replies


@pytest.fixture(scope="module")
def asked(rows_of_the_file):
    """The questions' numbers, oldest first."""
    publication = make_published()
    numbers = []
    for number in range(THREADS):
        question = make_comment(publication, body=f"Question {number:03}", name=f"Reader {number}", shown=True)
        numbers.append(question.pk)
        for answer in range(ANSWERS):
            make_comment(publication, body=f"Answer {number:03}-{answer}", parent=question, shown=True)
    return numbers


def said(page: str) -> list[str]:
    return re.findall(r"<p>((?:Question|Answer) [\d-]+)</p>", page)


def older(page: str) -> str | None:
    found = re.search(r'href="(/leaflets/testamol/replies/before/\d+/)"', page)
    return found and found[1]


def pages(client) -> list[str]:
    """The leaflet, and page by page the older replies."""
    found = [client.get(PAGE).content.decode()]
    while address := older(found[-1]):
        response = client.get(address)
        assert response.status_code == 200
        found.append(response.content.decode())
    return found


def test_all_are_shown_once_in_their_order_and_no_more_than_fifty_on_a_page(client, asked):
    shown = [said(page) for page in pages(client)]
    expected = [
        text
        for number in range(THREADS)
        for text in (f"Question {number:03}", *(f"Answer {number:03}-{answer}" for answer in range(ANSWERS)))
    ]
    assert [text for page in reversed(shown) for text in page] == expected
    assert [len(page) for page in shown] == [48, 48, 24]  # of 50 those that begin with a question
    assert all(page[0].startswith("Question") for page in shown)


def test_a_page_of_replies_takes_as_many_queries_and_rows_as_of_a_leaflet_with_few(client, asked):
    make_comment(make_published(medicine="Fewmol"), shown=True)
    addresses = [PAGE, "/leaflets/fewmol/", older(client.get(PAGE).content.decode())]
    for address, most in zip(addresses, (3, 3, 4), strict=True):
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        assert len(captured) == most
        if connection.vendor == "postgresql":  # keeps the plan under a number, and reads so small a table whole
            continue
        [look_up] = [query["sql"] for query in captured if "parent_id" in query["sql"] and "LIMIT" in query["sql"]][-1:]
        assert f"LIMIT {ON_A_PAGE + 1}" in look_up
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {look_up}")
            plan = " ".join(str(part) for row in cursor.fetchall() for part in row)
        assert "USING INDEX comment_place (leaflet_id=? AND place>? AND place<?)" in plan
        assert "TEMP B-TREE" not in plan


def test_a_leaflet_with_few_replies_has_no_link_to_older_ones(client):
    make_comment(make_published(medicine="Fewmol"), shown=True)
    page = client.get("/leaflets/fewmol/")
    assert "/replies/before/" not in page.content.decode()
    assert "These are the newest" not in words(page)


def test_fifty_replies_fill_one_page_and_the_next_begins_another(client):
    publication = make_published(medicine="Fullmol")
    for number in range(ON_A_PAGE):
        make_comment(publication, body=f"Question {number}", shown=True)
    page = client.get("/leaflets/fullmol/").content.decode()
    assert len(said(page)) == ON_A_PAGE
    assert "/replies/before/" not in page
    make_comment(publication, body="Question 999", shown=True)
    page = client.get("/leaflets/fullmol/").content.decode()
    assert (len(said(page)), said(page)[-1], said(page)[0]) == (ON_A_PAGE, "Question 999", "Question 1")
    assert "/replies/before/" in page


def test_the_address_of_a_reply_leads_to_the_page_where_it_stands(client, asked):
    for reply in Comment.objects.filter(leaflet__slug="testamol"):
        response = client.get(f"{PAGE}replies/{reply.pk}/")
        assert response.status_code == 302
        assert response["Cache-Control"] == "no-store"
        page, anchor = response["Location"].split("#")
        assert anchor == f"reply-{reply.pk}"
        assert f'id="{anchor}"' in client.get(page).content.decode()


@pytest.mark.parametrize("number", [0, 999_999, "9" * 30])
def test_no_reply_has_no_address(client, asked, number):
    assert client.get(f"{PAGE}replies/{number}/").status_code == 404
    assert client.get(f"{PAGE}replies/before/{number}/").status_code == 404


def test_a_reply_that_waits_or_is_of_another_leaflet_has_none_here(client, asked, carla):
    waiting = make_comment(make_published(medicine="Fewmol"), body="A secret question.")
    elsewhere = make_comment(waiting.publication, shown=True)
    for number in (waiting.pk, elsewhere.pk):
        assert client.get(f"{PAGE}replies/{number}/").status_code == 404
    assert client.get(f"/leaflets/fewmol/replies/{waiting.pk}/").status_code == 404
    assert client.get(f"/leaflets/fewmol/replies/{elsewhere.pk}/").status_code == 302
    comments.undo(elsewhere, by=carla)
    assert client.get(f"/leaflets/fewmol/replies/{elsewhere.pk}/").status_code == 404


def test_nothing_stands_before_the_first_and_each_page_has_one_address(client, asked):
    assert client.get(f"{PAGE}replies/before/{asked[0]}/").status_code == 404
    assert client.get(f"{PAGE}replies/before/{asked[1]}/").status_code == 200
    assert client.get(f"{PAGE}replies/before/0{asked[1]}/").status_code == 404


def test_older_replies_are_kept_out_of_search_engines_and_lead_back(asked):
    reader = Reader()
    page = reader.get(f"{PAGE}replies/before/{asked[20]}/")
    assert page["Cache-Control"] == "public, max-age=0, must-revalidate"
    html = page.content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert f'<a href="{PAGE}">Testamol</a>' in html
    assert f'<a href="{PAGE}#replies">The newest replies</a>' in html
    tag = {"if-none-match": page["ETag"]}
    assert reader.get(f"{PAGE}replies/before/{asked[20]}/", headers=tag).status_code == 304


def test_an_older_reply_can_be_answered_and_its_answer_stands_under_it(client, asked, carla):
    question = Comment.objects.get(pk=asked[3])
    place = client.get(f"{PAGE}replies/{question.pk}/")["Location"]
    assert f'href="{PAGE}?answer={question.pk}#leave-a-reply"' in client.get(place).content.decode()
    form = client.get(PAGE, {"answer": str(question.pk)}).content.decode()
    assert f'name="parent" value="{question.pk}"' in form
    assert "Question 003" in form
    send(client, "testamol", body="Answer 003-9", parent=question.pk)
    comments.approve(Comment.objects.get(body="Answer 003-9"), by=carla)
    shown = said(client.get(client.get(f"{PAGE}replies/{question.pk}/")["Location"]).content.decode())
    assert shown[shown.index("Question 003") :] == ["Question 003", "Answer 003-0", "Answer 003-1", "Answer 003-9"]


def test_a_question_with_more_answers_than_a_page_goes_over_several(client):
    publication = make_published(medicine="Longmol")
    question = make_comment(publication, body="Question 1", name="Dario", shown=True)
    for number in range(ON_A_PAGE + 5):
        make_comment(publication, body=f"Answer {number}", parent=question, shown=True)
    page = client.get("/leaflets/longmol/").content.decode()
    assert said(page) == [f"Answer {number}" for number in range(5, ON_A_PAGE + 5)]
    assert f'<a href="/leaflets/longmol/replies/{question.pk}/#reply-{question.pk}">to <bdi>Dario</bdi></a>' in page
    before = re.search(r'href="(/leaflets/longmol/replies/before/\d+/)"', page)[1]
    assert said(client.get(before).content.decode()) == ["Question 1", *(f"Answer {number}" for number in range(5))]
    place = client.get(f"/leaflets/longmol/replies/{question.pk}/")["Location"]
    assert said(client.get(place).content.decode())[0] == "Question 1"


@pytest.mark.parametrize("template", ["comments/older.html", "comments/replies.html"])
def test_every_word_around_them_is_in_the_leaflets_language(template):
    english = re.compile("older|newest|before", re.IGNORECASE)
    context = {"slug": "x", "older": "/x/", "title": "ت", "window_title": "ت", "replies": "ر"}
    assert english.search(re.sub("<[^>]*>", "", render_to_string(template, context)))
    with translation.override("ar"):
        assert not english.search(re.sub("<[^>]*>", "", render_to_string(template, context)))


def test_a_withdrawn_leaflet_shows_no_older_replies(client, asked):
    leaflet = Comment.objects.get(pk=asked[0]).leaflet
    withdraw(leaflet, by=make_person("priya"), notice="Ask us.", why="Wrong.")
    for address in (f"{PAGE}replies/before/{asked[20]}/", f"{PAGE}replies/{asked[0]}/"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (302, PAGE)


@pytest.mark.parametrize(
    "text",
    ["", "One.", "One\ntwo", "One\n\ntwo\nthree\n\n\n\nfour", "\n\nOne\n", "<b>&\"'\n\n<i>", "٥ mg\n\nنعم", "a\n \nb"],
)
def test_paragraphs_are_those_of_django(text):
    assert paragraphs(text) == linebreaks_filter(text)


def test_a_question_whose_words_are_erased_still_leads_to_the_older_replies(client, asked, carla):
    first_page = client.get(PAGE).content.decode()
    first = next(pk for pk in asked if f'id="reply-{pk}"' in first_page)
    erase(Comment.objects.get(pk=first), by=carla)
    found = pages(client)
    assert len(said("".join(found))) == THREADS * (1 + ANSWERS) - 1
    assert client.get(f"/leaflets/testamol/replies/{first}/", follow=True).status_code == 200
    assert "answer=" not in client.get(PAGE, {"answer": first}).content.decode().partition('id="leave-a-reply"')[2]

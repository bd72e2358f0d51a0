"""Nothing that a reader writes turns, hides or piles up beside it, and nothing to see is no reply."""

import copy

import pytest

from monographs.comments.arrival import actions as arrival
from monographs.comments.deciding import actions as comments
from monographs.comments.models import Comment
from monographs.refusals import Unacceptable
from tests.makers import make_comment, make_published
from tests.people import make_person
from tests.reading.parts import send

pytestmark = pytest.mark.django_db

BAD = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u200b\u2800\u3164\u0000\u0336")


@pytest.fixture(scope="module")
def leaflet_of_all(rows_of_the_file):
    return make_published().leaflet


@pytest.fixture
def leaflet(leaflet_of_all):
    return copy.deepcopy(leaflet_of_all)


@pytest.mark.parametrize(
    "body", ["\u200b", "\u2800\u2800", "\u3164 \u00a0", "\u202e\u202c", "\ufeff", "\u0301", "\U000e0041"]
)
def test_reply_of_signs_that_nobody_sees_is_blank_and_refused(leaflet, body):
    with pytest.raises(Unacceptable, match="Please write something before you send"):
        arrival.submit(leaflet, body=body)
    assert not Comment.objects.exists()


def test_signs_that_turn_or_hide_are_taken_out_and_no_word_with_them(leaflet):
    reply = arrival.submit(
        leaflet, body="Take 5\u202emg 05\u202c\u200b now\r\nor 5\u200b10?", name="\u202eZoe\u0308\u2069 "
    )
    assert (reply.body, reply.name) == ("Take 5mg 05 now\nor 5 10?", "Zoë")


def test_name_that_nobody_sees_is_none(leaflet):
    assert arrival.submit(leaflet, body="Thank you.", name="\u3164\u200b").name == ""


@pytest.mark.parametrize("name", ["\u0412runo", "Pri\u0443a", "Clini\u0441", "\u0410\u041e", "\U0001d400na"])
def test_name_that_imitates_letters_is_refused_with_a_sentence(leaflet, name):
    with pytest.raises(Unacceptable, match="letters of one alphabet"):
        arrival.submit(leaflet, body="Take ten.", name=name if name != "\u0410\u041e" else "the \u0410\u041e")
    assert not Comment.objects.exists()


@pytest.mark.parametrize("name", ["Zoe\u0308", "Zoë", "Ольга", "Νίκος", "محمد", "Łukasz", "O’Brien", "李", "Đặng"])
def test_names_in_any_alphabet_are_welcome(leaflet, name):
    assert arrival.submit(leaflet, body="Thank you.", name=name).pk


def test_replies_in_other_scripts_keep_every_letter(leaflet):
    body = "می\u200cشود؟ क्\u200dष 👨\u200d👩\u200d👧 Спасибо, 5 mg"
    assert arrival.submit(leaflet, body=body).body == body


def test_reply_recorded_before_turns_nothing_on_the_page_or_in_the_queue(client, leaflet, behind_the_back):
    reply = make_comment(leaflet.publications.get(), body="Is it safe?", name="Zoe", shown=True)
    answer = arrival.submit(leaflet, body="And this?", name="Yan", parent=reply)
    comments.approve(answer, by=make_person("carla"))
    third = arrival.submit(leaflet, body="Or that?", name="Kim", parent=answer)
    comments.approve(third, by=make_person("carla"))
    with behind_the_back():
        Comment.objects.update(body="Take 5\u202emg\u2069 05", name="\u202eoeZ\u2069")
    page = client.get(f"/leaflets/{leaflet.slug}/")
    for shown in (page, client.get(f"/leaflets/{leaflet.slug}/?answer={reply.pk}")):
        words = shown.content.decode()
        assert "oeZ" in words
        assert not BAD & set(words)
    assert "<bdi>oeZ</bdi>" in words
    client.force_login(make_person("carla"))
    for queue in ("/admin/replies/?state=approved", f"/admin/replies/{third.pk}/", "/admin/"):
        assert not BAD & set(client.get(queue).content.decode())


def test_clinics_answer_is_cleaned_too(leaflet):
    reply = make_comment(leaflet.publications.get())
    with pytest.raises(Unacceptable, match="write an answer"):
        comments.answer(reply, by=make_person("carla"), body="\u200b\u2800")
    assert comments.answer(reply, by=make_person("carla"), body="Yes\u202e, 5 mg").body == "Yes, 5 mg"


def test_refused_reply_shows_the_words_again(client, leaflet):
    page = send(client, leaflet.slug, body="My words.", name="Clini\u0441")
    assert page.status_code == 400
    assert "My words." in page.content.decode()
    assert "letters of one alphabet" in page.content.decode()

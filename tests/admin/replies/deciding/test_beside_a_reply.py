"""What stands beside a reply: labels, context, versions, other replies, who has it; and a cry for help, shut."""

import copy

import pytest
from django.db import connection
from django.urls import reverse

from monographs.admin.replies.deciding.listed import others_by_mail, others_that_day
from monographs.audit.context import current_address
from monographs.comments.deciding import actions
from monographs.comments.deciding.claims import LASTS, claim
from monographs.comments.deciding.reasons import RejectionReason
from monographs.comments.deciding.seen import as_seen
from monographs.comments.labels import Label
from monographs.comments.models import Comment, ReplyWriter, State
from tests.makers import change_leaflet, make_published
from tests.makers_desk import CRY, make_cry, make_label, make_unlabelled
from tests.people import make_person

QUEUE = "admin:reply-queue"


@pytest.fixture(scope="module")
def published_for_all(rows_of_the_file):
    return make_published()


@pytest.fixture
def published(published_for_all):
    return copy.deepcopy(published_for_all)


@pytest.fixture
def moderator(client, carla):
    client.force_login(carla)
    return client


def page_of(client, reply):
    return client.get(reverse("admin:reply", args=[reply.pk])).content.decode()


def send(client, reply, verb, **fields):
    return client.post(
        reverse("admin:reply", args=[reply.pk]),
        {"verb": verb, "seen": as_seen(Comment.objects.get(pk=reply.pk)), **fields},
    )


def test_labels_stand_with_their_rule_and_the_words_that_it_saw(moderator, published):
    reply = make_unlabelled(published, body="Milk <b>or</b> water?")
    make_label(reply, Label.QUESTION, rule="en.question.or", words="Milk … <b>or</b>")
    for page in (moderator.get(reverse(QUEUE)).content.decode(), page_of(moderator, reply)):
        assert "Question" in page
        assert "en.question.or" in page
        assert '<q dir="auto">Milk</q>' in page
        assert '<q dir="auto">&lt;b&gt;or&lt;/b&gt;</q>' in page


def test_words_come_first_then_what_rules_saw_label_by_label_each_stretch_once(moderator, published):
    reply = make_unlabelled(published, body="May I swim? I feel sick since my dose went up.")
    make_label(reply, Label.QUESTION, rule="en.question.mark", words="?")
    make_label(reply, Label.REACTION, rule="en.reaction.one", words="feel sick … since my dose")
    make_label(reply, Label.REACTION, rule="en.reaction.two", words="I feel sick … dose")
    make_label(reply, Label.REACTION, rule="en.reaction.three", words="went up", is_wrong=True)
    [listed] = [one for one in moderator.get(reverse(QUEUE)).context["replies"] if one.pk == reply.pk]
    assert [seen.label for seen in listed.shown_labels] == [Label.REACTION, Label.QUESTION]
    assert listed.shown_labels[0].stretches == ["since my dose", "I feel sick"]
    for page in (moderator.get(reverse(QUEUE)).content.decode(), page_of(moderator, reply)):
        parts = ("since my dose went up", "queue-label-reaction", "queue-label-question")
        places = [page.index(part) for part in parts]
        assert places == sorted(places)
        assert "<summary>3 rules</summary>" in page
        assert page.count('value="wrong"') == 3  # each rule has its own button, and the one called wrong another
        assert '<details class="queue-rules" open>' in page  # somebody called one of them wrong


def test_personal_data_are_marked_in_the_text(moderator, published):
    reply = make_unlabelled(published, body="Call me <now> on 07400 123456 & ask.")
    make_label(reply, Label.PERSONAL_DATA, words="07400 123456")
    page = moderator.get(reverse(QUEUE)).content.decode()
    assert "Call me &lt;now&gt; on <mark>07400 123456</mark> &amp; ask." in page


def test_a_wrong_label_is_called_so_with_one_button_and_can_be_right_after_all(moderator, published):
    label = make_label(make_unlabelled(published))
    back = send(moderator, label.comment, "wrong", label=label.pk, page=1, tab="pending")
    assert back["Location"].endswith(f"#reply-{label.comment_id}")
    label.refresh_from_db()
    assert label.is_wrong is True
    assert "(called wrong)" in page_of(moderator, label.comment)
    assert send(moderator, label.comment, "wrong", label=label.pk).status_code == 409
    send(moderator, label.comment, "right", label=label.pk)
    label.refresh_from_db()
    assert label.is_wrong is False
    assert send(moderator, label.comment, "wrong", label=999).status_code == 404
    assert send(moderator, label.comment, "wrong").status_code == 404


def test_what_answers_a_reply_stands_below_it(moderator, published, carla):
    asked = make_unlabelled(published, body="Who else is dizzy?", shown=True)
    make_unlabelled(published, body="I am, too.", name="Maria", parent=asked)
    actions.answer(asked, by=carla, body="Please call us.")
    page = page_of(moderator, asked)
    assert "<bdi>Maria</bdi> answered (waiting):" in page
    assert "I am, too." in page
    assert "<bdi>Carla Moderator</bdi> answered for the clinic (shown):" in page


def test_the_version_then_and_now_and_whether_it_changed_since(client, carla):
    published = make_published()
    reply = make_unlabelled(published)
    client.force_login(carla)
    assert "The leaflet is as it was then." in page_of(client, reply)
    make_published(change_leaflet(published.leaflet, dosage="Take 10mg once a day."), change_note="More.")
    page = page_of(client, reply)
    assert "version 1</a>" in page
    assert "The leaflet has changed since: version 2 is shown now." in page
    assert "/compare/" not in page  # which a moderator alone may not see
    client.force_login(make_person("root", is_superuser=True))
    address = reverse("admin:leaflet-compare", args=[published.leaflet_id])
    assert f"{address}?old=1&amp;new=2" in page_of(client, reply)


def test_the_readers_other_replies_by_e_mail_and_by_network_address_that_day(moderator, published):
    replies = []
    for number, (address, email) in enumerate(
        [("192.0.2.1", "d@reader.example"), ("192.0.2.1", ""), ("192.0.2.9", "d@reader.example"), ("192.0.2.8", "")]
    ):
        token = current_address.set(address)
        replies.append(make_unlabelled(published, body=f"Question {number}?"))
        current_address.reset(token)
        ReplyWriter.objects.create(comment=replies[-1], email=email)
    [first] = [one for one in moderator.get(reverse(QUEUE)).context["replies"] if one == replies[0]]
    assert (first.others_that_day, first.others_by_mail) == (1, 1)
    page = page_of(moderator, replies[0]).partition('id="others"')[2]
    assert all(f"Reply {replies[number].pk}<" in page for number in (1, 2))
    assert f"Reply {replies[3].pk}<" not in page
    [last] = [one for one in moderator.get(reverse(QUEUE)).context["replies"] if one == replies[3]]
    assert (last.others_that_day, last.others_by_mail) == (0, 0)
    assert "@reader" not in moderator.get(reverse(QUEUE)).content.decode()


def test_to_open_its_page_is_to_take_it_and_colleagues_see_who_has_it(moderator, published, carla, client):
    reply = make_unlabelled(published)
    assert "You have taken this reply until" in page_of(moderator, reply)
    assert Comment.objects.get(pk=reply.pk).claimed_by == carla
    other = type(client)()
    other.force_login(make_person("colin", role="Moderator"))
    for page in (other.get(reverse(QUEUE)).content.decode(), page_of(other, reply)):
        assert "<bdi>Carla Moderator</bdi> has taken this reply until" in page
        assert 'value="take-over"' in page
        assert 'value="approve"' not in page.partition(f'id="reply-{reply.pk}"')[2].partition("</article>")[0]
    assert Comment.objects.get(pk=reply.pk).claimed_by == carla
    refused = send(other, reply, "approve")
    assert refused.status_code == 409
    assert "has taken this reply until" in refused.content.decode()
    assert send(other, reply, "take-over")["Location"] == reverse("admin:reply", args=[reply.pk])
    assert send(other, reply, "approve").status_code == 302
    assert Comment.objects.get(pk=reply.pk).state == State.APPROVED


def test_a_page_that_is_loaded_again_at_once_writes_nothing_and_one_fetched_ahead_takes_nothing(
    moderator, published, django_assert_num_queries
):
    reply = make_unlabelled(published)
    moderator.get(reverse("admin:reply", args=[reply.pk]), headers={"Sec-Purpose": "prefetch"})
    moderator.head(reverse("admin:reply", args=[reply.pk]))
    assert Comment.objects.get(pk=reply.pk).claimed_by is None
    page_of(moderator, reply)
    first = Comment.objects.get(pk=reply.pk).claimed_until
    page_of(moderator, reply)
    assert Comment.objects.get(pk=reply.pk).claimed_until == first


def test_it_can_be_taken_on_the_list_and_left_to_the_others(moderator, published, carla):
    reply = make_unlabelled(published)
    assert 'value="claim"' in moderator.get(reverse(QUEUE)).content.decode()
    send(moderator, reply, "claim", page=1)
    assert "You have taken this reply" in moderator.get(reverse(QUEUE)).content.decode()
    send(moderator, reply, "give-back", page=1)
    assert Comment.objects.get(pk=reply.pk).claimed_by is None


def test_an_auditor_reads_and_takes_nothing(client, published, amir):
    reply = make_unlabelled(published)
    client.force_login(amir)
    page = page_of(client, reply)
    assert "May I take it with milk?" in page
    assert "<form" not in page.partition('class="queue-reply')[2].partition("</article>")[0]
    assert Comment.objects.get(pk=reply.pk).claimed_by is None


def test_a_cry_for_help_stands_first_and_no_word_of_it_is_on_the_list(moderator, published, carla):
    make_unlabelled(published, body="May I swim?")
    cry = make_cry(published, name="Dario")
    response = moderator.get(reverse(QUEUE))
    page = response.content.decode()
    assert [reply.pk for reply in response.context["replies"]][0] == cry.pk
    assert "Somebody may be in danger" in page
    assert "en.crisis.test" in page
    assert CRY not in page
    assert "do not want to wake up" not in page
    assert "Dario" not in page
    assert f'action="{reverse("admin:reply-crisis", args=[cry.pk])}"' in page
    assert page.count('value="approve"') == 2  # of the other reply, and for several


def test_it_is_shut_on_its_page_as_well_until_this_person_opened_it(moderator, published, client):
    cry = make_cry(published)
    page = page_of(moderator, cry)
    assert CRY not in page
    assert 'value="reject"' not in page
    opened = moderator.post(reverse("admin:reply-crisis", args=[cry.pk]), {"verb": "open"})
    assert opened.status_code == 302
    page = page_of(moderator, cry)
    assert CRY in page
    assert 'value="spam"' not in page
    other = type(client)()
    other.force_login(make_person("colin", role="Moderator"))
    assert CRY not in page_of(other, cry)
    assert CRY not in moderator.get(reverse(QUEUE)).content.decode()


def test_what_was_done_with_a_cry_for_help_is_said_without_its_words(moderator, published):
    cry = make_cry(published)
    moderator.post(reverse("admin:reply-crisis", args=[cry.pk]), {"verb": "open"})
    done = moderator.get(send(moderator, cry, "reject", reason="Answered by telephone.")["Location"]).content.decode()
    assert "is rejected" in done
    assert CRY[:20] not in done


def test_neither_the_desk_nor_the_list_to_search_in_shows_a_word_of_it(moderator, published):
    cry = make_cry(published)
    desk = moderator.get(reverse("admin:index")).content.decode()
    assert CRY[:20] not in desk
    assert "Somebody may be in danger" in desk
    listed = moderator.get(reverse("admin:monographs_comment_changelist")).content.decode()
    assert CRY[:20] not in listed
    assert str(cry.pk) in listed


def test_the_desk_has_urgent_ones_first_and_says_the_label(moderator, published):
    question = make_unlabelled(published, body="May I swim?")
    make_label(question, Label.QUESTION)
    make_cry(published)
    desk = moderator.get(reverse("admin:index"))
    [pile] = [pile for pile in desk.context["desk"] if pile.key == "replies"]
    assert [row.title for row in pile.rows] == ["Somebody may be in danger", "May I swim?"]
    assert [row.is_late for row in pile.rows] == [True, False]
    assert pile.rows[1].about.startswith("Question. On ")


def test_a_reason_is_chosen_and_its_text_is_given_unless_other_words_are_typed(moderator, published):
    chosen = RejectionReason.objects.first()
    reply = make_unlabelled(published)
    assert chosen.title in page_of(moderator, reply)
    send(moderator, reply, "reject", chosen=chosen.pk)
    assert reply.decisions.last().reason == chosen.text
    send(moderator, reply, "undo")
    send(moderator, reply, "reject", chosen=chosen.pk, reason="In my own words.")
    assert reply.decisions.last().reason == "In my own words."


def test_without_a_reason_it_is_not_rejected_and_the_form_is_open_again(moderator, published):
    reply = make_unlabelled(published)
    refused = send(moderator, reply, "reject")
    assert refused.status_code == 400
    assert "Please give a reason" in refused.content.decode()
    assert '<details open>\n  <summary data-key="r">' in refused.content.decode()
    assert Comment.objects.get(pk=reply.pk).state == State.PENDING


def test_what_was_passed_on_says_by_whom_and_why(moderator, published, carla):
    reply = make_unlabelled(published)
    lead = make_person("lena", role="Lead moderator")
    done = moderator.get(send(moderator, reply, "escalate", reason="A lawyer writes.")["Location"])
    assert "is passed on" in done.content.decode()
    page = page_of(moderator, reply)
    assert "A lawyer writes." in page
    assert 'value="approve"' not in page
    assert {send(moderator, reply, verb).status_code for verb in ("approve", "claim", "take-over")} == {403}
    assert Comment.objects.get(pk=reply.pk).claimed_by is None
    moderator.force_login(lead)
    assert 'value="approve"' in page_of(moderator, reply)
    listed = moderator.get(reverse(QUEUE)).content.decode()
    assert "<bdi>Carla Moderator</bdi> passed it on:" in listed
    assert '<q dir="auto">A lawyer writes.</q>' in listed


def test_the_pages_of_rules_and_figures_say_what_they_count(moderator, published, carla):
    reply = make_unlabelled(published)
    make_label(reply, Label.QUESTION, rule="en.question.may-i")
    actions.approve(reply, by=carla)
    rules = moderator.get(reverse("admin:reply-rules")).content.decode()
    assert "en.question.may-i" in rules
    assert "100 %" in rules
    figures = moderator.get(reverse("admin:reply-figures")).content.decode()
    assert "Until decided, 30 days" in figures
    assert "Somebody may be in danger" in figures
    moderator.force_login(make_person("ana"))
    for name in ("reply-rules", "reply-figures"):
        assert moderator.get(reverse(f"admin:{name}")).status_code == 403


def test_a_claim_that_is_over_is_nobodys(moderator, published):
    reply = make_unlabelled(published)
    claim(reply, by=make_person("colin", role="Moderator"))
    Comment.objects.filter(pk=reply.pk).update(claimed_until=Comment.objects.get(pk=reply.pk).claimed_until - LASTS)
    page = moderator.get(reverse(QUEUE)).content.decode()
    assert "has taken this reply" not in page
    assert "Colin Test" not in page


def test_what_a_reply_has_none_of_is_not_looked_up(moderator, published, django_assert_num_queries):
    reply = make_unlabelled(published)
    page_of(moderator, reply)  # to open it is to take it
    # session and person, permissions, the reply, all beside it, decisions, what is below, labels, requests, reasons
    with django_assert_num_queries(9):
        page_of(moderator, reply)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's index has a reader's rows in their order")
@pytest.mark.django_db
@pytest.mark.parametrize("others", [others_that_day, others_by_mail])
def test_the_newest_of_a_reader_are_not_looked_for_among_all(others):
    """Of a million replies PostgreSQL walked through all by their numbers, for each of twenty on a page."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        assert "_pkey" not in others("somebody", 1).explain()

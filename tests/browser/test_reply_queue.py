"""The moderation queue in a browser: by keyboard alone, by mouse alone, and without JavaScript."""

import re

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from monographs.comments.deciding.actions import reject
from monographs.comments.deciding.claims import claim
from monographs.comments.labels import Label
from monographs.comments.models import Comment, State
from tests.makers import make_published
from tests.makers_desk import CRY, make_cry, make_label, make_unlabelled
from tests.people import make_person

BODIES = ("The first question?", "The second question?", "The third question?")


@pytest.fixture
def replies(transactional_db):
    publication = make_published()
    return [make_unlabelled(publication, body=body) for body in BODIES]


@pytest.fixture
def queue(live_server, let_in, replies):
    def open_queue(page):
        let_in(page, make_person("carla"))
        page.goto(f"{live_server.url}/admin/replies/")
        return page

    return open_queue


def said(page, words):
    """Wait until the page says so, and its scripts have put the focus there: from then on they listen to the keys."""
    expect(page.get_by_role("status")).to_contain_text(words)
    expect(page.get_by_role("status")).to_be_focused()


def states():
    """Of the readers' replies, in their order."""
    return list(Comment.objects.filter(staff=None).order_by("pk").values_list("state", flat=True))


def test_queue_is_worked_by_keyboard_alone(page, queue):
    keys = queue(page).keyboard
    expect(page.get_by_text("next and previous reply")).to_be_visible()
    keys.press("j")
    expect(page.locator("article").nth(0)).to_be_focused()
    keys.press("ArrowDown")
    expect(page.locator("article").nth(1)).to_be_focused()
    keys.press("k")
    keys.press("a")
    said(page, "is shown now")
    assert states() == [State.APPROVED, State.PENDING, State.PENDING]
    keys.press("j")
    expect(page.locator("article").nth(0)).to_be_focused()
    keys.press("r")
    keys.press("ArrowDown")  # the first reason; its text is put below, to be changed
    keys.press("Tab")
    keys.press("Control+End")
    keys.type(" Not a jest, see our rules")  # j, a, s, e and r are letters while one types
    assert states() == [State.APPROVED, State.PENDING, State.PENDING]
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")
    said(page, "is rejected")
    assert states() == [State.APPROVED, State.REJECTED, State.PENDING]
    keys.press("u")
    said(page, "waits again")
    assert states() == [State.APPROVED, State.PENDING, State.PENDING]
    keys.press("j")
    keys.press("e")
    keys.type("Yes, please do.")
    keys.press("Escape")
    expect(page.locator("article").nth(0)).to_be_focused()
    keys.press("e")
    keys.press("Tab")
    keys.press("Enter")
    said(page, "with your answer")
    assert Comment.objects.get(staff__username="carla").body == "Yes, please do."
    keys.press("j")
    keys.press("s")
    said(page, "as spam")
    assert states() == [State.APPROVED, State.APPROVED, State.SPAM]


def test_after_a_decision_the_keys_go_on_where_they_were(page, queue):
    keys = queue(page).keyboard
    keys.press("j")
    keys.press("j")
    keys.press("a")
    said(page, "is shown now")
    keys.press("j")
    expect(page.locator("article:focus")).to_contain_text(BODIES[2])


def test_keys_can_be_turned_off_and_stay_off(page, queue):
    queue(page).get_by_role("button", name="Turn keys off").click()
    page.keyboard.press("j")
    expect(page.locator("article:focus")).to_have_count(0)
    page.reload()
    page.locator("article").first.focus()
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Turn keys on")).to_be_visible()
    assert states() == [State.PENDING] * 3


def test_keys_take_pass_on_choose_and_hide_their_list(page, queue):
    make_person("lena", role="Lead moderator")
    keys = queue(page).keyboard
    keys.press("?")
    expect(page.get_by_text("next and previous reply")).to_be_hidden()
    keys.press("?")
    expect(page.get_by_text("next and previous reply")).to_be_visible()
    keys.press("j")
    keys.press("t")
    expect(page.locator("article").first).to_contain_text("You have taken this reply until")
    expect(page.locator("article").first).to_be_focused()
    keys.press("j")
    keys.press("p")
    keys.type("A lawyer, perhaps.")
    keys.press("Tab")
    keys.press("Enter")
    said(page, "is passed on")
    keys.press("j")  # to the one after it, which is the last
    keys.press("x")
    keys.press("k")
    keys.press("x")
    expect(page.locator("[data-choose]:checked")).to_have_count(2)
    keys.press("Control+a")  # with another key held they are the browser's
    keys.press("o")
    page.wait_for_url("**/admin/replies/*/")
    assert states() == [State.PENDING] * 3


def test_the_first_reason_that_is_chosen_is_put_into_the_text_and_own_words_are_left_alone(page, queue):
    queue(page).get_by_text("Reject…").first.click()
    choice = page.get_by_label("A reason to choose").first
    text = page.get_by_label("The reason; whoever wrote").first
    choice.select_option(label="Hurtful")
    expect(text).to_have_value(re.compile("could hurt somebody"))
    choice.select_option(label="Said already")
    expect(text).to_have_value(re.compile("answered on this page already"))
    text.fill("In my own words.")
    choice.select_option(label="Hurtful")
    expect(text).to_have_value("In my own words.")


@pytest.mark.parametrize("has_script", [True, False])
def test_several_are_decided_after_a_check_and_a_cry_for_help_is_opened_alone(new_page, queue, replies, has_script):
    cry = make_cry(replies[0].publication)
    page = queue(new_page(java_script_enabled=has_script))
    expect(page.locator("article").first).to_contain_text("Somebody may be in danger")
    expect(page.locator("body")).not_to_contain_text(CRY)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Reject them…").click()
    expect(page.locator("form.queue-sure li")).to_have_count(3)
    page.get_by_role("checkbox").nth(1).uncheck()
    page.get_by_label("A reason to choose").select_option(label="Said already")
    page.get_by_role("button", name="Reject", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("2 replies are rejected")
    assert states() == [State.REJECTED, State.PENDING, State.REJECTED, State.PENDING]
    page.get_by_role("link", name="Back to the replies that wait").click()
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.locator("body")).to_contain_text(CRY)
    page.get_by_role("link", name="Decide what becomes of the reply").click()
    expect(page.locator(f"#reply-{cry.pk}")).to_contain_text(CRY)
    expect(page.get_by_role("button", name="Spam", exact=True)).to_have_count(0)


def test_a_cry_for_help_is_opened_by_keyboard_alone(page, queue, replies):
    make_cry(replies[0].publication)
    keys = queue(page).keyboard
    keys.press("j")
    keys.press("a")  # there is nothing to decide before it is opened
    keys.press("o")
    expect(page.locator("body")).to_contain_text(CRY)
    assert states() == [State.PENDING] * 4


@pytest.mark.parametrize("has_script", [True, False])
def test_a_colleagues_reply_is_taken_over_knowingly(new_page, queue, replies, has_script):
    claim(replies[0], by=make_person("colin", role="Moderator"))
    page = queue(new_page(java_script_enabled=has_script))
    article = page.locator("article").first
    expect(article).to_contain_text("Colin Test has taken this reply until")
    expect(article.get_by_role("button", name="Show", exact=True)).to_have_count(0)
    article.get_by_role("button", name="Take it over").click()
    page.locator("article").first.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("is shown now")


@pytest.mark.parametrize("has_script", [True, False])
def test_the_list_is_filtered_by_a_form(new_page, queue, replies, has_script):
    make_label(replies[1], Label.QUESTION)
    page = queue(new_page(java_script_enabled=has_script))
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Label:", exact=True).select_option("question")
    page.get_by_role("button", name="Filter the list").click()
    expect(page.locator("article")).to_have_count(1)
    expect(page.locator("article")).to_contain_text(BODIES[1])
    page.get_by_role("button", name="Wrong label").click()
    expect(page.get_by_text("No reply is like that.")).to_be_visible()


@pytest.mark.parametrize("has_script", [True, False])
def test_queue_is_worked_by_mouse_alone(new_page, queue, has_script):
    page = queue(new_page(java_script_enabled=has_script))
    assert page.get_by_text("next and previous reply").is_visible() is has_script
    page.get_by_role("button", name="Show", exact=True).first.click()
    expect(page.get_by_role("status")).to_contain_text("is shown now")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("waits again")
    assert states() == [State.PENDING] * 3
    page.get_by_text("Reject…").first.click()
    page.get_by_label("The reason; whoever wrote").first.fill("Not about the medicine.")
    page.get_by_role("button", name="Reject", exact=True).first.click()
    expect(page.get_by_role("status")).to_contain_text("is rejected")
    page.get_by_text("Answer…").first.click()
    page.get_by_label("The clinic’s answer").first.fill("Yes, with water.")
    page.get_by_role("button", name="Show both reply and answer").first.click()
    expect(page.get_by_role("status")).to_contain_text("with your answer")
    page.get_by_role("link", name="Rejected").click()
    page.get_by_role("button", name="Undo: let it wait again").click()
    expect(page.get_by_role("status")).to_contain_text("waits again")
    assert states() == [State.PENDING, State.APPROVED, State.PENDING]


def test_double_click_sends_once_and_a_slow_answer_is_kept(page, queue, replies):
    from_colleague = make_person("colin", role="Moderator")
    queue(page).get_by_role("button", name="Show", exact=True).first.dblclick()
    expect(page.get_by_role("status")).to_contain_text("is shown now")
    page.get_by_text("Answer…").first.click()
    page.get_by_label("The clinic’s answer").first.fill("A long and careful answer.")
    reject(replies[1], by=from_colleague, reason="Rude.")
    page.get_by_role("button", name="Show both reply and answer").first.click()
    expect(page.get_by_role("alert")).to_contain_text("This reply is not shown")
    expect(page.get_by_label("The clinic’s answer")).to_have_value("A long and careful answer.")


def test_staff_pages_fit_the_screen_and_break_no_rule_of_the_browser(new_page, live_server, queue, replies):
    """`new_page` fails the test on any breach of the Content-Security-Policy."""
    page = queue(new_page(viewport={"width": 320, "height": 800}))
    root = make_person("carla")
    root.is_superuser = True
    root.save()
    for address in (
        "",
        "replies/",
        "replies/?state=approved",
        "replies/?label=question",
        "replies/rules/",
        "replies/figures/",
        f"replies/{replies[0].pk}/",
        "monographs/rejectionreason/",
        "monographs/comment/",
        "monographs/entry/",
        f"monographs/staffmember/{root.pk}/change/",
        f"monographs/staffmember/{root.pk}/password/",
        "monographs/staffmember/add/",
        "monographs/staffmember/",
        "monographs/clinic/1/change/",
        "monographs/checklistitem/",
        f"auth/group/{Group.objects.first().pk}/change/",
        "password_change/",
    ):
        response = page.goto(f"{live_server.url}/admin/{address}")
        assert response.status == 200
        for width in (1280, 320):  # ends on the small one, where the next page is loaded
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (address, width)

"""The moderation queue in a browser: by keyboard alone, by mouse alone, and without JavaScript."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from monographs.comments.actions import reject
from monographs.comments.models import Comment, State
from tests.makers import make_comment, make_published
from tests.people import make_person

BODIES = ("The first question?", "The second question?", "The third question?")


@pytest.fixture
def replies(transactional_db):
    publication = make_published()
    return [make_comment(publication, body=body) for body in BODIES]


@pytest.fixture
def queue(live_server, log_in, replies):
    def open_queue(page):
        log_in(page, make_person("carla"))
        page.goto(f"{live_server.url}/admin/replies/")
        return page

    return open_queue


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
    expect(page.get_by_role("status")).to_contain_text("is shown now")
    assert states() == [State.APPROVED, State.PENDING, State.PENDING]
    expect(page.get_by_role("status")).to_be_focused()
    keys.press("j")
    expect(page.locator("article").nth(0)).to_be_focused()
    keys.press("r")
    keys.type("Not a jest, see our rules")  # j, a, s, e and r are letters while one types
    assert states() == [State.APPROVED, State.PENDING, State.PENDING]
    keys.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("is rejected")
    assert states() == [State.APPROVED, State.REJECTED, State.PENDING]
    keys.press("u")
    expect(page.get_by_role("status")).to_contain_text("waits again")
    assert states() == [State.APPROVED, State.PENDING, State.PENDING]
    keys.press("j")
    keys.press("e")
    keys.type("Yes, please do.")
    keys.press("Escape")
    expect(page.locator("article").nth(0)).to_be_focused()
    keys.press("e")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("with your answer")
    assert Comment.objects.get(staff__username="carla").body == "Yes, please do."
    keys.press("j")
    keys.press("s")
    expect(page.get_by_role("status")).to_contain_text("as spam")
    assert states() == [State.APPROVED, State.APPROVED, State.SPAM]


def test_after_a_decision_the_keys_go_on_where_they_were(page, queue):
    keys = queue(page).keyboard
    keys.press("j")
    keys.press("j")
    keys.press("a")
    expect(page.get_by_role("status")).to_contain_text("is shown now")
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
    page.get_by_label("Reason, for colleagues").first.fill("Not about the medicine.")
    page.get_by_role("button", name="Reject", exact=True).first.click()
    expect(page.get_by_role("status")).to_contain_text("is rejected")
    page.get_by_text("Answer…").first.click()
    page.get_by_label("The clinic’s answer").first.fill("Yes, with water.")
    page.get_by_role("button", name="Show both reply and answer").first.click()
    expect(page.get_by_role("status")).to_contain_text("with your answer")
    page.get_by_role("link", name="Rejected").click()
    page.get_by_role("button", name="Undo: let it wait again").click()
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


@pytest.mark.parametrize("width", [320, 1280])
def test_staff_pages_fit_the_screen_and_break_no_rule_of_the_browser(new_page, live_server, queue, width):
    """`new_page` fails the test on any breach of the Content-Security-Policy."""
    page = queue(new_page(viewport={"width": width, "height": 800}))
    root = make_person("carla")
    root.is_superuser = True
    root.save()
    for address in (
        "",
        "replies/",
        "replies/?state=approved",
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
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address

"""A form of the staff that is not accepted: its answer carries what was typed, to be sent again by one's own hand."""

import html.parser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from monographs.audit.models import Entry
from monographs.review.models import Remark
from monographs.revisions.actions import newest_revision
from monographs.staff.sessions.open import OpenSession as Session
from tests.admin.forms import change_url, with_body
from tests.faults.markup import ATTEMPTS, alive_in
from tests.makers import make_leaflet, make_review
from tests.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db

WORDS = "\nWhich maximum?\n\n  Two   lines, “quoted” & <b>bold</b>: 5 < 6.\n"


class _Forms(html.parser.HTMLParser):
    """The fields of the last form of a page, as a browser would send them."""

    def __init__(self, page: str):
        super().__init__()
        self.fields, self.action, self.enctype, self._area = [], "", "", None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.fields, self.action, self.enctype = [], attrs.get("action"), attrs.get("enctype", "")
        elif tag == "input" and attrs.get("type") not in {"submit", "file"}:
            self.fields.append((attrs.get("name"), attrs.get("value", "")))
        elif tag == "textarea":
            self._area = (attrs.get("name"), "")

    def handle_data(self, data):
        if self._area:
            self._area = (self._area[0], self._area[1] + data)

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.fields.append((self._area[0], self._area[1].removeprefix("\n")))
            self._area = None


@pytest.fixture
def leaflet():
    return make_leaflet()


@pytest.fixture
def browser_of():
    """A client that checks tokens as the site does, logged in."""

    def log_in(person) -> Client:
        client = Client(enforce_csrf_checks=True)
        enter(client, person)
        return client

    return log_in


def enter(client: Client, person) -> None:
    """By the form, in another tab: the token changes."""
    client.get("/admin/login/")
    token = client.cookies["staff-csrf"].value
    data = {"username": person.username, "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert client.post("/admin/login/?next=/admin/", data).status_code == 302


def token_of(client: Client) -> str:
    client.get("/admin/password_change/")
    return client.cookies["staff-csrf"].value


def remarks_of(leaflet) -> str:
    return f"/admin/leaflets/{leaflet.pk}/remarks/"


def again(client: Client, answer, **fields):
    """Press the button on the page."""
    form = _Forms(answer.content.decode())
    data = {}
    for name, value in form.fields:
        data.setdefault(name, []).append(value)
    return client.post(form.action, {**data, **fields})


def test_after_a_log_in_in_another_tab_the_page_carries_the_words_and_sends_them(browser_of, bruno, leaflet):
    client = browser_of(bruno)
    old = token_of(client)
    enter(client, bruno)
    answer = client.post(remarks_of(leaflet), {"csrfmiddlewaretoken": old, "body": WORDS, "section_key": ""})
    assert answer.status_code == 403
    assert "You are logged in as <strong>Bruno Reader</strong>" in answer.content.decode()
    assert ("body", WORDS) in _Forms(answer.content.decode()).fields
    assert Remark.objects.count() == 0
    assert again(client, answer).status_code == 302
    assert Remark.objects.get().body.strip() == WORDS.strip()


def test_after_the_session_ended_the_page_carries_the_words_through_the_log_in(browser_of, bruno, leaflet):
    client = browser_of(bruno)
    token = token_of(client)
    Session.objects.all().delete()
    entries = Entry.objects.count()
    answer = client.post(remarks_of(leaflet), {"csrfmiddlewaretoken": token, "body": WORDS, "is_blocking": "on"})
    assert answer.status_code == 403
    assert "You are not logged in any more, so nothing of what you sent was recorded." in answer.content.decode()
    assert 'target="_blank"' in answer.content.decode()
    once_more = again(client, answer)  # too early: still nobody
    assert (once_more.status_code, Entry.objects.count()) == (403, entries)
    enter(client, bruno)
    asked = again(client, once_more)  # the token of before the log-in
    assert asked.status_code == 403
    assert again(client, asked).status_code == 302
    remark = Remark.objects.get()
    assert (remark.body.strip(), remark.is_blocking, remark.by) == (WORDS.strip(), True, bruno)


def test_a_whole_leaflet_comes_through(browser_of, ana, leaflet):
    client = browser_of(ana)
    old = token_of(client)
    form = with_body(leaflet, "dosage", "Take 7mg once a day.\n\n- With food.\n- At night.")
    enter(client, ana)
    answer = client.post(change_url(leaflet), form | {"csrfmiddlewaretoken": old})
    assert "Body (sections " in answer.content.decode()
    assert again(client, answer).status_code == 302
    content = newest_revision(leaflet).content
    assert (
        next(one.body for one in content.sections if one.kind == "dosage")
        == form[
            next(name for name, value in form.items() if value == "Take 7mg once a day.\n\n- With food.\n- At night.")
        ]
    )


def test_passwords_are_asked_for_anew_and_never_shown(browser_of, bruno):
    review = make_review()
    client = browser_of(bruno)
    old = token_of(client)
    enter(client, bruno)
    data = {"csrfmiddlewaretoken": old, "password": PASSWORD, "note": "All is right."}
    page = client.post(f"/admin/leaflets/{review.leaflet_id}/approve/", data).content.decode()
    assert PASSWORD not in page
    assert 'type="password" name="password"' in page
    assert "please give it again" in page
    assert "All is right." in page
    staff = client.post(
        "/admin/password_change/", {"new_password1": "first secret", "old_password": PASSWORD, "x": "a b"}
    )
    assert "first secret" not in staff.content.decode()
    log_in = client.post("/admin/login/", {"username": "bruno the reader", "password": PASSWORD})
    assert PASSWORD not in log_in.content.decode()
    assert "bruno the reader" not in log_in.content.decode()


def test_files_are_named_as_lost_and_can_be_chosen_again(browser_of, bruno, leaflet):
    client = browser_of(bruno)
    old = token_of(client)
    enter(client, bruno)
    data = {"csrfmiddlewaretoken": old, "body": WORDS, "image": SimpleUploadedFile("x.png", b"12345")}
    page = client.post(remarks_of(leaflet), data).content.decode()
    assert "please choose it again" in page
    assert '<input id="file-1" type="file" name="image">' in page
    assert 'enctype="multipart/form-data"' in page


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"}, {"origin": "null"}, {"referer": "https://evil.example/x"},
        {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "http://testserver.evil.example"},
        {"sec-fetch-site": "none"}, {"origin": "http://[::1"},
    ],
)  # fmt: skip
def test_what_another_site_posts_is_never_offered_to_be_sent(browser_of, bruno, leaflet, headers):
    client = browser_of(bruno)
    token_of(client)
    answer = client.post(remarks_of(leaflet), {"body": "Words of another site."}, headers=headers)
    assert answer.status_code == 403
    assert "Words of another site." not in answer.content.decode()
    assert "<form" not in answer.content.decode()


def test_without_our_cookie_the_words_can_be_copied_and_not_sent(bruno, leaflet):
    client = Client(enforce_csrf_checks=True)
    client.force_login(bruno)
    answer = client.post(remarks_of(leaflet), {"body": WORDS})
    assert "<form" not in answer.content.decode()
    assert WORDS in "".join(value for _name, value in _Forms(answer.content.decode()).fields)


def test_a_script_gets_no_page_of_words(browser_of, ana, leaflet):
    client = browser_of(ana)
    headers = {"x-csrftoken": "x", "sec-fetch-dest": "empty", "sec-fetch-site": "same-origin"}
    answer = client.post(f"/admin/leaflets/{leaflet.pk}/autosave/", {"title": "My own words"}, headers=headers)
    assert (answer.status_code, b"My own words" in answer.content) == (403, False)


def test_nothing_that_was_typed_runs_on_the_page(browser_of, bruno, leaflet):
    client = browser_of(bruno)
    old = token_of(client)
    enter(client, bruno)
    data = {f'f{number}"><script>': attempt for number, attempt in enumerate(ATTEMPTS)}
    page = client.post(remarks_of(leaflet) + "?x=\"'><b>", {**data, "csrfmiddlewaretoken": old}).content.decode()
    assert alive_in(page) == []


def test_another_persons_session_gets_the_words_and_is_named(browser_of, bruno, leaflet):
    client = browser_of(bruno)
    old = token_of(client)
    carla = make_person("carla")
    enter(client, carla)
    answer = client.post(remarks_of(leaflet), {"csrfmiddlewaretoken": old, "body": WORDS})
    assert "You are logged in as <strong>Carla Moderator</strong>" in answer.content.decode()
    refused = again(client, answer)
    assert refused.status_code == 403
    assert WORDS.strip() in "".join(value for _name, value in _Forms(refused.content.decode()).fields)
    assert Remark.objects.count() == 0


def test_a_refusal_carries_what_was_typed(browser_of, bruno, leaflet):
    """Such as a remark on what was deleted meanwhile, or an act that this person may not do (any more)."""
    client = browser_of(bruno)
    token = token_of(client)
    for address in (f"{remarks_of(leaflet)}999999/answer/", f"/admin/leaflets/{leaflet.pk}/withdraw/",
                    f"/admin/leaflets/{leaflet.pk + 99}/remarks/", "/admin/monographs/medicine/add/"):  # fmt: skip
        answer = client.post(address, {"csrfmiddlewaretoken": token, "body": WORDS, "notice": "x"})
        assert answer.status_code in {400, 403, 404, 409}, address
        assert WORDS in [value for _name, value in _Forms(answer.content.decode()).fields], address


def test_a_form_with_nothing_written_leads_to_the_log_in(browser_of, bruno, leaflet):
    client = browser_of(bruno)
    token = token_of(client)
    Session.objects.all().delete()
    answer = client.post(remarks_of(leaflet), {"csrfmiddlewaretoken": token, "body": "  "})
    assert answer.status_code == 302
    assert answer["Location"].endswith("&unsent=1")

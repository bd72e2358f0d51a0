"""Each address of the staff's pages, for each role, with rows that are there and rows that are not: never a 500."""

import html.parser
import itertools

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.contrib.admin.exceptions import DisallowedModelAdminLookup, NotRegistered
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.auth.models import Group
from django.contrib.messages import MessageFailure
from django.db import transaction
from django.test import Client, RequestFactory

from monographs.audit.models import Entry
from monographs.clinics.models import the_clinic
from monographs.review.fact_check import ask
from monographs.review.models import ChecklistItem
from monographs.review.remarks import add_remark
from monographs.staff.models import StaffMember
from monographs.staff.sessions.open import OpenSession as Session
from tests.faults.addresses import HUGE, MISSING, patterns, staff_addresses
from tests.makers import change_leaflet, make_comment, make_published, make_review
from tests.people import make_person

pytestmark = pytest.mark.django_db

# What each role gets at each address, and that it is no failure, is held by tests/admin/test_every_address_by_role.py.
EVERYBODY = (None, "Author", "superuser")
JUNK = ("\x00", "-1", str(HUGE), "x" * 20_000)
# No database is asked about these, or they are words or numbers like any other to it.
LIKE_ANY = ("", "<script>alert(1)</script>", "2026-13-45", "٣")
SAME_TO_ALL = [pytest.param(junk, marks=pytest.mark.once) for junk in LIKE_ANY]
NO_NUMBERS = ("x", "_", "..", "1/2")
LIKE_ANY_NUMBER = (0, "1_00", "٣")  # to a database, if they come to one


@pytest.fixture(scope="module")
def there(rows_of_the_file):
    """A leaflet that is shown, in review again, remarked on, sent to an expert, replied to; and a row of each kind."""
    publication = make_published()
    reply = make_comment(publication)
    review = make_review(change_leaflet(publication.leaflet, dosage="Take 6mg once a day."))
    ask(review.revision, by=make_person("ana"), expert="Dr Who", question="Is that so?")
    note = add_remark(review.revision, by=make_person("bruno"), body="Why?")
    leaflet = review.leaflet
    by_model = {
        "leaflet": leaflet,
        "comment": reply,
        "clinic": the_clinic(),
        "medicine": leaflet.medicine,
        "entry": Entry.objects.first(),
        "staffmember": make_person("carla"),
        "group": Group.objects.first(),
        "checklistitem": ChecklistItem.objects.first(),
    }
    values = {name: {"pk": row.pk, "object_id": row.pk, "id": row.pk} for name, row in by_model.items()}
    return {**values, "any": {"number": 1, "remark": note.pk, "do": "resolve", "form": "csv", "content_type_id": 1}}


def client_of(who: str | None) -> Client:
    client = Client(raise_request_exception=False)
    if who == "superuser":
        client.force_login(make_person("boss", is_superuser=True))
    elif who:
        client.force_login(make_person("mallory", role=who))
    return client


def ask_each(client: Client, addresses: list[str], *methods: str, data: dict | None = None) -> list[tuple]:
    """(method, address, answer) of each; whatever it did is undone before the next."""
    answers = []
    for address in addresses:
        for method in methods:
            with transaction.atomic():
                answer = getattr(client, method)(address, data or {})
                if answer.streaming:
                    b"".join(answer.streaming_content)
                transaction.set_rollback(True)
            answers.append((method, address, answer))
    return answers


def failures(answers: list[tuple]) -> list[tuple[str, str, int]]:
    return [(method, address, answer.status_code) for method, address, answer in answers if answer.status_code >= 500]


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("methods", [("get", "post"), pytest.param(("head",), marks=pytest.mark.once)], ids="+".join)
def test_no_address_fails_for_rows_that_are_there_or_is_kept_by_a_browser_or_a_cache_on_the_way(there, who, methods):
    """A HEAD asks a database what a GET does: what is another to it is seen on any."""
    answers = ask_each(client_of(who), staff_addresses(there), *methods)
    assert len(answers) > 66 * len(methods)
    assert failures(answers) == []
    kept = {
        (method, address)
        for method, address, answer in answers
        if "no-store" not in answer.get("Cache-Control", "") and "logout" not in address
    }
    assert kept == set() or not who


@pytest.mark.parametrize(
    ("who", "number"),
    [
        *itertools.product(["Author", "superuser"], [MISSING, HUGE, "%00"]),
        *[pytest.param(who, one, marks=pytest.mark.once) for who in ("Author", "superuser") for one in LIKE_ANY_NUMBER],
        *[pytest.param("superuser", number, marks=pytest.mark.once) for number in NO_NUMBERS],  # no address of anybody
    ],
)
def test_no_address_fails_for_rows_that_are_not_there(there, who, number):
    answers = ask_each(client_of(who), staff_addresses(there, number), "get", "post")
    assert len(answers) > 100
    assert failures(answers) == []
    assert {answer.status_code for _method, _address, answer in answers} <= {200, 301, 302, 400, 403, 404, 405, 409}


def test_strangers_get_the_log_in_page_and_nothing_else(there):
    for _method, address, answer in ask_each(Client(), staff_addresses(there), "get", "post"):
        if address in {"/admin/login/", "/admin/logout/", "/admin/jsi18n/"}:
            continue
        is_sent_away = answer.status_code in {301, 302} and "/admin/login/" in answer.url
        assert is_sent_away or answer.status_code in {403, 405}, (address, answer.status_code)


class _Fields(html.parser.HTMLParser):
    """The names of all fields of the forms on a page."""

    def __init__(self):
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag, attrs):
        name = dict(attrs).get("name")
        if name and tag in {"input", "textarea", "select", "button"} and name != "csrfmiddlewaretoken":
            self.names.add(name)


@pytest.fixture(scope="module")
def forms(there) -> list[tuple[str, set[str]]]:
    """(address, names of the fields) of each page."""
    client, found = client_of("superuser"), []
    for address in staff_addresses(there):
        page = client.get(address)
        if not page.streaming and "html" in page.get("Content-Type", ""):
            fields = _Fields()
            fields.feed(page.content.decode())
            found.append((address, fields.names))
    assert len(found) > 25
    return found


@pytest.mark.parametrize("junk", [*JUNK, *SAME_TO_ALL])
def test_no_form_fails_on_junk_in_every_field(forms, junk):
    client = client_of("superuser")
    for address, names in forms:
        kept = {name for name in names if name.endswith(("TOTAL_FORMS", "INITIAL_FORMS"))}
        for filled in [names, names - kept] if kept else [names]:
            assert failures(ask_each(client, [address], "post", data=dict.fromkeys(filled, junk))) == []


NAMES = ("q", "o", "p", "e", "state", "stands", "review", "holder", "verb", "history", "by__id__exact", "is_public",
         "is_public__exact", "at__year", "at__month", "at__day", "page", "done", "answer", "next", "was", "before",
         "after", "a", "b", "from", "to", "_popup", "_to_field", "app_label", "model_name", "field_name",
         "medicine", "position__lte", "nonsense__x")  # fmt: skip


@pytest.fixture(scope="module")
def looked_at(there) -> dict[str, list[str]]:
    """The names in the address of each list whose values it looks at."""
    routes = [route for route, converters in patterns("admin/") if route.count("/") == 3 and not converters]
    boss = make_person("boss", is_superuser=True)
    return {f"/{route}": [name for name in NAMES if not is_no_name_of(route, name, boss)] for route in routes}


def is_no_name_of(route: str, name: str, person: StaffMember) -> bool:
    """Whether this list refuses the name itself: Django knows no column of it, and nothing else of the list asks."""
    _admin, app, model = route.strip("/").split("/")
    request = RequestFactory().get(f"/{route}", {name: ""})
    request.user = person
    try:
        pages = site.get_model_admin(apps.get_model(app, model))
        pages.get_changelist_instance(request)
    except DisallowedModelAdminLookup:
        pass
    except IncorrectLookupParameters as refused:
        if f"Cannot resolve keyword '{name.partition('__')[0]}' into field" not in str(refused):
            return False  # the value
    except (LookupError, NotRegistered):
        return False  # no list of rows
    else:
        return False
    try:
        answer = pages.changelist_view(request)
    except DisallowedModelAdminLookup:
        return True
    except (AttributeError, MessageFailure):
        return False  # it asks for more of a request, so it looks at what was sent
    return answer.status_code == 302 and answer.url == f"/{route}?{ERROR_FLAG}=1"


@pytest.mark.parametrize("junk", [*JUNK[:3], *SAME_TO_ALL[1:]])
def test_no_list_fails_on_junk_in_its_address(there, looked_at, junk):
    client = client_of("superuser")
    for address in staff_addresses(there):
        answers = ask_each(client, [address], "get", data=dict.fromkeys(NAMES, junk))
        if address in looked_at and answers[0][2].status_code not in {200, 405}:
            # The first that is refused hides others.
            for name in looked_at[address]:
                answers += ask_each(client, [address], "get", data={name: junk})
        assert failures(answers) == []


def test_most_lists_look_at_some_of_these_names_and_refuse_others(looked_at):
    for name in ("q", "o", "p", "e", "_popup", "_to_field"):
        assert all(name in names for names in looked_at.values())
    leaflets = looked_at["/admin/monographs/leaflet/"]
    assert "stands" in leaflets
    assert "nonsense__x" not in leaflets
    assert {"verb", "position__lte"} <= set(looked_at["/admin/monographs/entry/"])


def test_form_without_its_token_is_explained_and_does_nothing(there):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person("boss", is_superuser=True))
    entries = Entry.objects.count()
    refused = 0
    for address in staff_addresses(there):
        answer = client.post(address, {"verb": "approve"})
        assert answer.status_code in {301, 302, 403, 404, 405}, (address, answer.status_code)
        if answer.status_code == 403:
            refused += 1
            assert "This form was not accepted" in answer.content.decode()
    assert refused > 50
    assert Entry.objects.count() == entries


SCRIPTED = (
    "/admin/leaflets/markdown-preview/",
    "/admin/leaflets/image-upload/",
    "/admin/leaflets/autosave/",
    "/admin/leaflets/settle/",
)


@pytest.mark.parametrize("address", SCRIPTED)
def test_script_whose_session_ended_gets_403_and_a_sentence(there, client_of_ana, address):
    client_of_ana.cookies.clear()
    answer = client_of_ana.post(address, {"content": "x", "_typed": "1"})
    assert answer.status_code == 403
    assert "not logged in any more" in answer.json()["error"]


def test_form_whose_session_ended_leads_to_the_log_in_and_writes_nothing(there, client_of_ana):
    Session.objects.all().delete()
    entries = Entry.objects.count()
    for address in staff_addresses(there):
        answer = client_of_ana.post(address, {"note": "My words."})
        assert answer.status_code in {200, 301, 302, 403, 405}, (address, answer.status_code)
    assert Entry.objects.count() == entries


@pytest.fixture
def client_of_ana() -> Client:
    client = Client()
    client.force_login(make_person("ana"))
    return client

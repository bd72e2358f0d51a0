"""Who must have a second factor, from when on, and what they meet until they have one."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.staff.roles import ROLES
from monographs.staff.second_factor.factors import new_recovery_codes
from monographs.staff.second_factor.rule import DAYS_OF_GRACE, change_rule, has_one, must_have_one, the_rule
from tests.admin.forms import change_url, form_of
from tests.faults.addresses import staff_addresses
from tests.makers import make_leaflet
from tests.people import CAST, PASSWORD, make_person
from tests.staff.codes import code_of, give_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(settings):
    settings.ASKS_SECOND_FACTOR = True


def enter(name="bruno") -> Client:
    client = Client()
    client.post("/admin/login/", {"username": name, "password": PASSWORD})
    return client


def long_ago(person, days=DAYS_OF_GRACE + 1):
    person.second_factor_asked_at = timezone.now() - dt.timedelta(days=days)
    person.save()


def test_where_the_site_is_only_tried_nobody_is_asked(bruno):
    assert not must_have_one(bruno)
    assert "Set it up now" not in enter().get("/admin/").content.decode()


def test_in_a_clinic_it_is_whoever_approves_publishes_moderates_or_administers(asked):
    asked_of = {name for name in CAST if must_have_one(make_person(name))}
    assert asked_of == {"bruno", "priya", "carla", "ada"}
    assert must_have_one(make_person("boss", is_superuser=True))
    assert not must_have_one(make_person("gone", is_superuser=True, is_active=False))


def test_the_clinic_decides_on_record_which_roles_and_superusers_always_must(asked, ada, ana, bruno):
    roles = [Group.objects.get(name="Author")]
    assert change_rule(the_rule(), by=ada, roles=roles)
    assert (must_have_one(ana), must_have_one(bruno)) == (True, False)
    assert must_have_one(make_person("boss", is_superuser=True))
    entry = Entry.objects.get(verb="second-factor-rule.changed")
    assert '"is":["Author"]' in entry.data
    assert not change_rule(the_rule(), by=ada, roles=roles)
    with pytest.raises(Exception, match="may not change who needs"):
        change_rule(the_rule(), by=bruno, roles=[])


def test_the_page_of_the_rule_begins_with_what_holds_and_saves_through_the_verb(client, ada):
    client.force_login(ada)
    address = client.get("/admin/monographs/secondfactorrule/")["Location"]
    form = client.get(address).context["adminform"].form
    assert {role.name for role in form.initial["roles"]} == set(ROLES) - {"Author", "Auditor"}
    author = Group.objects.get(name="Author")
    sent = {"roles": [author.pk], "days_of_grace": "3", "as_opened": form["as_opened"].value()}
    assert client.post(address, sent).status_code == 302
    rule = the_rule()
    assert (rule.is_decided, rule.days_of_grace, list(rule.roles.all())) == (True, 3, [author])
    assert Entry.objects.get(verb="second-factor-rule.changed").by == ada


def test_within_the_days_of_grace_the_desk_says_until_when(asked, bruno):
    client = enter()
    bruno.refresh_from_db()
    until = timezone.localtime(bruno.second_factor_asked_at + dt.timedelta(days=DAYS_OF_GRACE))
    page = client.get("/admin/").content.decode()
    assert f"From {until.day} {until:%B %Y} on you need a second factor to work here." in page
    assert client.get("/admin/monographs/leaflet/").status_code == 200


def test_the_days_begin_with_the_first_log_in_at_which_it_was_asked(asked, bruno):
    enter()
    bruno.refresh_from_db()
    first = bruno.second_factor_asked_at
    enter()
    bruno.refresh_from_db()
    assert bruno.second_factor_asked_at == first


def test_after_the_days_of_grace_every_page_leads_to_where_one_is_set_up(asked, bruno):
    long_ago(bruno)
    client = enter()
    open_ones = set()
    for address in staff_addresses({"any": {}}):
        if "logout" in address:
            continue
        answer = client.get(address)
        if answer.status_code != 302 or answer["Location"] != "/admin/account/":
            open_ones.add(address)
    wanted = {
        "/admin/account/", "/admin/account/app/", "/admin/account/passkey/",
        "/admin/account/codes/", "/admin/account/end/", "/admin/jsi18n/",
        "/admin/password_change/", "/admin/password_change/done/", "/admin/login/", "/admin/account/second-factor/",
    }  # fmt: skip
    # Scripts of the editor answer 405 to whom they do not know how to read; nothing is shown by them.
    shown = {one for one in open_ones if client.get(one).status_code == 200 and one not in wanted}
    assert shown == set()


def test_whoever_has_set_one_up_goes_on(asked, bruno):
    long_ago(bruno)
    client = enter()
    assert client.get("/admin/")["Location"] == "/admin/account/"
    client.get("/admin/account/app/")
    page = client.get("/admin/account/app/").context
    secret = page["secret"].replace(" ", "")
    client.post("/admin/account/app/", {"code": code_of(secret), "password": PASSWORD})
    assert client.get("/admin/").status_code == 200


def test_a_session_that_began_within_the_days_is_not_cut_short(asked, bruno):
    long_ago(bruno, days=DAYS_OF_GRACE - 1)
    client = enter()
    long_ago(bruno)
    assert client.get("/admin/").status_code == 200
    assert enter().get("/admin/").status_code == 302


def test_recovery_codes_alone_are_no_second_factor(bruno):
    give_app(bruno)
    new_recovery_codes(bruno)
    assert has_one(bruno)
    bruno.authenticator_set.filter(type="totp").delete()
    assert not has_one(bruno)


def test_an_administrator_takes_a_lost_one_away_with_a_reason(client, bruno, ada):
    give_app(bruno)
    client.force_login(ada)
    page = client.get(f"/admin/monographs/staffmember/{bruno.pk}/change/").content.decode()
    address = f"/admin/monographs/staffmember/{bruno.pk}/second-factor/"
    assert address in page
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 200
    assert has_one(bruno)
    assert client.post(address, {"reason": "Lost; we spoke."}).status_code == 302
    assert not has_one(bruno)
    assert enter().get("/admin/").status_code == 200
    assert client.post(address, {"reason": "Again."}).status_code == 409


def test_nobody_but_a_superuser_takes_a_superusers_away(client, ada):
    boss = make_person("boss", is_superuser=True)
    give_app(boss)
    client.force_login(ada)
    address = f"/admin/monographs/staffmember/{boss.pk}/second-factor/"
    assert client.get(address).status_code == 403
    assert client.post(address, {"reason": "Please."}).status_code == 403
    assert has_one(boss)


def test_on_a_sunday_the_servers_command_line_takes_it_away_on_record(bruno, capsys):
    give_app(bruno)
    call_command("take_away_second_factor", "bruno", reason="Lost on a Sunday.")
    assert capsys.readouterr().out == "Bruno Reader can log in with the password alone now.\n"
    entry = Entry.objects.get(verb="staff.second-factor-taken-away")
    assert (entry.by, entry.why) == (None, "Lost on a Sunday.")
    assert enter().get("/admin/").status_code == 200


@pytest.mark.parametrize("address", ["admin:markdown-preview", "admin:image-upload"])
def test_the_editors_scripts_wait_for_it_as_the_pages_do(asked, address):
    boss = make_person("boss", is_superuser=True)
    long_ago(boss)
    client = enter("boss")
    answer = client.post(reverse(address), {"content": "Words."})
    assert answer.status_code == 403
    assert "Set up a second factor first" in answer.json()["error"]


def test_setting_one_up_and_taking_it_away_opens_nothing(asked, bruno):
    long_ago(bruno)
    client = enter()
    client.get("/admin/account/app/")
    secret = client.get("/admin/account/app/").context["secret"].replace(" ", "")
    client.post("/admin/account/app/", {"code": code_of(secret), "password": PASSWORD})
    assert client.get("/admin/").status_code == 200
    app = bruno.authenticator_set.get(type="totp")
    client.post(f"/admin/account/remove/{app.pk}/", {"password": PASSWORD})
    assert not has_one(bruno)
    assert client.get("/admin/")["Location"] == "/admin/account/"


def test_what_was_set_up_in_one_session_opens_the_other(asked, bruno):
    long_ago(bruno)
    one, other = enter(), enter()
    give_app(bruno)
    assert one.get("/admin/").status_code == other.get("/admin/").status_code == 200


def test_a_form_that_meets_it_gives_back_its_words(asked, ana):
    change_rule(the_rule(), by=make_person("ada"), roles=[Group.objects.get(name="Author")])
    leaflet = make_leaflet()
    long_ago(ana)
    client = enter("ana")
    answer = client.post(change_url(leaflet), form_of(leaflet, title="Words of mine"))
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "set up a second factor under" in page
    assert "Words of mine" in page

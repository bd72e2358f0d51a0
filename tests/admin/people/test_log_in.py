"""The staff's door: what the person at it meets, and what the ledger says of it."""

import pytest
from django.core import mail
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from monographs.admin.people import log_in
from monographs.audit.models import Entry
from monographs.mail.outbox import send_due
from monographs.operations.clock import tick
from monographs.staff.passwords.attempts import PER_ACCOUNT
from tests.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db
URL = "/admin/login/"
WRONG = "not the right one"


def enter(client, name="ana", password=PASSWORD, **headers):
    return client.post(URL, {"username": name, "password": password}, **headers)


def said(response) -> list[str]:
    return [str(error) for error in response.context["form"].non_field_errors()]


def recorded() -> list[tuple[str, str, str]]:
    entries = Entry.objects.filter(verb__startswith="staff.").order_by("position")
    return list(entries.values_list("verb", "about_label", "address"))


def test_each_log_in_and_each_wrong_password_is_on_record_with_its_address(client, ana):
    enter(client, password=WRONG, REMOTE_ADDR="192.0.2.7")
    assert enter(client, REMOTE_ADDR="192.0.2.8").status_code == 302
    assert recorded() == [
        ("staff.log-in-failed", ana.name, "192.0.2.7"),
        ("staff.logged-in", ana.name, "192.0.2.8"),
    ]


def test_a_name_that_nobody_has_is_on_record_without_what_was_typed(client):
    enter(client, name="my-own-password-by-mistake", password=WRONG, REMOTE_ADDR="192.0.2.7")
    assert recorded() == [("staff.log-in-failed", "a name that nobody here has", "192.0.2.7")]
    assert "by-mistake" not in str(list(Entry.objects.values()))


def test_thirty_wrong_passwords_are_followed_by_no_log_in(client, ana):
    for _time in range(30):
        enter(client, password=WRONG)
    response = enter(client)
    assert response.status_code == 200
    assert said(response) == [
        "There were too many tries. Wait 15 minutes, or ask an administrator to unlock your account."
    ]
    verbs = [verb for verb, _label, _address in recorded()]
    assert verbs == ["staff.log-in-failed"] * PER_ACCOUNT + ["staff.locked-out"]


def test_the_answers_are_the_same_for_a_name_that_nobody_has(client, ana):
    make_person("visitor", is_staff=False)
    make_person("gone", is_active=False)
    one_after_another = [
        [said(enter(client, name, WRONG)) for _time in range(PER_ACCOUNT + 1)] for name in ("ana", "nobody")
    ]
    assert one_after_another[0] == one_after_another[1]
    assert said(enter(client, "visitor")) == said(enter(client, "gone")) == one_after_another[0][0]


def test_whoever_is_locked_out_gets_one_letter(client, ana):
    ana.email = "ana@clinic.example"
    ana.save()
    for _time in range(PER_ACCOUNT + 3):
        enter(client, password=WRONG)
    told = [line for _time in range(2) for line in tick(at=timezone.now())]
    assert told == ["Wrote Ana Author that the account was locked."]
    list(send_due())
    [letter] = mail.outbox
    assert letter.to == ["ana@clinic.example"]
    assert letter.subject == "Your log-in for the leaflets was locked"
    assert "for 15 minutes" in letter.body


def test_an_administrator_unlocks_an_account_on_record(client, ana, ada):
    for _time in range(PER_ACCOUNT):
        enter(client, password=WRONG)
    client.force_login(ada)
    page = reverse("admin:monographs_staffmember_change", args=[ana.pk])
    assert "Unlock the account" in client.get(page).content.decode()
    done = client.post(reverse("admin:staff-unlock", args=[ana.pk]), follow=True).content.decode()
    assert "Ana Author can log in again." in done
    assert "Unlock the account" not in done
    entry = Entry.objects.get(verb="staff.unlocked")
    assert (entry.by, entry.about) == (ada, f"staffmember/{ana.pk}")
    assert client.post(reverse("admin:staff-unlock", args=[ana.pk])).status_code == 409
    client.logout()
    assert enter(client).status_code == 302


def test_whoever_may_not_change_staff_unlocks_nobody(client, ana, bruno):
    for _time in range(PER_ACCOUNT):
        enter(client, password=WRONG)
    client.force_login(bruno)
    assert client.post(reverse("admin:staff-unlock", args=[ana.pk])).status_code == 403
    assert client.get(reverse("admin:staff-unlock", args=[ana.pk])).status_code == 405


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("a" * 1_000_000, WRONG),
        ("an\x00a", WRONG),
        ("ana", "x" * 1_000_000),
        ("аna", PASSWORD),
        ("\u202eana", PASSWORD),
    ],
    ids=["long name", "nul", "long password", "Cyrillic a", "turned"],
)
def test_odd_names_and_passwords_are_refused_in_words(client, ana, name, password):
    response = enter(client, name, password)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Entry.objects.filter(verb="staff.logged-in").exists()


def test_a_busy_database_gives_the_form_back_with_the_name(client, ana, monkeypatch):
    def busy(*args):
        error = OperationalError("database is locked")
        error.__cause__ = type("Locked", (Exception,), {"sqlite_errorcode": 5})()
        raise error

    monkeypatch.setattr(log_in, "begin", busy)
    response = enter(client)
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "Please try again." in response.content.decode()
    assert 'value="ana"' in response.content.decode()


def test_after_the_log_in_a_foreign_address_leads_to_the_desk(client, ana):
    sent = {"username": "ana", "password": PASSWORD, "next": "https://elsewhere.example/"}
    response = client.post(URL, sent)
    assert response.status_code == 302
    assert response["Location"] == reverse("admin:index")

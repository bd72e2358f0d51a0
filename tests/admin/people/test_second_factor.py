"""The second factor at the staff's door: asked for, counted, on record; set up, used once, taken away."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.mail.outbox import send_due
from monographs.operations.clock import tick
from monographs.refusals import Busy
from monographs.staff import door
from monographs.staff.actions import set_password
from monographs.staff.passwords.attempts import ASKED_AGAIN
from monographs.staff.second_factor.factors import new_recovery_codes, take_away
from monographs.staff.sessions.store import SessionStore
from tests.people import PASSWORD, make_person
from tests.staff.codes import code_of, give_app, secret_of

pytestmark = pytest.mark.django_db
CODE_PAGE = "/admin/account/second-factor/"


def enter(client, name="bruno", **fields):
    return client.post("/admin/login/", {"username": name, "password": PASSWORD, **fields})


def give(client, code):
    return client.post(CODE_PAGE, {"code": code})


def is_in(client) -> bool:
    return client.get("/admin/").status_code == 200


def verbs() -> list[str]:
    return list(Entry.objects.filter(verb__startswith="staff.").order_by("position").values_list("verb", flat=True))


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def test_the_password_alone_lets_nobody_in_who_has_a_second_factor(client, bruno):
    give_app(bruno)
    response = enter(client)
    assert (response.status_code, response["Location"]) == (302, CODE_PAGE)
    assert not is_in(client)
    assert "staff.logged-in" not in verbs()


def test_the_code_of_the_app_lets_in_and_the_record_says_what_was_used(client, bruno):
    secret = give_app(bruno)
    enter(client, next="/admin/account/")
    response = give(client, code_of(secret))
    assert (response.status_code, response["Location"]) == (302, "/admin/account/")
    assert is_in(client)
    assert '"second_factor":"totp"' in Entry.objects.get(verb="staff.logged-in").data


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_clock_that_is_thirty_seconds_off_does_no_harm(client, bruno, steps):
    secret = give_app(bruno)
    enter(client)
    now = time.time()
    assert give(client, code_of(secret, at=now, steps=steps)).status_code == 302


@pytest.mark.parametrize("steps", [-3, 3])
def test_an_old_code_is_refused(client, bruno, steps):
    secret = give_app(bruno)
    enter(client)
    give(client, code_of(secret, steps=steps))
    assert not is_in(client)


def test_a_code_lets_in_once_in_whichever_process_it_comes(client, bruno):
    secret = give_app(bruno)
    enter(client)
    code = code_of(secret)
    give(client, code)
    other = Client()
    enter(other)
    assert "used before" in words(give(other, code))
    assert not is_in(other)


def test_a_clock_turned_back_by_an_hour_shuts_nobody_out(client, bruno, monkeypatch):
    secret = give_app(bruno)
    now = time.time()
    enter(client)
    give(client, code_of(secret, at=now))
    monkeypatch.setattr(time, "time", lambda: now - 3600)
    later = Client()
    enter(later)
    assert give(later, code_of(secret, at=now - 3600)).status_code == 302


def test_wrong_codes_are_counted_on_record_and_end_in_a_lock_out_with_a_letter(client, bruno):
    secret = give_app(bruno)
    bruno.email = "bruno@clinic.example"
    bruno.save()
    enter(client)
    for _time in range(ASKED_AGAIN):
        assert give(client, "000000").status_code == 200
    locked = give(client, code_of(secret))
    assert locked.status_code == 429
    assert "too many tries" in words(locked)
    assert not is_in(client)
    assert verbs() == ["staff.second-factor-failed"] * ASKED_AGAIN + ["staff.locked-out"]
    assert list(tick(at=timezone.now())) == ["Wrote Bruno Reader that the account was locked."]
    list(send_due())
    assert len(mail.outbox) == 1


def test_the_right_password_again_gives_no_new_tries_for_codes(client, bruno):
    give_app(bruno)
    for _time in range(ASKED_AGAIN):
        enter(client)
        give(client, "000000")
    enter(client)
    assert give(client, "000000").status_code == 429


def test_an_administrator_unlocks_the_second_factor_too(client, bruno, ada):
    secret = give_app(bruno)
    enter(client)
    for _time in range(ASKED_AGAIN):
        give(client, "000000")
    other = Client()
    other.force_login(ada)
    assert other.post(f"/admin/monographs/staffmember/{bruno.pk}/unlock/").status_code == 302
    assert give(client, code_of(secret)).status_code == 302


@pytest.mark.parametrize("code", ["", "1" * 1_000_000, "12\x003456", "١٢٣٤٥٦", "‮123456", "-- --"], ids=str.__len__)
def test_odd_codes_are_refused_in_words(client, bruno, code):
    give_app(bruno)
    enter(client)
    response = give(client, code)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not is_in(client)


def test_a_recovery_code_lets_in_once(client, bruno):
    give_app(bruno)
    code = new_recovery_codes(bruno)[0]
    enter(client)
    assert give(client, f"{code[:4]} {code[4:]}").status_code == 302
    assert "9 are left" in words(client.get("/admin/"))
    other = Client()
    enter(other)
    give(other, code)
    assert not is_in(other)


def test_a_password_changed_between_the_steps_begins_anew(client, bruno, ada):
    secret = give_app(bruno)
    enter(client)
    set_password(bruno, "quite another password", by=ada)
    assert give(client, code_of(secret))["Location"] == "/admin/login/"
    assert not is_in(client)


@pytest.mark.parametrize("lost", ["is_active", "is_staff"])
def test_access_taken_away_between_the_steps_holds(client, bruno, lost):
    secret = give_app(bruno)
    enter(client)
    setattr(bruno, lost, False)
    bruno.save()
    assert give(client, code_of(secret))["Location"] == "/admin/login/"
    assert not is_in(client)


def test_without_the_first_step_the_second_leads_to_it(client, bruno):
    secret = give_app(bruno)
    assert give(client, code_of(secret))["Location"] == "/admin/login/"
    assert client.get(CODE_PAGE)["Location"] == "/admin/login/"


def test_setting_up_an_app_takes_its_code_and_the_password_and_gives_recovery_codes(client, bruno):
    enter(client)
    page = client.get("/admin/account/app/").content.decode()
    assert "<svg" in page
    assert "data:" not in page
    secret = re.search(r'<code class="account-secret"[^>]*>([^<]+)', page)[1].replace(" ", "")
    assert secret in client.get("/admin/account/app/").content.decode().replace(" ", "")
    sent = {"code": code_of(secret), "password": PASSWORD}
    done = client.post("/admin/account/app/", sent, follow=True)
    codes = re.findall(r"<li><code>(\d{4}) (\d{4})", done.content.decode())
    assert len(codes) == 10
    assert secret_of(bruno) == secret
    assert client.post("/admin/account/codes/", {"put_away": "1"})["Location"] == "/admin/"
    assert not re.search(r"<li><code>", client.get("/admin/account/codes/").content.decode())
    assert verbs() == ["staff.logged-in", "staff.second-factor-added", "staff.recovery-codes-made"]
    other = Client()
    enter(other)
    assert give(other, sent["code"]).status_code == 200  # it was used to set the app up
    assert give(other, "".join(codes[0])).status_code == 302


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"code": "000000", "password": PASSWORD}, "not the code which the app shows"),
        ({"code": None, "password": "wrong"}, "not your password"),
        ({"code": None, "password": ""}, "This field is required."),
    ],
)
def test_an_app_is_not_set_up_with_a_wrong_code_or_password(client, bruno, sent, said):
    enter(client)
    page = client.get("/admin/account/app/").content.decode()
    secret = re.search(r'<code class="account-secret"[^>]*>([^<]+)', page)[1].replace(" ", "")
    response = client.post("/admin/account/app/", {**sent, "code": sent["code"] or code_of(secret)})
    assert said in words(response)
    assert not Authenticator.objects.exists()


def test_secrets_are_not_readable_in_the_database_nor_in_the_session(client, bruno):
    enter(client)
    page = client.get("/admin/account/app/").content.decode()
    secret = re.search(r'<code class="account-secret"[^>]*>([^<]+)', page)[1].replace(" ", "")
    assert secret not in str(dict(client.session))
    client.post("/admin/account/app/", {"code": code_of(secret), "password": PASSWORD})
    codes = new_recovery_codes(bruno)
    rows = str(list(Authenticator.objects.values()))
    assert secret not in rows
    assert not any(code in rows for code in codes)
    assert not re.search(secret, str(list(Entry.objects.values())))


def test_a_changed_secret_key_is_said_in_words(client, bruno, settings):
    give_app(bruno)
    settings.SECRET_KEY = "another-key-" * 6
    enter(client)
    response = give(client, "123456")
    assert response.status_code == 409
    assert "Ask an administrator" in words(response)


def test_taking_ones_own_away_takes_the_password(client, bruno):
    secret = give_app(bruno)
    new_recovery_codes(bruno)
    enter(client)
    give(client, code_of(secret))
    app = Authenticator.objects.get(user=bruno, type="totp")
    address = f"/admin/account/remove/{app.pk}/"
    assert "not your password" in words(client.post(address, {"password": "wrong"}))
    assert client.post(address, {"password": PASSWORD})["Location"] == "/admin/account/"
    assert not Authenticator.objects.exists()
    assert client.post(address, {"password": PASSWORD})["Location"] == "/admin/account/"
    assert verbs()[-2:] == ["staff.password-refused", "staff.second-factor-removed"]


def test_nobody_takes_away_a_colleagues_by_its_number(client, bruno, ana):
    give_app(ana)
    client.force_login(bruno)
    app = Authenticator.objects.get(user=ana)
    client.post(f"/admin/account/remove/{app.pk}/", {"password": PASSWORD})
    assert Authenticator.objects.filter(user=ana).exists()


def test_guesses_at_the_password_of_an_open_log_in_end(client, bruno):
    client.force_login(bruno)
    client.get("/admin/account/app/")
    for _time in range(ASKED_AGAIN):
        assert client.post("/admin/account/app/", {"code": "1", "password": "guess"}).status_code == 403
    assert client.post("/admin/account/app/", {"code": "1", "password": PASSWORD}).status_code == 429


def test_allauths_own_pages_are_not_there(client, ada):
    ada.is_superuser = True
    ada.save()
    client.force_login(ada)
    desk = client.get("/admin/").content.decode()
    assert "/admin/mfa/" not in desk
    for address in (
        "/admin/mfa/authenticator/",
        "/accounts/login/",
        "/accounts/signup/",
        "/admin/account/emailaddress/",
    ):
        assert client.get(address).status_code == 404, address


def test_take_away_says_no_for_oneself_and_without_a_reason(bruno, ada):
    give_app(bruno)
    with pytest.raises(Exception, match="Say why"):
        take_away(bruno, by=ada, reason=" ")
    with pytest.raises(Exception, match="Ask a colleague"):
        take_away(ada, by=ada, reason="Lost.")
    with pytest.raises(Exception, match="may not change staff"):
        take_away(bruno, by=make_person("ana"), reason="Lost.")
    take_away(bruno, by=ada, reason="Lost the phone; I know the voice.")
    entry = Entry.objects.get(verb="staff.second-factor-taken-away")
    assert (entry.by, entry.why) == (ada, "Lost the phone; I know the voice.")


@pytest.mark.parametrize("what", ["logged_in", "note_beginning", "note_what_is_asked"])
def test_a_log_in_that_can_not_be_recorded_lets_nobody_in(client, bruno, monkeypatch, what):
    def busy(*args, **kwargs):
        raise Busy("Please try again.")

    with monkeypatch.context() as patch:
        patch.setattr(door, what, busy)
        response = enter(client)
    assert response.status_code == 503
    assert "Please try again." in words(response)
    assert 'value="bruno"' in response.content.decode()
    assert not is_in(client)
    assert "staff.logged-in" not in verbs()
    assert enter(client).status_code == 302


def test_a_busy_database_at_the_second_step_leads_back_to_the_first(client, bruno, monkeypatch):
    give_app(bruno)
    codes = new_recovery_codes(bruno)
    enter(client)

    def busy(*args, **kwargs):
        raise Busy("Please try again.")

    with monkeypatch.context() as patch:
        patch.setattr(door, "logged_in", busy)
        response = give(client, codes[0])
    assert response["Location"] == "/admin/login/"
    assert "Please try again." in words(client.get("/admin/login/"))
    assert not is_in(client)
    enter(client)
    assert give(client, codes[1]).status_code == 302


def test_a_session_that_can_not_be_written_after_the_code_is_told_and_lets_nobody_in(client, bruno, monkeypatch):
    secret = give_app(bruno)
    enter(client)
    client.raise_request_exception = False

    def fail(self, *args, **kwargs):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(SessionStore, "save", fail)
        response = give(client, code_of(secret))
    assert response.status_code >= 500
    assert not is_in(client)


def test_whose_password_is_known_is_told_so_after_wrong_codes(client, bruno):
    bruno.email = "bruno@clinic.example"
    bruno.save()
    give_app(bruno)
    enter(client)
    for _time in range(ASKED_AGAIN):
        give(client, "000000")
    list(tick(at=timezone.now()))
    list(send_due())
    [letter] = mail.outbox
    assert "somebody knows your password" in letter.body
    assert "a wrong password was given" not in letter.body


def test_under_another_secret_key_the_page_still_opens_and_new_codes_can_be_made(client, bruno, settings):
    give_app(bruno)
    new_recovery_codes(bruno)
    settings.SECRET_KEY = "another key of the site, long enough to be one, 0123456789"
    client.force_login(bruno)
    assert client.get("/admin/account/").status_code == 200

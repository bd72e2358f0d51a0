"""One's own open sessions, seen and ended; a colleague's, ended on record; a changed password ends the others."""

import pytest
from django.test import Client

from monographs.audit.models import Entry
from monographs.staff.actions import has_history
from monographs.staff.sessions.open import OpenSession, open_sessions
from tests.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db


def enter(name="bruno", **headers) -> Client:
    client = Client()
    client.post("/admin/login/", {"username": name, "password": PASSWORD}, **headers)
    assert is_in(client)
    return client


def is_in(client) -> bool:
    return client.get("/admin/").status_code == 200


def test_the_list_says_since_when_from_where_and_with_what(bruno):
    enter(REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT="Phone/1.0")
    here = enter(REMOTE_ADDR="192.0.2.8", HTTP_USER_AGENT="<b>Desk</b>/2.0\x07")
    page = here.get("/admin/account/").content.decode()
    for words in ("192.0.2.7", "Phone/1.0", "192.0.2.8", "&lt;b&gt;Desk&lt;/b&gt;/2.0", ">Here<"):
        assert words in page
    assert page.count("End the one since") == 1


def test_behind_a_unix_socket_there_is_no_address_and_no_fault(bruno):
    client = enter(REMOTE_ADDR="")
    assert client.get("/admin/account/").status_code == 200
    assert open_sessions(bruno)[0].address == ""


def test_one_of_ones_own_is_ended_with_a_button(bruno):
    other, here = enter(), enter()
    began = [one.began_at.isoformat() for one in open_sessions(bruno)]
    assert here.post("/admin/account/end/", {"began_at": began[1]})["Location"] == "/admin/account/"
    assert (is_in(here), is_in(other)) == (True, False)
    assert Entry.objects.get(verb="staff.session-ended").by == bruno
    assert here.post("/admin/account/end/", {"began_at": began[1]}).status_code == 409


def test_the_button_of_the_page_names_the_session_exactly(bruno):
    other, here = enter(), enter()
    page = here.get("/admin/account/").content.decode()
    began = page.partition('name="began_at" value="')[2].partition('"')[0]
    here.post("/admin/account/end/", {"began_at": began})
    assert not is_in(other)


@pytest.mark.parametrize("began", ["", "x" * 1000, "2026-01-01", "\x00", "2026-01-01T00:00:00"])
def test_a_damaged_button_is_refused_in_words(bruno, began):
    assert enter().post("/admin/account/end/", {"began_at": began}).status_code == 400


def test_nobody_ends_a_colleagues_by_guessing_its_instant(ana, bruno):
    anas, here = enter("ana"), enter()
    began = open_sessions(ana)[0].began_at.isoformat()
    assert here.post("/admin/account/end/", {"began_at": began}).status_code == 409
    assert is_in(anas)


def test_a_changed_password_ends_the_others_and_keeps_the_one_in_use(bruno):
    other, here = enter(), enter()
    new = "quite another pass phrase"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post("/admin/password_change/", sent).status_code == 302
    assert (is_in(here), is_in(other)) == (True, False)
    assert len(open_sessions(bruno)) == 1
    assert ">Here<" in here.get("/admin/account/").content.decode()


def test_an_administrator_ends_all_of_a_colleagues_on_record(bruno, ada):
    his, hers = enter(), enter("ada")
    page = hers.get(f"/admin/monographs/staffmember/{bruno.pk}/change/").content.decode()
    assert "Logged in at 1 place." in page
    assert hers.post(f"/admin/monographs/staffmember/{bruno.pk}/sessions/").status_code == 302
    assert (is_in(hers), is_in(his)) == (True, False)
    assert Entry.objects.get(verb="staff.sessions-ended").by == ada
    assert open_sessions(bruno) == []


def test_whoever_may_not_change_staff_ends_nobodys(bruno, ana):
    his, anas = enter(), enter("ana")
    assert anas.post(f"/admin/monographs/staffmember/{bruno.pk}/sessions/").status_code == 403
    assert his.get(f"/admin/monographs/staffmember/{bruno.pk}/sessions/").status_code == 405
    assert is_in(his)


def test_a_password_set_by_an_administrator_leaves_no_session_in_the_list(bruno, ada):
    his, hers = enter(), enter("ada")
    new = "quite another pass phrase"
    address = f"/admin/monographs/staffmember/{bruno.pk}/password/"
    assert hers.post(address, {"password1": new, "password2": new}).status_code == 302
    assert not is_in(his)
    assert open_sessions(bruno) == []


def test_logging_out_in_one_tab_is_said_in_the_other(bruno):
    client = enter()
    client.post("/admin/logout/")
    assert client.get("/admin/account/")["Location"].startswith("/admin/login/")
    assert not OpenSession.objects.filter(person=bruno).exists()


def test_an_open_session_is_no_history():
    newcomer = make_person("nobody")
    Client().force_login(newcomer)
    assert not has_history(newcomer)

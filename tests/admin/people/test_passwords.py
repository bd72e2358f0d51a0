"""Passwords: who sets them, and that each change is on record without a word of it."""

import pytest
from django.contrib.auth.hashers import get_hasher
from django.db import connection
from django.urls import reverse

from monographs.refusals import NotAllowed
from monographs.staff.actions import change_own_password, set_password
from monographs.staff.passwords.attempts import ASKED_AGAIN
from tests.admin.people.forms import GOOD_PASSWORD, entries, save
from tests.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db


def test_administrator_cannot_touch_a_superuser(administrator, root):
    assert save(administrator, root, email="mine@example.org").status_code == 403
    address = reverse("admin:auth_user_password_change", args=[root.pk])
    assert administrator.post(address, {"password1": GOOD_PASSWORD, "password2": GOOD_PASSWORD}).status_code == 403
    root.refresh_from_db()
    assert not root.check_password(GOOD_PASSWORD)


def test_new_password_is_set_on_record(administrator, ana):
    address = reverse("admin:auth_user_password_change", args=[ana.pk])
    weak = administrator.post(address, {"password1": "password", "password2": "password"})
    assert weak.status_code == 200
    assert entries("staff.password-set") == []
    assert administrator.get(address).status_code == 200
    response = administrator.post(address, {"password1": GOOD_PASSWORD, "password2": GOOD_PASSWORD})
    assert response.status_code == 302
    ana.refresh_from_db()
    assert ana.check_password(GOOD_PASSWORD)
    assert entries("staff.password-set") == [("Ada Admin", "Ana Author", {})]


def test_own_new_password_is_on_record(client, ana):
    client.force_login(ana)
    address = reverse("admin:password_change")
    typed = {"old_password": PASSWORD, "new_password1": GOOD_PASSWORD, "new_password2": GOOD_PASSWORD}
    assert client.post(address, typed | {"old_password": "wrong"}).status_code == 200
    assert entries("staff.password-changed") == []
    assert client.post(address, typed).status_code == 302
    ana.refresh_from_db()
    assert ana.check_password(GOOD_PASSWORD)
    assert entries("staff.password-changed") == [("Ana Author", "Ana Author", {})]
    assert client.get(reverse("admin:password_change_done")).status_code == 200  # still logged in


def test_passwords_cannot_be_switched_off(administrator, ana):
    address = reverse("admin:auth_user_password_change", args=[ana.pk])
    assert 'name="usable_password"' not in administrator.get(address).content.decode()
    response = administrator.post(address, {"usable_password": "false", "unset-password": "1"})
    assert response.status_code == 200
    ana.refresh_from_db()
    assert ana.has_usable_password()
    assert not ana.check_password("")


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_the_turn_to_write_while_a_password_is_hashed(monkeypatch):
    ada, ana, hashed = make_person("ada"), make_person("ana"), []
    encode = type(get_hasher()).encode

    def noted(hasher, *args, **kwargs):
        hashed.append(connection.in_atomic_block)
        return encode(hasher, *args, **kwargs)

    monkeypatch.setattr(type(get_hasher()), "encode", noted)
    set_password(ana, GOOD_PASSWORD, by=ada)
    change_own_password(ana, f"{GOOD_PASSWORD}!")
    assert hashed == [False, False]
    ana.refresh_from_db()
    assert ana.check_password(f"{GOOD_PASSWORD}!")


def test_the_old_password_is_counted_and_on_record_where_a_new_one_is_chosen(client, ana):
    client.force_login(ana)
    address = reverse("admin:password_change")
    typed = {"old_password": "guess", "new_password1": GOOD_PASSWORD, "new_password2": GOOD_PASSWORD}
    for _time in range(ASKED_AGAIN):
        assert client.post(address, typed).status_code == 200
    assert client.post(address, typed | {"old_password": PASSWORD}).status_code == 200  # locked
    assert len(entries("staff.password-refused")) == ASKED_AGAIN
    assert entries("staff.password-changed") == []


def test_nobody_gives_themselves_a_new_password_without_the_old_one(administrator, ada):
    address = reverse("admin:auth_user_password_change", args=[ada.pk])
    sent = {"password1": GOOD_PASSWORD, "password2": GOOD_PASSWORD}
    for answer in (administrator.get(address), administrator.post(address, sent)):
        assert (answer.status_code, answer["Location"]) == (302, reverse("admin:password_change"))
    with pytest.raises(NotAllowed, match="with the old one"):
        set_password(ada, GOOD_PASSWORD, by=ada)
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)

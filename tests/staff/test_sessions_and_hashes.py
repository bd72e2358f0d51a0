"""Argon2, a few at a time; a hash that is made anew ends no session, a password that is changed ends all others."""

import threading

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.test import Client

from monographs.staff.actions import change_own_password
from monographs.staff.passwords import hashing
from tests.people import PASSWORD

OLD_AND_NEW = ["monographs.staff.passwords.hashing.BoundedArgon2", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]


@pytest.fixture
def argon2(settings):
    settings.PASSWORD_HASHERS = OLD_AND_NEW


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


@pytest.mark.django_db
def test_an_old_hash_is_made_anew_and_no_session_ends_by_it(ana, argon2):
    ana.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    ana.save()
    other_device = Client()
    other_device.force_login(ana)
    assert ana.check_password(PASSWORD)
    ana.refresh_from_db()
    assert identify_hasher(ana.password).algorithm == "argon2"
    assert is_in(other_device)


@pytest.mark.django_db
def test_a_changed_password_ends_the_other_sessions(ana):
    other_device = Client()
    other_device.force_login(ana)
    change_own_password(ana, "another good password")
    ana.refresh_from_db()
    assert ana.check_password("another good password")
    assert not is_in(other_device)


@pytest.mark.django_db
def test_two_people_with_the_same_key_have_different_sessions(ana, bruno):
    bruno.sessions_key = ana.sessions_key
    assert ana.get_session_auth_hash() != bruno.get_session_auth_hash()


def test_only_a_few_passwords_are_hashed_at_once(monkeypatch):
    at_once, most, lock = [], [], threading.Lock()
    all_in = threading.Barrier(hashing.AT_ONCE, timeout=60)  # however late a thread begins

    def hash_slowly(self, password, salt):
        with lock:
            at_once.append(password)
            most.append(len(at_once))
        all_in.wait()
        threading.Event().wait(0.05)  # for one too many to come in
        with lock:
            at_once.remove(password)
        return "argon2$x"

    monkeypatch.setattr(hashing.Argon2PasswordHasher, "encode", hash_slowly)
    threads = [threading.Thread(target=hashing.BoundedArgon2().encode, args=(str(n), "salt")) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert max(most) == hashing.AT_ONCE

"""Who is logged in comes with the session, and is who Django says."""

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth import get_user as as_django_says
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from monographs.staff.models import StaffMember
from monographs.staff.sessions.open import OpenSession
from monographs.staff.sessions.store import SessionStore
from monographs.staff.sessions.whose import whose

pytestmark = pytest.mark.django_db


def key_of(person: StaffMember) -> str:
    client = Client()
    client.force_login(person)
    return client.session.session_key


def request_with(key: str | None):
    request = RequestFactory().get("/admin/")
    request.session = SessionStore(key)
    return request


def test_session_and_person_are_one_query(ana, django_assert_num_queries):
    request = request_with(key_of(ana))
    with django_assert_num_queries(1):
        person = whose(request)
        assert (person, person.get_username(), person.is_staff) == (ana, "ana", True)


def test_without_a_session_it_is_nobody_and_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert whose(request_with(None)) == AnonymousUser()


def other_data(key: str, **said: object) -> None:
    session = SessionStore(key)
    session.update(said)
    for name in [name for name, value in said.items() if value is None]:
        del session[name]
    session.save()


def leave(_person, _other, _key, _settings) -> None:
    pass


def deactivate(person, _other, _key, _settings) -> None:
    StaffMember.objects.filter(pk=person.pk).update(is_active=False)


def change_the_password(person, _other, _key, _settings) -> None:
    person.set_password("another good password")
    person.save()


def change_the_secret(_person, _other, _key, settings) -> None:
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret"


def forget_the_old_secret(_person, _other, _key, settings) -> None:
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [], "another secret"


def name_another_in_the_column(_person, other, key, _settings) -> None:
    OpenSession.objects.filter(pk=key).update(person=other)


def name_nobody_in_the_column(_person, _other, key, _settings) -> None:
    OpenSession.objects.filter(pk=key).update(person=None)


def name_one_who_is_gone(_person, _other, key, _settings) -> None:
    OpenSession.objects.filter(pk=key).update(person=10**6)


def name_another_in_the_data(_person, other, key, _settings) -> None:
    other_data(key, **{SESSION_KEY: str(other.pk)})


def no_hash(_person, _other, key, _settings) -> None:
    other_data(key, **{HASH_SESSION_KEY: None})


def another_hash(_person, _other, key, _settings) -> None:
    other_data(key, **{HASH_SESSION_KEY: "0" * 64})


def a_way_that_is_not_taken_any_more(_person, _other, key, _settings) -> None:
    other_data(key, **{BACKEND_SESSION_KEY: "django.contrib.auth.backends.RemoteUserBackend"})


def one_that_takes_whoever_is_not_active(person, _other, key, settings) -> None:
    StaffMember.objects.filter(pk=person.pk).update(is_active=False)
    backend = "django.contrib.auth.backends.AllowAllUsersModelBackend"
    settings.AUTHENTICATION_BACKENDS = [backend]
    other_data(key, **{BACKEND_SESSION_KEY: backend})


CASES = {
    leave: "ana", deactivate: "", change_the_password: "", change_the_secret: "ana", forget_the_old_secret: "",
    name_another_in_the_column: "ana", name_nobody_in_the_column: "ana", name_one_who_is_gone: "ana",
    name_another_in_the_data: "", no_hash: "", another_hash: "", a_way_that_is_not_taken_any_more: "",
    one_that_takes_whoever_is_not_active: "ana",
}  # fmt: skip


@pytest.mark.parametrize("happen", CASES, ids=lambda happen: happen.__name__)
def test_whatever_happened_it_is_who_django_says_and_their_session_ends_as_with_django(ana, bruno, settings, happen):
    answers, sessions = [], []
    for ask in (whose, as_django_says):
        before = settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS
        key = key_of(StaffMember.objects.get(pk=ana.pk))
        happen(ana, bruno, key, settings)
        request = request_with(key)
        answers.append(ask(request).get_username())
        sessions.append((request.session.session_key == key, request.session.is_empty(), request.session.modified))
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = before
    assert answers == [CASES[happen]] * 2
    assert sessions[0] == sessions[1]


def test_who_logs_out_is_nobody_to_the_end_of_the_request(ana):
    request = request_with(key_of(ana))
    assert whose(request) == ana
    request.session.flush()
    assert whose(request) == AnonymousUser()


def test_a_page_of_the_staff_reads_no_person_of_its_own(ana, django_assert_num_queries):
    client = Client()
    client.force_login(ana)
    client.get("/admin/password_change/done/")
    with django_assert_num_queries(2):  # the session with its person, and what they may do
        assert client.get("/admin/password_change/done/").status_code == 200

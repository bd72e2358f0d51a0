"""How often a password can be guessed, and what counts as one address."""

import contextlib
import datetime as dt

import pytest
from django.db import connection, transaction
from django.utils import timezone

from monographs.refusals import Busy
from monographs.staff.passwords import attempts
from monographs.staff.passwords.attempts import (
    ASKED_AGAIN,
    LOCKED_FOR,
    PER_ACCOUNT,
    PER_ADDRESS,
    Attempts,
    LockedOut,
    account_key,
    again_key,
    begin,
    begin_again,
    forget_attempts,
    forgive,
    is_locked,
    network_of,
)
from tests.people import make_person
from tests.races import race

NOW = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)


def tries(name: str, count: int, *, address: str = "192.0.2.7", at: dt.datetime = NOW) -> int:
    """How many of so many tries were let through."""
    through = 0
    for _number in range(count):
        try:
            begin(name, address, at=at)
            through += 1
        except (LockedOut, Busy):
            pass
    return through


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ana", "nobody-has-this-name"])
def test_an_account_is_locked_after_ten_tries_whether_there_is_such_a_person_or_not(name, ana):
    assert tries(name, 25) == PER_ACCOUNT == 10


@pytest.mark.django_db
def test_capitals_and_other_forms_of_the_same_letters_are_no_further_guesses():
    assert tries("ana", 6) + tries("ANA", 6) + tries("ａｎａ", 6) == PER_ACCOUNT
    assert tries("anna", 1) == 1


@pytest.mark.django_db
def test_an_address_is_locked_whatever_names_it_tries():
    through = sum(tries(f"name{number}", 5) for number in range(20))
    assert through == PER_ADDRESS
    assert tries("name1", 1, address="192.0.2.8") == 1


@pytest.mark.django_db
def test_many_addresses_get_no_more_guesses_at_one_account():
    assert sum(tries("ana", 1, address=f"192.0.2.{number}") for number in range(40)) == PER_ACCOUNT


@pytest.mark.django_db
def test_the_right_password_begins_anew():
    tries("ana", PER_ACCOUNT - 1)
    forgive(begin("ana", "192.0.2.7", at=NOW))
    assert tries("ana", 25) == PER_ACCOUNT


@pytest.mark.django_db
@pytest.mark.parametrize("later", [LOCKED_FOR, -dt.timedelta(hours=1)], ids=["a quarter later", "clock turned back"])
def test_a_lock_ends_after_a_quarter_of_an_hour_and_outlives_no_clock_that_is_turned_back(later):
    assert tries("ana", 25) == PER_ACCOUNT
    assert tries("ana", 1, at=NOW + LOCKED_FOR / 2) == 0
    assert tries("ana", 1, at=NOW + later) == 1


@pytest.mark.django_db
def test_waiting_tries_do_not_make_a_lock_longer():
    tries("ana", PER_ACCOUNT)
    tries("ana", 5, at=NOW + LOCKED_FOR - dt.timedelta(seconds=1))
    assert tries("ana", 1, at=NOW + LOCKED_FOR) == 1


@pytest.mark.django_db
def test_what_does_not_count_any_more_is_forgotten():
    tries("ana", 3)
    assert forget_attempts(at=NOW + LOCKED_FOR / 2) == 0
    assert forget_attempts(at=NOW + LOCKED_FOR * 2) == 2  # the account and the address
    assert not Attempts.objects.exists()


@pytest.mark.django_db
def test_a_whole_clinic_logs_in_from_one_address():
    for number in range(PER_ADDRESS + 1):
        forgive(begin(f"person{number}", "192.0.2.7", at=NOW))
    assert tries("mallory", 1) == 1


@pytest.mark.django_db
def test_a_lock_that_its_owner_is_still_to_be_told_of_is_not_forgotten(ana):
    Attempts.objects.create(key="a", count=PER_ACCOUNT, last_at=NOW, tell=ana)
    assert forget_attempts(at=NOW + 10 * LOCKED_FOR) == 0
    assert Attempts.objects.exists()


@pytest.mark.django_db
def test_no_name_and_no_address_is_kept_with_the_counts():
    tries("ana", 1)
    kept = str(list(Attempts.objects.values()))
    assert "ana" not in kept
    assert "192.0.2.7" not in kept


@pytest.mark.django_db(transaction=True)
def test_a_try_counts_even_where_the_view_around_it_is_rolled_back():
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        begin("ana", "192.0.2.7")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix:", ""),
        ("x" * 500, ""),
    ],
)
def test_what_counts_as_one_address(address, network):
    assert network_of(address) == network


@pytest.mark.django_db
def test_behind_a_socket_without_an_address_only_the_account_counts():
    assert tries("ana", 25, address="") == PER_ACCOUNT
    assert sum(tries(f"name{number}", 5, address="") for number in range(20)) == 100


@pytest.mark.django_db(transaction=True)
def test_of_a_thousand_guesses_at_once_at_most_the_limit_gets_through(monkeypatch):
    monkeypatch.setattr(attempts, "PER_ADDRESS", 10_000)
    at = timezone.now()
    through = race(*[lambda: tries("ana", 125, at=at)] * 8)
    assert sum(through) == PER_ACCOUNT


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["code", "password"])
def test_of_a_thousand_codes_or_passwords_at_once_five_are_looked_at(what):
    person, at = make_person("ana"), timezone.now()

    def tries_again() -> int:
        through = 0
        for _number in range(125):
            with contextlib.suppress(LockedOut, Busy):
                begin_again(person, what, at=at)
                through += 1
        return through

    assert sum(race(*[tries_again] * 8)) == ASKED_AGAIN == 5


@pytest.mark.django_db
def test_codes_and_passwords_and_people_are_counted_apart(ana, bruno):
    keys = {again_key(person, what) for person in (ana, bruno) for what in ("code", "password")}
    assert len(keys | {account_key(str(ana.pk))}) == 5


@pytest.mark.django_db
def test_the_last_try_locks_the_account_for_a_quarter_of_an_hour(ana):
    told = []
    for _time in range(PER_ACCOUNT):
        assert not is_locked(ana, at=NOW)
        told.append(begin("ana", "192.0.2.7", at=NOW).is_last)
    assert told == [False] * (PER_ACCOUNT - 1) + [True]
    assert is_locked(ana, at=NOW)
    assert is_locked(ana, at=NOW + LOCKED_FOR - dt.timedelta(seconds=1))
    assert not is_locked(ana, at=NOW + LOCKED_FOR)


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["code", "password"])
def test_so_does_the_last_code_or_password_that_is_asked_again(ana, bruno, what):
    told = [begin_again(ana, what, at=NOW).is_last for _time in range(ASKED_AGAIN)]
    assert told == [False] * (ASKED_AGAIN - 1) + [True]
    assert is_locked(ana, at=NOW)
    assert not is_locked(bruno, at=NOW)
    with pytest.raises(LockedOut):
        begin_again(ana, what, at=NOW)


@pytest.mark.django_db
def test_a_database_that_does_not_tell_what_it_wrote_is_asked_for_the_number(ana, monkeypatch):
    monkeypatch.setattr(connection.features, "can_return_columns_from_insert", False)  # SQLite before 3.35
    assert [begin_again(ana, "password", at=NOW).number for _time in range(ASKED_AGAIN)] == [1, 2, 3, 4, 5]
    with pytest.raises(LockedOut):
        begin_again(ana, "password", at=NOW)


@pytest.mark.django_db
def test_what_a_clock_wrote_that_was_ahead_does_not_count_and_is_forgotten():
    tries("ana", PER_ACCOUNT, at=NOW + dt.timedelta(days=1))
    assert forget_attempts(at=NOW) == 2


@pytest.mark.django_db
def test_a_try_under_a_lock_is_refused_by_one_look_and_waits_for_no_turn_to_write(ana, django_assert_num_queries):
    tries("ana", PER_ACCOUNT)
    for _time in range(ASKED_AGAIN):
        begin_again(ana, "code", at=NOW)
    for once_more in (lambda: begin("ana", "192.0.2.7", at=NOW), lambda: begin_again(ana, "code", at=NOW)):
        with django_assert_num_queries(1), pytest.raises(LockedOut):
            once_more()

"""Codes are taken once, whoever brings them at the same moment; and what the verbs of second factors refuse."""

import pytest
from allauth.mfa.models import Authenticator

from monographs.audit.models import Entry
from monographs.refusals import Conflict, Unacceptable
from monographs.staff.door import FactorAdapter
from monographs.staff.second_factor.factors import (
    add_app,
    new_recovery_codes,
    new_secret,
    recovery_codes_left,
    remove_factor,
    use_code,
)
from tests.people import make_person
from tests.races import race
from tests.staff.codes import code_of, give_app

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["totp", "recovery_codes"])
def test_of_several_who_bring_the_same_code_at_once_one_gets_in(kind):
    bruno = make_person("bruno")
    secret = give_app(bruno)
    codes = new_recovery_codes(bruno)
    code = code_of(secret) if kind == "totp" else codes[3]
    found = race(*[lambda: use_code(bruno, code)] * 4)
    assert [one.type for one in found if isinstance(one, Authenticator)] == [kind]


def test_recovery_codes_are_ten_different_ones_and_each_is_used_up(bruno):
    give_app(bruno)
    codes = new_recovery_codes(bruno)
    assert len(set(codes)) == 10
    assert use_code(bruno, codes[0])
    assert not use_code(bruno, codes[0])
    assert recovery_codes_left(bruno) == codes[1:]


def test_new_recovery_codes_make_the_old_ones_worthless(bruno):
    give_app(bruno)
    old = new_recovery_codes(bruno)
    new_recovery_codes(bruno)
    assert not use_code(bruno, old[0])


def test_there_are_no_recovery_codes_without_a_factor(bruno):
    with pytest.raises(Conflict):
        new_recovery_codes(bruno)


def test_a_second_app_is_refused_and_a_wrong_code_sets_up_none(bruno):
    with pytest.raises(Unacceptable):
        add_app(bruno, secret=new_secret(), code="000000")
    secret = new_secret()
    add_app(bruno, secret=secret, code=code_of(FactorAdapter().decrypt(secret)))
    with pytest.raises(Conflict):
        add_app(bruno, secret=secret, code=code_of(FactorAdapter().decrypt(secret)))


def test_with_the_last_factor_the_recovery_codes_go(bruno):
    give_app(bruno)
    new_recovery_codes(bruno)
    app = Authenticator.objects.get(user=bruno, type="totp")
    remove_factor(bruno, app.pk)
    assert not Authenticator.objects.exists()
    assert Entry.objects.filter(verb="staff.second-factor-removed").count() == 1
    with pytest.raises(Conflict):
        remove_factor(bruno, app.pk)


def test_what_is_kept_is_read_with_a_former_secret_key_too(settings):
    kept = FactorAdapter().encrypt("secret")
    assert kept != FactorAdapter().encrypt("secret")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-" * 6
    assert FactorAdapter().decrypt(kept) == "secret"

"""An address that was given to a writer leads to the reply whatever program made it."""

import base64

import pytest
from django.conf import settings
from django.utils.crypto import salted_hmac

from monographs.comments.sender.secret import confirmation_of, find, secret_of
from tests.makers import make_comment

pytestmark = pytest.mark.django_db


def _by_django(salt: str, value: str) -> str:
    digest = salted_hmac(salt, value, secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return base64.b32encode(digest).decode().lower()[:32]


def test_it_is_a_keyed_hash_as_django_makes_them():
    comment = make_comment()
    sign = _by_django("monographs.comments.secret", f"{comment.pk}-{comment.seal}")
    assert secret_of(comment) == f"{comment.pk}-{sign}"
    assert find(f"{comment.pk}-{sign}") == comment
    assert find(f"{comment.pk}-{sign[:-1]}{'a' if sign[-1] != 'a' else 'b'}") is None


def test_so_is_what_confirms_an_address():
    comment = make_comment()
    value = f"{comment.pk}-{comment.seal}-zoë@clinic.example"
    assert confirmation_of(comment, "Zoë@clinic.example") == _by_django(
        "monographs.comments.secret.confirmation", value
    )

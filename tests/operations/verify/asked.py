"""Asking `manage.py verify_history` whether the record is whole."""

import io

import pytest
from django.core.management import CommandError, call_command


def verify(*arguments: str) -> str:
    out = io.StringIO()
    call_command("verify_history", *arguments, stdout=out)
    return out.getvalue()


def problem_found() -> str:
    with pytest.raises(CommandError) as error:
        verify()
    assert error.value.returncode == 1
    return str(error.value)

"""Production refuses unsafe settings in words, in a process of its own with nothing else in its environment."""

import os
import secrets
import subprocess
import sys

import pytest
from django.conf import settings

SAFE = {"CLINICINFO_SECRET_KEY": secrets.token_urlsafe(50), "CLINICINFO_ALLOWED_HOSTS": "leaflets.clinic.example"}


def start(tmp_path, *command: str, **environment: str) -> subprocess.CompletedProcess:
    """Run Python with these settings and an empty data folder."""
    base = {"PATH": os.environ.get("PATH", ""), "DJANGO_SETTINGS_MODULE": "clinicinfo.settings"}
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, *(command or ("-c", "import django; django.setup()"))],
        cwd=settings.BASE_DIR,
        env={**base, "CLINICINFO_VAR": str(tmp_path / "var"), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "CLINICINFO_SECRET_KEY is not set. To try the site on this machine use `make run`."),
        ({**SAFE, "CLINICINFO_SECRET_KEY": ""}, "CLINICINFO_SECRET_KEY is not set."),
        ({**SAFE, "CLINICINFO_SECRET_KEY": "short"}, "CLINICINFO_SECRET_KEY is too short or a sample."),
        ({**SAFE, "CLINICINFO_SECRET_KEY": "local-mode-only-" * 4}, "CLINICINFO_SECRET_KEY is too short or a sample."),
        ({**SAFE, "CLINICINFO_ALLOWED_HOSTS": ""}, "CLINICINFO_ALLOWED_HOSTS is not set."),
        ({**SAFE, "CLINICINFO_DEBUG": "true"}, "CLINICINFO_DEBUG shows secrets to visitors."),
        ({**SAFE, "CLINICINFO_MODE": "prodcution"}, "it can be “production” or “local”"),
        ({**SAFE, "CLINICINFO_SECRET_KYE": "x"}, "CLINICINFO_SECRET_KYE is not a setting of this site. Did you mean"),
    ],
)
def test_production_refuses_unsafe_settings_and_says_what_to_do(tmp_path, environment, sentence):
    result = start(tmp_path, **environment)
    assert result.returncode != 0
    last_line = result.stderr.strip().splitlines()[-1]
    assert last_line.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert sentence in last_line


def test_production_starts_with_a_secret_and_a_host(tmp_path):
    result = start(tmp_path, **SAFE)
    assert (result.returncode, result.stderr) == (0, "")


def test_local_mode_needs_no_settings(tmp_path):
    result = start(tmp_path, CLINICINFO_MODE="local", CLINICINFO_DEBUG="true")
    assert (result.returncode, result.stderr) == (0, "")


def test_the_deployment_check_passes_under_production_settings(tmp_path):
    result = start(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **SAFE)
    assert "System check identified no issues (0 silenced)." in result.stdout + result.stderr
    assert result.returncode == 0


@pytest.mark.parametrize("server", ["wsgi", "asgi"])
def test_a_server_refuses_a_database_with_sample_staff(tmp_path, server):
    migrated = start(tmp_path, "manage.py", "migrate", "-v0", **SAFE)
    assert (migrated.returncode, migrated.stderr) == (0, "")
    load = ("-c", f"import clinicinfo.{server}")
    assert start(tmp_path, *load, **SAFE).returncode == 0

    add = "import django; django.setup(); from monographs.staff.models import StaffMember as S; "
    add += "S.objects.create(username='ana', is_sample=True)"
    assert start(tmp_path, "-c", add, **SAFE).returncode == 0
    refused = start(tmp_path, *load, **SAFE)
    assert refused.returncode != 0
    assert "sample staff (ana), whose password is public. Sample staff have signed" in refused.stderr
    assert start(tmp_path, *load, **{**SAFE, "CLINICINFO_MODE": "local"}).returncode == 0

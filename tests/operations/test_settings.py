"""Production refuses unsafe settings in words, in a process of its own with nothing else in its environment."""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.checks import run_checks

SAFE = {"CLINICINFO_SECRET_KEY": secrets.token_urlsafe(50), "CLINICINFO_ALLOWED_HOSTS": "leaflets.clinic.example"}


def start(tmp_path: Path, *command: str, **environment: str) -> subprocess.CompletedProcess:
    """Run Python with these settings and an empty data folder."""
    base = {"PATH": os.environ.get("PATH", ""), "DJANGO_SETTINGS_MODULE": "clinicinfo.settings"}
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, *(command or ("-c", "import django; django.setup()"))],
        cwd=settings.BASE_DIR,
        env={**base, "CLINICINFO_VAR": str(tmp_path / "var"), **environment},
        capture_output=True,
        text=True,
        timeout=300,  # all migrations are among what is run, on however busy a machine
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
        ({**SAFE, "CLINICINFO_ADDRESS": "leaflets.clinic.example"}, "CLINICINFO_ADDRESS is “leaflets.clinic.example”;"),
        ({**SAFE, "CLINICINFO_LANGUAGE": "zh-tw"}, "CLINICINFO_LANGUAGE is “zh-tw”; it can be one of en, ar, cy,"),
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


@pytest.mark.parametrize("language", ["en", "ar", "cy", "es", "pl", "ur", "zh-hans"])
def test_a_site_may_be_in_every_language_that_readers_are_spoken_to_in(settings, language):
    settings.LANGUAGE_CODE = language
    assert run_checks(tags=["translation"]) == []


def test_the_sites_language_may_be_written_as_people_write_it(tmp_path):
    asked = "from django.conf import settings; print(settings.LANGUAGE_CODE)"
    result = start(tmp_path, "-c", asked, **SAFE, CLINICINFO_LANGUAGE="zh_Hans")
    assert (result.returncode, result.stdout, result.stderr) == (0, "zh-hans\n", "")


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, "https://leaflets.clinic.example"),
        ({"CLINICINFO_ALLOWED_HOSTS": ".clinic.example, *"}, "https://clinic.example"),
        ({"CLINICINFO_ADDRESS": "https://www.clinic.example/"}, "https://www.clinic.example"),
    ],
)
def test_letters_name_the_sites_address(tmp_path, environment, address):
    asked = "from django.conf import settings as s; print(s.SITE_ADDRESS, s.EMAIL_BACKEND, s.LETTERS_GO_AT_ONCE)"
    result = start(tmp_path, "-c", asked, **SAFE | environment)
    assert result.stdout == f"{address} monographs.mail.smtp.EmailBackend False\n"


def test_local_mode_prints_letters_at_once(tmp_path):
    asked = "from django.conf import settings as s; print(s.EMAIL_BACKEND, s.LETTERS_GO_AT_ONCE)"
    result = start(tmp_path, "-c", asked, CLINICINFO_MODE="local")
    assert result.stdout == "django.core.mail.backends.console.EmailBackend True\n"


def test_local_mode_needs_no_settings(tmp_path):
    result = start(tmp_path, CLINICINFO_MODE="local", CLINICINFO_DEBUG="true")
    assert (result.returncode, result.stderr) == (0, "")


def test_the_deployment_check_passes_under_production_settings(tmp_path):
    result = start(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **SAFE)
    assert "System check identified no issues (0 silenced)." in result.stdout + result.stderr
    assert result.returncode == 0


def test_a_server_refuses_a_database_with_sample_staff(tmp_path):
    migrated = start(tmp_path, "manage.py", "migrate", "-v0", **SAFE)
    assert (migrated.returncode, migrated.stderr) == (0, "")
    servers = [("-c", f"import clinicinfo.{server}") for server in ("wsgi", "asgi")]
    both = ("-c", "import clinicinfo.wsgi, clinicinfo.asgi")
    assert start(tmp_path, *both, **SAFE).returncode == 0

    add = "import django; django.setup(); from monographs.staff.models import StaffMember as S; "
    add += "S.objects.create(username='ana', is_sample=True)"
    assert start(tmp_path, "-c", add, **SAFE).returncode == 0
    for load in servers:
        refused = start(tmp_path, *load, **SAFE)
        assert refused.returncode != 0, load
        assert "sample staff (ana), whose password is public. Sample staff have signed" in refused.stderr, load
    assert start(tmp_path, *both, **{**SAFE, "CLINICINFO_MODE": "local"}).returncode == 0


TELL = """
import json
from django.conf import settings as s
password = s.DATABASES["default"].get("PASSWORD")
print(json.dumps([s.SECRET_KEY, s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS, password]))
"""


def told(tmp_path: Path, **environment: str) -> list:
    """The secret key, the hosts, the origins and the database's password, as the site has them."""
    result = start(tmp_path, "-c", TELL, **environment)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_lists_lose_the_spaces_around_their_words(tmp_path):
    hosts, origins = " a.example, b.example ,,", "https://a.example , https://b.example"
    environment = {**SAFE, "CLINICINFO_ALLOWED_HOSTS": hosts, "CLINICINFO_CSRF_TRUSTED_ORIGINS": origins}
    _key, hosts, origins, _password = told(tmp_path, **environment)
    assert hosts == ["a.example", "b.example"]
    assert origins == ["https://a.example", "https://b.example"]


@pytest.mark.parametrize("quote", ["'", '"', ""])
def test_a_dollar_in_the_file_of_settings_stays_as_it_is_written(tmp_path, quote):
    key = "${HOME}$PATH-" + secrets.token_urlsafe(50)
    file = tmp_path / "site.env"
    address = "postgres://user:pa$$-${HOME}@localhost/leaflets"
    file.write_text(f"CLINICINFO_SECRET_KEY={quote}{key}{quote}\nDATABASE_URL={quote}{address}{quote}\n")
    environment = {"CLINICINFO_ENV_FILE": str(file), "CLINICINFO_ALLOWED_HOSTS": "a.example"}
    found, _hosts, _origins, password = told(tmp_path, **environment)
    assert (found, password) == (key, "pa$$-${HOME}")


def test_the_environment_comes_before_the_file(tmp_path):
    file = tmp_path / "site.env"
    file.write_text("CLINICINFO_ALLOWED_HOSTS=file.example\n# a remark\n\nexport CLINICINFO_MODE=production\n")
    assert told(tmp_path, **SAFE, CLINICINFO_ENV_FILE=str(file))[1] == ["leaflets.clinic.example"]


def test_written_out_signs_of_a_password_are_read_back(tmp_path):
    address = "postgres://user:a%23b%2Fc%3Fd%40e%25f@localhost/leaflets"
    assert told(tmp_path, **SAFE, DATABASE_URL=address)[3] == "a#b/c?d@e%f"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("CLINICINFO_DEBUG", "", "CLINICINFO_DEBUG is empty; write “true” or “false”, or leave it out."),
        ("CLINICINFO_HTTPS", "perhaps", "CLINICINFO_HTTPS is “perhaps”; write “true” or “false”, or leave it out."),
        ("CLINICINFO_SESSION_HOURS", "", "CLINICINFO_SESSION_HOURS is “”; write a whole number, e.g. 12,"),
        ("CLINICINFO_SESSION_HOURS", "-1", "write a whole number, e.g. 12, or leave it out."),
        ("CLINICINFO_ALLOWED_HOSTS", " , ", "CLINICINFO_ALLOWED_HOSTS is not set."),
        ("DATABASE_URL", "", "DATABASE_URL is empty; write an address, or leave it out."),
        ("DATABASE_URL", "postgres://u:my#word@localhost/db", "In a password # is written %23"),
        ("DATABASE_URL", "postgres://u:my/word@localhost/db", "DATABASE_URL cannot be read as an address."),
        ("DATABASE_URL", "nonsense", "DATABASE_URL cannot be read as an address."),
        ("EMAIL_URL", "smtp://u:my#word@localhost:25", "EMAIL_URL cannot be read as an address."),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_the_sentence_that_says_what_to_write(tmp_path, name, value, sentence):
    result = start(tmp_path, **{**SAFE, name: value})
    last_line = result.stderr.strip().splitlines()[-1]
    assert last_line.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert sentence in last_line
    assert "word" not in last_line.replace("password", "")  # no part of a password


def test_a_line_of_the_file_without_a_value_is_refused(tmp_path):
    file = tmp_path / "site.env"
    file.write_text("CLINICINFO_SECRET_KEY\n")
    result = start(tmp_path, **SAFE, CLINICINFO_ENV_FILE=str(file))
    assert "“CLINICINFO_SECRET_KEY” in site.env has no value. Write CLINICINFO_SECRET_KEY=…" in result.stderr


ASKED = """
import django
django.setup()
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.db import connection
for name in ("synchronous", "journal_mode", "temp_store"):
    print(name, connection.cursor().execute(f"PRAGMA {name}").fetchone()[0])
staticfiles_storage.exists(""), default_storage.exists("")
print(type(staticfiles_storage._wrapped).__name__, type(default_storage._wrapped).__name__)
"""


def test_what_production_writes_survives_a_power_cut_and_readers_need_no_disk(tmp_path):
    """On SQLite 2 is FULL of ``synchronous`` and MEMORY of ``temp_store``."""
    result = start(tmp_path, "-c", ASKED, **SAFE)
    assert result.stdout.splitlines() == [
        "synchronous 2", "journal_mode wal", "temp_store 2", "WholeStaticFiles WholeFiles"
    ]  # fmt: skip

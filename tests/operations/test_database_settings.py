"""What the address of the database says counts, and the rest is ours."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from clinicinfo.databases import WAIT_FOR_A_LOCK, settings_for


@pytest.fixture
def read(monkeypatch):
    def settings(url: str) -> dict:
        monkeypatch.setenv("DATABASE_URL", url)
        return settings_for(Env().dj_db_url("DATABASE_URL"))

    return settings


def test_address_of_postgresql_counts_before_our_own_settings(read):
    ours = read("postgres://clinicinfo@db.example/clinic")
    assert ours["ENGINE"] == "clinicinfo.postgresql"
    assert ours["OPTIONS"]["connect_timeout"] == WAIT_FOR_A_LOCK
    assert ours["OPTIONS"]["options"] == f"-c lock_timeout={WAIT_FOR_A_LOCK}s"
    assert "pool" not in ours["OPTIONS"]
    address = (
        "postgres://clinicinfo@db.example/clinic?sslmode=verify-full&connect_timeout=2&options=-c%20lock_timeout=1s"
    )
    theirs = read(address)["OPTIONS"]
    assert (theirs["sslmode"], int(theirs["connect_timeout"])) == ("verify-full", 2)
    assert theirs["options"].endswith("-c lock_timeout=1s")  # the last one counts


def test_every_connection_finds_out_that_a_host_is_gone(read):
    options = read("postgres://clinicinfo@db.example/clinic")["OPTIONS"]
    gone = options["keepalives_idle"] + options["keepalives_interval"] * options["keepalives_count"]
    assert gone == 19  # seconds, as `clinicinfo.databases` says
    assert options["keepalives"] == 1


def test_file_of_sqlite_is_watched_and_kept_open(read):
    ours = read("sqlite:////var/lib/clinic.sqlite3")
    assert (ours["ENGINE"], ours["NAME"]) == ("clinicinfo.sqlite", "/var/lib/clinic.sqlite3")
    assert ours["CONN_MAX_AGE"] is None
    assert ours["OPTIONS"]["timeout"] == WAIT_FOR_A_LOCK


def test_other_databases_are_refused(read):
    with pytest.raises(ImproperlyConfigured, match="sqlite:///… or postgres://…"):
        read("mysql://clinicinfo@db.example/clinic")

"""A serving process finds addresses in one table, whatever languages its readers speak, and finds what Django finds."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import URLResolver, clear_url_caches, get_resolver, reverse
from django.utils import translation

from clinicinfo.one_for_all_languages import share_addresses


@pytest.fixture
def as_at_first():
    """Django's own tables, and no other test meets the shared ones."""
    _begin_anew(get_resolver())
    clear_url_caches()
    yield
    _begin_anew(get_resolver())
    clear_url_caches()


def _all(resolver: URLResolver) -> list[URLResolver]:
    inner = [pattern for pattern in resolver.url_patterns if isinstance(pattern, URLResolver)]
    return [resolver, *(each for one in inner for each in _all(one))]


def _begin_anew(root: URLResolver) -> None:
    for resolver in _all(root):
        resolver._reverse_dict, resolver._namespace_dict, resolver._app_dict = {}, {}, {}
        resolver._populated = False


def found_in(language: str) -> list:
    """All that can be asked of the table: names and views with what each is made of, spaces of names, apps."""
    with translation.override(language):
        root = get_resolver()
        names = {name: root.reverse_dict.getlist(name) for name in root.reverse_dict}
        spaces = {name: prefix for name, (prefix, _resolver) in root.namespace_dict.items()}
        return [names, spaces, root.app_dict, reverse("admin:index"), reverse("leaflet-read", args=["ibuprofen"])]


@pytest.mark.usefixtures("as_at_first")
def test_every_language_finds_what_it_found_in_a_table_of_its_own():
    languages = [language for language, _name in settings.LANGUAGES]
    own = {language: found_in(language) for language in languages}
    assert len(get_resolver()._reverse_dict) == len(languages)
    share_addresses()
    assert {language: found_in(language) for language in languages} == own


@pytest.mark.usefixtures("as_at_first")
def test_the_second_language_makes_no_table():
    share_addresses()
    with translation.override("en"):
        reverse("leaflet-read", args=["ibuprofen"])
    made = [list(each._reverse_dict.values()) for each in _all(get_resolver())]
    with translation.override("ar"):
        reverse("leaflet-read", args=["ibuprofen"])
    for resolver, (table,) in zip(_all(get_resolver()), made, strict=True):
        assert list(resolver._reverse_dict.values()) == [table]
        assert resolver.reverse_dict is table


def test_a_serving_process_begins_with_it(tmp_path):
    told_where = {**os.environ, **_SETTINGS, "CLINICINFO_VAR": str(tmp_path)}
    told = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _SERVES], capture_output=True, check=True, text=True, env=told_where
    )
    assert told.stdout.split() == ["1"] * 3


_SETTINGS = {"DJANGO_SETTINGS_MODULE": "clinicinfo.settings", "CLINICINFO_MODE": "local"}
_SERVES = """
import clinicinfo.wsgi
from django.urls import get_resolver, reverse
from django.utils import translation
for language in ("en", "ar", "pl"):
    with translation.override(language):
        reverse("leaflet-read", args=["ibuprofen"])
    print(len(get_resolver()._reverse_dict))
"""

"""The addresses that are put together for long lists are those that Django makes."""

import pytest
from django.urls import reverse, set_script_prefix

from monographs.admin.frame.leaflet.addresses import page_url

NAMES = ("monographs_leaflet_change", "leaflet-history", "leaflet-translations", "reply", "reply-answer")


@pytest.mark.parametrize("name", NAMES)
def test_they_are_those_of_the_site_wherever_it_is_mounted(name):
    assert page_url(name, 1_200) == reverse(f"admin:{name}", args=[1_200])
    try:
        set_script_prefix("/clinic0/")
        assert page_url(name, 7) == reverse(f"admin:{name}", args=[7])
    finally:
        set_script_prefix("/")


def test_what_has_no_number_yet_has_no_page():
    with pytest.raises(TypeError):
        page_url("reply", None)

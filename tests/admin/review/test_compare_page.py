"""Any two revisions compared, as staff see it."""

import dataclasses

import pytest
from django.urls import reverse

from monographs.leaflets.content import SourceContent
from monographs.leaflets.models import Leaflet
from monographs.revisions.actions import save_draft
from tests.makers import change_leaflet, make_content, make_leaflet


def compared(client, leaflet: Leaflet, **pair):
    return client.get(reverse("admin:leaflet-compare", args=[leaflet.pk]), pair)


def alerts(page: str) -> str:
    return page[page.index('id="staff-alerts"') : page.index('id="staff-comparison"')]


def test_dose_change_is_listed_first_and_marked_in_the_text(client, amir):
    leaflet = make_leaflet(dosage="Take 5mg once a day.")
    change_leaflet(leaflet, dosage="Take 50mg once a day.")
    client.force_login(amir)
    page = compared(client, leaflet, old=1, new=2).content.decode()
    assert "<strong>How to take it:</strong>" in alerts(page)
    assert "5mg<" in alerts(page)
    assert "50mg<" in alerts(page)
    body = page[page.index('id="staff-comparison"') :]
    assert '<del><span class="visually-hidden">[removed: </span>5mg' in body
    assert '<ins><span class="visually-hidden">[added: </span>50mg' in body


def test_any_two_revisions_not_only_neighbours_in_either_direction(client, amir):
    leaflet = make_leaflet(dosage="Take 5mg once a day.")
    for dose in ("6mg", "7mg"):
        change_leaflet(leaflet, dosage=f"Take {dose} once a day.")
    client.force_login(amir)
    assert ">[added: </span>7mg<" in compared(client, leaflet, old=1, new=3).content.decode()
    assert ">[added: </span>5mg<" in compared(client, leaflet, old=3, new=1).content.decode()


def test_moved_section_is_shown_as_moved_not_as_new(client, ana, amir):
    leaflet = make_leaflet()
    content = make_content()
    first, second, *others = content.sections
    save_draft(leaflet, dataclasses.replace(content, sections=(second, first, *others)), by=ana)
    client.force_login(amir)
    page = compared(client, leaflet, old=1, new=2).content.decode()
    assert 'class="part-state part-moved">moved</span>' in page
    assert "from place" in page
    assert "part-added" not in page


def test_removed_key_fact_is_said_to_be_removed_and_not_to_have_gone_to_another_place(client, amir):
    leaflet = make_leaflet(key_facts=("Take it with food.", "It may make you sleepy.", "Keep it away from children."))
    change_leaflet(leaflet, key_facts=("It may make you sleepy.", "Keep it away from children.", "Do not stop it."))
    client.force_login(amir)
    page = compared(client, leaflet, old=1, new=2).content.decode()
    assert page.count('class="part-state part-removed">removed</span>') == 1
    assert "from place" not in page


def test_sources_key_facts_and_settings_are_compared_too(client, amir):
    leaflet = make_leaflet()
    change_leaflet(
        leaflet,
        title="Testamol tablets",
        key_facts=("Take it with food.", "Do drive if you feel sleepy.", "Keep it away from children."),
        sources=(SourceContent("EMA product information", supports=("dosage",)),),
    )
    client.force_login(amir)
    page = compared(client, leaflet, old=1, new=2).content.decode()
    assert "Testamol tablets" in page
    assert "EMA product information" in page
    assert "Supports: " not in page or "How to take it" in page
    assert "“do not”" in alerts(page)


def test_long_text_is_never_cut(client, amir):
    words = " ".join(f"word{number}" for number in range(5000))
    leaflet = make_leaflet(dosage=words)
    change_leaflet(leaflet, dosage=f"{words} ending")
    client.force_login(amir)
    page = compared(client, leaflet, old=1, new=2).content.decode()
    assert "word0 word1" in page
    assert "word4998 word4999" in page
    assert "ending" in page


def test_long_text_that_went_and_long_text_that_came_are_never_cut(client, amir):
    went, came = (" ".join(f"{what}{number}" for number in range(500)) for what in ("old", "new"))
    leaflet = make_leaflet(dosage=went)
    change_leaflet(leaflet, dosage=came, title=came[:200].strip())
    client.force_login(amir)
    page = compared(client, leaflet, old=1, new=2).content.decode()
    marked = page[page.index('id="staff-comparison"') :]
    for text in (went, came, came[:200].strip()):
        assert f" </span>{text}<span" in marked


def test_text_of_a_leaflet_can_not_become_markup_of_the_page(client, amir):
    leaflet = make_leaflet()
    change_leaflet(leaflet, dosage="<script>alert(1)</script> Take 5mg.", title="<b>Testamol</b>")
    client.force_login(amir)
    page = compared(client, leaflet, old=1, new=2).content.decode()
    assert "<script>alert(1)" not in page
    assert "<b>Testamol" not in page


def test_equal_revisions_are_said_to_be_equal(client, amir):
    leaflet = make_leaflet()
    client.force_login(amir)
    assert "The two texts are equal." in compared(client, leaflet, old=1, new=1).content.decode()


@pytest.mark.parametrize(
    ("pair", "status", "sentence"),
    [
        ({}, 400, "Choose two revisions to compare."),
        ({"old": "1"}, 400, "Choose two revisions to compare."),
        ({"old": "x", "new": "1"}, 400, "The older revision must be a whole number"),
        ({"old": "1", "new": "-1"}, 400, "The newer revision must be a whole number"),
        ({"old": "1", "new": "9" * 40}, 400, "The newer revision must be a whole number"),
        ({"old": "1", "new": "99"}, 404, "This leaflet has no revision 99."),
    ],
)
def test_wrong_pair_is_a_sentence_and_offers_the_choice(client, amir, pair, status, sentence):
    leaflet = make_leaflet()
    client.force_login(amir)
    answer = compared(client, leaflet, **pair)
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert '<select id="staff-old"' in answer.content.decode()


def test_who_may_not_see_drafts_compares_nothing(client, carla, mallory):
    leaflet = make_leaflet()
    for person in (carla, mallory):
        client.force_login(person)
        assert compared(client, leaflet, old=1, new=1).status_code == 403


def test_comparison_does_not_grow_in_queries(client, amir, django_assert_max_num_queries):
    leaflet = make_leaflet()
    change_leaflet(leaflet, dosage="Take 1mg once a day.")
    client.force_login(amir)
    compared(client, leaflet, old=1, new=2)
    with django_assert_max_num_queries(9) as few:  # session, person, permissions, leaflet, both, names, newest, list
        compared(client, leaflet, old=1, new=2)
    for number in range(30):
        change_leaflet(leaflet, dosage=f"Take {number + 2}mg once a day.")
    with django_assert_max_num_queries(len(few)):
        compared(client, leaflet, old=1, new=32)

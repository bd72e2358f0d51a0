"""Who withdraws or publishes a leaflet is told which others of the medicine patients read."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from monographs.leaflets.models import Leaflet
from monographs.publication.actions import publish, withdraw
from monographs.publication.models import Publication
from tests.makers import change_leaflet, make_approved, make_leaflet, make_published
from tests.translations.translating import make_published_translation

pytestmark = pytest.mark.django_db
HEADING = "Other leaflets of this medicine that patients read"


def url(name: str, leaflet) -> str:
    return reverse(f"admin:leaflet-{name}", args=[leaflet.pk])


def listed(page: str) -> str:
    return page.partition(HEADING)[2].partition("</section>")[0]


@pytest.fixture
def full():
    return make_published().leaflet


@pytest.fixture
def spanish(full):
    return make_published_translation(Publication.objects.get(leaflet=full)).leaflet


@pytest.fixture
def easy(full):
    return make_published(make_leaflet(edition="easy-read", dosage="Take 5mg.")).leaflet


def test_the_withdrawal_names_editions_and_translations_with_a_way_to_withdraw_each(client, full, spanish, easy, priya):
    make_published(make_leaflet("Otheramol"))
    make_leaflet(language="pl", dosage="5 mg.")
    client.force_login(priya)
    others = listed(client.get(url("withdraw", full)).text)
    assert re.findall(r'href="([^"]*withdraw[^"]*)"', others) == [url("withdraw", easy), url("withdraw", spanish)]
    assert others.count("made from this one") == 2
    assert "Otheramol" not in others
    back = listed(client.get(url("withdraw", spanish)).text)
    assert re.findall(r'href="([^"]*withdraw[^"]*)"', back) == [url("withdraw", easy), url("withdraw", full)]
    assert "made from this one" not in back


def test_what_stays_up_is_said_again_when_it_is_done_until_nothing_does(client, full, spanish, easy, priya):
    client.force_login(priya)
    shown = {one.leaflet_id: one.pk for one in Publication.objects.read(timezone.now())}

    def take_down(leaflet) -> str:
        form = {"publication": shown[leaflet.pk], "notice": "Ask us.", "why": "Wrong.", "do": "withdraw"}
        return client.post(url("withdraw", leaflet), form, follow=True).text

    page = take_down(full)
    assert "Patients still read other leaflets of this medicine." in page
    assert f'<a href="{url("withdraw", spanish)}">Testamol (es)</a>' in page
    assert set(Publication.objects.read(timezone.now()).values_list("leaflet", flat=True)) == {spanish.pk, easy.pk}
    assert f'<a href="{url("withdraw", easy)}">' in take_down(spanish)
    assert "Patients still read other leaflets" not in take_down(easy)


def test_one_that_is_scheduled_is_told_with_its_time(client, full, priya):
    easy = make_leaflet(edition="easy-read", dosage="Take 5mg.")
    later = timezone.now() + dt.timedelta(days=2)
    publish(make_approved(easy), by=priya, change_note="First.", effective_from=later)
    client.force_login(priya)
    others = listed(client.get(url("withdraw", full)).text)
    assert " · from " in others
    assert url("withdraw", easy) not in others


def test_alone_it_says_nothing(client, full, easy, priya):
    withdraw(easy, by=priya, notice="Ask us.", why="Wrong.")
    client.force_login(priya)
    assert HEADING not in client.get(url("withdraw", full)).text


def test_a_title_is_shown_as_words(client, full, easy, priya):
    Leaflet.objects.filter(pk=easy.pk).update(title="<b>Testamol</b>")
    client.force_login(priya)
    shown = Publication.objects.read(timezone.now()).get(leaflet=full)
    form = {"publication": shown.pk, "notice": "Ask us.", "why": "Wrong.", "do": "withdraw"}
    page = client.post(url("withdraw", full), form, follow=True).text
    assert "&lt;b&gt;Testamol&lt;/b&gt;" in page
    assert "<b>Testamol" not in page


def test_the_publishing_screen_names_them_without_a_way_to_withdraw(client, full, spanish, priya):
    make_approved(change_leaflet(full, dosage="Take 7mg once a day."))
    client.force_login(priya)
    others = listed(client.get(url("publish", full)).text)
    assert "Testamol (es)" in others
    assert "made from this one" in others
    assert "withdraw" not in others.casefold()

"""Translations in the admin: begun, written beside their source, held against it, brought up to date."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from monographs.leaflets.models import Leaflet
from monographs.publication.actions import publish
from monographs.revisions.actions import newest_revision
from tests.admin.forms import form_of
from tests.makers import change_leaflet, make_approved, make_published
from tests.people import make_person
from tests.translations.translating import make_published_translation, make_translation

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana_client(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def spanish():
    return make_published_translation().leaflet


def change_source(spanish, priya) -> None:
    review = make_approved(change_leaflet(spanish.source, dosage="Take 7mg once a day."))
    publish(review, by=priya, change_note="Another dose.")


def screen(leaflet) -> str:
    return reverse("admin:leaflet-translations", args=[leaflet.pk])


def test_a_translation_is_begun_on_the_sources_page(ana_client):
    source = make_published().leaflet
    page = ana_client.get(screen(source)).text
    assert '<option value="es">' in page
    assert '<option value="en">' not in page
    answer = ana_client.post(screen(source), {"language": "es"})
    leaflet = Leaflet.objects.get(source=source)
    assert answer.url == reverse("admin:monographs_leaflet_change", args=[leaflet.pk])
    assert '<option value="es">' not in ana_client.get(screen(source)).text


def test_what_is_refused_is_a_sentence_on_the_same_page(ana_client):
    source = make_published().leaflet
    answer = ana_client.post(screen(source), {"language": "en"})
    assert answer.status_code == 409
    assert "in this language and edition already" in answer.text


def test_each_section_is_written_beside_its_source(ana_client):
    leaflet = make_translation()
    page = ana_client.get(reverse("admin:monographs_leaflet_change", args=[leaflet.pk])).text
    assert page.count('<div class="beside-pair">') == len(newest_revision(leaflet).content.sections)
    _before, _part, after = page.partition('aria-labelledby="beside-dosage"')
    assert "Take 5mg once a day." in after[: after.index("</section>")]
    assert "Tome 5 mg" in after[: after.index("Tome 5 mg") + 20]
    assert 'lang="en"' in after[: after.index("</section>")]
    assert "Take it with food." in page  # key facts of the source


def test_what_changed_since_is_marked_beside_the_section(ana_client, spanish, priya):
    change_source(spanish, priya)
    page = ana_client.get(reverse("admin:monographs_leaflet_change", args=[spanish.pk])).text
    _before, _part, after = page.partition('aria-labelledby="beside-dosage"')
    part = after[: after.index("</section>")]
    assert "<del>" in part
    assert "5mg" in part[part.index("<del>") : part.index("</del>")]
    assert "7mg" in part[part.index("<ins>") : part.index("</ins>")]
    assert page.count('class="beside-changed"') == 1


def test_a_leaflet_that_is_no_translation_has_nothing_beside(ana_client, spanish):
    page = ana_client.get(reverse("admin:monographs_leaflet_change", args=[spanish.source_id])).text
    assert "beside-p" not in page


def test_saving_the_form_keeps_as_of_what_it_is(ana_client, spanish):
    address = reverse("admin:monographs_leaflet_change", args=[spanish.pk])
    answer = ana_client.post(address, form_of(spanish, title="Testamol en español"))
    assert answer.status_code == 302
    newest = newest_revision(spanish).content
    assert (newest.title, newest.made_from.revision) == ("Testamol en español", 1)


def test_the_differences_are_shown_and_it_is_brought_up_to_date(ana_client, spanish, priya):
    assert "as of what patients read" in ana_client.get(screen(spanish)).text
    change_source(spanish, priya)
    page = ana_client.get(screen(spanish)).text
    assert "1 part is behind since" in page
    assert "<ins>" in page
    assert "It says what revision 2 says" in page
    answer = ana_client.post(screen(spanish), {"do": "up-to-date", "to": "2", "why": "Dose."}, follow=True)
    assert "as of revision 2 now" in answer.text
    assert newest_revision(spanish).content.made_from.revision == 2
    again = ana_client.post(screen(spanish), {"do": "up-to-date", "to": "2", "why": "Dose."})
    assert again.status_code == 409
    assert ana_client.post(screen(spanish), {"do": "up-to-date", "to": "x"}).status_code == 400


def test_a_scheduled_text_may_be_worked_in_before_it_is_shown(ana_client, spanish, priya):
    review = make_approved(change_leaflet(spanish.source, dosage="Take 7mg once a day."))
    publish(review, by=priya, change_note="Dose.", effective_from=timezone.now() + dt.timedelta(days=2))
    assert "scheduled and not shown yet" in ana_client.get(screen(spanish)).text


def test_all_that_is_behind_is_listed_and_on_the_desk(ana_client, spanish, priya):
    listed = reverse("admin:translations-behind")
    assert "No translation and no easy-read leaflet is behind." in ana_client.get(listed).text
    assert "Translations and easy-read leaflets that are behind" not in ana_client.get(reverse("admin:index")).text
    change_source(spanish, priya)
    assert screen(spanish) in ana_client.get(listed).text
    desk = ana_client.get(reverse("admin:index")).text
    assert "Translations and easy-read leaflets that are behind" in desk
    assert screen(spanish) in desk
    assert "1 part behind since" in ana_client.get(screen(spanish.source)).text


def test_mallory_sees_none_of_it(client, spanish):
    client.force_login(make_person("mallory"))
    for address in (screen(spanish), screen(spanish.source), reverse("admin:translations-behind")):
        assert client.get(address).status_code == 403
    assert client.post(screen(spanish.source), {"language": "ar"}).status_code == 403

"""The clinic's telephone numbers: one field, one number; what is saved, shown, dialled, and asked about."""

import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from monographs.clinics.actions import change_clinic
from monographs.clinics.models import Clinic, the_clinic
from monographs.clinics.numbers import problem_of, problems_of
from monographs.publication.models import Publication
from monographs.publication.page.assemble import as_read
from monographs.refusals import Unacceptable
from tests.admin.people.test_clinic_page import form_of, published_with_care_card
from tests.makers import make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db

PAGE = "/admin/monographs/clinic/1/change/"


@pytest.fixture(autouse=True)
def _hours(db):
    """Somebody has said when replies are read: the form asks for it."""
    Clinic.objects.update(staffed_hours="Mon-Fri 09:00-17:00")


@pytest.fixture
def administrator(client, ada):
    client.force_login(ada)
    return client


def save(client, **fields):
    return client.post(PAGE, form_of(the_clinic(), **fields))


def told(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def store(**fields) -> Clinic:
    """As it was stored before there was a check."""
    clinic = the_clinic()
    Clinic.objects.filter(pk=clinic.pk).update(**fields)
    return the_clinic()


def links(html: str) -> list[tuple[str, str]]:
    return [(shown, href) for href, shown in re.findall(r'<a href="((?:tel|sms):[^"]*)"[^>]*>([^<]*)</a>', html)]


@pytest.mark.parametrize(
    "value",
    ["999", "111, option 2", "01632 960100 ext. 12", "Call 111, 24/7", "0800 123 456 (24/7)", "٩٩٩", "07700 900123"],
)
def test_one_number_with_or_without_words_is_taken(value):
    assert problem_of(value, "GB") == ""


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("999 or 112", "takes one telephone number"),
        ("01632 960100 / 01632 960101", "takes one telephone number"),
        ("01632 960100 (since 2019)", "Beside the telephone number “01632 960100” stands “2019”"),
        ("99", "There is no telephone number in “99”"),
        ("555", "“555” is no telephone number that can be dialled"),
        ("01632 96", "is no telephone number that can be dialled"),
        ("1632 960100", "is no telephone number that can be dialled"),
        ("ask at the desk", "There is no telephone number in “ask at the desk”"),
        ("24/7", "There is no telephone number in “24/7”"),
    ],
)
@pytest.mark.parametrize("field", ["emergency_number", "urgent_number", "phone"])
def test_what_is_not_exactly_one_number_is_refused_beside_its_field_and_kept_in_it(
    administrator, field, value, sentence
):
    response = save(administrator, **{field: value})
    assert response.status_code == 200
    [error] = response.context["adminform"].form.errors[field]
    assert sentence in error
    assert f'value="{value}"' in response.content.decode()
    assert getattr(the_clinic(), field) == getattr(Clinic(), field)


def test_the_verb_refuses_what_the_form_refuses(ada):
    clinic = the_clinic()
    clinic.emergency_number = "999 or 112"
    with pytest.raises(Unacceptable, match="emergency number: This field takes one telephone number"):
        change_clinic(clinic, by=ada)


def test_a_second_emergency_number_stands_beside_the_first(administrator, client):
    make_published()
    assert save(administrator, emergency_number="999", other_emergency_number="112").status_code == 302
    page = client.get("/leaflets/testamol/").content.decode()
    assert '<a href="tel:999" dir="ltr">999</a> or <a href="tel:112" dir="ltr">112</a>' in page
    alone = save(administrator, emergency_number="", other_emergency_number="112")
    assert set(alone.context["adminform"].form.errors) == {"emergency_number"}
    assert set(problems_of(Clinic(emergency_number="", other_emergency_number="112"))) == {"other_emergency_number"}


def test_what_was_stored_before_is_shown_as_it_is_never_dialled_wrongly_and_asked_about(administrator, client):
    published_with_care_card()
    clinic = store(emergency_number="999 or 112", urgent_number="555", phone="ask at the desk")
    change_clinic(clinic, by=None)  # something else changed: it is no reason to lose a number
    html = as_read(Publication.objects.get(), timezone.now())
    page = client.get("/leaflets/testamol/").content.decode()
    for text in (html, page):
        assert '<a href="tel:999" dir="ltr">999</a> or <a href="tel:112" dir="ltr">112</a>' in text
        assert "tel:999112" not in text
    assert "<dd>555</dd>" in page
    assert "ask at the desk" in page
    presets = {"tel:116123", "sms:85258", "tel:08007316789"}
    assert {href for _shown, href in links(page)} == {"tel:999", "tel:112", *presets}
    response = save(administrator, email="hello@clinic.example")
    assert set(response.context["adminform"].form.errors) == {"emergency_number", "urgent_number", "phone"}


def test_what_can_be_dialled_is_named_back(administrator):
    response = save(
        administrator,
        emergency_number="999",
        phone="01632 960100",
        crisis_lines="Samaritans: 116 123\nShout: text SHOUT to 85258\nHelp: 943 476 5919",
        out_of_hours="Call 111, 24/7. We open at 8.30-18.30.",
    )
    sentence = told(response)
    assert (
        "Patients can dial: 999 → tel:999; 01632 960100 → tel:01632960100; 111 → tel:111; 116 123 → tel:116123; "
        "85258 → sms:85258; 0800 731 6789 → tel:08007316789." in sentence
    )
    assert "Crisis lines: “943 476 5919” will be shown but not linked" in sentence
    assert "Telephone: “01632 960100” can be dialled, but the country's numbering plan gives it to nobody" in sentence
    page = administrator.get(PAGE).content.decode()
    assert "emergency number: 999 → tel:999" in page
    assert "“943 476 5919” is shown but not linked" in page


def test_numbers_are_read_for_the_clinics_country(administrator, client):
    make_published()
    german = {"country": "de", "phone": "030/123456", "urgent_number": "116 117", "crisis_lines": "Sorgen: 116 123"}
    assert save(administrator, **german).status_code == 302
    assert the_clinic().country == "DE"
    page = client.get("/leaflets/testamol/").content.decode()
    dialled = {
        ("112", "tel:112"),
        ("116 117", "tel:116117"),
        ("116 123", "tel:116123"),
        ("030/123456", "tel:030123456"),
    }
    assert set(links(page)) == dialled
    assert "“XX” is no country&#x27;s code" in save(administrator, country="xx").content.decode()


def test_numbers_in_arabic_digits_are_dialled_in_ascii(administrator, client):
    make_published(language="ar")
    save(administrator, emergency_number="٩٩٩", crisis_lines="خط المساندة: ١١٦ ١٢٣ على مدار ٢٤ ساعة")
    page = client.get("/leaflets/testamol-ar/").content.decode()
    assert links(page)[:1] == [("٩٩٩", "tel:999")]
    assert '<a href="tel:116123" dir="ltr">١١٦ ١٢٣</a> على مدار ٢٤ ساعة' in page


def test_a_care_card_dials_the_number_in_the_clinics_words(administrator):
    published_with_care_card()
    save(administrator, emergency_number="+44 (0)1632 960123 ext. 7")
    html = as_read(Publication.objects.get(), timezone.now())
    assert links(html) == [("+44 (0)1632 960123 ext. 7", "tel:+441632960123;ext=7")]


def test_auditors_read_what_can_be_dialled(client):
    store(emergency_number="999")
    client.force_login(make_person("amir"))
    assert (
        "emergency number: 999 → tel:999"
        in client.get(reverse("admin:monographs_clinic_change", args=[1])).content.decode()
    )

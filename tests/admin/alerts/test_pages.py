"""The staff's screens of safety alerts: writing with a preview, the second person, ending, the list and the desk."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone, translation

from monographs.admin.desk.piles import desk_of
from monographs.alerts.models import Alert, AlertAct, Severity
from monographs.staff.models import StaffMember
from tests.makers import make_medicine, make_published
from tests.makers_alerts import ARABIC, make_alert, make_approved_alert
from tests.people import PASSWORD, make_person
from tests.reading.parts import words
from tests.staff.soft_passkey import SoftPasskey, add_passkey

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/monographs/alert/", "/admin/monographs/alert/add/"


def of(name: str, **fields) -> Client:
    client = Client()
    client.force_login(make_person(name, **fields))
    return client


def form(**fields) -> dict:
    typed = {
        "severity": "urgent", "where": "medicines", "medicines": "testamol\n", "title_en": "Stop taking batch 9",
        "text_en": "Take it **back**.", "reason": "A recall.",
    }  # fmt: skip
    return {**typed, **fields}


def previewed(client: Client, **fields) -> dict:
    """The form as the page of the preview has it."""
    page = client.post(ADD, form(**fields, preview="1"))
    return form(**fields, save="1", seen=page.context["seen"])


def page_of(alert: Alert) -> str:
    return f"{LIST}{alert.pk}/"


@pytest.fixture(autouse=True)
def testamol(db):
    return make_medicine()


def test_it_is_written_after_it_was_seen_as_patients_will_see_it():
    client = of("ana")
    page = client.post(ADD, form(preview="1"))
    assert "Urgent safety alert: Stop taking batch 9" in words(page)
    assert "<strong>back</strong>" in page.content.decode()
    assert not Alert.objects.exists()
    response = client.post(ADD, form(save="1", seen=page.context["seen"]))
    alert = Alert.objects.get()
    assert response["Location"] == page_of(alert)
    assert [medicine.name for medicine in alert.medicines.all()] == ["Testamol"]
    assert "It waits for a second person" in words(client.get(page_of(alert)))


def test_each_language_is_previewed_as_on_a_page_in_it_and_its_own_first_day_named():
    page = (
        of("ana")
        .post(ADD, form(title_ar=ARABIC[1], text_ar=ARABIC[2], from_on="2030-12-01", preview="1"))
        .content.decode()
    )
    arabic = page.partition('<div lang="ar" dir="rtl">')[2].partition("</section>")[0]
    assert ARABIC[2] in arabic
    with translation.override("ar"):
        assert str(Severity.URGENT.label) in arabic
    assert '<time datetime="2030-12-01">' in arabic


def test_what_was_changed_after_the_preview_is_previewed_again():
    client = of("ana")
    sent = previewed(client)
    page = client.post(ADD, {**sent, "text_en": "Take 50mg."})
    assert page.status_code == 200
    assert "Take 50mg." in page.content.decode()
    assert not Alert.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"medicines": "Testamol\nUnknownol"}, "No medicine, or more than one, has this name: Unknownol"),
        ({"medicines": ""}, "Choose the medicines that the alert is about"),
        ({"where": "all"}, "You named medicines but chose the whole site"),
        ({"reason": ""}, "Say why this alert is needed"),
        ({"title_en": ""}, "a title of one line and a text in English"),
        ({"title_ar": "عنوان"}, "a title of one line and a text in Arabic"),
        ({"until_on": "2020-01-01"}, "would be over already"),
        ({"from_at": "12:00"}, "You gave a time without a date"),
    ],
)
def test_what_is_refused_is_told_and_nothing_that_was_typed_is_lost(fields, sentence):
    page = of("ana").post(ADD, form(**fields, title_pl="Zwrot", text_pl="Zwróć je.", preview="1"))
    assert page.status_code == 400
    assert sentence in words(page)
    assert "Zwróć je." in page.content.decode()


def test_an_emergency_is_offered_to_who_may_alone_and_said_to_be_shown():
    assert "is_emergency" not in of("ana").get(ADD).content.decode()
    client = of("priya")
    response = client.post(ADD, previewed(client, is_emergency="on"), follow=True)
    assert "A second person must still confirm it" in words(response)
    assert "Patients see it, and nobody has confirmed it." in words(response)


def test_who_wrote_it_has_no_form_to_approve_and_is_told_why(priya):
    alert = make_alert(by=priya)
    page = words(of("priya").get(page_of(alert)))
    assert "You wrote this alert: somebody else must be the second person." in page
    assert "Approve and sign" not in page


def test_the_second_person_signs_with_the_password():
    alert, client = make_alert(), of("bruno")
    sent = {"seen": alert.digest, "note": "Batch checked.", "password": "guess"}
    page = client.post(f"{page_of(alert)}approve/", sent)
    assert page.status_code == 403
    assert "That is not your password" in words(page)
    assert "Batch checked." in page.content.decode()
    assert "guess" not in page.content.decode()
    page = client.post(f"{page_of(alert)}approve/", {**sent, "password": PASSWORD}, follow=True)
    assert "Patients see it." in words(page)
    assert "Batch checked." in words(page)
    assert AlertAct.objects.get().signed_with == "password"


def test_the_second_person_signs_with_a_passkey():
    alert, client, passkey = make_alert(), of("bruno"), SoftPasskey()
    add_passkey(client, passkey)
    answer = passkey.answer(client.get(page_of(alert)).context["passkey_options"])
    client.post(f"{page_of(alert)}approve/", {"seen": alert.digest, "passkey": answer})
    assert AlertAct.objects.get().signed_with == "passkey"


def test_the_second_person_declines_with_a_reason_that_its_writer_reads():
    alert, client = make_alert(), of("bruno")
    page = client.post(f"{page_of(alert)}decline/", {"reason": " "})
    assert page.status_code == 400
    assert "Say why you decline it" in words(page)
    client.post(f"{page_of(alert)}decline/", {"reason": "It is another batch."})
    page = words(of("ana").get(page_of(alert)))
    assert "Declined by the second person." in page
    assert "It is another batch." in page


def test_a_second_click_is_told_what_became_of_it():
    alert, client = make_alert(), of("bruno")
    sent = {"seen": alert.digest, "password": PASSWORD}
    client.post(f"{page_of(alert)}approve/", sent)
    page = client.post(f"{page_of(alert)}approve/", sent)
    assert page.status_code == 409
    assert "A colleague has approved this alert already." in words(page)


def test_it_is_ended_with_a_reason():
    alert, client = make_approved_alert(), of("priya")
    assert client.post(f"{page_of(alert)}end/", {"reason": ""}).status_code == 400
    page = client.post(f"{page_of(alert)}end/", {"reason": "The recall is over."}, follow=True)
    assert "Ended." in words(page)
    assert "The recall is over." in words(page)
    assert "End this alert" not in words(page)


def test_another_one_like_it_begins_with_its_words():
    alert = make_alert(words=[("en", "First", "Text."), ARABIC])
    page = of("ana").get(f"{ADD}?like={alert.pk}")
    initial = page.context["form"].initial
    assert (initial["title_en"], initial["title_ar"], initial["medicines"]) == ("First", ARABIC[1], "Testamol")
    for number in ("x", "999999999999999999999", "0"):
        assert of("ana").get(f"{ADD}?like={number}").status_code == 200


def test_an_alert_of_medicines_without_a_leaflet_says_so_to_staff():
    sentence = "Patients can read no leaflet of these medicines now"
    alert, client = make_alert(), of("ana")
    assert sentence in words(client.get(page_of(alert)))
    assert sentence in words(client.post(ADD, form(preview="1")))
    make_published()
    assert sentence not in words(client.get(page_of(alert)))


def test_the_list_says_what_waits_and_where_each_stands(priya):
    make_alert(words=[("en", "One that waits", "Text.")])
    make_approved_alert(words=[("en", "One that is shown", "Text.")], is_for_all=True)
    page = words(of("ana").get(LIST))
    assert page.index("Waiting for a second person") < page.index("One that waits") < page.index("All alerts")
    assert "One that is shown Patients see it." in page
    assert "the whole site" in page


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_however_many_there_are(count, django_assert_max_num_queries):
    for _number in range(count):
        make_alert()
    client = of("ana")
    client.get(LIST)
    with django_assert_max_num_queries(11):
        assert client.get(LIST).status_code == 200


def test_the_desk_has_them_for_the_second_person_and_for_their_writer():
    alert = make_alert()

    def desk(name: str) -> dict:
        person = StaffMember.objects.get(pk=make_person(name).pk)
        return {pile.key: [row.title for row in pile.rows] for pile in desk_of(person)}

    assert desk("bruno")["alerts-to-confirm"] == [str(alert)]
    assert desk("ana")["own-alerts"] == [str(alert)]
    assert "alerts-to-confirm" not in desk("ana")
    urgent = make_alert(is_emergency=True, ends_at=timezone.now() + dt.timedelta(hours=1))
    [pile] = [pile for pile in desk_of(make_person("bruno")) if pile.key == "alerts-to-confirm"]
    assert [(row.title, row.is_late) for row in pile.rows] == [(str(urgent), True), (str(alert), False)]


def test_it_is_in_the_index_of_who_may_see_it():
    assert LIST in of("ana").get("/admin/").content.decode()
    assert LIST not in of("carla").get("/admin/").content.decode()


def test_an_auditor_comes_from_it_to_its_history_in_the_ledger():
    alert, client = make_approved_alert(), of("amir")
    address = f"/admin/monographs/entry/?history=alert/{alert.pk}"
    assert address in client.get(page_of(alert)).content.decode()
    assert "alert: approved" in words(client.get(address))

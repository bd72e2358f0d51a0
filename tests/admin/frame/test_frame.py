"""What every staff page has: the site's icon, names for all fields, titles that name the leaflet."""

import re

from django.urls import reverse

from monographs.review.models import ChecklistItem
from monographs.review.remarks import add_remark
from tests.makers import make_leaflet, make_medicine, make_review
from tests.people import PASSWORD


def _fields(html: str) -> list[str]:
    """The fields that a person fills in, as tags."""
    return [tag for tag in re.findall(r"<(?:input|select|textarea)\b[^>]*>", html) if 'type="hidden"' not in tag]


def test_every_staff_page_names_the_icon_and_the_style_sheet(client_of, ada, client):
    for page in (client_of(ada).get("/admin/"), client.get("/admin/login/")):
        html = page.content.decode()
        assert html.count('rel="icon"') == 1
        assert "monographs/css/admin.css" in html


def test_fields_of_the_checklist_are_named_in_every_row(client_of, ada):
    html = client_of(ada).get(reverse("admin:monographs_checklistitem_changelist")).content.decode()
    fields = [tag for tag in _fields(html) if 'name="form-' in tag]
    assert len(fields) == 2 * ChecklistItem.objects.count() > 0
    assert [tag for tag in fields if 'aria-label="' not in tag] == []


def test_fields_of_names_and_codes_are_named_in_every_row(client_of, ana):
    medicine = make_medicine(names=[("Brandol", "brand")])
    html = client_of(ana).get(reverse("admin:monographs_medicine_change", args=[medicine.pk])).content.decode()
    fields = [tag for tag in _fields(html) if re.search(r'name="(names|codes)-(\d+|__prefix__)-', tag)]
    assert any('aria-label="Delete"' in tag for tag in fields)
    assert [tag for tag in fields if 'aria-label="' not in tag] == []


def test_the_page_to_send_for_review_names_the_leaflet(client_of, ana):
    leaflet = make_leaflet("Namedol")
    html = client_of(ana).get(reverse("admin:leaflet-submit", args=[leaflet.pk])).content.decode()
    assert "<h1>Send for review: Namedol</h1>" in html


def test_the_list_says_the_next_review_with_the_month_in_words(client_of, ana):
    make_leaflet("Namedol", next_review_on="2031-03-01")
    html = client_of(ana).get(reverse("admin:monographs_leaflet_changelist")).content.decode()
    assert ">1 Mar 2031<" in html


def test_both_buttons_under_a_remark_send_the_answer_that_was_typed(client_of, bruno):
    review = make_review()
    remark = add_remark(review.revision, by=bruno, body="Is this right?")
    html = client_of(bruno).get(reverse("admin:leaflet-remarks", args=[review.leaflet_id])).content.decode()
    ways = {
        do: reverse("admin:leaflet-remark", args=[review.leaflet_id, remark.pk, do]) for do in ("answer", "resolve")
    }
    form = html[html.index(f'action="{ways["answer"]}"') :]
    form = form[: form.index("</form>")]
    assert f'formaction="{ways["resolve"]}"' in form
    assert 'name="body"' in form


def test_form_sent_after_the_session_ended_is_told_not_to_be_recorded_and_carries_its_words(client, db):
    leaflet = make_leaflet()
    address = reverse("admin:leaflet-remarks", args=[leaflet.pk])
    sent = client.post(address, {"body": "Ten minutes of work."})
    assert sent.status_code == 403
    page = sent.content.decode()
    assert "nothing of what you sent was recorded" in page
    assert "Ten minutes of work." in page
    assert "nothing of what you sent was recorded" not in client.get(client.get(address).url).content.decode()


def test_an_empty_form_after_the_session_ended_leads_to_the_log_in_and_back_to_its_page(client, ana):
    address = reverse("admin:leaflet-remarks", args=[make_leaflet().pk])
    sent = client.post(address, {"body": ""})
    assert "nothing of what you sent was recorded" in client.get(sent.url).content.decode()
    assert client.post(sent.url, {"username": ana.username, "password": PASSWORD}).url == address

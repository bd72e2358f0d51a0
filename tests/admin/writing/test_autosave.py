"""Unsaved text is kept beside the revisions, and people see who else is writing."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from monographs.leaflets.autosave import kept_text, note_presence, others_present
from monographs.leaflets.models import Autosave
from monographs.review.actions import submit
from monographs.revisions.actions import newest_revision
from monographs.revisions.models import Revision
from tests.admin.forms import change_url, form_of, with_body
from tests.makers import change_leaflet, make_leaflet
from tests.people import make_person


def beat(client, leaflet=None, **fields):
    """One heartbeat of the form; the status and the answer."""
    name, args = ("leaflet-autosave", [leaflet.pk]) if leaflet else ("leaflet-autosave-new", [])
    response = client.post(reverse(f"admin:{name}", args=args), fields)
    return response.status_code, json.loads(response.content)


def unsaved_url(leaflet) -> str:
    return reverse("admin:leaflet-unsaved", args=[leaflet.pk])


def typed(leaflet, text="Take 50mg."):
    return with_body(leaflet, "dosage", text) | {"_typed": "1"}


def test_typed_text_is_kept_and_adds_no_revision(client_of, ana, leaflet):
    status, answer = beat(client_of(ana), leaflet, **typed(leaflet))
    assert (status, bool(answer["kept"])) == (200, True)
    assert Revision.objects.filter(leaflet=leaflet).count() == 1
    assert [value for name, value in kept_text(leaflet, by=ana).data if value == "Take 50mg."] == ["Take 50mg."]


def test_kept_text_holds_no_token(client_of, ana, leaflet):
    beat(client_of(ana), leaflet, **typed(leaflet), csrfmiddlewaretoken="secret")
    assert "secret" not in json.dumps(kept_text(leaflet, by=ana).data)


def test_kept_text_is_offered_on_reopening_and_only_to_its_writer(client_of, ana, bea, leaflet):
    beat(client_of(ana), leaflet, **typed(leaflet))
    offered = client_of(ana).get(change_url(leaflet)).context["script"]["kept"]
    assert ["based_on", "1"] in offered["data"]
    assert client_of(bea).get(change_url(leaflet)).context["script"]["kept"] is None


def test_text_typed_later_takes_the_place_of_text_kept_before(client_of, ana, leaflet):
    client = client_of(ana)
    beat(client, leaflet, **typed(leaflet, "Take 6mg."))
    beat(client, leaflet, **typed(leaflet, "Take 60mg."))
    data = json.dumps(kept_text(leaflet, by=ana).data)
    assert ("60mg" in data, "6mg." in data) == (True, False)
    assert Autosave.objects.count() == 1


def test_saving_clears_it(client_of, ana, leaflet):
    client = client_of(ana)
    beat(client, leaflet, **typed(leaflet))
    client.post(change_url(leaflet), with_body(leaflet, "dosage", "Take 50mg."))
    assert kept_text(leaflet, by=ana) is None


def test_saving_in_one_window_keeps_what_was_typed_in_another_and_is_offered_still(client_of, ana, leaflet):
    client = client_of(ana)
    beat(client, leaflet, **typed(leaflet), page="first")
    client.post(change_url(leaflet), with_body(leaflet, "dosage", "Take 8mg.") | {"page": "second"})
    assert newest_revision(leaflet).number == 2
    assert "50mg" in json.dumps(kept_text(leaflet, by=ana).data)
    beat(client, leaflet, **form_of(leaflet), _typed="1", page="second")
    assert kept_text(leaflet, by=ana)


def test_who_types_in_two_windows_is_told_that_one_text_is_kept(client_of, ana, leaflet):
    client = client_of(ana)
    assert beat(client, leaflet, **typed(leaflet), page="first")[1]["others"] == ""
    assert beat(client, leaflet, **typed(leaflet), page="first")[1]["others"] == ""
    assert "in another window" in beat(client, leaflet, **typed(leaflet, "Take 8mg."), page="second")[1]["others"]


def test_each_opened_form_is_a_window_of_its_own(client_of, ana, leaflet):
    pages = {client_of(ana).get(change_url(leaflet)).context["page"] for _time in range(3)}
    assert len(pages) == 3


def test_text_that_says_what_was_saved_meanwhile_is_not_offered(client_of, ana, bea, leaflet):
    beat(client_of(ana), leaflet, **typed(leaflet))
    change_leaflet(leaflet, by=bea, dosage="Take 50mg.")
    page = client_of(ana).get(change_url(leaflet))
    assert page.context["offer"] is None
    assert "unsaved text" not in page.content.decode().split('class="editor-notices"')[1].split("</form>")[0]


def test_text_begun_before_a_colleagues_save_is_offered_beside_it_and_not_put_into_the_form(
    client_of, ana, bea, leaflet
):
    client = client_of(ana)
    beat(client, leaflet, **typed(leaflet))
    change_leaflet(leaflet, by=bea, dosage="Take 7mg.")
    page = client.get(change_url(leaflet))
    offer = page.context["offer"]
    assert "Bea Test saved revision 2 after you began it." in offer["sentence"]
    assert offer["data"] is None
    assert f'href="{unsaved_url(leaflet)}"' in page.content.decode()
    beside = client.get(unsaved_url(leaflet))
    part = next(part for part in beside.context["parts"] if part.name == "section-dosage")
    assert (beside.status_code, "50mg" in part.mine, "7mg" in part.theirs, part.chosen) == (200, True, True, "")


def test_unsaved_text_can_be_put_together_or_discarded_without_a_script(client_of, ana, leaflet):
    client = client_of(ana)
    beat(client, leaflet, **typed(leaflet), page="closed")
    beside = client.get(unsaved_url(leaflet))
    assert "This is what you typed on" in beside.content.decode()
    assert {part.name: part.chosen for part in beside.context["parts"]} == {"section-dosage": "mine"}
    client.post(unsaved_url(leaflet))
    assert kept_text(leaflet, by=ana) is None
    assert client.get(unsaved_url(leaflet)).status_code == 302


def test_unsaved_text_is_shown_to_its_writer_only(client_of, ana, bea, bruno, leaflet):
    beat(client_of(ana), leaflet, **typed(leaflet, "Take 50mg, says Ana."))
    assert "says Ana" in client_of(ana).get(unsaved_url(leaflet)).content.decode()
    for other in (bea, bruno, make_person("boss", is_superuser=True)):
        client = client_of(other)
        for address in (unsaved_url(leaflet), change_url(leaflet)):
            assert "says Ana" not in client.get(address, follow=True).content.decode()
        client.post(unsaved_url(leaflet))
    assert kept_text(leaflet, by=ana)


def test_it_can_be_discarded(client_of, ana, leaflet):
    client = client_of(ana)
    beat(client, leaflet, **typed(leaflet))
    assert beat(client, leaflet, _discard="1")[0] == 200
    assert kept_text(leaflet, by=ana) is None


def test_text_that_says_what_is_saved_is_not_kept(client_of, ana, leaflet):
    client = client_of(ana)
    beat(client, leaflet, **typed(leaflet))
    assert beat(client, leaflet, **form_of(leaflet), _typed="1")[1]["kept"] == ""
    assert kept_text(leaflet, by=ana) is None


def test_text_of_a_leaflet_being_started_is_kept_and_cleared_by_its_first_save(client_of, ana):
    client = client_of(ana)
    assert beat(client, title="Newamol", _typed="1")[0] == 200
    offered = client.get("/admin/monographs/leaflet/add/").context["script"]["kept"]
    assert offered["data"] == [["title", "Newamol"]]
    beat(client, title="Newamol forte", _typed="1")
    assert Autosave.objects.count() == 1
    assert client.get(change_url(make_leaflet())).context["script"]["kept"] is None


def test_quality_findings_come_with_the_heartbeat(client_of, ana, leaflet):
    answer = beat(client_of(ana), leaflet, **typed(leaflet, "Take .5mg."))[1]
    assert "0.5mg" in answer["panel"]
    assert 'data-place="dosage"' in answer["panel"]
    assert 'data-place="dosage"' not in beat(client_of(ana), leaflet, **typed(leaflet, "Take 6mg."))[1]["panel"]


def test_text_of_a_megabyte_is_kept_and_told_to_be_too_long(client_of, ana, leaflet):
    status, answer = beat(client_of(ana), leaflet, **typed(leaflet, "Take .5mg. " * 100_000))
    assert (status, bool(answer["kept"])) == (200, True)
    assert "A section can have at most 50,000 characters" in answer["panel"]


def test_who_else_has_it_open_is_told_for_two_minutes(client_of, ana, bea, leaflet):
    assert beat(client_of(ana), leaflet, based_on="1")[1]["others"] == ""
    client_of(bea).get(change_url(leaflet))
    assert "Bea Test has this leaflet open too." in client_of(ana).get(change_url(leaflet)).content.decode()
    assert beat(client_of(ana), leaflet, based_on="1")[1]["others"] == "Bea Test has this leaflet open too."
    Autosave.objects.filter(by=bea).update(seen_at=timezone.now() - dt.timedelta(minutes=3))
    assert beat(client_of(ana), leaflet, based_on="1")[1]["others"] == ""


def test_colleague_with_text_not_saved_yet_is_told_with_the_time(client_of, ana, bea, leaflet):
    beat(client_of(bea), leaflet, **typed(leaflet))
    at = date_format(timezone.localtime(kept_text(leaflet, by=bea).at), "H:i")
    told = beat(client_of(ana), leaflet, based_on="1")[1]["others"]
    assert told == f"Bea Test has this leaflet open too, and has text from {at} not saved yet."


def test_presence_keeps_no_text_and_offers_none(leaflet, ana, bea):
    note_presence(leaflet, by=bea)
    assert [other.by.username for other in others_present(leaflet, by=ana)] == ["bea"]
    assert kept_text(leaflet, by=bea) is None


def test_readers_who_only_look_are_not_writing(client_of, ana, bruno, leaflet):
    client_of(bruno).get(change_url(leaflet))
    assert others_present(leaflet, by=ana) == []


def test_a_colleagues_save_is_told_before_ones_own(client_of, ana, bea, leaflet):
    change_leaflet(leaflet, by=bea, dosage="Take 7mg.")
    answer = beat(client_of(ana), leaflet, **typed(leaflet) | {"based_on": "1"})[1]
    assert answer["newer"].startswith("Bea Test saved this leaflet meanwhile.")
    assert answer["kept"]


def test_own_save_in_another_window_is_told_as_ones_own(client_of, ana, leaflet):
    change_leaflet(leaflet, by=ana, dosage="Take 7mg.")
    newer = beat(client_of(ana), leaflet, **typed(leaflet) | {"based_on": "1"})[1]["newer"]
    assert newer.startswith("In another window you saved this leaflet meanwhile.")


def test_leaflet_in_review_answers_409_with_a_sentence(client_of, ana, leaflet):
    submit(leaflet, by=ana)
    status, answer = beat(client_of(ana), leaflet, **typed(leaflet))
    assert (status, "review" in answer["error"]) == (409, True)
    assert "50mg" in json.dumps(kept_text(leaflet, by=ana).data)


def test_leaflet_that_is_gone_answers_404(client_of, ana, leaflet):
    response = client_of(ana).post(reverse("admin:leaflet-autosave", args=[leaflet.pk + 1]))
    assert response.status_code == 404


@pytest.mark.parametrize("username", ["bruno", "priya", "carla", "amir", "ada", "mallory"])
def test_only_authors_keep_text(client_of, request, leaflet, username):
    status, answer = beat(client_of(request.getfixturevalue(username)), leaflet, **typed(leaflet))
    assert (status, bool(answer["error"])) == (403, True)
    assert not Autosave.objects.exists()


def test_ended_session_gets_403_and_no_redirect(leaflet):
    assert beat(Client(), leaflet, **typed(leaflet))[0] == 403


def test_who_sends_for_review_is_told_that_unsaved_text_does_not_go_along(client_of, ana, leaflet):
    client = client_of(ana)
    address = reverse("admin:leaflet-submit", args=[leaflet.pk])
    assert "not part of what is sent" not in client.get(address).content.decode()
    beat(client, leaflet, **typed(leaflet))
    before = client.get(address).content.decode()
    assert "It is not part of what is sent." in before
    assert unsaved_url(leaflet) in before
    after = client.post(address, {"seen": newest_revision(leaflet).pk}, follow=True).content.decode()
    assert "It is not part of what you sent." in after


def test_presence_is_noted_in_one_query_and_leaves_kept_text_alone(ana, leaflet, django_assert_num_queries):
    note_presence(leaflet, by=ana)
    kept_at = timezone.now()
    Autosave.objects.filter(leaflet=leaflet, by=ana).update(at=kept_at, data=[["title", "Typed"]], seen_at=None)
    with django_assert_num_queries(1) as asked:
        note_presence(leaflet, by=ana)
    assert asked[0]["sql"].partition("WHERE")[0].count('"seen_at"') == 1
    assert '"at"' not in asked[0]["sql"]  # another window may keep text at this very moment
    kept = Autosave.objects.get(leaflet=leaflet, by=ana)
    assert (kept.at, kept.data, bool(kept.seen_at)) == (kept_at, [["title", "Typed"]], True)

"""Two people write at once: neither text is lost."""

import json

import pytest
from django.http import QueryDict

from monographs.admin.writing.typed import fields_of, typed_content
from monographs.leaflets.autosave import kept_text
from monographs.leaflets.content import SectionContent, SourceContent
from monographs.review.actions import submit
from monographs.revisions.actions import newest_revision
from monographs.revisions.models import Revision
from tests.admin.forms import answers, body_of, change_url, form_of, place_of, resolve_url, with_body
from tests.makers import change_leaflet, make_content


@pytest.fixture
def conflict(client_of, ana, bea, leaflet):
    """Ana has the form open; Bea saves another dose; Ana saves hers, and another uses text."""
    opened = with_body(leaflet, "dosage", "Take 50mg once a day.", why="Mine.")
    opened[f"sections-{place_of(leaflet, 'uses')}-body"] = "For pain."
    change_leaflet(leaflet, by=bea, dosage="Take 7mg once a day.", title="Testamol tablets")
    client = client_of(ana)
    return client, client.post(change_url(leaflet), opened)


def test_second_save_answers_409_with_both_texts_and_the_difference(conflict, leaflet):
    _client, page = conflict
    html = page.content.decode()
    assert page.status_code == 409
    assert "Take 7mg once a day." in html
    assert "Take 50mg once a day." in html
    assert newest_revision(leaflet).number == 2
    assert body_of(leaflet, "dosage") == "Take 7mg once a day."
    dose = next(part for part in page.context["parts"] if part.name == "section-dosage")
    assert [(piece.op, piece.text) for piece in dose.pieces if piece.op != "same"] == [
        ("removed", "7mg"),
        ("added", "50mg"),
    ]
    assert [(alert.change.before, alert.change.after) for alert in page.context["comparison"].alerts] == [
        ("7mg", "50mg"),
        ("", "pain"),
    ]


def test_only_what_both_changed_waits_for_a_choice(conflict):
    _client, page = conflict
    assert {part.name: part.chosen for part in page.context["parts"]} == {
        "title": "theirs",
        "section-uses": "mine",
        "section-dosage": "",
    }


def test_text_of_the_second_is_also_kept_as_unsaved(conflict, leaflet, ana):
    data = dict(map(tuple, kept_text(leaflet, by=ana).data))
    assert data[f"sections-{place_of(leaflet, 'dosage')}-body"] == "Take 50mg once a day."


@pytest.mark.parametrize(
    ("choice", "saved"), [("mine", "Take 50mg once a day."), ("theirs", "Take 7mg once a day."), ("merged", "Ask us.")]
)
def test_chosen_text_is_saved_on_top_of_theirs(conflict, leaflet, ana, choice, saved):
    client, page = conflict
    merged = {"merged-section-dosage": "# How to take it\r\n\r\nAsk us."} if choice == "merged" else {}
    response = client.post(resolve_url(leaflet), answers(page) | {"choice-section-dosage": choice} | merged)
    assert response.status_code == 302
    revision = newest_revision(leaflet)
    assert (revision.number, revision.by, revision.why) == (3, ana, "Mine.")
    assert body_of(leaflet, "dosage") == saved
    assert body_of(leaflet, "uses") == "For pain."
    assert revision.content.title == "Testamol tablets"
    assert kept_text(leaflet, by=ana) is None


def test_missing_choice_is_asked_for_again_and_nothing_is_saved(conflict, leaflet):
    client, page = conflict
    again = client.post(resolve_url(leaflet), answers(page))
    assert again.status_code == 400
    assert "Please choose for every part below." in again.content.decode()
    assert newest_revision(leaflet).number == 2
    assert {part.name: part.chosen for part in again.context["parts"]}["section-uses"] == "mine"


def test_third_save_meanwhile_asks_again_and_keeps_what_was_put_together(conflict, leaflet, bea):
    client, page = conflict
    change_leaflet(leaflet, by=bea, dosage="Take 9mg once a day.", title="Testamol tablets")
    again = client.post(resolve_url(leaflet), answers(page) | {"choice-section-dosage": "mine"})
    assert again.status_code == 409
    dose = next(part for part in again.context["parts"] if part.name == "section-dosage")
    assert "50mg" in dose.mine
    assert "9mg" in dose.theirs
    assert client.post(resolve_url(leaflet), answers(again) | {"choice-section-dosage": "mine"}).status_code == 302
    assert body_of(leaflet, "dosage") == "Take 50mg once a day."
    assert body_of(leaflet, "uses") == "For pain."


def test_leaflet_sent_to_review_meanwhile_keeps_the_text_and_says_so(conflict, leaflet, ana):
    client, page = conflict
    submit(leaflet, by=ana)
    response = client.post(resolve_url(leaflet), answers(page) | {"choice-section-dosage": "mine"})
    assert response.status_code == 409
    assert newest_revision(leaflet).number == 2
    assert "What you typed" in response.content.decode()
    assert "Take 50mg once a day." in response.content.decode()
    assert "50mg" in json.dumps(kept_text(leaflet, by=ana).data)


def test_impossible_values_are_named_and_nothing_is_saved(conflict, leaflet):
    client, page = conflict
    typed = json.loads(page.context["typed"])
    typed = [[name, "31/02/2027" if name == "next_review_on" else value] for name, value in typed]
    data = answers(page) | {
        "typed": json.dumps(typed),
        "choice-section-dosage": "mine",
        "choice-next_review_on": "mine",
    }
    response = client.post(resolve_url(leaflet), data)
    assert response.status_code == 400
    assert "31/02/2027" in response.content.decode()
    assert newest_revision(leaflet).number == 2


@pytest.mark.parametrize("typed", ["", "{", "[1]", '[["a"]]', '[["a", 1]]', "null"])
def test_damaged_page_is_answered_in_a_sentence(conflict, leaflet, typed):
    client, page = conflict
    response = client.post(resolve_url(leaflet), answers(page) | {"typed": typed})
    assert response.status_code == 400
    assert newest_revision(leaflet).number == 2


def test_form_that_does_not_say_what_it_is_based_on_overwrites_nothing(client_of, ana, leaflet):
    data = with_body(leaflet, "dosage", "Take 50mg.")
    del data["based_on"]
    assert client_of(ana).post(change_url(leaflet), data).status_code == 409
    assert newest_revision(leaflet).number == 1


def test_reader_cannot_resolve(client_of, bruno, conflict, leaflet):
    _client, page = conflict
    assert client_of(bruno).post(resolve_url(leaflet), answers(page)).status_code == 403


def test_both_texts_alike_are_no_conflict(client_of, ana, bea, leaflet):
    opened = with_body(leaflet, "dosage", "Take 7mg once a day.")
    change_leaflet(leaflet, by=bea, dosage="Take 7mg once a day.")
    told = client_of(ana).post(change_url(leaflet), opened, follow=True)
    assert "Bea Test saved the same text as revision 2" in told.content.decode()
    assert Revision.objects.filter(leaflet=leaflet).count() == 2
    assert kept_text(leaflet, by=ana) is None


def test_second_click_on_save_is_no_conflict_with_oneself(client_of, ana, leaflet):
    client, opened = client_of(ana), with_body(leaflet, "dosage", "Take 7mg once a day.", page="p")
    assert client.post(change_url(leaflet), opened).status_code == 302
    again = client.post(change_url(leaflet), opened, follow=True)
    assert "Your text is saved: it is revision 2." in again.content.decode()
    assert Revision.objects.filter(leaflet=leaflet).count() == 2
    assert kept_text(leaflet, by=ana) is None


def test_conflict_page_sent_twice_is_saved_once(conflict, leaflet, ana):
    client, page = conflict
    data = answers(page) | {"choice-section-dosage": "mine"}
    assert client.post(resolve_url(leaflet), data).status_code == 302
    again = client.post(resolve_url(leaflet), data, follow=True)
    assert "Your text is saved: it is revision 3." in again.content.decode()
    assert Revision.objects.filter(leaflet=leaflet).count() == 3
    assert kept_text(leaflet, by=ana) is None


def test_older_text_of_ones_own_other_window_is_not_called_a_colleagues(client_of, ana, leaflet):
    opened = with_body(leaflet, "dosage", "Take 50mg once a day.")
    change_leaflet(leaflet, by=ana, dosage="Take 7mg once a day.", title="Another title")
    page = client_of(ana).post(change_url(leaflet), opened)
    assert page.status_code == 409
    assert "You saved revision 2 yourself" in page.content.decode()
    assert "The saved text is chosen." in page.content.decode()
    assert "Their text" not in page.content.decode()


def test_text_put_together_but_not_chosen_is_asked_about_and_kept(conflict, leaflet):
    client, page = conflict
    data = answers(page) | {"choice-section-dosage": "mine", "choice-section-uses": "mine"}
    data["merged-section-uses"] = "# What it is used for\r\n\r\nFor pain and fever."
    again = client.post(resolve_url(leaflet), data)
    assert again.status_code == 400
    part = next(part for part in again.context["parts"] if part.name == "section-uses")
    assert (part.chosen, "pain and fever" in part.merged) == ("", True)
    assert "pain and fever" in again.content.decode()
    assert newest_revision(leaflet).number == 2
    client.post(resolve_url(leaflet), answers(again) | {"choice-section-uses": "mine"})
    assert body_of(leaflet, "uses") == "For pain."


@pytest.mark.parametrize(("kind", "most"), [("body", "50,000"), ("key_facts", "5,000")])
def test_text_of_megabytes_is_refused_in_words_and_stays_in_the_form(client_of, ana, leaflet, kind, most):
    text = "Take 5mg. " * 200_000
    opened = with_body(leaflet, "dosage", text) if kind == "body" else form_of(leaflet, key_facts=text)
    page = client_of(ana).post(change_url(leaflet), opened)
    assert page.status_code == 200
    assert f"can have at most {most} characters" in page.content.decode()
    assert text.strip() in page.content.decode()
    assert newest_revision(leaflet).number == 1


def test_text_of_megabytes_meets_a_conflict_and_is_not_lost(client_of, ana, bea, leaflet):
    text = "Take 5mg. " * 200_000
    opened = with_body(leaflet, "dosage", text)
    change_leaflet(leaflet, by=bea, dosage="Take 7mg once a day.")
    client = client_of(ana)
    page = client.post(change_url(leaflet), opened)
    assert page.status_code == 409
    again = client.post(resolve_url(leaflet), answers(page) | {"choice-section-dosage": "mine"})
    assert (again.status_code, "can have at most 50,000 characters" in again.content.decode()) == (400, True)
    assert text.strip() in dict(map(tuple, kept_text(leaflet, by=ana).data)).values()


def test_fields_of_a_content_are_read_back_as_the_same_content(leaflet):
    content = make_content(
        sections=(
            SectionContent("dosage", "dosage", "How to take it", "Take 5mg.\n\n- one\n- two"),
            SectionContent("s-1", "pregnancy", "Pregnancy", "", True, "For men only."),
        ),
        sources=(SourceContent("BNF", "https://bnf.nice.org.uk/", "2026-10-01", ("uses", "dosage")),),
    )
    fields = QueryDict(mutable=True)
    for name, value in fields_of(content, based_on=3):
        fields.appendlist(name, value)
    assert typed_content(fields, leaflet) == content

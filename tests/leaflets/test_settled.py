"""Drafts are settled when they are saved; what was recorded before stays as it was until somebody changes it."""

import dataclasses
import datetime as dt

import pytest
from django.utils import timezone

from monographs.admin.writing.merging import parts_of, put_together
from monographs.admin.writing.typed import as_posted, fields_of, says_the_same, typed_content
from monographs.leaflets.drafts import content_of, rows_saying
from monographs.leaflets.models import Leaflet
from monographs.leaflets.rows import content_in, write_rows
from monographs.leaflets.settled import settled
from monographs.revisions import actions
from monographs.revisions.actions import newest_revision, restore_revision, save_draft
from monographs.revisions.models import Revision
from tests.admin.forms import change_url, form_of
from tests.makers import make_content, make_leaflet

PASTED = "•\tTake 4 tablets\n\n•\tDo not chew"
LIST = "- Take 4 tablets\n- Do not chew"

pytestmark = pytest.mark.django_db


def body_in(content, key="dosage"):
    return next(section.body for section in content.sections if section.key == key)


@pytest.fixture
def old(monkeypatch, ana):
    """A leaflet recorded before there was any settling."""
    leaflet = make_leaflet(dosage="Take it.")
    content = dataclasses.replace(
        content_of(leaflet),
        title="Test\ufb01mol",
        sections=tuple(
            dataclasses.replace(section, body=PASTED) if section.key == "dosage" else section
            for section in content_of(leaflet).sections
        ),
    )
    write_rows(leaflet, rows_saying(leaflet, content))
    with monkeypatch.context() as patch:
        patch.setattr(actions, "settle_rows", lambda leaflet, rows, before: content_in(leaflet, rows))
        revision = actions.record_revision(leaflet, by=ana)
    assert body_in(revision.content) == PASTED
    leaflet.refresh_from_db()
    return leaflet


def test_saved_texts_are_settled_in_every_field():
    leaflet = make_leaflet(
        title="Test\u000bamol",
        dosage=PASTED,
        key_facts=("• Take ５ mg", "–\tDo not drive.", "Keep it\u2028cool."),
    )
    content = newest_revision(leaflet).content
    assert content.title == "Test amol"
    assert body_in(content) == LIST
    assert content.key_facts == ("Take 5 mg", "Do not drive.", "Keep it", "cool.")
    assert content_of(leaflet) == content


def test_saving_the_same_pasted_text_again_changes_nothing(ana):
    leaflet = make_leaflet(dosage=PASTED)
    assert save_draft(leaflet, make_content(dosage=PASTED), by=ana) is None


def test_form_without_a_script_settles_on_saving(client, ana):
    leaflet = make_leaflet()
    client.force_login(ana)
    form = form_of(leaflet)
    place = next(name for name, value in form.items() if value == "Take 5mg once a day.")
    client.post(change_url(leaflet), {**form, place: PASTED.replace("\n", "\r\n")})
    assert body_in(newest_revision(leaflet).content) == LIST


def test_old_text_stays_as_it_was_recorded_until_it_is_changed(old, ana, client):
    number = newest_revision(old).number
    later = (timezone.localdate() + dt.timedelta(days=500)).isoformat()
    client.force_login(ana)
    client.post(change_url(old), form_of(old))
    assert newest_revision(old).number == number
    client.post(change_url(old), form_of(old, next_review_on=later))
    content = newest_revision(old).content
    assert newest_revision(old).number == number + 1
    assert (content.title, body_in(content)) == ("Test\ufb01mol", PASTED)


def test_typed_form_of_an_old_text_says_the_same_as_it(old):
    newest = newest_revision(old)
    typed = typed_content(as_posted(fields_of(newest.content, based_on=newest.number)), old)
    assert says_the_same(typed, newest)


def test_other_signs_for_the_same_are_no_difference_between_two_texts(old):
    theirs = newest_revision(old).content
    mine = settled(theirs)
    assert mine != theirs
    assert parts_of(theirs, mine, theirs) == []
    assert put_together(mine, theirs, []) == theirs


def test_restored_revision_comes_back_byte_for_byte(old, ana):
    first = newest_revision(old)
    save_draft(old, make_content(dosage="Something else."), by=ana)
    assert restore_revision(Revision.objects.get(pk=first.pk), by=ana).digest == first.digest


def test_what_would_become_empty_or_too_long_is_kept_for_the_gate():
    leaflet = make_leaflet(title="\ufeff", dosage="\ufb03" * 100)
    assert Leaflet.objects.get(pk=leaflet.pk).title == "\ufeff"
    assert len(settled(make_content(title="\ufb03" * 199)).title) == 199
    assert len(settled(make_content(title="\ufb03" * 10)).title) == 30

"""`manage.py verify_history`: a record that is whole is told with its end, and nothing else is drawn or feared."""

import io

import pytest
from django.core.management import CommandError, call_command

from monographs.audit.models import Entry
from monographs.audit.verify import Altered
from monographs.leaflets.models import Leaflet
from monographs.operations.verify import history as whole_history
from monographs.publication.actions import release_in_emergency
from tests.makers import change_leaflet, make_published, sign
from tests.operations.verify.asked import verify

pytestmark = pytest.mark.django_db


def test_an_untouched_record_is_whole_and_its_end_is_told(history):
    end = Entry.objects.order_by("position").last()
    assert verify() == (f"The record is whole: {end.position:,} ledger entries. Its end is {end.position}:{end.hash}\n")
    assert verify("--quiet") == ""
    assert "whole" in verify("--head", f"{end.position}:{end.hash}")


def test_a_record_with_an_emergency_release_is_whole_before_and_after_its_approval(priya):
    leaflet = change_leaflet(make_published().leaflet, dosage="Take 4mg once a day.")
    release = release_in_emergency(leaflet, by=priya, reason="A recall.", change_note="The dose.")
    assert "whole" in verify()
    sign(release.review, seen=(release.review.base_id, release.revision_id))
    assert "whole" in verify()
    make_published(change_leaflet(leaflet, dosage="Take 3mg once a day."), change_note="The dose again.")
    assert "whole" in verify()


def test_an_emergency_release_superseded_before_its_approval_leaves_the_record_whole(priya):
    leaflet = change_leaflet(make_published().leaflet, dosage="Take 4mg once a day.")
    release_in_emergency(leaflet, by=priya, reason="A recall.", change_note="The dose.")
    make_published(change_leaflet(leaflet, dosage="Take 3mg once a day."), change_note="The dose again.")
    assert "whole" in verify()


def test_the_record_of_a_new_site_is_whole(db):
    assert "The record is whole" in verify()


def test_progress_is_drawn_on_a_terminal_only(history):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal, file = Terminal(), io.StringIO()
    call_command("verify_history", stdout=io.StringIO(), stderr=terminal, no_color=True)
    call_command("verify_history", stdout=io.StringIO(), stderr=file)
    assert "100 %" in terminal.getvalue()
    assert file.getvalue() == ""


def test_a_verb_at_work_meanwhile_is_no_false_alarm(history, monkeypatch):
    check, looked = whole_history.check_leaflet, []

    def wrong_at_first_sight(leaflet):
        looked.append(leaflet)
        if looked.count(leaflet) == 1:
            raise Altered("monographs_revision", 1, "half of it was read before the verb, half after")
        check(leaflet)

    monkeypatch.setattr(whole_history, "check_leaflet", wrong_at_first_sight)
    assert "whole" in verify()
    assert len(looked) == 2 * Leaflet.objects.count()


@pytest.mark.parametrize("text", ["12", "x:" + "0" * 64, "-3:" + "0" * 64, "1:zz", "1:" + "g" * 64])
def test_an_end_that_is_none_is_refused_with_a_sentence(history, text):
    with pytest.raises(CommandError, match="is no end of a ledger"):
        verify(f"--head={text}")

"""Which parts of a translation are behind, from the second in which its source changes."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monographs.audit.verify import Altered
from monographs.leaflets.content import SectionContent
from monographs.leaflets.models import Leaflet
from monographs.operations.verify.history import check_leaflet
from monographs.publication.actions import cancel_release, publish, withdraw
from monographs.publication.models import Publication
from monographs.publication.shown.behind import KEY_FACTS, NOT_SHOWN, behind_at, behind_since, behind_wrongly
from monographs.publication.shown.showings import Showing, rewrite_all_showings
from monographs.revisions.actions import newest_revision, save_draft
from monographs.translations.actions import bring_up_to_date
from monographs.translations.behind import translations_behind
from tests.makers import change_leaflet, make_approved, make_published
from tests.translations.translating import make_published_translation, write

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def behind(leaflet, at=None) -> tuple[str, ...]:
    at = at or timezone.now()
    return behind_at(Showing.objects.at(at).get(leaflet=leaflet).behind, at)


@pytest.fixture
def spanish():
    return make_published_translation().leaflet


def release(leaflet, priya, **fields) -> Publication:
    return publish(make_approved(leaflet), by=priya, change_note="Another dose.", **fields)


def whole(*leaflets) -> None:
    assert not list(behind_wrongly(Leaflet.objects.filter(source__isnull=False)))
    for leaflet in leaflets:
        check_leaflet(leaflet.pk)


def test_nothing_is_behind_at_first(spanish):
    assert behind(spanish) == ()
    assert Showing.objects.get(leaflet=spanish).behind_from is None
    whole(spanish, spanish.source)


def test_the_section_that_changed_is_behind_from_the_instant_of_the_sources_release(spanish, priya):
    before = timezone.now()
    published = release(change_leaflet(spanish.source, dosage="Take 7mg once a day."), priya)
    assert behind(spanish) == ("dosage",)
    assert behind(spanish, before) == ()
    assert Showing.objects.get(leaflet=spanish).behind_from == published.effective_from
    whole(spanish, spanish.source)


def test_what_was_up_to_date_meanwhile_is_behind_since_the_last_change_alone(spanish, priya):
    source = spanish.source
    first, back, again = (
        release(change_leaflet(source, dosage=f"Take {dose} once a day."), priya).effective_from
        for dose in ("7mg", "5mg", "7mg")
    )
    now = timezone.now()
    [one] = translations_behind(now, most=5)
    assert (one.leaflet, one.parts, one.since) == (spanish, ("dosage",), again)
    rows = Showing.objects.at(now).get(leaflet=spanish).behind
    assert [behind_since(rows, at) for at in (first, back, again)] == [first, None, again]
    assert translations_behind(back, most=5) == []


def test_a_draft_of_the_source_makes_nothing_behind(spanish):
    make_approved(change_leaflet(spanish.source, dosage="Take 7mg once a day."))
    assert behind(spanish) == ()


def test_key_facts_and_sections_that_come_or_go_are_told(spanish, ana, priya):
    source = spanish.source
    content = newest_revision(source).content
    last = content.sections[-1]
    applies_not = replace(last, body="", is_not_applicable=True, reason="Not for this medicine.")
    sections = (*content.sections[:-1], applies_not, SectionContent("new", "other", "New", "New words."))
    save_draft(source, replace(content, key_facts=("One.", "Two.", "Three."), sections=sections), by=ana)
    release(source, priya)
    assert behind(spanish) == (KEY_FACTS, "new", last.key)


def test_a_scheduled_release_makes_it_behind_by_itself_and_a_cancelled_one_never(spanish, priya):
    source, later = spanish.source, timezone.now() + 2 * DAY
    coming = release(change_leaflet(source, dosage="Take 7mg once a day."), priya, effective_from=later)
    assert behind(spanish) == ()
    assert behind(spanish, later) == ("dosage",)
    assert behind(spanish, later - dt.timedelta(microseconds=1)) == ()
    whole(spanish, source)
    cancel_release(coming, by=priya)
    assert behind(spanish, later) == ()
    whole(spanish, source)


def test_one_that_is_scheduled_for_the_same_instant_is_never_behind(spanish, ana, priya):
    source, later = spanish.source, timezone.now() + 2 * DAY
    release(change_leaflet(source, dosage="Take 7mg once a day."), priya, effective_from=later)
    bring_up_to_date(spanish, to=2, by=ana)
    release(write(spanish, dosage="Tome 7 mg una vez al día."), priya, effective_from=later)
    assert behind(spanish) == behind(spanish, later) == ()
    whole(spanish, source)


def test_one_that_runs_ahead_of_its_source_is_marked_until_the_source_is_there(spanish, ana, priya):
    source, later = spanish.source, timezone.now() + 2 * DAY
    release(change_leaflet(source, dosage="Take 7mg once a day."), priya, effective_from=later)
    bring_up_to_date(spanish, to=2, by=ana)
    release(write(spanish, dosage="Tome 7 mg una vez al día."), priya)
    assert behind(spanish) == ("dosage",)
    assert behind(spanish, later) == ()
    whole(spanish, source)


def test_what_is_worked_in_is_behind_no_more(spanish, ana, priya):
    release(change_leaflet(spanish.source, dosage="Take 7mg once a day."), priya)
    bring_up_to_date(spanish, to=2, by=ana)
    write(spanish, dosage="Tome 7 mg una vez al día.")
    assert behind(spanish) == ("dosage",)
    release(spanish, priya)
    assert behind(spanish) == ()
    whole(spanish, spanish.source)


def test_a_source_that_goes_back_to_the_old_text_leaves_nothing_behind(spanish, priya):
    source = spanish.source
    release(change_leaflet(source, dosage="Take 7mg once a day."), priya)
    release(change_leaflet(source), priya)
    assert behind(spanish) == ()
    changed, back = Showing.objects.filter(leaflet=source).order_by("starts_at")[1:]
    assert Showing.objects.get(leaflet=spanish).behind == [
        ["dosage", changed.starts_at.isoformat(), back.starts_at.isoformat()]
    ]


def test_the_end_of_the_source_is_told_and_foreseen(spanish, priya):
    source, later = spanish.source, timezone.now() + 2 * DAY
    release(change_leaflet(source, dosage="Take 7mg once a day."), priya, expires_at=later)
    assert behind(spanish) == ("dosage",)
    assert behind(spanish, later) == (NOT_SHOWN,)
    withdraw(source, by=priya, notice="Withdrawn.", why="Wrong.")
    assert behind(spanish) == (NOT_SHOWN,)
    whole(spanish, source)


def test_a_translations_own_notice_is_never_behind(spanish, priya):
    withdraw(spanish, by=priya, notice="Retirado.", why="Wrong.")
    release(change_leaflet(spanish.source, dosage="Take 7mg once a day."), priya)
    assert behind(spanish) == ()
    whole(spanish, spanish.source)


def test_two_translations_are_noted_at_once_and_all_are_worked_out_anew(spanish, priya):
    english = Publication.objects.get(leaflet=spanish.source)
    arabic = make_published_translation(english, language="ar", dosage="خذ ٥ ملغ مرة في اليوم.").leaflet
    release(change_leaflet(spanish.source, dosage="Take 7mg once a day."), priya)
    assert behind(spanish) == behind(arabic) == ("dosage",)
    Showing.objects.filter(leaflet__in=(spanish, arabic)).update(behind=None, behind_from=None)
    for leaflet in (spanish, arabic):
        with pytest.raises(Altered, match="behind"):
            check_leaflet(leaflet.pk)
    list(rewrite_all_showings())
    assert behind(spanish) == behind(arabic) == ("dosage",)
    call_command("verify_history", "--quiet")


def test_an_instant_that_is_not_the_first_is_found(spanish, priya):
    release(change_leaflet(spanish.source, dosage="Take 7mg once a day."), priya)
    Showing.objects.filter(leaflet=spanish).update(behind_from=timezone.now() + DAY)
    with pytest.raises(Altered, match="behind"):
        check_leaflet(spanish.pk)


def test_what_has_no_translation_costs_no_query_more(priya):
    leaflet = make_published().leaflet
    review = make_approved(change_leaflet(leaflet, dosage="Take 7mg once a day."))
    with CaptureQueriesContext(connection) as captured:
        publish(review, by=priya, change_note="Another dose.")
    assert not [query for query in captured.captured_queries if "made_from" in query["sql"]]

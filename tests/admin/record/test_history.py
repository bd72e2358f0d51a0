"""A leaflet's history for staff: everything on record, restoring, and what patients saw at an instant."""

import datetime as dt
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from monographs.admin.release import sizes
from monographs.admin.release.timeline import EntriesOf
from monographs.audit.models import Entry
from monographs.clinics.actions import change_clinic
from monographs.clinics.models import the_clinic
from monographs.leaflets.models import Leaflet
from monographs.publication.actions import cancel_release, publish, withdraw
from monographs.publication.models import Page, Publication
from monographs.publication.page.assemble import as_read
from monographs.publication.recalls import recall
from monographs.review import fact_check
from monographs.revisions.models import Revision
from monographs.templatetags.staff_words import moment
from tests.makers import change_leaflet, make_approved, make_content, make_leaflet, make_published, make_review


def history(leaflet: Leaflet) -> str:
    return reverse("admin:leaflet-history", args=[leaflet.pk])


def restore(leaflet: Leaflet, number: int) -> str:
    return reverse("admin:revision-restore", args=[leaflet.pk, number])


def seen(leaflet: Leaflet, at, **more) -> tuple[str, dict]:
    local = timezone.localtime(at)
    when = {"on": local.strftime("%Y-%m-%d"), "at": local.strftime("%H:%M:%S.%f")}
    return reverse("admin:leaflet-seen", args=[leaflet.pk]), {**when, **more}


def test_every_step_is_told_newest_first_with_who_and_why(client, amir):
    leaflet = make_published(dosage="Take 5mg once a day.").leaflet
    change_leaflet(leaflet, dosage="Take 50mg twice a day.")
    client.force_login(amir)
    page = client.get(history(leaflet)).content.decode()
    steps = [
        "<strong>Ana Author</strong> saved revision 2",
        "<strong>Priya Publisher</strong> published version 1 (revision 1)",
        "<strong>Bruno Reader</strong> approved revision 1",
        "<strong>Ana Author</strong> sent revision 1 for review",
        "<strong>Ana Author</strong> saved revision 1",
        "<strong>Ana Author</strong> started the leaflet",
    ]
    assert [page.index(step) for step in steps] == sorted(page.index(step) for step in steps)
    assert "2 words added, 2 removed: How to take it" in page
    assert "Bruno Reader, Pharmacist, registration REG-bruno: <q>I have checked" in page
    assert "First version." in page


def test_notes_are_paragraphs_and_nobodys_words_are_html(client, amir, ana, priya):
    leaflet = make_published(make_leaflet("Testamol")).leaflet
    check = fact_check.ask(leaflet.revisions.get(), by=ana, expert="Dr <b>Outside</b>")
    fact_check.answer(check, verdict="remarks", answer="First <i>this</i>.\n\nThen that.\u202e")
    withdraw(leaflet, by=priya, notice="Ask <us>.\nOr call.", why="Recalled & gone.")
    client.force_login(amir)
    page = client.get(history(leaflet)).text
    told = [
        '<div class="note"><p>Recalled &amp; gone.</p></div>',
        '<div class="note"><p>Notice for patients:</p><p>Ask &lt;us&gt;.<br>Or call.</p></div>',
        '<div class="note" dir="auto"><p><strong><bdi>Dr &lt;b&gt;Outside&lt;/b&gt;</bdi></strong>: '
        "<q>Something should be changed.</q></p><p>First &lt;i&gt;this&lt;/i&gt;.</p>\n\n<p>Then that.</p></div>",
        '<div class="note"><p>First version.</p></div>',
    ]
    assert [page.index(words) for words in told] == sorted(page.index(words) for words in told)
    assert page.count('<li class="moment">') == Entry.objects.about(leaflet).count()


def test_an_answer_without_words_is_its_verdict(client, amir, ana):
    leaflet = make_leaflet("Testamol")
    check = fact_check.ask(leaflet.revisions.get(), by=ana, expert="Dr Outside")
    fact_check.answer(check, verdict="agrees")
    client.force_login(amir)
    assert "<q>The facts are right as far as I can judge.</q></p></div>" in client.get(history(leaflet)).text


def test_one_added_word_is_told_as_one(client, amir):
    leaflet = change_leaflet(make_published(dosage="Take 5mg once a day.").leaflet, dosage="Take 50mg once a day.")
    client.force_login(amir)
    assert "1 word added, 1 removed: How to take it" in client.get(history(leaflet)).text


@pytest.mark.parametrize("how", ["cancelled", "recalled"])
def test_release_that_never_took_effect_is_not_told_to_be_in_effect(client, amir, ana, priya, how):
    review = make_approved(make_leaflet())
    later = publish(review, by=priya, change_note="First.", effective_from=timezone.now() + dt.timedelta(days=3))
    client.force_login(amir)
    assert "In effect from" in client.get(history(review.leaflet)).content.decode()
    if how == "cancelled":
        cancel_release(later, by=priya, why="Wait.")
    else:
        recall(review, by=ana)
    page = client.get(history(review.leaflet)).content.decode()
    assert "In effect from" not in page
    assert "It was to be in effect from" in page


def test_replies_are_not_told_here(client, amir):
    leaflet = make_leaflet()
    client.force_login(amir)
    told = {line.moment.entry.verb for line in client.get(history(leaflet)).context["lines"]}
    assert told == {"leaflet.started", "revision.recorded"}


def test_restoring_makes_a_draft_that_names_its_origin(client, ana):
    leaflet = make_leaflet(dosage="Take 5mg once a day.")
    change_leaflet(leaflet, dosage="Take 50mg once a day.")
    client.force_login(ana)
    assert "The draft will say again" in client.get(restore(leaflet, 1)).content.decode()
    client.post(restore(leaflet, 1), {"why": "50mg was wrong."})
    newest = Revision.objects.get(leaflet=leaflet, number=3)
    assert (newest.origin.number, newest.why) == (1, "50mg was wrong.")
    page = client.get(history(leaflet)).content.decode()
    assert "restored revision 1 as revision 3" in page
    assert "Revision 1 is restored as revision 3, a draft." in page


def test_restoring_tells_what_patients_would_not_read_as_it_was_typed(client, ana):
    leaflet = make_leaflet(dosage="Take **5mg once a day.\n\n1. Rest.\n3. Wait.")
    change_leaflet(leaflet, dosage="Take 5mg once a day.")
    client.force_login(ana)
    page = client.get(restore(leaflet, 1)).text
    assert "Patients would see the stars or underscores in “Take **5mg once a day.”" in page
    assert "The numbers of this list jump: “1. … 3.”" in page
    page = client.post(restore(leaflet, 1), {"why": ""}, follow=True).text
    assert "1 thing in the restored text must be put right before review." in page
    assert "Patients would see the stars or underscores" in page


def test_second_click_on_restore_adds_no_revision(client, ana):
    leaflet = make_leaflet(dosage="Take 5mg once a day.")
    change_leaflet(leaflet, dosage="Take 50mg once a day.")
    client.force_login(ana)
    for _click in range(2):
        assert client.post(restore(leaflet, 1), {"why": ""}).status_code == 302
    assert Revision.objects.filter(leaflet=leaflet).count() == 3
    assert "The draft says just that already; nothing was changed." in client.get(history(leaflet)).content.decode()


def test_frozen_draft_is_not_restored_over(client, ana):
    review = make_review()
    client.force_login(ana)
    for answer in (client.get(restore(review.leaflet, 1)), client.post(restore(review.leaflet, 1), {"why": ""})):
        assert answer.status_code == 409
        assert "This leaflet is in review and can&#x27;t be changed." in answer.content.decode()


def test_overlong_reason_is_refused_and_kept(client, ana):
    leaflet = make_leaflet()
    client.force_login(ana)
    answer = client.post(restore(leaflet, 1), {"why": "x" * 301})
    assert answer.status_code == 400
    assert "x" * 301 in answer.content.decode()


def test_page_that_does_not_exist_is_a_sentence(client, amir):
    leaflet = make_leaflet()
    client.force_login(amir)
    assert client.get(history(leaflet), {"page": "7"}).status_code == 404
    assert client.get(history(leaflet), {"page": "x"}).status_code == 400
    assert "there is no page 7" in client.get(history(leaflet), {"page": "7"}).content.decode()
    assert client.get(restore(leaflet, 9)).status_code == 403
    assert client.get(reverse("admin:revision-preview", args=[leaflet.pk, 9])).status_code == 404


def test_revision_is_shown_as_patients_would_see_it(client, amir):
    published = make_published()
    client.force_login(amir)
    page = client.get(reverse("admin:revision-preview", args=[published.leaflet_id, 1])).content.decode()
    assert published.pages.get().html in page


def test_staffs_words_over_an_arabic_revision_are_in_one_language(client, amir):
    revision = Revision.objects.get(leaflet=make_leaflet(language="ar"))
    client.force_login(amir)
    page = client.get(reverse("admin:revision-preview", args=[revision.leaflet_id, 1])).content.decode()
    banner = page[page.index("<aside") : page.index("</aside>")]
    assert f"Saved {moment(revision.at)}, Ana Author" in banner
    assert 'lang="en" dir="auto"' in banner
    assert 'dir="rtl"' in page[: page.index("<aside")]


def test_history_does_not_grow_in_queries(client, amir, django_assert_max_num_queries):
    short = make_published().leaflet
    long = make_published(make_leaflet("Otheramol")).leaflet
    for number in range(30):
        change_leaflet(long, dosage=f"Take {number + 1}mg once a day.")
    client.force_login(amir)
    client.get(history(short))
    with django_assert_max_num_queries(30) as few:
        client.get(history(short))
    with django_assert_max_num_queries(len(few)):
        page = client.get(history(long))
    assert page.context["page"].paginator.num_pages == 2
    assert "Page 1 of 2" in page.content.decode()


def test_what_revisions_say_is_read_once_to_tell_how_much_they_changed(client, amir, django_assert_num_queries):
    leaflet = make_leaflet("Testamol")
    for number in range(3):
        change_leaflet(leaflet, dosage=f"Take {number + 2}mg once a day.")
    client.force_login(amir)

    def look() -> str:
        page = client.get(history(leaflet)).content.decode()
        return page[page.index('<ol class="timeline">') :]

    with CaptureQueriesContext(connection) as first:
        page = look()
    assert "1 word added, 1 removed: How to take it" in page
    with django_assert_num_queries(len(first) - 1):
        assert look() == page


@pytest.mark.django_db
def test_the_parts_that_changed_are_named_in_the_language_of_each_colleague(monkeypatch):
    monkeypatch.setattr(sizes, "_", lambda words: f"{words} ({translation.get_language()})")
    leaflet = make_leaflet("Testamol")
    was = leaflet.revisions.get()
    change_leaflet(leaflet, title="Othertestamol")
    revision = leaflet.revisions.get(number=2)
    revision.before = was.digest
    for language in ("en", "ar", "en"):
        with translation.override(language):
            assert sizes.sizes_of(leaflet, [revision])[revision.pk].places == (f"Title ({language})",)


@pytest.mark.django_db
def test_no_more_sizes_are_remembered_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(sizes, "_known", {})
    monkeypatch.setattr(sizes, "_REMEMBERED", 2)
    leaflet = make_leaflet("Testamol")
    for number in range(3):
        change_leaflet(leaflet, dosage=f"Take {number + 2}mg once a day.")
    revisions = list(leaflet.revisions.order_by("number"))
    for before, revision in pairwise([None, *revisions]):
        revision.before = before.digest if before else None
    found = sizes.sizes_of(leaflet, revisions)
    assert [found[revision.pk].added for revision in revisions[1:]] == [1, 1, 1]
    assert [after for _before, after, _language in sizes._known] == [revision.digest for revision in revisions[2:]]


def test_what_patients_saw_is_served_byte_for_byte(client, amir, priya):
    first = make_published(dosage="Take 5mg once a day.")
    between = timezone.now()
    second = make_published(change_leaflet(first.leaflet, dosage="Take 6mg once a day."), change_note="Dose.")
    client.force_login(amir)
    address, when = seen(first.leaflet, between, download="1")
    answer = client.get(address, when)
    assert answer.content == first.pages.get().html.encode()
    assert answer["Content-Disposition"].startswith("attachment")
    address, when = seen(first.leaflet, timezone.now())
    page = client.get(address, when)
    assert page.context["seen"] == second.pages.get()
    assert second.pages.get().digest in page.content.decode()
    withdraw(first.leaflet, by=priya, notice="Ask us first.", why="Dose.")
    address, when = seen(first.leaflet, timezone.now())
    assert "a notice in place of the leaflet" in client.get(address, when).content.decode()


def test_before_the_first_publication_nothing_was_shown(client, amir):
    before = timezone.now()
    leaflet = make_published().leaflet
    client.force_login(amir)
    address, when = seen(leaflet, before)
    assert "this leaflet was not shown to patients" in client.get(address, when).content.decode()
    assert Page.objects.count() == 1


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ({}, "Give a date."),
        ({"on": "yesterday", "at": "10:00"}, "“yesterday” is not a date."),
        ({"on": "2026-01-01", "at": "late"}, "This is not a time."),
        ({"on": "2199-01-01", "at": "10:00"}, "This moment has not come yet."),
        ({"on": "0001-01-01", "at": "10:00"}, "the year must be one from 1900 to 2199."),
        ({"on": "1/6/2025", "at": "10:00"}, "can be read as 1 June 2025 or as 6 January 2025."),
        ({"on": "2025-03-30", "at": "01:30"}, "There is no such time on that day: the clocks go forward."),
    ],
)
def test_impossible_instant_is_a_sentence(client, amir, when, sentence):
    leaflet = make_leaflet()
    client.force_login(amir)
    answer = client.get(reverse("admin:leaflet-seen", args=[leaflet.pk]), when)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_bytes_of_any_instant_are_those_that_were_served_then(client, amir, ada):
    """Through a new version and a new emergency number: each time what the public page held at that time."""
    care = "::: emergency\nCall if you cannot breathe.\n:::"
    first, *rest = make_content().sections
    sections = (first.__class__(first.key, first.kind, first.heading, care), *rest)
    leaflet = make_published(make_leaflet(sections=sections)).leaflet
    client.force_login(amir)
    served = [(timezone.now(), client.get("/leaflets/testamol/").content)]
    clinic = the_clinic()
    clinic.emergency_number = "112"
    change_clinic(clinic, by=ada)
    served.append((timezone.now(), client.get("/leaflets/testamol/").content))
    make_published(
        change_leaflet(leaflet, sections=sections, key_facts=("One.", "Two.", "Three.")), change_note="Facts."
    )
    served.append((timezone.now(), client.get("/leaflets/testamol/").content))
    kept = []
    for instant, page in served:
        shown = Publication.objects.current(instant).get(leaflet=leaflet)
        kept.append(as_read(shown, instant).encode())
        address, when = seen(leaflet, instant, download="1")
        assert kept[-1] in page
        assert client.get(address, when).content == kept[-1]
    assert len(set(kept)) == 3
    assert Page.objects.count() == 2


def test_both_instants_of_the_hour_that_comes_twice_can_be_asked_for(client, amir):
    leaflet = make_leaflet()
    client.force_login(amir)
    address, when = reverse("admin:leaflet-seen", args=[leaflet.pk]), {"on": "2025-10-26", "at": "01:30"}
    answer = client.get(address, when)
    assert answer.status_code == 400
    assert "this time came twice. Choose which you mean." in answer.content.decode()
    assert 'value="first"' in answer.content.decode()
    for turn, hour in (("first", 0), ("second", 1)):
        answer = client.get(address, {**when, "turn": turn})
        assert answer.status_code == 200
        assert answer.context["instant"] == dt.datetime(2025, 10, 26, hour, 30, tzinfo=dt.UTC)
    assert 'value="first"' not in client.get(address, {**when, "at": "03:30"}).content.decode()


def test_a_history_is_told_in_pages_of_which_each_act_is_on_one(amir):
    leaflet = make_leaflet()
    for number in range(6):
        change_leaflet(leaflet, dosage=f"Take {number} mg once a day.")
    told = EntriesOf(leaflet, most=3)
    assert told.count() == len(told) == 8
    pages = [[entry.position for entry in told[start : start + 3]] for start in (0, 3, 6)]
    newest = Entry.objects.about(leaflet).order_by("-position").values_list("position", flat=True)
    assert pages == [[*newest[:3]], [*newest[3:6]], [*newest[6:]]]

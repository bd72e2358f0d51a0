"""`manage.py verify_history`: silent changes behind the application's back are found and named."""

import copy
import datetime as dt
import io
import itertools

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from monographs.alerts.actions import end_alert
from monographs.audit.models import Entry
from monographs.audit.record import record
from monographs.audit.verify import Altered, Head, check_ledger
from monographs.clinics.actions import change_clinic
from monographs.clinics.models import the_clinic
from monographs.comments.deciding import actions as comments
from monographs.comments.models import Comment, CommentDecision, State
from monographs.leaflets.models import Leaflet
from monographs.operations.database import APPEND_ONLY
from monographs.operations.verify import check_history
from monographs.operations.verify import history as whole_history
from monographs.publication.actions import cancel_release, publish, release_in_emergency, withdraw
from monographs.publication.models import Cancellation, Page, Publication
from monographs.review.actions import recall, send_back
from monographs.review.fact_check import answer, ask
from monographs.review.models import Decision, FactCheck, Review
from monographs.revisions.actions import restore_revision
from monographs.revisions.models import Revision
from tests.makers import change_leaflet, make_approved, make_comment, make_published, make_review, sign
from tests.makers_alerts import make_alert, make_approved_alert
from tests.makers_together import make_judgement
from tests.people import make_person

pytestmark = pytest.mark.django_db


def verify(*arguments: str) -> str:
    out = io.StringIO()
    call_command("verify_history", *arguments, stdout=out)
    return out.getvalue()


def problem_found() -> str:
    with pytest.raises(CommandError) as error:
        verify()
    assert error.value.returncode == 1
    return str(error.value)


@pytest.fixture(scope="module")
def history_of_all(rows_of_the_file):
    """A clinic's life with every kind of act in it, ending in a publication."""
    ana, bruno, priya, carla = (make_person(name) for name in ("ana", "bruno", "priya", "carla"))
    first = make_published(medicine="Baclofen")
    answer(ask(first.revision, by=ana, expert="Dr Outside"), verdict="remarks", answer="It should be 4mg.")
    leaflet = first.leaflet
    reply = make_comment(first, shown=True)
    comments.undo(reply, by=carla)
    comments.reject(reply, by=carla, reason=" Advertising. ")
    comments.answer(make_comment(first, body="With milk?", shown=True), by=carla, body="Yes.")
    recall(make_review(change_leaflet(leaflet, dosage="Take 6mg.")), by=ana)
    send_back(make_review(leaflet), by=bruno, reason="Check the dose.")
    later = timezone.now() + dt.timedelta(days=3)
    review = make_approved(leaflet)
    scheduled = publish(
        review, by=priya, change_note="Dose.", effective_from=later, expires_at=later + dt.timedelta(days=9)
    )
    cancel_release(scheduled, by=priya, why="Too soon.")
    review.refresh_from_db()
    publish(review, by=priya, change_note="Dose, at last.")
    clinic = the_clinic()
    clinic.emergency_number = "112"
    change_clinic(clinic, by=None)
    withdraw(leaflet, by=priya, notice="We check it.", why="An error.")
    restore_revision(first.revision, by=ana)
    make_published(leaflet, change_note="As it was.")
    end_alert(make_approved_alert(), by=priya, reason="It is over.")
    make_alert(medicines=[leaflet.medicine], is_emergency=True, ends_at=later)
    make_judgement(make_published(medicine="Metformin"), other=leaflet)
    make_published(medicine="Cetirizine")
    return leaflet


@pytest.fixture
def history(history_of_all):
    return copy.deepcopy(history_of_all)


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


@pytest.mark.parametrize(
    ("model", "column", "value"),
    [
        (Entry, "why", "another reason"),
        (Entry, "by_name", "Somebody else"),
        (Entry, "at", dt.datetime(2020, 1, 1, tzinfo=dt.UTC)),
        (Entry, "hash", "f" * 64),
        (Entry, "data", '{"digest":"0"}'),
        (Revision, "content_json", "{}"),
        (Revision, "why", "another reason"),
        (Revision, "digest", "f" * 64),
        (Decision, "note", "another note"),
        (Decision, "signer_name", "Somebody else"),
        (Decision, "checklist", ["Nothing."]),
        (Publication, "change_note", "Another note."),
        (Publication, "effective_from", dt.datetime(2099, 1, 1, tzinfo=dt.UTC)),
        (Page, "html", "<p>Take 50mg.</p>"),
        (Page, "digest", "f" * 64),
        (CommentDecision, "reason", "another reason"),
    ],
)
@pytest.mark.parametrize("which", ["first", "last"])
def test_the_first_altered_row_is_named(history, behind_the_back, model, column, value, which):
    rows = model.objects.order_by("pk")
    row = getattr(rows, which)()
    with behind_the_back():
        rows.filter(pk=row.pk).update(**{column: value})
    number = row.position if model is Entry else row.pk
    assert problem_found().startswith(f"{model._meta.db_table}, row {number}: ")


def test_one_changed_character_in_a_revision_is_found_with_what_was_expected(history, behind_the_back):
    revision = Revision.objects.order_by("pk").first()
    changed = revision.content_json.replace("5mg", "50mg")
    with behind_the_back():
        Revision.objects.filter(pk=revision.pk).update(content_json=changed)
    revision.content_json = changed
    sentence = problem_found()
    assert sentence.startswith(f"monographs_revision, row {revision.pk}: ")
    assert revision.digest in sentence
    assert revision.computed_digest() in sentence


def test_content_with_its_own_digest_and_hash_made_anew_is_found(history, behind_the_back):
    revision = Revision.objects.order_by("pk").last()
    revision.content_json = revision.content_json.replace("5mg", "50mg")
    revision.digest = revision.computed_digest()
    revision.hash = revision.computed_hash()
    with behind_the_back():
        revision.save()
    assert problem_found().startswith(f"monographs_revision, row {revision.pk}: the hash in the ledger is ")


def test_a_page_with_its_own_digest_made_anew_is_found(history, behind_the_back):
    page = Page.objects.order_by("pk").last()
    with behind_the_back():
        Page.objects.filter(pk=page.pk).update(
            html="", digest="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        )
    assert problem_found().startswith(f"monographs_page, row {page.pk}: the SHA-256 in the ledger is ")


def test_an_entry_taken_from_the_middle_is_found(history, behind_the_back):
    with behind_the_back():
        Entry.objects.filter(position=5).delete()
    assert problem_found() == "monographs_entry, row 5: this entry is missing."


def test_the_newest_entry_taken_away_is_found(history, behind_the_back):
    end = Entry.objects.order_by("position").last()
    with behind_the_back():
        Entry.objects.filter(pk=end.pk).delete()
    sentence = problem_found()
    if connection.vendor == "sqlite":
        assert sentence == f"monographs_entry, row {end.position}: this entry is missing from the end."
    else:
        publication = Publication.objects.order_by("pk").last()
        assert sentence == f"monographs_publication, row {publication.pk}: the ledger says nothing of it."


def test_entries_taken_from_the_end_are_found_by_an_end_that_was_written_down(history, behind_the_back):
    end = Entry.objects.order_by("position").last()
    with behind_the_back():
        Entry.objects.filter(pk=end.pk).delete()
    with pytest.raises(Altered) as error:
        list(check_ledger(Head(end.position, end.hash)))
    assert (error.value.table, error.value.number) == ("monographs_entry", end.position)


def test_a_ledger_written_anew_is_found_by_an_end_that_was_written_down(history):
    head = Head(3, "0" * 64)
    with pytest.raises(CommandError, match=r"monographs_entry, row 3: it had the hash 0000"):
        verify("--head", str(head))


@pytest.mark.parametrize("text", ["12", "x:" + "0" * 64, "-3:" + "0" * 64, "1:zz", "1:" + "g" * 64])
def test_an_end_that_is_none_is_refused_with_a_sentence(history, text):
    with pytest.raises(CommandError, match="is no end of a ledger"):
        verify(f"--head={text}")


@pytest.mark.parametrize("which", ["first", "last"])
@pytest.mark.parametrize("field", ["submitted_by", "note", "revision", "leaflet"])
def test_a_review_turned_to_another_text_or_submitter_is_found(history, behind_the_back, bruno, which, field):
    review = getattr(Review.objects.order_by("pk"), which)()
    other = Revision.objects.exclude(leaflet=review.leaflet).first()
    changed = {"submitted_by": bruno, "note": "Another.", "revision": other, "leaflet": other.leaflet}
    with behind_the_back():
        Review.objects.filter(pk=review.pk).update(**{field: changed[field]})
    assert problem_found().startswith(f"monographs_review, row {review.pk}: ")


def test_a_submission_taken_away_is_found(history, behind_the_back):
    review = make_review(change_leaflet(history, dosage="Take 9mg once a day."))
    with behind_the_back():
        Review.objects.filter(pk=review.pk).delete()
    assert problem_found() == (f"monographs_review, row {review.pk}: the ledger speaks of this row, but it is missing.")


@pytest.mark.parametrize("state", [State.PENDING, State.APPROVED, State.SPAM])
def test_a_reply_in_another_state_than_was_decided_is_found(history, behind_the_back, state):
    reply = Comment.objects.exclude(state=state).first()
    with behind_the_back():
        Comment.objects.filter(pk=reply.pk).update(state=state, waits_since=reply.at)
    assert problem_found().startswith(f"monographs_comment, row {reply.pk}: the state that was decided is ")


def test_an_answer_of_the_clinic_that_no_verb_wrote_is_found(history, behind_the_back, ana):
    reply = Comment.objects.first()
    reply.pk, reply.staff, reply.state = None, ana, State.APPROVED
    with behind_the_back():
        reply.save(force_insert=True)
    assert problem_found().startswith(f"monographs_comment, row {reply.pk}: ")


@pytest.mark.parametrize("which", ["first", "last"])
def test_other_words_put_into_a_reply_or_an_answer_are_found(history, behind_the_back, which):
    reply = getattr(Comment.objects.order_by("pk"), which)()
    assert reply.is_staff_answer == (which == "last")
    with behind_the_back():
        Comment.objects.filter(pk=reply.pk).update(body="Take 50mg.")
    assert problem_found().startswith(f"monographs_comment, row {reply.pk}: the seal of its words in the ledger is ")


def test_a_reply_moved_to_another_place_is_found(history, behind_the_back):
    reply = Comment.objects.on_pages().first()
    with behind_the_back():
        Comment.objects.filter(pk=reply.pk).update(place="")
    assert problem_found().startswith(
        f"monographs_comment, row {reply.pk}: the place that it has under the leaflet is "
    )


def altered(field: models.Field, value: object) -> object:
    """Another value that the column can hold."""
    if isinstance(field, models.ForeignKey):
        return field.related_model.objects.exclude(pk=value).values_list("pk", flat=True).first()
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField) and not value:
        return timezone.now()
    if isinstance(field, models.DateField):
        return value + dt.timedelta(days=1) if value else dt.date(2020, 1, 1)
    if isinstance(field, models.IntegerField):
        return (value or 0) + 90
    if isinstance(field, models.JSONField):
        return [*value, "x"]
    return f"{value[:-1]}x" if value else "x"


def is_altered() -> bool:
    try:
        list(check_history())
    except Altered:
        return True
    return False


@pytest.mark.parametrize("model", [*APPEND_ONLY, FactCheck])
def test_no_column_of_the_record_can_be_changed_unseen(history, behind_the_back, model):
    rows = model.objects.order_by("pk")
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    with behind_the_back():
        for row, field in itertools.product((rows.first(), rows.last()), fields):
            was, becomes = getattr(row, field.attname), altered(field, getattr(row, field.attname))
            try:
                with transaction.atomic():
                    rows.filter(pk=row.pk).update(**{field.attname: becomes})
            except IntegrityError:
                continue  # the database itself would not have it
            assert is_altered(), f"{field} of {row} was changed to {becomes!r}, and nothing was said"
            rows.filter(pk=row.pk).update(**{field.attname: was})
    assert verify("--quiet") == ""


def forge_end(**columns) -> None:
    """The newest entry about a publication rewritten, and every hash from there on made anew."""
    forged = Entry.objects.filter(verb="leaflet.published").order_by("position").last()
    Entry.objects.filter(pk=forged.pk).update(**columns)
    previous = forged.previous_hash
    for entry in Entry.objects.filter(position__gte=forged.position).order_by("position"):
        entry.previous_hash = previous
        entry.hash = previous = entry.computed_hash()
        entry.save()


@pytest.mark.parametrize(
    "columns",
    [
        {"data": "no JSON"},
        {"data": "[]"},
        {"data": "{}"},
        {"data": '{"page":"0"}'},
        {"about": "publication/x"},
        {"subject": "leaflet/x"},
        {"verb": "leaflet.release-cancelled", "about": "nothing"},
    ],
)
def test_an_end_of_the_ledger_that_was_forged_with_its_hashes_is_told_in_a_sentence(history, behind_the_back, columns):
    with behind_the_back():
        forge_end(**columns)
    list(check_ledger())  # the chain itself holds
    assert problem_found()


def test_two_entries_that_changed_places_are_found(history, behind_the_back):
    first, second = Entry.objects.filter(position__in=(4, 5)).order_by("position")
    with behind_the_back():
        for entry, position in ((first, 999), (second, 4), (first, 5)):
            Entry.objects.filter(pk=entry.pk).update(position=position)
    assert problem_found().startswith("monographs_entry, row 4: ")


@pytest.mark.parametrize("model", [Decision, Page, Cancellation, CommentDecision])
def test_a_row_taken_away_is_found(history, behind_the_back, model):
    assert verify("--quiet") == ""
    with behind_the_back():
        model.objects.order_by("pk").last().delete()
    assert problem_found()


def test_a_row_that_no_verb_wrote_is_found(history, behind_the_back):
    page = Page.objects.order_by("pk").last()
    page.pk = None
    with behind_the_back():
        page.save(force_insert=True)
    assert (
        f"monographs_publication, row {page.publication_id}: the ledger speaks of 1 compiled pages" in problem_found()
    )


def test_the_ledger_is_read_in_pieces_and_few_queries(history, ana, django_assert_num_queries):
    for _number in range(50):
        record("test.entry", by=ana, about=history)
    expected = 2 if connection.vendor == "sqlite" else 1
    with django_assert_num_queries(expected):
        heads = list(check_ledger())
    assert heads[-1].position == Entry.objects.count() == len(heads)


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

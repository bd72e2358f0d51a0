"""The screens of suspected adverse reactions, as they work without JavaScript."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from monographs.audit.models import Entry
from monographs.reactions.actions import erase, keep_number, send
from monographs.reactions.models import State, SuspectedReaction
from tests.makers import make_comment, make_medicine
from tests.makers_reactions import COMPLETE, make_reaction, make_sent
from tests.people import make_person

pytestmark = pytest.mark.django_db
LIST = "admin:monographs_suspectedreaction_changelist"


@pytest.fixture
def moderator(client_of, carla) -> Client:
    return client_of(carla)


def address(reaction: SuspectedReaction) -> str:
    return reverse("admin:monographs_suspectedreaction_change", args=[reaction.pk])


def form_on(page) -> dict[str, str]:
    """What a browser would send of the admin's form on a page: its fields as they stand, ticked boxes alone."""
    form = page.context["adminform"].form
    values = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, bool):
            values |= {bound.html_name: "on"} if value else {}
        else:
            values[bound.html_name] = "" if value is None else str(value)
    return values


def typed(client: Client, reaction: SuspectedReaction, /, **fields: str) -> dict[str, str]:
    return {**form_on(client.get(address(reaction))), **fields}


def words_of(page) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", page.content.decode())))


def test_a_reply_has_a_door_to_its_report_which_a_post_begins_and_a_get_opens(moderator):
    reply = make_comment(body="It gave me hives.")
    door = reverse("admin:reply-suspected-reaction", args=[reply.pk])
    assert moderator.get(door).url == reverse("admin:reply", args=[reply.pk])
    assert not SuspectedReaction.objects.exists()
    first, second = moderator.post(door), moderator.post(door)
    reaction = SuspectedReaction.objects.get()
    assert first.url == second.url == moderator.get(door).url == address(reaction)
    page = moderator.get(first.url)
    assert reverse("admin:reply", args=[reply.pk]) in page.content.decode()
    assert "hives" not in page.content.decode()


def test_the_page_shows_the_four_items_as_met_or_missing_in_words(moderator):
    page = words_of(moderator.get(address(make_reaction(reaction="rash"))))
    assert "Missing: an identifiable patient (initials," in page
    assert "Missing: an identifiable reporter" in page
    assert "Met: a suspect medicine" in page
    assert "Met: a suspected reaction" in page
    assert "under additional monitoring" not in page


def test_a_draft_takes_what_is_known_and_says_what_it_still_needs(moderator):
    reaction = make_reaction()
    sent = typed(moderator, reaction, reaction="rash", began_on="November 2026", patient_initials="A.B.")
    page = moderator.post(address(reaction), sent)
    assert page.status_code == 200  # the month in words is no day
    assert "November 2026" in page.content.decode()
    page = moderator.post(address(reaction), {**sent, "began_on": "2026-11"}, follow=True)
    assert "Before it can be sent it needs: an identifiable reporter." in words_of(page)
    reaction.refresh_from_db()
    assert (reaction.began_on, reaction.patient_initials) == ("2026-11", "A.B.")


def test_a_refused_form_keeps_all_that_was_typed_and_says_what_is_wrong_at_each_field(moderator):
    reaction = make_reaction()
    sent = typed(
        moderator, reaction, patient_initials="Anna", local_number="13/06/1980", patient_age="forty", batch="x" * 36,
        medicine_name="Nothingol", narrative="She had a rash.", ended_on="1/6/2026", results_in_death="on",
    )  # fmt: skip
    page = moderator.post(address(reaction), sent)
    errors = page.context["adminform"].form.errors
    assert set(errors) == {
        "patient_initials", "local_number", "patient_age", "batch", "medicine_name", "ended_on"
    }  # fmt: skip
    assert "Please give initials only" in words_of(page)
    assert "This site has no medicine called “Nothingol”" in words_of(page)
    for kept in ("Anna", "13/06/1980", "forty", "x" * 36, "Nothingol", "She had a rash.", "1/6/2026"):
        assert kept in page.content.decode()
    assert re.search(r'name="results_in_death"[^>]* checked', page.content.decode())


def test_the_medicine_is_typed_by_any_of_its_names(moderator):
    newmol = make_medicine("Newmol", names=[("Brandol", "brand")])
    reaction = make_reaction()
    moderator.post(address(reaction), typed(moderator, reaction, medicine_name="brandol"))
    reaction.refresh_from_db()
    assert reaction.medicine == newmol


def test_a_black_triangle_medicine_asks_for_brand_and_batch_or_a_tick_that_they_were_asked_for(moderator):
    watched = make_medicine("Newmol")
    watched.is_under_additional_monitoring = True
    watched.save()
    reaction = make_reaction(medicine="Newmol", **COMPLETE)
    assert "Newmol ▼ is under additional monitoring" in words_of(moderator.get(address(reaction)))
    page = moderator.post(address(reaction), typed(moderator, reaction, _send="1", product="Brandol"), follow=True)
    assert "What you typed is saved." in words_of(page)
    assert "Missing: the batch number." in words_of(page)
    moderator.post(address(reaction), typed(moderator, reaction, _send="1", is_asked_for="on"))
    reaction.refresh_from_db()
    assert (reaction.state, reaction.product) == (State.SENT, "Brandol")


def test_what_is_missing_is_named_when_sending_and_what_was_typed_is_saved(moderator):
    reaction = make_reaction()
    page = moderator.post(address(reaction), typed(moderator, reaction, reaction="rash", _send="1"), follow=True)
    assert "Missing: an identifiable patient, an identifiable reporter." in words_of(page)
    reaction.refresh_from_db()
    assert (reaction.state, reaction.reaction) == (State.DRAFT, "rash")


def test_two_people_edit_one_draft_and_the_second_is_told(moderator, client_of):
    other = client_of(make_person("colin", role="Moderator"))
    reaction = make_reaction()
    mine, theirs = typed(moderator, reaction, batch="L1"), typed(other, reaction, batch="L2", dose="5 mg")
    moderator.post(address(reaction), mine)
    page = other.post(address(reaction), theirs)
    assert "A colleague changed this to “L1” while your page was open." in words_of(page)
    assert "5 mg" in page.content.decode()
    reaction.refresh_from_db()
    assert reaction.batch == "L1"
    other.post(address(reaction), {**theirs, "as_opened": form_on(page)["as_opened"]})
    reaction.refresh_from_db()
    assert (reaction.batch, reaction.dose) == ("L2", "5 mg")


def test_who_types_into_a_draft_that_a_colleague_sent_is_told_and_gets_the_words_back(moderator, client_of):
    other = client_of(make_person("colin", role="Moderator"))
    reaction = make_reaction(**COMPLETE)
    theirs = typed(other, reaction, narrative="It went away after two days of rest.")
    moderator.post(address(reaction), typed(moderator, reaction, _send="1"))
    page = other.post(address(reaction), theirs)
    assert page.status_code == 409
    assert "sent this report" in words_of(page)
    assert "It went away after two days of rest." in words_of(page)


def test_a_double_click_makes_one_report_and_sends_it_once(moderator):
    new = reverse("admin:monographs_suspectedreaction_add")
    form = {**form_on(moderator.get(new)), **COMPLETE, "product": "Brandol"}
    first, second = moderator.post(new, form), moderator.post(new, form)
    reaction = SuspectedReaction.objects.get()
    assert first.url == second.url == address(reaction)
    sending = typed(moderator, reaction, _send="1")
    assert moderator.post(address(reaction), sending).url == moderator.post(address(reaction), sending).url
    assert Entry.objects.filter(verb="reaction.sent").count() == 1


def test_two_forms_make_two_reports(moderator):
    new = reverse("admin:monographs_suspectedreaction_add")
    for _time in range(2):
        assert moderator.post(new, form_on(moderator.get(new))).status_code == 302
    assert SuspectedReaction.objects.count() == 2


def test_a_sent_report_is_shown_and_takes_its_reference_number_and_nothing_else(moderator):
    reaction = make_sent()
    page = moderator.get(address(reaction))
    assert not re.search(r'<(input|textarea)[^>]* name="reaction"', page.content.decode())
    assert "itchy red rash on both arms" in words_of(page)
    number = reverse("admin:monographs_suspectedreaction_number", args=[reaction.pk])
    refused = moderator.post(number, {"reference_number": "GB-" + "1" * 100})
    assert refused.status_code == 400
    assert "at most 100 characters" in words_of(refused)
    assert "GB-" + "1" * 100 in refused.content.decode()
    page = moderator.post(number, {"reference_number": "GB-MHRA-1"}, follow=True)
    assert "Reference number: GB-MHRA-1" in words_of(page)
    assert "reaction: numbered" in words_of(page)


def test_erasing_takes_the_words_off_the_page(moderator):
    reaction = make_sent()
    gone = reverse("admin:monographs_suspectedreaction_erase", args=[reaction.pk])
    page = moderator.post(gone, follow=True)
    assert "itchy" not in page.content.decode()
    assert "What told of the person was erased for good" in words_of(page)
    assert moderator.post(gone).status_code == 409


def test_the_list_has_drafts_first_and_filters_by_state_and_medicine(moderator):
    sent, numbered = make_sent(medicine="Newmol"), make_sent()
    keep_number(numbered, by=make_person("carla"), number="1")
    draft = make_reaction()
    pages = {
        "": [draft, sent, numbered],
        "?state__exact=sent": [sent],
        f"?medicine={draft.medicine_id}": [draft, numbered],
        f"?medicine={draft.medicine_id}&state__exact=with-number": [numbered],
    }
    for query, expected in pages.items():
        assert list(moderator.get(reverse(LIST) + query).context["cl"].result_list) == expected
    page = words_of(moderator.get(reverse(LIST)))
    assert "2 of 4" not in page
    assert "1 of 4" in page
    for wrong in ("?medicine=x", "?medicine=" + "9" * 30, "?state__exact=%00"):
        assert moderator.get(reverse(LIST) + wrong).status_code == 400


def test_the_queries_of_list_and_page_do_not_grow(moderator):
    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert moderator.get(path).status_code == 200
        return len(captured)

    first = make_sent()
    before = count(reverse(LIST)), count(address(first))
    for number in range(3):
        reaction = make_reaction(
            medicine=f"Othermol{number}", by=make_person(f"m{number}", role="Moderator"), **COMPLETE
        )
        send(reaction, by=make_person("carla"))
    after = count(reverse(LIST)), count(address(first))
    assert after[1] == before[1]
    assert after[0] <= before[0] + 3  # the filter hops from medicine to medicine, once each


def test_only_who_may_sees_reports(client_of, ana):
    reaction, author = make_reaction(**COMPLETE), client_of(ana)
    addresses = [reverse(LIST), address(reaction), reverse("admin:monographs_suspectedreaction_add")]
    assert {author.get(path).status_code for path in addresses} == {403}
    posts = ("number", "erase")
    paths = [reverse(f"admin:monographs_suspectedreaction_{name}", args=[reaction.pk]) for name in posts]
    door = reverse("admin:reply-suspected-reaction", args=[make_comment().pk])
    assert {author.post(path).status_code for path in (*paths, address(reaction), door)} == {403}


def test_an_erased_draft_is_a_page_without_a_form(moderator, carla):
    reaction = make_reaction(**COMPLETE)
    form = typed(moderator, reaction)
    erase(reaction, by=carla)
    assert "_send" not in moderator.get(address(reaction)).content.decode()
    assert moderator.post(address(reaction), form).status_code == 409

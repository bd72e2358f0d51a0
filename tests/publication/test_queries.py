"""How many queries the verbs on the timeline take: no more for more sections, for more versions, for more leaflets."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monographs.leaflets.content import SectionContent
from monographs.publication.actions import publish, withdraw
from monographs.publication.shown.showings import Showing
from monographs.review.actions import submit
from monographs.review.models import Review
from monographs.revisions.actions import newest_revision, save_draft
from tests.makers import make_approved, make_content, make_leaflet, make_published, sign
from tests.translations.translating import make_published_translation

pytestmark = pytest.mark.django_db

MOST = 20 + (connection.vendor == "postgresql")  # there the turn to write is a query
TO_COUNT_A_TRY = 3  # at a password, before the approval has its turn (`staff.passwords.attempts`)


def taken(act) -> int:
    """Queries of an act, without the savepoints that the test's own transaction asks for."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return len([query for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]])


@pytest.fixture(autouse=True)
def _what_people_may_is_known(ana, bruno, priya):
    """As in a request, which asks for it before any verb."""
    for person in (ana, bruno, priya):
        assert person.granted


def make_long(medicine: str, sections: int):
    """A leaflet with so many sections beside the required ones."""
    content = make_content(medicine)
    more = (SectionContent(f"more-{at}", "other", f"More {at}", f"Word {at}. Take it.") for at in range(sections))
    return make_leaflet(medicine, sections=(*content.sections, *more))


def test_saving_takes_as_many_queries_for_one_changed_section_of_many(ana):
    counts = []
    for sections in (1, 12):
        leaflet = make_long(f"Medol {sections}", sections)
        content = newest_revision(leaflet).content
        first, *others = content.sections
        changed = replace(content, sections=(replace(first, body="Another word."), *others))
        counts.append(taken(lambda leaflet=leaflet, changed=changed: save_draft(leaflet, changed, by=ana)))
    assert counts[0] == counts[1] <= MOST


@pytest.mark.parametrize("step", [0, 1, 2], ids=["submit", "approve", "publish"])
def test_each_step_takes_as_many_queries_for_many_sections_as_for_few(step, ana, bruno, priya):
    counts = [steps(make_long(f"Medol {sections}", sections), ana, bruno, priya)[step] for sections in (1, 12)]
    assert counts[0] == counts[1] <= MOST


def test_an_approval_reads_what_it_is_judged_by_at_once(ana, bruno, priya):
    """The try at the password; then the review with all that it stands on, its signatures, whose hands are in it, the
    checklist and the reader's roles; then what is written, for which the last entry is read."""
    leaflet = make_published().leaflet
    save_draft(leaflet, make_content(dosage="Take 7mg once a day."), by=ana)
    _submitting, approving, _publishing = steps(leaflet, ana, bruno, priya)
    asked_by_the_test = 3  # what `sign` has on its screen
    assert approving - asked_by_the_test == TO_COUNT_A_TRY + (connection.vendor == "postgresql") + 5 + 5


def steps(leaflet, ana, bruno, priya) -> tuple[int, int, int]:
    """Of submitting, approving and publishing what is written now."""
    submitting = taken(lambda: submit(leaflet, by=ana))
    review = Review.objects.active().get(leaflet=leaflet)
    approving = taken(lambda: sign(review, by=bruno))
    review = Review.objects.active().get(leaflet=leaflet)
    return submitting, approving, taken(lambda: publish(review, by=priya, change_note="Changed."))


def test_a_later_version_takes_no_more_queries_however_many_there_were(ana, bruno, priya):
    leaflet = make_published().leaflet
    counts = []
    for number in range(3):
        save_draft(leaflet, make_content(dosage=f"Take {number + 6}mg once a day."), by=ana)
        counts.append(steps(leaflet, ana, bruno, priya))
    assert counts[0] == counts[2]
    submitting, approving, publishing = counts[0]
    assert max(submitting, approving, publishing) <= MOST


def test_withdrawing_takes_as_many_queries_after_one_version_as_after_several(ana, bruno, priya):
    first, second = make_published().leaflet, make_published(medicine="Othermol").leaflet
    for number in range(2):
        save_draft(second, make_content("Othermol", dosage=f"Take {number + 6}mg."), by=ana)
        steps(second, ana, bruno, priya)
    few, many = (
        taken(lambda leaflet=leaflet: withdraw(leaflet, by=priya, notice="Ask us.", why="Wrong."))
        for leaflet in (first, second)
    )
    assert few == many <= MOST


def test_publishing_takes_as_many_queries_for_three_translations_that_fall_behind_as_for_one(ana, bruno, priya):
    """The SQL of one leaflet alone, what is shown of both sides, their texts, and one line for all that is behind."""
    counts = []
    for medicine, languages in (("Firstol", ("es",)), ("Secondol", ("es", "pl", "cy"))):
        publication = make_published(medicine=medicine)
        content = newest_revision(publication.leaflet).content
        translated = [make_published_translation(publication, language=language) for language in languages]
        changed = replace(content, key_facts=("Another fact.", *content.key_facts[1:]))
        save_draft(publication.leaflet, changed, by=ana)
        counts.append(steps(publication.leaflet, ana, bruno, priya)[2])
        behind = Showing.objects.filter(publication__in=translated).values_list("behind_from", flat=True)
        assert len(behind) == len(languages)
        assert all(behind)
    assert counts[0] == counts[1] <= MOST


def test_a_text_that_is_to_be_published_is_read_alone_before_the_turn(priya):
    """Once beside its review in the turn, and before it without what the verb decides by."""
    review = Review.objects.get(pk=make_approved().pk)
    with CaptureQueriesContext(connection) as captured:
        publish(review, by=priya, change_note="First.")
    texts = [query["sql"] for query in captured.captured_queries if '"content_json"' in query["sql"]]
    assert ['"is_held_up"' in sql for sql in texts] == [False, True]

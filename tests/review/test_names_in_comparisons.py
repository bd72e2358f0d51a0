"""The names of all medicines of the site are known wherever two texts are compared, at the price of one query."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from monographs.audit.verify import Altered
from monographs.medicines.models import Medicine, MedicineName
from monographs.medicines.names import key_anew
from monographs.operations.verify.derived import check_keys
from monographs.publication.actions import check_needs_no_note
from monographs.refusals import Unacceptable
from monographs.revisions.compare import compare
from monographs.revisions.named import names_in
from monographs.text.words.lexicon import lines
from tests.makers import change_leaflet, make_content, make_published, make_review
from tests.people import make_person
from tests.revisions.study.mutations import dangerous, harmless

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    """One medicine, which no list of words has, is left out of what must be told."""
    other = Medicine.objects.create(name="Quolt", slug="quolt")
    MedicineName.objects.create(medicine=other, name="Quolt")
    MedicineName.objects.create(medicine=other, name="Relief")
    published = make_published(dosage="Ask about Quolt or this.")
    return make_review(change_leaflet(published.leaflet, dosage="Ask about this."))


def test_review_page_names_the_medicine(client, review):
    client.force_login(make_person("bruno"))
    page = client.get(reverse("admin:leaflet-review", args=[review.leaflet_id]), {"review": review.pk}).content.decode()
    assert ">[removed: </span>quolt<" in page
    assert "medicine, food or drink" in page


def test_it_is_no_mere_typing_error(review):
    with pytest.raises(Unacceptable, match="no mere typing error"):
        check_needs_no_note(review, "minor")


def test_names_are_read_in_one_query_and_only_those_that_a_text_can_mention():
    medicine = Medicine.objects.create(name="Méthadone", slug="methadone")
    for name in ("Méthadone", "Physeptone", "St John’s wort", "Co-quoltine", "Elsewhere"):
        MedicineName.objects.create(medicine=medicine, name=name)
    old = make_content(dosage="Take methadone, not st john's wort.")
    new = make_content(dosage="### Physeptone\n\nTake **co‑quoltines**.")
    with CaptureQueriesContext(connection) as captured:
        assert names_in(old, new) == {"méthadone", "physeptone", "st john’s wort", "co-quoltine"}
    assert len(captured) == 1
    assert names_in(None, make_content()) == frozenset()


@pytest.mark.parametrize("mutations", [dangerous, pytest.param(harmless, marks=pytest.mark.once)])  # words like any
def test_a_comparison_says_the_same_with_these_names_as_with_all_of_them(mutations):
    medicine = Medicine.objects.create(name="Quolt", slug="quolt")
    said = [name for phrases in lines("medicines") for name in phrases]
    odd = ["Quolt", "Relief", "St John’s wort", "5-HTP", "A/B-otic", "Take", "Blood thinner", "Ask your", "µg-mol"]
    for name in dict.fromkeys([*said[::7], *odd]):
        MedicineName.objects.create(medicine=medicine, name=name)
    every = frozenset(name.casefold() for name in MedicineName.objects.values_list("name", flat=True))
    for mutation in list(mutations())[::12]:
        old, new = make_content(dosage=mutation.before), make_content(dosage=mutation.after)
        assert compare(old, new, names=names_in(old, new)).alerts == compare(old, new, names=every).alerts


def test_a_key_that_is_not_that_of_the_name_is_found_and_made_right():
    name = MedicineName.objects.create(medicine=Medicine.objects.create(name="Quolt", slug="quolt"), name="Quolt")
    MedicineName.objects.filter(pk=name.pk).update(first_key="")
    with pytest.raises(Altered, match="monographs_medicinename"):
        check_keys()
    assert (key_anew(), key_anew()) == (1, 0)
    check_keys()

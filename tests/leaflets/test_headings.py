import pytest
from django.http import QueryDict
from django.utils import translation

from monographs.admin.writing.typed import typed_content
from monographs.leaflets.content import SectionContent
from monographs.leaflets.sections import kind_for_heading
from tests.makers import make_leaflet

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaflet():
    return make_leaflet(language="ar", sections=(SectionContent("dosage", "dosage", "", "حبة واحدة."),))


def test_a_heading_left_empty_speaks_the_leaflets_language(leaflet):
    with translation.override("en"):
        [section] = leaflet.revisions.get().content.sections
    assert section.heading == "كيفية استعمال هذا الدواء"


def test_a_heading_left_empty_in_the_form_speaks_the_leaflets_language(leaflet):
    posted = QueryDict(mutable=True)
    posted.update({"sections-TOTAL_FORMS": "1", "sections-0-kind": "side_effects", "sections-0-body": "صداع."})
    with translation.override("en"):
        [section] = typed_content(posted, leaflet).sections
    assert section.heading == "الآثار الجانبية"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("1. What Baclofen is and what it is used for", "what_it_is"),
        ("2. What you need to know before you take Baclofen", "before_taking"),
        ("Other medicines and Baclofen", "interactions"),
        ("Baclofen with food, drink and alcohol", "interactions"),
        ("Pregnancy and breast-feeding", "pregnancy"),
        ("3. How to take Baclofen", "dosage"),
        ("If you take more Baclofen than you should", "overdose"),
        ("If you forget to take Baclofen", "missed_dose"),
        ("If you stop taking Baclofen", "stopping"),
        ("4. Possible side effects", "side_effects"),
        ("5. How to store Baclofen", "storage"),
        ("6. Contents of the pack and other information", "more"),
    ],
)
def test_the_headings_of_the_european_package_leaflet_are_known(heading, kind):
    assert kind_for_heading(heading, "Baclofen") == kind

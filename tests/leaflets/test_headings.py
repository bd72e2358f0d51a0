import pytest
from django.http import QueryDict
from django.utils import translation

from monographs.admin.typed import typed_content
from monographs.leaflets.content import SectionContent
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

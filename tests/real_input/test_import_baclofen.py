"""`manage.py import_leaflet` over a page that was really copied from a web site."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from monographs.leaflets.models import Leaflet
from monographs.publication.models import Publication
from monographs.revisions.models import Revision
from tests.exchange.test_import_leaflet import TEXT
from tests.exchange.texts import words_typed

REAL = Path(__file__).resolve().parents[3] / "shared" / "seed" / "baclofen.txt"

pytestmark = pytest.mark.django_db


def bring_in(path: Path) -> str:
    out = io.StringIO()
    call_command("import_leaflet", str(path), stdout=out)
    return out.getvalue()


def check_draft(path: Path, name: str) -> None:
    """One draft with every word of the file, and told what went where; nothing public; again changes nothing."""
    told = bring_in(path)
    leaflet = Leaflet.objects.get()
    assert (leaflet.title, leaflet.medicine.name, leaflet.slug) == (name, name, name.lower())
    sections = list(leaflet.sections.all())
    said = "\n".join([leaflet.title, *(f"{section.heading}\n{section.body}" for section in sections)])
    assert not words_typed(path.read_text(encoding="utf-8-sig")) - words_typed(said)
    assert {"what_it_is", "uses", "dosage", "side_effects"} <= {section.kind for section in sections}
    for section in sections:
        assert section.heading in told
        assert f"→ {section.kind} (" in told
    assert "blocks submission: " in told
    assert not Publication.objects.exists()

    assert "nothing changed" in bring_in(path)
    assert Revision.objects.count() == 1


def test_a_copied_page_becomes_one_draft(tmp_path):
    path = tmp_path / "testamol.txt"
    path.write_text(TEXT, encoding="utf-8")
    check_draft(path, "Testamol")


def test_the_real_baclofen_page_becomes_one_draft():
    if not REAL.exists():
        pytest.skip("There is no ../shared/seed/baclofen.txt beside the project; nothing real was imported.")
    check_draft(REAL, "Baclofen")

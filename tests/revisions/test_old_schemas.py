"""A revision outlives the code that wrote it: one stored example of each schema is read and rendered for ever.

When the shape of `Content` changes, raise its SCHEMA, teach `from_dict` the step, and add an example here; never
change one that is here.
"""

import json
from pathlib import Path

import pytest
from django.urls import reverse

from monographs.audit.chain import canonical_json, sha256
from monographs.clinics.fragments import fragments_in
from monographs.clinics.models import Clinic
from monographs.leaflets.actions import start_leaflet
from monographs.leaflets.content import SCHEMA, Content
from monographs.leaflets.drafts import content_of
from monographs.leaflets.models import Leaflet
from monographs.publication.page.compile import compile_page
from monographs.quality.rules import check
from monographs.review.rules import contributors
from monographs.revisions.actions import newest_revision, restore_revision
from monographs.revisions.compare import compare
from monographs.revisions.models import Revision
from monographs.text.markup.finished.slots import filled
from tests.makers import change_leaflet, make_leaflet, make_medicine, make_review
from tests.people import make_person

EXAMPLES = sorted(Path(__file__).with_name("schemas").glob("schema-*.json"))


def test_there_is_an_example_of_every_schema_so_far():
    assert [path.stem for path in EXAMPLES] == [f"schema-{number}" for number in range(1, SCHEMA + 1)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_old_revision_still_renders(path):
    content = Content.from_dict(json.loads(path.read_text()))
    compiled = compile_page(content)
    html = filled(compiled.html, fragments_in("en", Clinic(emergency_number="999")))
    for words in (
        "Do <strong>not</strong> stop suddenly.",
        "<em>stiff</em> muscles",
        "<td>10mg</td>",
        "tel:999",
        "You have trouble breathing.",
        "Call &lt;us&gt; &amp; ask.",
        "British National Formulary",
    ):
        assert words in html
    assert "10mg" in compiled.plain_text
    assert check(content)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_old_revision_can_still_be_compared_and_kept(path):
    content = Content.from_dict(json.loads(path.read_text()))
    assert Content.from_dict(content.to_dict()) == content
    assert not compare(content, content).has_changes


@pytest.mark.django_db
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_old_revision_can_still_be_restored(path, ana):
    leaflet = make_baclofen(path, by=make_person("bea", role="Author"))
    old = keep_as_it_was(leaflet, path.read_text())
    change_leaflet(leaflet, by=make_person("bea"), dosage="Take 50mg.")
    restored = restore_revision(old, by=ana)
    assert (restored.origin, restored.content, content_of(leaflet)) == (old, old.content, old.content)
    assert json.loads(restored.content_json)["schema"] == json.loads(path.read_text())["schema"]
    changed = change_leaflet(leaflet, by=make_person("bea"))
    if old.content.made_from:  # what it was made from is not in this database, so the gate lets nobody submit it
        return
    review = make_review(changed, by=make_person("bea"))
    assert ana.pk in contributors(review)  # who brought it back had a hand in what was made of it


@pytest.mark.django_db
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_restoring_an_old_revision_that_the_draft_says_already_adds_none(client, path, ana):
    leaflet = make_baclofen(path)
    old = keep_as_it_was(leaflet, path.read_text())
    restore_revision(old, by=ana)
    count = Revision.objects.count()
    client.force_login(ana)
    page = client.post(reverse("admin:revision-restore", args=[leaflet.pk, old.number]), {"why": ""}, follow=True)
    assert "The draft says just that already; nothing was changed." in page.content.decode()
    assert Revision.objects.count() == count


def make_baclofen(path: Path, **fields) -> Leaflet:
    """The leaflet that the example is a revision of, its medicine called as it was."""
    make_medicine(
        "Baclofen",
        names=[("Lioresal", "brand")],
        drug_class="Muscle relaxant",
        atc_code="M03BX01",
        classes=[("es", "Relajante muscular")],
    )
    return make_leaflet("Baclofen", language=json.loads(path.read_text())["language"], **fields)


def keep_as_it_was(leaflet: Leaflet, content_json: str) -> Revision:
    """The newest revision, as the program of that schema's days recorded it; of what it translates, if it does."""
    if made_from := Content.from_dict(json.loads(content_json)).made_from:
        leaflet.source = start_leaflet(leaflet.medicine, by=None, language="es", slug=made_from.leaflet)
        leaflet.source_revision = made_from.revision
        leaflet.save(update_fields=["source", "source_revision"])
    newest = newest_revision(leaflet)
    text = canonical_json(json.loads(content_json))
    old = Revision(leaflet=leaflet, number=newest.number + 1, content_json=text, digest=sha256(text))
    old.previous_hash = newest.hash
    old.hash = old.computed_hash()
    old.save()
    return old


def test_a_schema_from_the_future_is_refused_in_words():
    with pytest.raises(ValueError, match="reads up to"):
        Content.from_dict({"schema": SCHEMA + 1})

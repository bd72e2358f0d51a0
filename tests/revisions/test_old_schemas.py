"""A revision outlives the code that wrote it: one stored example of each schema is read and rendered for ever.

When the shape of `Content` changes, raise its SCHEMA, teach `from_dict` the step, and add an example here; never
change one that is here.
"""

import json
from pathlib import Path

import pytest

from monographs.clinics.models import Clinic
from monographs.leaflets.content import SCHEMA, Content
from monographs.publication.compile import compile_page
from monographs.quality.rules import check
from monographs.revisions.compare import compare

EXAMPLES = sorted(Path(__file__).with_name("schemas").glob("schema-*.json"))


def test_there_is_an_example_of_every_schema_so_far():
    assert [path.stem for path in EXAMPLES] == [f"schema-{number}" for number in range(1, SCHEMA + 1)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_old_revision_still_renders(path):
    content = Content.from_dict(json.loads(path.read_text()))
    compiled = compile_page(content, Clinic(emergency_number="999"))
    for words in (
        "Do <strong>not</strong> stop suddenly.",
        "<em>stiff</em> muscles",
        "<td>10mg</td>",
        "tel:999",
        "You have trouble breathing.",
        "Call &lt;us&gt; &amp; ask.",
        "British National Formulary",
    ):
        assert words in compiled.html
    assert "10mg" in compiled.plain_text
    assert check(content)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_old_revision_can_still_be_compared_and_kept(path):
    content = Content.from_dict(json.loads(path.read_text()))
    assert Content.from_dict(content.to_dict()) == content
    assert not compare(content, content).has_changes


def test_a_schema_from_the_future_is_refused_in_words():
    with pytest.raises(ValueError, match="reads up to"):
        Content.from_dict({"schema": SCHEMA + 1})

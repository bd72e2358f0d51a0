"""What the documents claim about the tests is true."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CLAIMS = re.findall(r"`([a-z_/]+\.py)::(test_\w+)`", (ROOT / "docs" / "review.md").read_text())


def test_the_review_document_names_tests():
    assert len(CLAIMS) > 40


@pytest.mark.parametrize(("file", "name"), CLAIMS)
def test_every_test_that_the_review_document_names_exists(file, name):
    assert re.search(rf"^def {name}\(", (ROOT / "tests" / file).read_text(), re.MULTILINE)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/review.md", "docs/translations.md"])
def test_links_between_documents_lead_somewhere(document):
    path = ROOT / document
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text()):
        assert (path.parent / target).exists(), target

"""The page budget: all that is needed to read a leaflet on a bad connection."""

import gzip
import itertools
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from monographs.leaflets.content import SectionContent, SourceContent
from monographs.leaflets.sections import REQUIRED_KINDS
from tests.makers import make_comment, make_content, make_published
from tests.reading.parts import make_clinic

BUDGET = 14_000  # bytes compressed, for a leaflet of 700 words with 20 replies: HTML with its CSS
BANDS = ("more than 1 in 10", "up to 1 in 10", "up to 1 in 100", "up to 1 in 1,000", "up to 1 in 10,000")
SOURCES = tuple(
    SourceContent(f"Source number {number}", f"https://source-{number}.example/", "2026-10-01", REQUIRED_KINDS[number:])
    for number in range(4)
)
SAMPLE = settings.BASE_DIR / "monographs" / "samples" / "baclofen-v1.md"


@pytest.mark.django_db
def test_leaflet_of_700_words_with_20_replies_keeps_to_its_budget(client):
    make_clinic(crisis_lines="Listeners: 116 123", address="1 Mill Lane\nAnytown")
    sentences = re.findall(r"^[A-Z][^:#{}=]+\.$", SAMPLE.read_text(), re.MULTILINE)
    supply = itertools.cycle(sentences)
    kinds = make_content().sections
    bodies = {kind.key: [] for kind in kinds}
    bodies["side_effects"] += [f"### May affect {band} people" for band in BANDS]  # each has its picture
    for key in itertools.cycle(bodies):
        bodies[key].append(next(supply))
        if sum(len(line.split()) for lines in bodies.values() for line in lines) >= 700:
            break
    sections = tuple(SectionContent(kind.key, kind.kind, kind.heading, "\n\n".join(bodies[kind.key])) for kind in kinds)
    publication = make_published(sections=sections, sources=SOURCES)
    for number in range(20):
        make_comment(publication, body=f"{number}: {next(supply)} {next(supply)}", name=f"Reader {number}", shown=True)
    html = client.get("/leaflets/testamol/").content
    assert html.count(b'class="reply') == 20
    assert html.count(b"<svg") == len(BANDS)
    styles = re.findall(rb'<link rel="stylesheet" href="/static/([^"]+)"(?! media="print")', html)
    assert len(styles) == 2
    needed = [html]
    for style in styles:
        with open(finders.find(style.decode()), "rb") as file:
            needed.append(file.read())
    assert sum(len(gzip.compress(part)) for part in needed) <= BUDGET

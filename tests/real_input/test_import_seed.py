"""The import over texts really copied from web sites, where the folder with them stands beside the project."""

from pathlib import Path

import pytest

from monographs.exchange.formats import read
from monographs.exchange.marked.markdown import read_markdown, write_markdown
from tests.exchange.texts import words_kept, words_typed

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed"
TEXTS = sorted(SEED.glob("*.txt"))

pytestmark = pytest.mark.skipif(
    not TEXTS, reason="There is no folder ../shared/seed with texts beside the project; nothing real was imported."
)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_word_of_a_real_text_is_lost(path):
    text = path.read_text(encoding="utf-8-sig")
    imported = read(path.read_bytes(), filename=path.name)

    assert not words_typed(text) - words_kept(imported, text)
    assert read_markdown(write_markdown(imported.content)).content == imported.content


def test_baclofen_page_is_divided_as_a_reader_would():
    path = SEED / "baclofen.txt"
    if not path.exists():
        pytest.skip("There is no ../shared/seed/baclofen.txt beside the project.")
    imported = read(path.read_bytes(), filename=path.name)
    content = imported.content

    assert (content.title, content.medicine.name) == ("Baclofen", "Baclofen")
    assert [(section.key, section.kind) for section in content.sections] == [
        ("introduction", "introduction"),
        ("what-it-is", "what_it_is"),
        ("uses", "uses"),
        ("avoid", "avoid"),
        ("interactions", "interactions"),
        ("pregnancy", "pregnancy"),
        ("dosage", "dosage"),
        ("side-effects", "side_effects"),
        ("conclusion", "other"),
        ("disclaimer", "other"),
        ("left-over-from-the-page", "other"),
    ]
    subheadings = {
        section.kind: [line for line in section.body.split("\n") if line.startswith("#")]
        for section in content.sections
        if "#" in section.body
    }
    assert subheadings == {
        "uses": ["### Muscle Spasms"],
        "avoid": ["### Alcohol Consumption", "### Driving and Machinery Operation", "### Abrupt Discontinuation"],
        "dosage": ["### Gradual Introduction"],
    }
    assert content.sections[-1].body == "Leave a Reply"
    assert "\\" not in "".join(section.body for section in content.sections)

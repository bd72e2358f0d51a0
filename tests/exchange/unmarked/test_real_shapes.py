"""Texts in the shapes they really come in: no sentence loses its heading, its order or its words."""

import random
import re

import pytest

from monographs.exchange.formats import read
from monographs.text.markup.markdown import plain
from monographs.text.markup.outline import outline
from tests.exchange.shapes import LEAFLETS, SHAPES, places

CASES = [(shape, language) for shape in SHAPES for language in LEAFLETS]
IDS = [f"{shape.__name__}-{language}" for shape, language in CASES]
NAME = {"ar": "تستامول"}


def bring_in(text: str, shape, language: str):
    code = "en" if language == "us" else language
    name = "leaflet.md" if "markdown" in shape.__name__ else "leaflet.txt"
    return read(text.encode(), filename=name, medicine=NAME.get(language, "Testamol"), language=code)


def read_places(imported) -> list[tuple[str, tuple[str, ...]]]:
    """Each line that patients read, with its section and the headings above it."""
    found = []
    for section in imported.content.sections:
        heading = re.sub(r"^\d\. ", "", section.heading)
        for line in outline(section.body, language=imported.content.language):
            found.append((re.sub(r"^(?:\d+\.|•|-) ", "", line.text), (heading, *line.labels)))
    return found


def is_below(labels: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Whether the path's headings are among the labels, in order, and no other heading of the leaflet is."""
    rest = iter(labels)
    return all(any(heading == label for label in rest) for heading in path)


@pytest.mark.parametrize(("shape", "language"), CASES, ids=IDS)
def test_each_sentence_keeps_its_headings_and_its_order(shape, language):
    leaflet = LEAFLETS[language]
    headings = {text for depth, text in leaflet if isinstance(depth, int)}
    read_lines = read_places(bring_in(shape(leaflet, language), shape, language))

    position = 0
    for sentence, path in places(leaflet):
        found = [place for place in range(position, len(read_lines)) if read_lines[place][0] == sentence]
        assert found, (sentence, read_lines[position : position + 4])
        position = found[0]
        labels = tuple(label for label in read_lines[position][1] if label in headings)
        main, *subheadings = path
        is_split = labels and labels[0] in path[1:]  # a sub-heading that names a kind is a section of its own
        assert labels == path or (is_split and labels == path[path.index(labels[0]) :]), (sentence, labels, path)


@pytest.mark.parametrize(("shape", "language"), CASES, ids=IDS)
def test_each_word_is_read_as_often_as_it_was_typed(shape, language):
    text = shape(LEAFLETS[language], language)
    content = bring_in(text, shape, language).content
    shown = "\n".join(
        [content.title, *(f"{s.heading}\n{plain(s.body, language=content.language)}" for s in content.sections)]
    )
    body = text.split("---\n", 2)[2] if text.startswith("---") else text

    for word in set(re.findall(r"[^\W_]+", body)):
        assert len(re.findall(rf"(?<![^\W_]){word}(?![^\W_])", shown)) >= len(
            re.findall(rf"(?<![^\W_]){word}(?![^\W_])", body)
        ), word


CAUSES = ["For pain", "For fever", "For a sore throat", "Swelling", "Migraine", "To sleep better"]
GROUPS = ["Adults", "Children", "Elderly people", "Children under 6 years", "Adults over 65 years", "Pregnant women"]
DOSES = [
    "Take {} mg once a day.",
    "{} mg",
    "Take {} mg twice a day with a glass of water, and lie down for a while until the pain goes away again.",
    "- {} mg\n- rest",
    "{} tablets a day",
    "not more than {} mg",
]


@pytest.mark.parametrize("seed", range(80))
def test_doses_in_any_order_of_headings_stay_under_their_own(seed):
    rnd = random.Random(seed)  # noqa: S311 - a test's choice, no secret
    is_tight, has_colons, has_pages = seed % 3 == 0, seed % 2 == 0, seed % 5 < 2
    blocks, expected = ["How to take Testamol"], []
    for cause in rnd.sample(CAUSES, rnd.randint(2, 4)):
        blocks.append(cause)
        for group in rnd.sample(GROUPS, rnd.randint(1, 4)):
            number = 101 + len(expected)
            dose = DOSES[rnd.randrange(3 if is_tight else len(DOSES))].format(number)
            blocks.append(f"{group}{':' if has_colons else ''}{chr(10) * (1 if is_tight else 2)}{dose}")
            expected.append((number, ("How to take Testamol", cause, group)))
            if has_pages and rnd.random() < 0.3:
                page = sum(block.startswith("Page") for block in blocks) + 1
                blocks.append(f"Page {page} of 9" + rnd.choice(["", "\nTestamol leaflet"]))
    imported = read("\n\n".join([*blocks, "Storage", "Dry."]).encode(), filename="a.txt")

    headings = {"How to take Testamol", *CAUSES, *GROUPS}
    lines = read_places(imported)
    for number, path in expected:
        found = [tuple(label for label in labels if label in headings) for line, labels in lines if str(number) in line]
        assert found == [path]

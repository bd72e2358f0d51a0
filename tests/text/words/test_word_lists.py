"""The lists of words say where they come from, and each line says one thing."""

from itertools import takewhile
from pathlib import Path

import pytest

from monographs.text.words import lexicon
from monographs.text.words.classes import CLASSES, LISTS
from monographs.text.words.lexicon import lines

FOLDER = Path(lexicon.__file__).parent / "lists"
FILES = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_list_opens_with_what_it_is_and_its_source(path):
    head = list(takewhile(lambda line: line.startswith("# "), path.read_text(encoding="utf-8").splitlines()))
    assert len("".join(head)) > 60


@pytest.mark.parametrize("name", LISTS)
def test_list_is_there_and_names_nothing_twice(name):
    phrases = [phrase.casefold() for line in lines(name) for phrase in line]
    assert phrases
    assert {phrase for phrase in phrases if phrases.count(phrase) > 1} == set()


def test_every_list_has_a_class():
    assert {path.stem for path in FILES} == {*LISTS, "confused_names", "everyday", "irregular", "stems", "synonyms"}
    assert set(LISTS.values()) <= set(CLASSES)


def test_lists_are_broad():
    assert len(list(lines("conditions"))) > 300
    assert len(list(lines("symptoms"))) > 100
    assert len(list(lines("medicines"))) > 250
    assert len(list(lines("confused_names"))) > 150

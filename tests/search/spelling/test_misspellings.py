"""Of names with a slip the right one comes first: own slips, against all medicines of the word list."""

from pathlib import Path

import pytest

from monographs.search.index.known import Known
from monographs.search.index.name_index import NameIndex
from monographs.search.spelling.compared import joined, most_slips, sounds
from monographs.text.letters.folding import fold
from monographs.text.words.lexicon import lines

SLIPS = [
    (slip, name)
    for name, *slips in map(str.split, Path(__file__).with_name("misspellings.txt").read_text().splitlines()[1:])
    for slip in slips
]


@pytest.fixture(scope="module")
def index() -> NameIndex:
    names = sorted({*(name for listed in lines("medicines") for name in listed), *(name for _slip, name in SLIPS)})
    medicines = {number: Known(name, "") for number, name in enumerate(names)}
    return NameIndex(medicines, [(number, name, "generic", fold(name)) for number, name in enumerate(names)])


def found(index: NameIndex, slip: str) -> list[str]:
    folded = fold(slip)
    names = index.exact(folded) or [near.name for near in index.near(folded)]
    return [name.name for name in names]


def test_the_right_medicine_is_first_and_nearly_always_among_three(index):
    answers = [(name, found(index, slip)) for slip, name in SLIPS]
    first = sum(names[:1] == [name] for name, names in answers)
    in_three = sum(name in names[:3] for name, names in answers)
    assert len(answers) > 120
    assert first >= 0.95 * len(answers)
    assert in_three >= 0.99 * len(answers)


@pytest.mark.parametrize(
    ("slip", "name", "not_meant"),
    [
        ("prednisilone", "prednisolone", "prednisone"),
        ("nalexone", "naloxone", "naltrexone"),
        ("hydralizine", "hydralazine", "hydroxyzine"),
        ("quinadine", "quinidine", "quinine"),
    ],
)
def test_known_traps_of_other_measures(slip, name, not_meant):
    names = [(1, not_meant, "generic", not_meant), (2, name, "brand", name)]
    near = NameIndex({}, names).near(slip)
    assert near[0].name.name == name
    assert near[0].slips < min((each.slips for each in near[1:]), default=99)


@pytest.mark.parametrize("query", ["iron", "xyzzyplugh", "", "-", "abc", "in", "ال"])
def test_what_is_like_nothing_is_near_nothing(index, query):
    assert index.near(fold(query)) == []


def test_arabic_names_are_measured_as_well():
    index = NameIndex({}, [(1, "باراسيتامول", "generic", fold("باراسيتامول"))])
    assert [near.name.medicine for near in index.near(fold("باراستامول"))] == [1]
    assert index.exact(fold("بَارَاسِيتَامُول"))


def test_of_equally_near_names_the_one_that_sounds_so_comes_first():
    index = NameIndex({}, [(1, "Fenoxin", "generic", "fenoxin"), (2, "Phenoxid", "brand", "phenoxid")])
    assert sounds("fenoxid") == sounds("phenoxid")
    index = NameIndex({}, [(1, "Cetafan", "generic", "cetafan"), (2, "Cetafil", "brand", "cetafil")])
    assert [near.name.name for near in index.near("setafil")][0] == "Cetafil"


@pytest.mark.parametrize(
    ("folded", "key"),
    [
        ("co-codamol 8/500", "cocodamol8 500"),
        ("co codamol 30/500", "cocodamol30 500"),
        ("hydrocortisone 2.5%", "hydrocortisone2.5%"),
        ("hydrocortisone 2,5 %", "hydrocortisone2.5%"),
        ("st johns wort", "stjohnswort"),
        ("5-htp", "5htp"),
        ("baclofen", "baclofen"),
        ("-", ""),
        ("🙂", ""),
    ],
)
def test_a_joined_name_keeps_its_numbers_apart(folded, key):
    assert joined(folded) == key


def test_short_words_have_no_slips():
    assert [most_slips(letters) for letters in (0, 3, 4, 5, 7, 8, 11, 12, 100)] == [0, 0, 1, 2, 2, 3, 3, 4, 4]

"""Side effects are grouped by how common and how serious they are, with what to do."""

import pytest

from monographs.exchange.formats import read
from monographs.operations.samples import FOLDER
from tests.makers import make_content
from tests.quality.makers import found_by, with_body

COMMON, RARE = "### May affect up to 1 in 10 people\n\n- headache", "### May affect up to 1 in 1,000 people\n\n- a rash"
VERY_COMMON = "### May affect more than 1 in 10 people\n\n- sleepy"
CALL = "::: emergency\nYour lips swell.\n:::"
TODAY = "::: today\nYou are confused.\n:::"
TELL = "::: tell\nIt does not go away.\n:::"


def found(rule: str, *blocks: str, **fields) -> list[str]:
    content = with_body("\n\n".join(blocks), kind="side_effects", **fields)
    return [finding.excerpt for finding in found_by(rule, content)]


@pytest.mark.parametrize("blocks", [(COMMON,), ("Some people have:\n\n- headache",), ("Headache: 1 in 10 people.",)])
def test_a_list_of_side_effects_without_a_care_card_is_told(blocks):
    assert found("side-effects-what-to-do", *blocks) == [""]
    assert found("side-effects-what-to-do", *blocks, TELL) == []


def test_a_section_that_lists_nothing_needs_no_card():
    assert found("side-effects-what-to-do", "There are no known side effects.") == []
    assert found_by("side-effects-what-to-do", make_content()) == []


@pytest.mark.parametrize(
    "blocks",
    [
        (VERY_COMMON, COMMON, RARE, CALL, TODAY, TELL),
        (CALL, TODAY, VERY_COMMON, COMMON, RARE, TELL),
        (COMMON, "### Other side effects\n\n- hair loss", RARE, CALL),
        (COMMON, COMMON),
        (CALL, CALL, TELL),
    ],
)
def test_groups_and_cards_in_order_pass(blocks):
    assert found("side-effects-order", *blocks) == []


@pytest.mark.parametrize(
    ("blocks", "told"),
    [
        ((RARE, COMMON, CALL), ["May affect up to 1 in 10 people"]),
        ((COMMON, VERY_COMMON), ["May affect more than 1 in 10 people"]),
        ((COMMON, TELL, TODAY, CALL), ["::: today", "::: emergency"]),
        ((COMMON, CALL, RARE), ["::: emergency"]),
        ((f"::: tell\n{COMMON}\n:::",), ["May affect up to 1 in 10 people"]),
    ],
)
def test_what_is_out_of_order_or_mixed_is_told(blocks, told):
    assert found("side-effects-order", *blocks) == told


def test_groups_in_other_languages_have_their_order():
    groups = ("### Hasta 1 de cada 1.000 personas\n\n- mareo", "### Hasta 1 de cada 10 personas\n\n- tos")
    assert found("side-effects-order", *groups, language="es") == ["Hasta 1 de cada 10 personas"]


@pytest.mark.parametrize(
    "sign", ["trouble breathing", "Swelling of your face", "a seizure", "chest pain", "can’t breathe", "black stools"]
)
def test_a_serious_sign_that_no_card_names_is_told(sign):
    assert found("stop-and-call", f"{COMMON}\n- {sign}", TODAY) == [sign]


@pytest.mark.parametrize(
    "blocks",
    [
        (f"{COMMON}\n- swelling of the face", CALL),
        (f"{COMMON}\n- anaphylaxis", "::: emergency\nYou have a serious allergic reaction.\n:::"),
        (f"{COMMON}\n- trouble breathing", "::: today\nYou get short of breath.\n:::"),
        (f"{COMMON}\n- chesty cough", TELL),
        ("It fits in your hand.",),
    ],
)
def test_what_a_card_names_in_other_words_or_what_is_harmless_passes(blocks):
    assert found("stop-and-call", *blocks) == []


def test_a_card_that_only_says_to_tell_somebody_is_not_enough():
    assert found("stop-and-call", f"{COMMON}\n- chest pain", "::: tell\nYou have chest pain.\n:::") == ["chest pain"]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_the_samples_keep_to_it(path):
    content = read(path.read_bytes(), filename=path.name).content
    for rule in ("side-effects-what-to-do", "side-effects-order", "stop-and-call", "as-shown"):
        assert found_by(rule, content) == []

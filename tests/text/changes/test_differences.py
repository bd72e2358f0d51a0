"""Comparing two texts word by word: nothing lost, nothing cut short."""

import random

import pytest

from monographs.text.changes.alignment import common, longest_increasing
from monographs.text.changes.differences import Piece, compare_words, words
from monographs.text.changes.safety import safety_changes


def chance_from(seed):
    return random.Random(seed)  # noqa: S311 - the same texts on every run; nothing secret


def assert_nothing_is_lost(old, new):
    pieces = compare_words(old, new)
    assert "".join(piece.text for piece in pieces if piece.op != "added") == old
    assert "".join(piece.text for piece in pieces if piece.op != "removed") == new
    assert all(piece.text for piece in pieces)
    assert all(one.op != other.op for one, other in zip(pieces, pieces[1:], strict=False))


def long_text(seed=7, length=5000):
    chance = chance_from(seed)
    vocabulary = [f"{a}{b}{c}" for a in "bcdfglmnprst" for b in "aeiou" for c in ("ta", "no", "rim", "sel", "dok")]
    sentences = [" ".join(chance.choices(vocabulary, k=12)).capitalize() + "." for _ in range(length // 12)]
    return "\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))


# Words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Take 5 mg.", ["Take", " ", "5", " ", "mg", "."]),
        ("5mg/day", ["5mg", "/", "day"]),
        ("1,000 or 0.5 or 1/2", ["1,000", " ", "or", " ", "0.5", " ", "or", " ", "1/2"]),
        ("Don’t stop", ["Don’t", " ", "stop"]),
        ("don't", ["don't"]),
        ("a\n\n b", ["a", "\n\n ", "b"]),
        ("٥٠ ملغ", ["٥٠", " ", "ملغ"]),
        ("10%, 37°C", ["10%", ",", " ", "37°C"]),
        ("毎日飲む", ["毎", "日", "飲", "む"]),
        ("", []),
    ],
)
def test_words_keep_numbers_whole(text, expected):
    assert words(text) == expected


# Word by word -----------------------------------------------------------------------------------


def test_changed_number_is_shown_as_a_whole():
    assert compare_words("Take 5 mg daily.", "Take 50 mg daily.") == [
        Piece("same", "Take "),
        Piece("removed", "5"),
        Piece("added", "50"),
        Piece("same", " mg daily."),
    ]
    assert compare_words("Take 5mg.", "Take 50mg.") == [
        Piece("same", "Take "),
        Piece("removed", "5mg"),
        Piece("added", "50mg"),
        Piece("same", "."),
    ]


def test_equal_and_empty_texts():
    assert compare_words("", "") == []
    assert compare_words("Same.\n", "Same.\n") == [Piece("same", "Same.\n")]
    assert compare_words("", "New.") == [Piece("added", "New.")]
    assert compare_words("Old.", "") == [Piece("removed", "Old.")]


def test_rewritten_sentence_reads_as_phrases():
    pieces = compare_words("Keep it in a cold dry place.", "Store this in your warm wet cupboard.")
    assert len([piece for piece in pieces if piece.op == "same"]) <= 2


def test_added_paragraph_leaves_its_neighbours_alone():
    old = "First paragraph here.\n\nLast paragraph here.\n"
    new = "First paragraph here.\n\nBetween them, a new one.\n\nLast paragraph here.\n"
    assert compare_words(old, new) == [
        Piece("same", "First paragraph here.\n\n"),
        Piece("added", "Between them, a new one.\n\n"),
        Piece("same", "Last paragraph here.\n"),
    ]


def test_random_texts_are_always_rebuilt_exactly():
    chance = chance_from(20240303)
    parts = [
        "5", "50", " ", "  ", "\n", "\n\n", "mg", ".", ". ", "do not", "Do", "٥", "½", "1,000", "-", "’", "don’t", "\t",
        "\u00a0", "\u200b", "ملغ", "é", "e\u0301", "🙂", "日本", "<b>", "*", "_", "\r\n", "\x1c", "°", "%",
    ]  # fmt: skip
    for _ in range(1500):
        old = "".join(chance.choices(parts, k=chance.randrange(40)))
        new = "".join(
            chance.choice(parts) if chance.random() < 0.2 else part for part in words(old) if chance.random() > 0.1
        )
        assert "".join(words(old)) == old
        assert_nothing_is_lost(old, new)
        assert_nothing_is_lost(old, "".join(chance.choices(parts, k=chance.randrange(40))))
        assert safety_changes(old, old) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (long_text(1), long_text(2)),
        ("take not " * 2500, "not take take " * 1700),
        ("Take 5 mg. " * 1000, "Take 50 mg. " * 1000),
        ("x" * 20_000, "y" * 20_000),
    ],
)
def test_long_rewritten_texts_are_shown_whole(old, new):
    assert_nothing_is_lost(old, new)


def test_dose_at_the_end_of_a_long_text_is_shown():
    text = long_text()
    assert [piece for piece in compare_words(f"{text} Take 5 mg.", f"{text} Take 50 mg.") if piece.op != "same"] == [
        Piece("removed", "5"),
        Piece("added", "50"),
    ]


# Alignment --------------------------------------------------------------------------------------


def plain_longest_common(old, new):
    row = [0] * (len(new) + 1)
    for one in old:
        before = row[:]
        for j, other in enumerate(new):
            row[j + 1] = before[j] + 1 if one == other else max(before[j + 1], row[j])
    return row[-1]


def test_common_finds_a_longest_subsequence():
    chance = chance_from(3)
    for _ in range(300):
        old, new = chance.choices("abcd", k=chance.randrange(30)), chance.choices("abcd", k=chance.randrange(30))
        pairs = common(old, new)
        assert all(old[i] == new[j] for i, j in pairs)
        assert all(a[0] < b[0] and a[1] < b[1] for a, b in zip(pairs, pairs[1:], strict=False))
        assert len(pairs) == plain_longest_common(old, new)


def test_sequences_too_long_for_a_table_are_cut_at_rare_elements(monkeypatch):
    monkeypatch.setattr("monographs.text.changes.alignment._MOST_CELLS", 20)
    old, new = list("xaaaabPccccdQeeef"), list("ybaaaPdcccQffee")
    pairs = common(old, new)
    assert {(old[i], new[j]) for i, j in pairs} >= {("P", "P"), ("Q", "Q")}
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in zip(pairs, pairs[1:], strict=False))


def test_longest_increasing_leaves_out_only_what_moved():
    assert longest_increasing([1, 2, 0, 3]) == {0, 1, 3}
    assert longest_increasing([4, 0, 1, 2, 3]) == {1, 2, 3, 4}
    assert longest_increasing([]) == set()

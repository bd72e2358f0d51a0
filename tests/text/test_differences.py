"""Comparing two texts: nothing lost, nothing cut short, and no dangerous change overlooked."""

import random

import pytest

from monographs.text.alignment import common, longest_increasing
from monographs.text.differences import Piece, compare_words, safety_changes, words


def chance_from(seed):
    return random.Random(seed)  # noqa: S311 - the same texts on every run; nothing secret


def changes(old, new, **options):
    return [(change.category, change.before, change.after) for change in safety_changes(old, new, **options)]


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
        assert changes(old, old) == []


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


def test_dose_at_the_end_of_a_long_text_is_found():
    text = long_text()
    old, new = f"{text} Take 5 mg at night.", f"{text} Take 50 mg at night."
    assert [piece for piece in compare_words(old, new) if piece.op != "same"] == [
        Piece("removed", "5"),
        Piece("added", "50"),
    ]
    (change,) = safety_changes(old, new)
    assert (change.category, change.before, change.after) == ("dose", "5 mg", "50 mg")
    assert (change.context_before, change.context_after) == ("Take 5 mg at night.", "Take 50 mg at night.")


# What could harm --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # doses and numbers
        ("Take 5 mg.", "Take 50 mg.", [("dose", "5 mg", "50 mg")]),
        ("Take 5mg.", "Take 50 mg.", [("dose", "5mg", "50 mg")]),
        ("Take 5.0 mg.", "Take 50 mg.", [("dose", "5.0 mg", "50 mg")]),
        ("Take .5 mg.", "Take 5 mg.", [("dose", ".5 mg", "5 mg")]),
        ("Take 0,5 mg.", "Take 5 mg.", [("dose", "0,5 mg", "5 mg")]),
        ("Take 1,000 mg.", "Take 1 mg.", [("dose", "1,000 mg", "1 mg")]),
        ("Take 1.000 mg.", "Take 1 mg.", [("dose", "1.000 mg", "1 mg")]),
        ("Take two tablets.", "Take three tablets.", [("dose", "two tablets", "three tablets")]),
        ("Take half a tablet.", "Take one tablet.", [("dose", "half a tablet", "one tablet")]),
        ("Take a third of a tablet.", "Take two thirds of a tablet.",
         [("dose", "a third of a tablet", "two thirds of a tablet")]),
        ("Take 1½ tablets.", "Take 1 tablet.", [("dose", "1½ tablets", "1 tablet")]),
        ("Take 5-10 mg.", "Take 5-100 mg.", [("dose", "5-10 mg", "5-100 mg")]),
        ("Take 5 to 10 mg.", "Take 5 or 10 mg.", [("dose", "5 to 10 mg", "5 or 10 mg")]),
        ("Take up to 8 tablets.", "Take at least 8 tablets.", [("dose", "up to 8 tablets", "at least 8 tablets")]),
        ("The syrup has 250mg/5ml.", "The syrup has 125mg/5ml.", [("dose", "250mg/5ml", "125mg/5ml")]),
        ("Not under 12 years.", "Not under 2 years.", [("number", "under 12 years", "under 2 years")]),
        ("Use vitamin B12.", "Use vitamin B6.", [("number", "B12", "B6")]),
        ("Take one at night.", "Take two at night.", [("number", "one", "two")]),
        ("Keep at −20 °C.", "Keep at 20 °C.", [("number", "−20 °C", "20 °C")]),
        ("Adult 5 mg\nChild 2 mg", "Adult 2 mg\nChild 5 mg", [("dose", "5 mg", "2 mg"), ("dose", "2 mg", "5 mg")]),
        ("Adult\n5 mg\nChild\n2 mg", "Adult\n2 mg\nChild\n5 mg", [("dose", "5 mg", "2 mg"), ("dose", "2 mg", "5 mg")]),
        ("Adult\nTake 5 mg.\nChild\nTake 2 mg.", "Adult\nTake 2 mg.\nChild\nTake 5 mg.",
         [("dose", "5 mg", "2 mg"), ("dose", "2 mg", "5 mg")]),
        ("Take 2 tablets 4 times a day.", "Take 4 tablets 2 times a day.",
         [("dose", "2 tablets", "4 tablets"), ("frequency", "4 times a day", "2 times a day")]),
        # units
        ("Take 5 mg.", "Take 5 micrograms.", [("unit", "5 mg", "5 micrograms")]),
        ("Take 5 mg.", "Take 5 g.", [("unit", "5 mg", "5 g")]),
        ("Take 5 mg/kg.", "Take 5 mg.", [("unit", "5 mg/kg", "5 mg")]) ,
        ("For 7 days.", "For 7 weeks.", [("unit", "7 days", "7 weeks")]),
        ("Take 5 mg.", "Take 5.", [("unit", "5 mg", "5")]),
        # frequencies
        ("Take it twice a day.", "Take it 4 times a day.", [("frequency", "twice a day", "4 times a day")]),
        ("Take it every 4 hours.", "Take it every hour.", [("frequency", "every 4 hours", "every hour")]),
        ("Take it once daily.", "Take it once weekly.", [("frequency", "once daily", "once weekly")]),
        ("Affects 1 in 10 people.", "Affects 1 in 1,000 people.", [("frequency", "1 in 10", "1 in 1,000")]),
        ("Take 2 tablets a day.", "Take 2 tablets.", [("frequency", "a day", "")]),
        ("Take it at night.", "Take it in the morning.", [("frequency", "at night", "in the morning")]),
        ("Take it on Monday.", "Take it on Mondays and Fridays.",
         [("frequency", "", "Fridays")]),
        ("Take it every Monday.", "Take it every day.", [("frequency", "every Monday", "every day")]),
        ("Take it on alternate days.", "Take it on all days.", [("frequency", "on alternate days", "")]),
        ("One tablet TDS.", "One tablet q.d.s.", [("frequency", "TDS", "q.d.s.")]),
        ("One tablet OD.", "One tablet BD.", [("frequency", "OD", "BD")]),
        # routes
        ("Take it by mouth.", "Take it under the tongue.", [("route", "by mouth", "under the tongue")]),
        ("It is inhaled.", "It is put on the skin.", [("route", "inhaled", "on the skin")]),
        ("Given into a vein.", "Given into a muscle.", [("route", "into a vein", "into a muscle")]),
        ("For rectal use.", "For oral use.", [("route", "rectal", "oral")]),
        # negations
        ("Do not take it if pregnant.", "Take it if pregnant.", [("negation", "Do not", "")]),
        ("You should never drive.", "You should drive.", [("negation", "never", "")]),
        ("Take with food.", "Take without food.", [("frequency", "with food", ""), ("negation", "", "without")]),
        ("Tablets only.", "Tablets.", [("negation", "only", "")]),
        ("You must not take it.", "You may not take it.", [("negation", "must not", "may not")]),
        ("Unless told, stop.", "If told, stop.", [("negation", "Unless", "")]),
        ("You can drive.", "You can't drive.", [("negation", "", "can't")]),
        ("Avoid alcohol.", "Alcohol.", [("negation", "Avoid", "")]),
        ("For all except children.", "For all children.", [("negation", "except", "")]),
        ("It is safe in pregnancy.", "It is unsafe in pregnancy.", [("negation", "", "unsafe")]),
        ("Do not take with alcohol.", "Do not drive.", [("negation", "Do not", ""), ("negation", "", "Do not")]),
        ("Adults 5 mg, children none", "Adults none, children 5 mg",
         [("dose", "5 mg", ""), ("negation", "", "none"), ("negation", "none", ""), ("dose", "", "5 mg")]),
        # other scripts
        ("خذ ٥ ملغ", "خذ ٥٠ ملغ", [("dose", "٥ ملغ", "٥٠ ملغ")]),
        ("خذ 5 ملغ", "خذ 50 ملغ", [("dose", "5 ملغ", "50 ملغ")]),
        ("خذ 5 ملغ", "خذ ٥٠ ملغ", [("dose", "5 ملغ", "٥٠ ملغ")]),
        ("खुराक ५ mg", "खुराक ५० mg", [("dose", "५ mg", "५० mg")]),
    ],
)  # fmt: skip
def test_dangerous_change_is_listed(old, new, expected):
    assert changes(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Take 5mg.", "Take 5 mg."),
        ("Take 5\u00a0mg.", "Take 5 mg."),
        ("Take 5 mg.", "Take 5 milligrams."),
        ("Take 5 mcg.", "Take 5 micrograms."),
        ("Take 5.0 mg.", "Take 5 mg."),
        ("Take .5 mg.", "Take 0.5 mg."),
        ("Take 1,000 mg.", "Take 1000 mg."),
        ("Take two tablets.", "Take 2 tablets."),
        ("Take half a tablet.", "Take ½ tablet."),
        ("Take 1/2 tablet.", "Take 0.5 tablet."),
        ("Take one and a half tablets.", "Take 1½ tablets."),
        ("Take 5 mg to 10 mg.", "Take 5–10 mg."),
        ("Take it twice a day.", "Take it two times per day."),
        ("One tablet TDS.", "One tablet t.d.s."),
        ("Take it by mouth.", "Take it orally."),
        ("Don’t drive.", "Do not drive."),
        ("You cannot drive.", "You can't drive."),
        ("خذ ٥ ملغ", "خذ 5 ملغ"),
        ("Take 5\u200b0 mg.", "Take 50 mg."),
        ("Take it.\nDo not drive.", "Take it. Do not drive."),
        ("Take 5 mg at night. Do not drink alcohol.", "Do not drink alcohol. Take 5 mg at night."),
        ("Take 5 mg at night and do not drink alcohol.", "Take 5 mg at night. Do not drink alcohol."),
        ("Keep it in a cold place.", "Store it in the fridge, please."),
        ("If one of these happens, call.", "If this happens, call."),
    ],
)
def test_harmless_change_raises_no_alarm(old, new):
    assert changes(old, new) == []


def test_deleted_sentence_counts_with_its_negation_and_context():
    (change,) = safety_changes(
        "It helps. Do not take with alcohol. Drink water.", "It helps. Drink water."
    )  # fmt: skip
    assert (change.category, change.before, change.after) == ("negation", "Do not", "")
    assert (change.context_before, change.context_after) == ("Do not take with alcohol.", "")


def test_one_of_two_equal_warnings_removed_is_listed():
    assert changes("Do not drive. Eat. Do not drive.", "Do not drive. Eat.") == [("negation", "Do not", "")]


def test_moved_and_altered_sentence_is_held_against_its_old_self():
    filler = "Wash your hands. Keep it dry. Ask the nurse about travel."
    old = f"Swallow each capsule whole with 100 ml water. {filler}"
    new = f"{filler} Swallow each capsule whole with 200 ml water."
    assert changes(old, new) == [("dose", "100 ml", "200 ml")]


def test_context_is_whole_however_long():
    lead = "If you feel " + "very " * 200 + "ill, take"
    (change,) = safety_changes(f"{lead} 5 mg.", f"{lead} 50 mg.")
    assert change.context_before == f"{lead} 5 mg."
    assert change.context_after == f"{lead} 50 mg."


def test_thousands_comma_is_not_trusted_where_it_may_be_a_decimal():
    assert changes("Nehmen Sie 1,000 mg.", "Nehmen Sie 1000 mg.", language="de") == [("dose", "1,000 mg", "1000 mg")]


@pytest.mark.parametrize(
    ("language", "old", "new", "word"),
    [
        ("ar", "لا تتناول الدواء مع الكحول.", "تتناول الدواء مع الكحول.", "لا"),
        ("de", "Nicht zerkauen.", "Zerkauen.", "Nicht"),
        ("es", "No conduzca.", "Conduzca.", "No"),
        ("fr-CA", "À prendre sans nourriture.", "À prendre nourriture.", "sans"),
        ("pl", "Nie dzielić tabletki.", "Dzielić tabletki.", "Nie"),
    ],
)
def test_removed_negation_is_listed_in_other_languages(language, old, new, word):
    assert changes(old, new, language=language) == [("negation", word, "")]


@pytest.mark.parametrize(
    "text",
    ["1" * 6000, "1," * 3000, "1/" * 3000, "half a " * 2000, "twenty-" * 2000, "more than " * 2000, 
     "two million " * 900, "\x00", "½½½", "5 mg to " * 2000, "'" * 5000, "a-" * 5000, "." * 5000],
)  # fmt: skip
def test_strange_text_is_compared_like_any_other(text):
    assert changes(text, text) == []
    assert changes("", f"{text} 5 mg")
    assert_nothing_is_lost(text, f"5 mg {text}")


def test_every_changed_dose_in_a_long_table_is_listed():
    old = "\n".join(f"Weight {weight} kg: take {weight} mg" for weight in range(1, 400))
    new = "\n".join(f"Weight {weight} kg: take {weight * 10} mg" for weight in range(1, 400))
    assert changes(old, new) == [("dose", f"{weight} mg", f"{weight * 10} mg") for weight in range(1, 400)]


def test_random_dose_edits_never_go_unnoticed():
    chance = chance_from(5)
    for _ in range(150):
        tokens = long_text(seed=chance.random(), length=120).split(" ")
        at = chance.randrange(len(tokens))
        dose = chance.randrange(1, 500)
        old = " ".join([*tokens[:at], f"{dose} mg", *tokens[at:]])
        new = " ".join([*tokens[:at], f"{dose}0 mg", *tokens[at:]])
        assert changes(old, new) == [("dose", f"{dose} mg", f"{dose}0 mg")]


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
    monkeypatch.setattr("monographs.text.alignment._MOST_CELLS", 20)
    old, new = list("xaaaabPccccdQeeef"), list("ybaaaPdcccQffee")
    pairs = common(old, new)
    assert {(old[i], new[j]) for i, j in pairs} >= {("P", "P"), ("Q", "Q")}
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in zip(pairs, pairs[1:], strict=False))


def test_longest_increasing_leaves_out_only_what_moved():
    assert longest_increasing([1, 2, 0, 3]) == {0, 1, 3}
    assert longest_increasing([4, 0, 1, 2, 3]) == {1, 2, 3, 4}
    assert longest_increasing([]) == set()

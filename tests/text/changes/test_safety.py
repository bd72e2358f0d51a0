"""No dangerous change between two texts is overlooked, and a harmless one raises no alarm."""

import pytest

from monographs.text.changes.safety import safety_changes
from tests.text.changes.test_differences import chance_from, long_text


def changes(old, new, **options):
    return [(change.category, change.before, change.after) for change in safety_changes(old, new, **options)]


def test_dose_at_the_end_of_a_long_text_is_found():
    text = long_text()
    old, new = f"{text} Take 5 mg at night.", f"{text} Take 50 mg at night."
    (change,) = safety_changes(old, new)
    assert (change.category, change.before, change.after) == ("dose", "5 mg", "50 mg")
    assert (change.context_before, change.context_after) == ("Take 5 mg at night.", "Take 50 mg at night.")


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
        ("It is safe in pregnancy.", "It is unsafe in pregnancy.", [("negation", "safe", "unsafe")]),
        ("Do not take with alcohol.", "Do not drive.", [("negation", "Do not", ""), ("negation", "", "Do not")]),
        ("Adults 5 mg, children none", "Adults none, children 5 mg",
         [("dose", "5 mg", ""), ("negation", "", "none"), ("negation", "none", ""), ("dose", "", "5 mg")]),
        # ways of writing that hide one
        ("Take it at 8am.", "Take it at 8pm.", [("unit", "8am", "8pm")]),
        ("Take it at 8 a.m.", "Take it at 8 p.m.", [("unit", "8 a.m.", "8 p.m.")]),
        ("Take it in the mornings.", "Take it in the evenings.", [("frequency", "in the mornings", "in the evenings")]),
        ("Take it mornings.", "Take it nights.", [("frequency", "mornings", "nights")]),
        ("Take it with breakfast.", "Take it with dinner.", [("frequency", "with breakfast", "with dinner")]),
        ("Take it at breakfast.", "Take it at dinner.", [("frequency", "at breakfast", "at dinner")]),
        ("Take it with your breakfast.", "Take it with your dinner.",
         [("frequency", "with your breakfast", "with your dinner")]),
        ("Call within 12 hours.", "Call after 12 hours.", [("number", "within 12 hours", "after 12 hours")]),
        ("Take it for 3 days.", "Take it after 3 days.", [("number", "3 days", "after 3 days")]),
        ("2 tablets or more", "2 tablets or less", [("dose", "2 tablets or more", "2 tablets or less")]),
        ("18 years and over", "18 years and under", [("number", "18 years and over", "18 years and under")]),
        ("aged 18 or over", "aged 18 or under", [("number", "18 or over", "18 or under")]),
        ("maximum 4 tablets", "minimum 4 tablets", [("dose", "maximum 4 tablets", "minimum 4 tablets")]),
        ("a maximum of 4 tablets", "a minimum of 4 tablets", 
         [("dose", "a maximum of 4 tablets", "a minimum of 4 tablets")]),
        ("max 4 tablets", "min 4 tablets", [("dose", "max 4 tablets", "min 4 tablets")]),
        ("Take 1 tsp.", "Take 1 tbsp.", [("unit", "1 tsp", "1 tbsp")]),
        ("5 ㎎", "5 ㎍", [("unit", "5 ㎎", "5 ㎍")]),
        ("50 MBq", "50 GBq", [("unit", "50 MBq", "50 GBq")]),
        ("Use 1 pen.", "Use 1 syringe.", [("unit", "1 pen", "1 syringe")]),
        ("1% w/v", "1% w/w", [("unit", "1% w/v", "1% w/w")]),
        ("Take ⅕ tablet", "Take ⅘ tablet", [("dose", "⅕ tablet", "⅘ tablet")]),
        ("Take ⅙ tablet", "Take ⅚ tablet", [("dose", "⅙ tablet", "⅚ tablet")]),
        ("Stage II", "Stage III", [("number", "Stage II", "Stage III")]),
        ("factor VIII", "factor IX", [("number", "factor VIII", "factor IX")]),
        ("factor V", "factor X", [("number", "factor V", "factor X")]),
        ("the first dose", "the third dose", [("number", "first", "third")]),
        ("the first 3 days", "the last 3 days", [("number", "first", "last")]),
        ("Give i.v.", "Give i.m.", [("route", "i.v.", "i.m.")]),
        ("Give PO", "Give PR", [("route", "PO", "PR")]),
        ("Give IM", "Give SC", [("route", "IM", "SC")]),
        ("Give s.c.", "Give i.v.", [("route", "s.c.", "i.v.")]),
        ("Put it in your left eye.", "Put it in your right eye.", [("route", "your left eye", "your right eye")]),
        ("Give by feeding tube.", "Give by mouth.", [("route", "feeding tube", "by mouth")]),
        ("For external use", "For internal use", [("route", "external", "internal")]),
        ("You donʼt drive", "You drive", [("negation", "donʼt", "")]),
        ("You don´t drive", "You drive", [("negation", "don´t", "")]),
        ("You don`t drive", "You drive", [("negation", "don`t", "")]),
        ("You cant drive", "You can drive", [("negation", "cant", "")]),
        ("It is contraindicated in asthma", "It is indicated in asthma", [("negation", "contraindicated", "")]),
        ("It is forbidden", "It is allowed", [("negation", "forbidden", "")]),
        ("Refrain from driving", "Driving", [("negation", "Refrain", "")]),
        ("Skip the dose", "Take the dose", [("negation", "Skip", "")]),
        ("Omit the dose", "Take the dose", [("negation", "Omit", "")]),
        ("Withhold it", "Give it", [("negation", "Withhold", "")]),
        ("nil by mouth", "by mouth", [("negation", "nil", "")]),
        ("It is unlikely to harm", "It is likely to harm", [("negation", "unlikely", "")]),
        ("It is impossible", "It is possible", [("negation", "impossible", "")]),
        ("sugar-free", "sugar", [("negation", "sugar-free", "")]),
        ("non-drowsy", "drowsy", [("negation", "non-drowsy", "")]),
        ("10 000 units", "10 00 units", [("dose", "10 000 units", "10"), ("dose", "", "00 units")]),
        ("10 000 units", "1 000 units", [("dose", "10 000 units", "1 000 units")]),
        ("10⁶ units", "10⁹ units", [("dose", "10⁶ units", "10⁹ units")]),
        ("5·0 mg", "50 mg", [("dose", "5·0 mg", "50 mg")]),
        ("Swallow it whole.", "Chew it whole.", [("route", "Swallow it whole", "Chew")]),
        ("Do not crush it", "crush it", [("negation", "Do not", "")]),
        ("every morning", "every evening", [("frequency", "every morning", "every evening")]),
        ("each morning", "each evening", [("frequency", "each morning", "each evening")]),
        ("Take it twice as much", "Take it as much", [("frequency", "twice", "")]),
        ("Take it regularly", "Take it occasionally", [("frequency", "regularly", "occasionally")]),
        ("Take 2 a day", "Take 2 a week", [("frequency", "a day", "a week")]),
        ("Take half the dose", "Take twice the dose", [("number", "half", ""), ("frequency", "", "twice")]),
        ("two dozen", "one dozen", [("number", "two dozen", "one dozen")]),
        ("Wait 30 min", "Wait 30 h", [("unit", "30 min", "30 h")]),
        ("Take 1 tablet q6h", "Take 1 tablet q8h", [("frequency", "q6h", "q8h")]),
        ("Do not take more than 8 in 24 hours", "Do not take more than 8 in 12 hours",
         [("number", "24 hours", "12 hours")]),
        ("from 6 years", "until 6 years", [("number", "from 6 years", "until 6 years")]),
        ("once a day", "once every 2 days", [("frequency", "once a day", "once every 2 days")]),
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
        ("Take it at 8am.", "Take it at 8 a.m."),
        ("Take ⅕ tablet.", "Take 1/5 tablet."),
        ("Take 18 years and over.", "Take 18 years, and over."),
        ("Donʼt drive.", "Don't drive."),
        ("Given i.v.", "Given intravenously."),
        ("Take 2 tsp.", "Take 2 teaspoons."),
        ("The first thing to know is this.", "Know this."),
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


@pytest.mark.parametrize(
    ("language", "old", "new", "expected"),
    [
        ("de", "Nehmen Sie zwei Tabletten.", "Nehmen Sie drei Tabletten.", [("number", "zwei", "drei")]),
        ("de", "Nehmen Sie es einmal täglich.", "Nehmen Sie es zweimal täglich.", [("frequency", "einmal", "zweimal")]),
        ("de", "Für Kinder ab 12 Jahren.", "Für Kinder bis 12 Jahren.", [("number", "ab", "bis")]),
        ("fr", "Prenez 2 gélules.", "Prenez 2 sachets.", [("unit", "2 gélules", "2 sachets")]),
        ("sw", "Meza vidonge 5 kubwa.", "Meza vidonge 5 ndogo.", [("unit", "5 kubwa", "5 ndogo")]),
        ("es", "Tome dos comprimidos.", "Tome tres comprimidos.", [("number", "dos", "tres")]),
        ("ar", "تناول الدواء مرة كل يوم.", "تناول الدواء مرتين كل يوم.", [("frequency", "مرة", "مرتين")]),
        ("cy", "Peidiwch ag yfed alcohol.", "Gallwch yfed alcohol.", [("negation", "Peidiwch", "")]),
    ],
)
def test_numbers_and_times_of_other_languages_are_listed_where_they_are_known(language, old, new, expected):
    assert changes(old, new, language=language) == expected


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

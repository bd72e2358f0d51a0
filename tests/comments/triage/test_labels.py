"""Triage names what a reply may be about, by which rule and for which words; it is pure and decides nothing."""

import csv
import os
import sys
from pathlib import Path

import pytest

from monographs.comments.labels import ORDER, Found, Label
from monographs.comments.triage.labelling import triage
from monographs.comments.triage.rules.files import languages, read_rules, rules_of
from monographs.comments.triage.rules.syntax import BadPattern
from monographs.comments.triage.rules.typed import split
from tests.comments.triage.messages import HERE

NAMES = HERE / "names.txt"
ALL_NAMES = Path(os.environ.get("NAMES_OF_MEDICINES", HERE / "drug_names.csv"))
"""A CSV file with a column ``name`` of all known names, where somebody has one at hand."""


def labels(text: str, language: str = "en") -> set[str]:
    return {str(found.label) for found in triage(text, language)}


def test_promise_5_each_label_names_its_rule_and_the_words_as_typed():
    found = triage("Hello.  I TOOK about\n20 of them last night", "en")
    assert Found(Label.CRISIS, "en.crisis.overdose-taken", "TOOK about 20 of them") in found


def test_promise_5_labels_come_in_their_order_and_each_rule_once():
    found = triage("Thank you! I want to die, I want to die. You idiots. The tablets gave me a rash. Is that common?")
    assert [ORDER[each.label] for each in found] == sorted(ORDER[each.label] for each in found)
    assert len({each.rule for each in found}) == len(found)
    assert {each.label for each in found} >= {Label.CRISIS, Label.REACTION, Label.QUESTION, Label.THANKS}


@pytest.mark.parametrize(
    "text",
    [
        "I am not going to kill myself, but I think about it",
        "i wont kms dont worry",
        "not suicidal or anything, but i want it all to stop",
    ],
)
def test_promise_5_what_is_denied_is_a_crisis_too(text):
    assert "crisis" in labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "k i l l  m y s e l f",
        "k.i.l.l myself",
        "K1LL myself",
        "k*ll myself",
        "kiII myself",
        "killmyself",
        "killlll my self",
        "kіll myself",  # a Cyrillic і
        "kil\u200bl myself",
        "su1c1de",
        "suicidle",
        "ｗａｎｔ ｔｏ ｄｉｅ",
        "𝘄𝗮𝗻𝘁 𝘁𝗼 𝗱𝗶𝗲",
        "I can’t breathe",
        "I. Can't. Breathe.",
        "cant breeth",
    ],
)
def test_promise_5_however_it_is_spelt(text):
    assert "crisis" in labels(text)


@pytest.mark.parametrize(
    "text",
    ["does it kill the pain", "dying to know if I can have prosecco", "your cake is to die for",
     "what is the maximum dose?",
     "Can I take it with alcohol?", "What happens if I miss a dose?", "shortness of breath is listed: is that common?",
     "I have taken one tablet at 8 for 20 years", "I take 8 tablets a day in total, is that a lot"],
)  # fmt: skip
def test_an_idiom_or_an_ordinary_question_is_no_crisis(text):
    assert "crisis" not in labels(text)


def test_promise_5_a_crisis_is_found_in_any_language_under_any_leaflet():
    assert "crisis" in labels("Nie chcę już żyć", "en")
    assert "crisis" in labels("我不想活了", "cy")
    assert "crisis" in labels("I want to die", "ar")


def test_promise_5_other_labels_are_found_in_the_language_given_and_in_english():
    assert "thanks" in labels("Thank you so much", "pl")
    assert "thanks" in labels("Dziękuję bardzo", "pl")
    assert "thanks" not in labels("Dziękuję bardzo", "es")


def test_a_language_without_rules_is_read_by_the_english_ones():
    assert "crisis" in labels("i want to die", "fr")
    assert triage("", "en") == triage(" \n", "xx") == ()


@pytest.mark.parametrize("language", languages())
def test_promise_7_no_medicine_s_name_triggers_anything(language):
    """More than three hundred generic names and the sample medicines, each alone and in a plain sentence."""
    names = NAMES.read_text(encoding="utf-8").splitlines()
    assert len(names) >= 300
    assert [name for name in names if triage(name, language)] == []
    if language == "en":
        assert [name for name in names if triage(f"The leaflet about {name}.", language)] == []


@pytest.mark.skipif(not ALL_NAMES.exists(), reason="the large list of names is not at hand")
def test_promise_7_no_name_of_the_large_list_triggers_anything():
    with ALL_NAMES.open(encoding="utf-8", newline="") as file:
        names = sorted({row["name"] for row in csv.DictReader(file)})
    assert len(names) > 10_000
    assert [(name, triage(name)) for name in names if triage(name)] == []


def calls(text: str) -> int:
    """How many functions are called to read a text, as a measure of work that no other process changes."""
    number = 0

    def count(_frame, event, _argument):
        nonlocal number
        number += event == "call"

    sys.setprofile(count)
    try:
        triage(text, "en")
    finally:
        sys.setprofile(None)
    return number


@pytest.mark.parametrize(
    "piece",
    [
        "I took my tablets this morning, and since I have felt rather well. ",
        "i ",
        "took the whole of the lot of the tablets and ",
        "a b c d ",
        "k*ll ",
        "20 30 40 ",
        "aaaa",
        "？",
        "想不活",
        "can not want to not want ",
    ],
)
def test_promise_5_a_text_ten_times_as_long_takes_ten_times_the_work(piece):
    triage(piece * 10, "en")  # whatever is read once is read
    short = piece * (500 // len(piece))
    assert calls(short * 10) < 13 * calls(short) + 20_000


def test_every_file_of_rules_can_be_read():
    for language in languages():
        names = [rule.name for rule in rules_of(language).rules]
        assert len(set(names)) == len(names)
        assert all(name.startswith(f"{language}.") for name in names)


@pytest.mark.parametrize("pattern", ["(a", "a)", "", "(|a)", "a?", "..", "<nothing>", "a ..40 b", "&", "!a", "*x~"])
def test_a_pattern_that_means_nothing_is_refused(pattern):
    with pytest.raises(BadPattern):
        read_rules(
            f'language = "en"\nscript = "Latn"\n[[rules]]\nlabel = "crisis"\nname = "x"\npatterns = ["{pattern}"]'
        )


def test_promise_5_a_rule_that_often_errs_needs_words_that_speak_for_it():
    """The same rule holds in both; it tells nothing where the words are of a plain question."""
    question = "Can I drink alcohol with this and is it safe to end it early?"
    held = {each.rule for each in rules_of("en").find(split(question), frozenset({Label.CRISIS}))}
    assert held
    assert "crisis" not in labels(question)
    assert "crisis" in labels("my lips are swelling up and i cant get my breath please help")


@pytest.mark.parametrize("extra", ['label = "spam"', 'label = "crisis"\ncolour = "red"'])
def test_a_rule_that_is_not_one_is_refused(extra):
    with pytest.raises(BadPattern):
        read_rules(f'language = "en"\nscript = "Latn"\n[[rules]]\n{extra}\nname = "x"\npatterns = ["a"]')


def test_a_word_is_read_once_in_however_many_patterns_it_stands(monkeypatch):
    """A process begins with all patterns of all languages, and they are written with a third as many words."""
    read = []
    monkeypatch.setattr(
        "monographs.comments.triage.rules.language.split", lambda text: read.append(text) or split(text)
    )
    rules("[[rules]]", 'label = "crisis"', 'name = "x"', 'patterns = ["took milk", "milk (tea|took)"]')
    assert sorted(read) == ["milk", "tea", "took"]


def rules(*parts: str):
    return read_rules("\n".join(['language = "en"', 'script = "Latn"', *parts]))


def found_by(language, text: str) -> list[str]:
    return [each.words for each in language.find(split(text), frozenset(Label))]


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        ("took .. tablets", "I took all my tablets.", "took all my tablets"),
        ("took .. tablets", "I took it. My tablets are red", ""),
        ("took .. tablets", "took one two three four tablets", ""),
        ("took ..4 tablets", "took one two three four tablets", "took one two three four tablets"),
        ("took #>=6", "took twenty", ""),
        ("took #>=6 !mg", "took 20mg", ""),
        ("took #>=6 !mg", "took 20 tablets", "took 20"),
        ("took // tablets", "I took it. All. Where are my tablets?", "took … tablets"),
        ("suicid*", "suicidality", "suicidality"),
        ("*cillin", "on amoxicillin now", "amoxicillin"),
        ("(all my|both)? gone", "it is all my gone", "all my gone"),
        ("stop $", "please stop. Now go", "stop"),
        ("stop $", "please stop now", ""),
        ("^ stop", "please stop", ""),
        ("why <?>", "why ?", "why ?"),
        ("breathe", "I cannot breethe now", "breethe"),
        ("die~", "dia", ""),
    ],
)
def test_what_patterns_mean(pattern, text, words):
    language = rules("[[rules]]", 'label = "crisis"', 'name = "x"', f"patterns = ['{pattern}']")
    assert found_by(language, text) == ([words] if words else [])


def test_numbers_are_put_together_and_words_are_read_as_others():
    language = rules(
        "[written]", 'cant = "can not"', "[numbers]", "twenty = 20", "five = 5", "two = 2", "hundred = 100",
        "[[rules]]", 'label = "crisis"', 'name = "x"', 'patterns = ["can\'t stop", "#25-25", "#200-200"]',
    )  # fmt: skip
    assert found_by(language, "I cannot can not stop")
    assert found_by(language, "I can’t stop") == ["can’t stop"]
    assert found_by(language, "twenty-five") == ["twenty-five"]
    assert found_by(language, "two hundred") == ["two hundred"]
    assert found_by(language, "twenty, and two of five") == []


def test_an_exception_takes_away_only_what_it_overlaps():
    language = rules(
        "[[idioms]]", 'labels = ["crisis"]', 'patterns = ["kill the pain"]',
        "[[rules]]", 'label = "crisis"', 'name = "x"', 'patterns = ["kill"]', 'unless = ["kill time"]',
    )  # fmt: skip
    assert found_by(language, "kill the pain and kill time") == []
    assert found_by(language, "kill the pain. kill me") == ["kill"]


def test_every_group_must_be_found_near_the_others():
    language = rules("[[rules]]", 'label = "crisis"', 'name = "x"', 'every = [["tablets"], ["goodbye"]]')
    assert found_by(language, "goodbye. My tablets.") == ["goodbye … tablets"]
    assert found_by(language, "goodbye " + "and " * 60 + "tablets") == []
    assert found_by(language, "tablets") == []


@pytest.mark.parametrize(
    "text",
    ["Zora asks 0.", "Somebody else asks.", "May I take it with milk?", "Question 999", "A reply", "ok", "first",
     "Reply 17", "I called 020 7946 0000 and wrote to hello@mill.example, and nobody came."],
)  # fmt: skip
def test_a_short_harmless_text_is_neither_crisis_nor_reaction(text):
    assert not labels(text) & {"crisis", "reaction"}

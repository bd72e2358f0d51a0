"""Lists of Word, PowerPoint and PDFs become Markdown's, and nothing that could be a minus or a word does."""

import pytest

from monographs.text.letters.settling import settle, settled_lines

LIST = "- Take 4 tablets\n- Do not chew"


@pytest.mark.parametrize(
    "bullet",
    ["• ", "•\t", "•", "·     ", "·\t", "·\u00a0\u00a0\u00a0 ", "o\t", "o   ", "o\u00a0\u00a0 ", "–\t", "– ", "— ",
     "▪\t", "▪ ",
     "◦ ", "‣ ", "● ", "■ ", "➢ ", "➢\t", "\uf0b7\t", "\uf0a7\t", "\uf0d8\t", "\uf076\t", "\uf0b7 ", "§\t", "Ø\t",
     "-\t", "-\u00a0", "\u2011 ", "\u00a0\u00a0• ", "    •\t", "−\t"],
)  # fmt: skip
def test_bullets_become_a_list(bullet):
    assert settle(f"{bullet}Take 4 tablets\n{bullet}Do not chew") == LIST
    assert settle(f"{bullet}Take 4 tablets\r\n\r\n{bullet}Do not chew\r\n") == f"{LIST}\n"


@pytest.mark.parametrize(
    "text",
    [
        "– 5 °C",
        "Keep it at\n– 20 °C.",
        "Take 5\n– 10 mg once a day.",
        "− 5 °C\n− 10 °C",
        "–\t5 mg",
        "·5 mg",
        "· 5 mg",
        "Tome 5 mg\no 10 mg",
        "o Take",
        "o\u00a010 mg",
        "§ 5 of the law",
        "Stop it\n– even if you feel well.",
        "Mon\n– Fri",
        "-5 °C",
        "–5 °C",
        "-\u00a05 °C",
        "*\u00a0See below",
        "→ Take it",
        "✓ with food\n✗ with milk",
        "1.\u00a012.\u00a02026 first dose",
        "1986.\u00a0Then",
        "▶\ufe0f Play",
        "–\tnone\t5 mg",
        "o\tyes\tno",
        "1)\t5 mg\t10 mg",
    ],
)
def test_what_can_be_a_minus_a_range_a_word_or_a_row_stays(text):
    assert settle(text) == text


def test_numbers_keep_their_numbers():
    assert settle("1)\tTake one.\n\n2)\tWait.\n\n4)\tStop.") == "1) Take one.\n2) Wait.\n4) Stop."
    assert settle("1.\u00a0\u00a0Take one.\n3.\tWait.") == "1. Take one.\n3. Wait."


def test_levels_of_a_list_are_kept():
    typed = "•\tTell us if you\no\tsmoke\no\tdrink\n§\tmuch\n•\tDo not drive"
    assert settle(typed) == "- Tell us if you\n  - smoke\n  - drink\n    - much\n- Do not drive"
    typed = "1.\tTake it\no\twith food\n2.\tWait"
    assert settle(typed) == "1. Take it\n   - with food\n2. Wait"
    typed = "• Tell us\n    • smoke\n    • drink\n• Stop"
    assert settle(typed) == "- Tell us\n  - smoke\n  - drink\n- Stop"


def test_a_list_of_dashes_is_one_or_none():
    assert settle("Do not take it if you\n– are pregnant\n– drink") == "Do not take it if you\n- are pregnant\n- drink"
    mixed = "Take it\n– in the morning\n– 5 mg at night"
    assert settle(mixed) == mixed


def test_paragraph_below_a_list_is_not_drawn_into_its_last_item():
    typed = "•\tTake it with food.\n•\tDo not chew it.\nDo not drive."
    assert settle(typed) == "- Take it with food.\n- Do not chew it.\n\nDo not drive."


def test_item_that_was_wrapped_goes_on():
    typed = "• Take one tablet with a whole glass of water every\nmorning and evening.\n• Do not chew."
    assert settle(typed) == typed.replace("•", "-")


def test_empty_lines_of_a_list_in_markdown_stay():
    text = "- One\n\n- Two\n\n1. One\n\n2. Two"
    assert settle(text) == text


def test_what_looks_like_a_bullet_and_stays_is_marked():
    asked = [line.typed for line in settled_lines("– 5 °C\nText\n· 5 mg\n- 5\n• One") if "asks" in line.why]
    assert asked == ["– 5 °C", "· 5 mg"]

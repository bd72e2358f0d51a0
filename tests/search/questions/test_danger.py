"""Signs of danger, typed as if they were names."""

import pytest

from monographs.search.questions.danger import names_a_danger


@pytest.mark.parametrize(
    "query",
    [
        "heart attack", "Stroke?", "having a seizure", "difficulty breathing", "breathing difficulties", "overdosed",
        "infarto", "convulsiones", "crise cardiaque", "difficultés à respirer", "Schlaganfall", "zawał serca",
        "trudności w oddychaniu", "نوبة قلبية", "ضيق في التنفس", "trawiad ar y galon", "دل کا دورہ",
        "突然心肌梗塞", "中毒了",
    ],
)  # fmt: skip
def test_a_sign_is_known_in_every_language_of_the_list(query):
    assert names_a_danger(query)


@pytest.mark.parametrize(
    "query", ["", "heart", "attack", "breathing", "sertraline", "strokes of luck", "headache", "血压"]
)
def test_a_part_of_one_is_none(query):
    assert not names_a_danger(query)

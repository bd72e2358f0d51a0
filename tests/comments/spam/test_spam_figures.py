"""How well spam is told on messages that were kept apart from the rules."""

import json
from pathlib import Path

import pytest

from monographs.comments.spam.advertising import found_in

MIXED = Path(__file__).parents[1] / "triage" / "mixed.jsonl"
LEAST_FOUND, MOST_FALSE = 0.6, 0.01


@pytest.mark.skipif(not MIXED.exists(), reason="There is no file of mixed messages beside the tests.")
def test_at_most_one_in_a_hundred_is_called_spam_wrongly_and_most_spam_is_found():
    spam, others = [], []
    for line in MIXED.read_text(encoding="utf-8").splitlines():
        message = json.loads(line)
        kind = spam if message["labels"][:1] == ["spam"] else others
        kind.append(bool(found_in(message["text"], message["language"])))
    assert len(spam) > 100
    assert sum(spam) / len(spam) >= LEAST_FOUND
    assert sum(others) / len(others) <= MOST_FALSE

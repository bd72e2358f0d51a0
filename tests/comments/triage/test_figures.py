"""How much triage finds among messages that no writer of rules has read: their texts are never printed."""

import pytest

from tests.comments.triage.figures import figures
from tests.comments.triage.messages import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_promise_5_cries_for_help_and_reactions_are_found_among_messages_held_apart(language):
    found = figures(language)
    assert found.crisis >= 0.95
    assert found.reaction >= 0.9
    assert found.ordinary <= 0.1
    assert found.remarks <= 0.25  # nobody promised less; each costs a moderator a minute, and hides none

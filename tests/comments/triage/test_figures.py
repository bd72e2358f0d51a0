"""How much triage finds among messages that no writer of rules has read: their texts are never printed."""

import pytest

from tests.comments.triage.figures import Figures, figures

GOAL = Figures(crisis=0.95, reaction=0.9, ordinary=0.1)
"""What is wanted of every language."""

HELD = {
    "en": Figures(crisis=0.945, reaction=0.95, ordinary=0.1),
    "es": Figures(crisis=0.95, reaction=0.9, ordinary=0.1),
    "pl": Figures(crisis=0.95, reaction=0.9, ordinary=0.1),
    "ar": Figures(crisis=0.95, reaction=0.88, ordinary=0.1),
    "ur": Figures(crisis=0.95, reaction=0.9, ordinary=0.12),
    "zh-hans": Figures(crisis=0.95, reaction=0.9, ordinary=0.1),
    "cy": Figures(crisis=0.94, reaction=0.9, ordinary=0.12),
}
"""What is reached and must not be lost again; where it is less than the goal, the goal is still to be reached."""


@pytest.mark.parametrize("language", HELD)
def test_promise_5_cries_for_help_and_reactions_are_found_among_messages_held_apart(language):
    found, held = figures("apart", language), HELD[language]
    assert found.crisis >= held.crisis
    assert found.reaction >= held.reaction
    assert found.ordinary <= held.ordinary

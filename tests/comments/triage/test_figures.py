"""How many cries for help and suspected reactions triage finds among messages that no writer of rules has read."""

import pytest

from monographs.comments.triage import triage
from tests.comments.triage.messages import LANGUAGES, read
from tests.comments.triage.figures import part_found

LEAST_CRISIS, LEAST_REACTION, MOST_ORDINARY = 0.95, 0.9, 0.1

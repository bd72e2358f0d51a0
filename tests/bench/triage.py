"""Triage: what is found among the messages held apart, by language, and what reading a reply costs."""

import time
from collections.abc import Iterator

from monographs.comments.models import MAX_LENGTH
from monographs.comments.triage.labelling import triage
from monographs.comments.triage.rules.typed import split
from tests.comments.triage.figures import figures
from tests.comments.triage.messages import LANGUAGES, read

_TIMES = 5


def triage_figures() -> Iterator[str]:
    for language in LANGUAGES:
        found = figures(language)
        yield (
            f"triage {language}: {found.crisis:.0%} of crises and {found.reaction:.0%} of reactions found, "
            f"{found.ordinary:.0%} of ordinary questions and {found.remarks:.0%} of remarks marked as crisis"
        )
    longest = " ".join(each.text for each in read("dev", "en"))[:MAX_LENGTH]
    triage(longest)
    whole, words = _seconds(lambda: triage(longest)), _seconds(lambda: split(longest))
    yield f"triage of {MAX_LENGTH:,} characters: {whole / words:.1f} × finding its words ({whole * 1000:.1f} ms)"


def _seconds(act) -> float:
    started = time.process_time()
    for _turn in range(_TIMES):
        act()
    return (time.process_time() - started) / _TIMES

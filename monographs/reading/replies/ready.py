"""What a process reads from files before it can look at a reply, read when it begins: else who replies first waits."""

import gc
import threading
from collections.abc import Callable

from monographs.comments.identity import personal_data
from monographs.comments.identity.protected_names import Protected, imitation
from monographs.comments.spam import advertising
from monographs.comments.triage.labelling import crises_in, triage
from monographs.comments.triage.rules.files import languages
from monographs.search.questions.concepts import concept_of

_WORDS = "I took 2 tablets at 8 o’clock, was born on 1 May 1970, and can be called on 01632 960 001. Is that right?"
_NAME = "Dario"


def read_all() -> None:
    """Look at a made-up reply in every language; nothing is asked of the database."""
    for language in languages():
        triage(_WORDS, language)
        crises_in(_NAME, language)
    personal_data.found_in(_WORDS)
    advertising.found_in(_WORDS, name=_NAME)
    imitation(_NAME, Protected("Mill Lane Surgery", (("Ana", "Author"),)))
    concept_of(_WORDS)


def read_all_beside(*others: Callable[[], None]) -> None:
    """The same in a thread of its own, so that readers of pages are answered meanwhile; ``others`` that a process reads
    when it begins come behind it."""
    threading.Thread(target=_read_for_good, args=others, name="what replies need", daemon=True).start()


def _read_for_good(*others: Callable[[], None]) -> None:
    """What the process has read by now stays as long as it does, and there is nothing among it to be thrown away: the
    rules alone are some hundred thousand things. Else Python looks through all of them again and again while it
    serves, and all readers of the process wait (`gc.freeze`)."""
    read_all()
    for read in others:
        read()
    gc.collect()
    gc.freeze()

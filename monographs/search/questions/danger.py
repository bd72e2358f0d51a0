"""Signs of danger that are typed like a name ("heart attack"), in any of the languages of the list."""

from functools import cache
from pathlib import Path

from monographs.text.words.phrases import Phrases, words_of

_FILE = Path(__file__).parent / "danger.txt"


def names_a_danger(query: str) -> bool:
    """Whether a search has a sign of danger in it; not that somebody is in danger, as it may be asked for a leaflet's
    sake."""
    return any(_signs().find(words_of(query)))


@cache
def _signs() -> Phrases[str]:
    lines = [line.partition(":") for line in _FILE.read_text("utf-8").splitlines() if line[:1] != "#"]
    return Phrases((phrase.strip(), language) for language, _colon, phrases in lines for phrase in phrases.split("/"))

"""Which signs can stand on paper: the table ``printed_signs.txt`` says what the typefaces of printed leaflets have."""

from functools import cache
from pathlib import Path


@cache
def printed_signs() -> tuple[frozenset[str], frozenset[str]]:
    """The letters that the faces of words have, and the further signs that only another face has."""
    kinds: dict[str, set[str]] = {"letter": set(), "sign": set()}
    for line in Path(__file__).with_name("printed_signs.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            codes, kind = line.split()
            first, _dots, last = codes.partition("..")
            kinds[kind].update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(kinds["letter"]), frozenset(kinds["sign"])


def is_printed(sign: str) -> bool:
    """Whether a sheet of paper can show it. Ends of lines are no signs."""
    letters, others = printed_signs()
    return sign in letters or sign in others or sign.isspace()

"""Pictures of our own for easy-read leaflets: ``![](symbol:clock) Take it at 8.``

A picture says nothing that the words beside it don't, so it needs no alternative text, and has none unless one is
typed. Drawings lie in ``symbols/``, a file each. A drawing that was published is never changed, only replaced by one
with another name: pages show the same bytes for ever (`tests/text/markup/rules/test_symbols.py` knows their digests).
"""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("symbols")
NAMES: tuple[str, ...] = tuple(sorted(path.stem for path in FOLDER.glob("*.svg")))
TYPED = re.compile(rf"symbol:({'|'.join(NAMES)})")
_ADDRESS = re.compile(rf"/symbols/({'|'.join(NAMES)})\.svg")


def address_of(typed: str) -> str | None:
    """``"/symbols/clock.svg"`` for ``"symbol:clock"``; None for what names none of ours."""
    found = TYPED.fullmatch(typed)
    return f"/symbols/{found[1]}.svg" if found else None


def name_at(address: str) -> str | None:
    """``"clock"`` for ``"/symbols/clock.svg"``."""
    found = _ADDRESS.fullmatch(address)
    return found[1] if found else None


@cache
def drawing(name: str) -> bytes:
    """The SVG of one of `NAMES`."""
    return (FOLDER / f"{name}.svg").read_bytes()

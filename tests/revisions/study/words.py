"""Reads `words.toml`, the words that the mutation study exchanges."""

import tomllib
from pathlib import Path

_GROUPS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def group(name: str) -> list[str]:
    """The words or phrases of one group; a blank before the semicolon belongs to the phrase ("do not " = "")."""
    return [" ".join(phrase.split()) for phrase in _GROUPS[name].split(";") if phrase.strip()]


def pairs(name: str) -> list[tuple[str, str]]:
    """The pairs of one group: (this, that)."""
    return [tuple(side.strip() for side in pair.split("=")) for pair in group(name)]

"""Headings of leaflets of other origins, read from ``section_headings.toml``, which names their sources."""

import tomllib
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

HEADINGS: dict[str, tuple[str, ...]] = {kind: tuple(patterns) for kind, patterns in _DATA["headings"].items()}
"""For each section kind the regular expressions of its headings; ``{m}`` stands for the medicine's name."""

CONTENTS: tuple[str, ...] = tuple(_DATA["contents"])
"""Headings of a leaflet's own table of contents."""

DOCUMENTS: tuple[str, ...] = tuple(_DATA["documents"])
"""Expressions for lines that say which kind of paper this is."""

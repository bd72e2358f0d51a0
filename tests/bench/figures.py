"""The costs of one run, to be held against those of another: what a page costs on a large site, over a small one."""

import json
from collections.abc import Iterator
from pathlib import Path

_costs: dict[str, float] = {}  # name → CPU seconds, the database's included, or bytes of memory


def note(name: str, cost: float) -> None:
    _costs[name] = cost


def write(file: Path) -> None:
    file.write_text(json.dumps(_costs, indent=1))


def compared(file: Path) -> Iterator[str]:
    """A line for each figure that both runs have, what grew most first."""
    others = json.loads(file.read_text())
    ratios = {name: cost / others[name] for name, cost in _costs.items() if others.get(name)}
    yield f"how many times as much as in {file}:"
    for name, ratio in sorted(ratios.items(), key=lambda item: -item[1]):
        yield f"  {name:44} {ratio:6.2f} ×"

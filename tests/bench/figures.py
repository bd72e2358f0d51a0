"""The costs of one run: as so many times something else of it (`goals`), and to be held against those of another run:
what a page costs on a large site, over a small one."""

import json
from collections.abc import Iterator
from pathlib import Path

EMPTY, ONE_QUERY = "an empty Django view", "one query and a template"
ONE_PAGE, FILE = "a known page", "nginx's own file"
MEMORIES = ("memory of a worker", "memory of a worker, after searches")

_costs: dict[str, float] = {}  # name → CPU seconds, the database's included, or bytes of memory
_beside: dict[str, dict[str, float]] = {}  # name → what was measured in turn with it, and cost so much


def note(name: str, cost: float, beside: dict[str, float] | None = None) -> None:
    """``beside``: costs of others in the same rounds."""
    _costs[name], _beside[name] = cost, beside or {}


def cost(name: str) -> float | None:
    return _costs.get(name)


def ratio(name: str, over: str) -> float | None:
    """How many times as much as another that was measured with it; None where either was not."""
    base = _beside.get(name, {}).get(over)
    return _costs[name] / base if base else None


def write(file: Path) -> None:
    file.write_text(json.dumps({"costs": _costs, "beside": _beside}, indent=1))


def compared(file: Path) -> Iterator[str]:
    """A line for each figure that both runs have, what grew most first: by itself, and by the bare view with a query of
    either run, as the machine may be faster in one."""
    other = json.loads(file.read_text())
    costs, beside = other["costs"], other["beside"]
    rows = []
    for name, spent in _costs.items():
        if not costs.get(name):
            continue
        bare, bare_then = _beside[name].get(ONE_QUERY), beside.get(name, {}).get(ONE_QUERY)
        grown = spent / costs[name]
        rows.append((grown, name, grown * bare_then / bare if bare and bare_then else None))
    yield f"how many times as much as in {file}, and how many times by the view with one query of either run:"
    for grown, name, by_bare in sorted(rows, key=lambda row: -row[0]):
        yield f"  {name:44} {grown:6.2f} ×{f'  {by_bare:6.2f} ×' if by_bare else ''}"

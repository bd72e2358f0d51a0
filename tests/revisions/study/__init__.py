"""The mutation study: how many dangerous changes of a text are told, by kind, and how many harmless ones."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from monographs.text.changes.safety import SafetyChange, safety_changes
from tests.revisions.study.mutations import Mutation

Told = Callable[[str, str], list[SafetyChange]]


def missed(mutations: Iterable[Mutation], told: Told = safety_changes) -> list[Mutation]:
    """Those of which nothing is told."""
    return [one for one in mutations if not told(one.before, one.after)]


def rates(mutations: Iterable[Mutation], told: Told = safety_changes) -> dict[str, tuple[int, int]]:
    """How many of each kind are told, and of how many."""
    mutations = list(mutations)
    of_all, not_told = (Counter(one.kind for one in group) for group in (mutations, missed(mutations, told)))
    return {kind: (count - not_told[kind], count) for kind, count in of_all.items()}


def lines(of_kind: dict[str, tuple[int, int]]) -> Iterator[str]:
    """A line for each kind, and one for all of them."""
    for kind, (told, count) in of_kind.items():
        yield f"{kind:22} {told:4} of {count:4}  {told / count:6.1%}"
    told, count = (sum(column) for column in zip(*of_kind.values(), strict=True))
    yield f"{'all':22} {told:4} of {count:4}  {told / count:6.1%}"

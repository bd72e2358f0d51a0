"""What follows from a text alone, remembered: a part of a leaflet that has not changed is not worked out again.

Nobody has to forget anything: the whole text is the key, with all else that the result depends on, and a program with
other rules is another process.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Generic, TypeVar

T = TypeVar("T")
MOST_REMEMBERED = 4_096
"""Of how many words, or texts as short, a function remembers what it worked out (`lru_cache`). Most texts are made of
so many words; a worker lives for months, and all that readers ever typed, remembered in dozens of places, would take
more memory than all rules."""
_EACH = 200  # characters that an entry counts besides its own


class Memory(Generic[T]):
    """The results that were asked for last, of all threads; ``most`` characters in all, and at least one."""

    def __init__(self, most: int):
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._characters = 0
        self._lock = threading.Lock()
        MEMORIES.append(self)

    def get(self, key: Hashable) -> T | None:
        """What is known, None if nothing is."""
        with self._lock:
            if found := self._kept.get(key):
                self._kept.move_to_end(key)
                return found[0]
        return None

    def keep(self, key: Hashable, result: T, *, characters: int) -> None:
        """A result that is about so long, with its key; those that were not asked for since longest go."""
        characters += _EACH
        with self._lock:
            if before := self._kept.pop(key, None):
                self._characters -= before[1]
            self._kept[key] = (result, characters)
            self._characters += characters
            while self._characters > self._most and len(self._kept) > 1:
                _key, (_result, freed) = self._kept.popitem(last=False)
                self._characters -= freed

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._characters = 0


def remembered(most: int) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Remember a function's results by its arguments, all given by their places. Its first one is a text; results are
    about as long."""

    def with_memory(work: Callable[..., T]) -> Callable[..., T]:
        memory: Memory[tuple[T]] = Memory(most)

        @wraps(work)
        def asked(text: str, *others: Hashable) -> T:
            key = (text, *others)
            if known := memory.get(key):
                return known[0]
            result = work(*key)
            memory.keep(key, (result,), characters=2 * len(text))
            return result

        asked.cache_clear = memory.clear
        return asked

    return with_memory


MEMORIES: list[Memory] = []


def forget_all() -> None:
    """As in a process that has just begun: for who measures, and for tests."""
    for memory in MEMORIES:
        memory.clear()

"""Parts of a page that are the same for many of its things but for a few words: rendered once, then filled.

Twenty replies of a queue have ten forms each, and those of one reply are those of the next with another number in
them. `{% alike reply %}…{% endalike %}` (`templatetags.written`) renders what stands between once for all of one shape,
with a mark where each word goes. Of the reply it may read what is its shape or a word, and a word only put in.
"""

import re
import secrets
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape

from django.utils.functional import cached_property  # Python's own takes a lock for each
from django.utils.safestring import SafeString

# Nobody can have written it. Digits, so that addresses take it for a number.
_KEY = str(10**17 + secrets.randbelow(9 * 10**17))
_MARK = re.compile(f"{_KEY}([0-9]{{2}})")


@dataclass(frozen=True)
class Alike:
    """``shape``: whatever a template decides upon, by name. ``words``: what it puts in, texts, numbers or HTML that is
    safe. ``besides``: what follows from the shape."""

    shape: Mapping[str, Hashable]
    words: Mapping[str, object]
    besides: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def key(self) -> tuple:
        return (*self.shape.values(), None, *self.words)

    @cached_property
    def escaped(self) -> list[str]:
        return [word if type(word) is SafeString else escape(str(word)) for word in self.words.values()]


class Drawn:
    """What was rendered for one page, whatever else it is made of; ``page`` gives it to its template as ``drawn``."""

    def __init__(self):
        self._made: dict[tuple, tuple[list[str], list[int]]] = {}  # texts with places between them, and which

    def filled(self, part: Hashable, things: Mapping[str, Alike], render: Callable[[dict[str, object]], str]) -> str:
        """The ``part`` with the words of these ``things``. ``render`` gets what stands for them, and is asked once for
        all that have the same shapes. LookupError if it reads anything else of them."""
        key = (part, *[thing.key for thing in things.values()])
        made = self._made.get(key)
        if made is None:
            stand_ins = _stand_ins(things)
            pieces = _MARK.split(render(stand_ins))
            made = self._made[key] = pieces, [int(place) for place in pieces[1::2]]
            if missed := [f"{name}.{one}" for name, thing in stand_ins.items() for one in thing.missed]:
                raise LookupError(f"Neither shape nor word of what is alike: {', '.join(missed)}.")
        words = [word for thing in things.values() for word in thing.escaped]
        pieces, places = made[0].copy(), made[1]
        pieces[1::2] = map(words.__getitem__, places)
        return "".join(pieces)


class _StandIn:
    """In the place of a thing: what it is by its shape, and a mark for each word."""

    def __init__(self, shape: Mapping[str, object], marks: Iterable[tuple[str, str]]):
        self.missed: list[str] = []
        self.__dict__.update(shape)
        self.__dict__.update(marks)

    def __getattr__(self, name: str) -> object:
        # A template passes over many errors: that it asked is kept.
        self.missed.append(name)
        raise AttributeError(name)


def _stand_ins(things: Mapping[str, Alike]) -> dict[str, _StandIn]:
    found, place = {}, 0
    for name, thing in things.items():
        marks = [(word, f"{_KEY}{place + number:02}") for number, word in enumerate(thing.words)]
        found[name], place = _StandIn({**thing.shape, **thing.besides}, marks), place + len(marks)
    return found

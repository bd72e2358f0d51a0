"""Parts of a page that are the same for many of its things but for a few words: rendered once, then filled.

Twenty replies of a queue have ten forms each, and those of one reply are those of the next with another number in
them. `{% alike reply %}…{% endalike %}` (`templatetags.written`) renders what stands between once for all of one shape,
with a mark where each word goes. Of the reply it may read what is its shape or a word, and a word only put in. What it
has several of, such as links, are its parts: each is alike again.
"""

import re
import secrets
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from django.utils.functional import cached_property  # Python's own takes a lock for each
from django.utils.safestring import SafeString
from django.utils.translation import get_language

# Nobody can have written it. Digits, so that addresses take it for a number.
_KEY = str(10**17 + secrets.randbelow(9 * 10**17))
_MARK = re.compile(f"{_KEY}([0-9]{{2}})")


@dataclass(frozen=True)
class Alike:
    """``shape``: whatever a template decides upon, by name. ``words``: what it puts in, texts, numbers or HTML that is
    safe. ``besides``: what follows from the shape. ``parts``: lists of things by name, which it goes through."""

    shape: Mapping[str, Hashable]
    words: Mapping[str, object]
    besides: Mapping[str, object] = field(default_factory=dict)
    parts: Mapping[str, Sequence["Alike"]] = field(default_factory=dict)

    @cached_property
    def key(self) -> tuple:
        parts = [(name, *[part.key for part in parts]) for name, parts in self.parts.items()]
        return (*self.shape.values(), None, *self.words, *parts)

    @cached_property
    def escaped(self) -> list[str]:
        """Its own words, then those of its parts: in the order of the marks (`_StandIn`)."""
        own = [word if type(word) is SafeString else escape(str(word)) for word in self.words.values()]
        return own + [word for parts in self.parts.values() for part in parts for word in part.escaped]


class Drawn:
    """What was rendered for one page, whatever else it is made of; ``page`` gives it to its template as ``drawn``."""

    knows_the_page = True  # what stands between may read whatever else the page has

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
            if missed := [f"{name}.{one}" for name, thing in stand_ins.items() for one in thing.all_missed()]:
                raise LookupError(f"Neither shape nor word of what is alike: {', '.join(missed)}.")
        words = [word for thing in things.values() for word in thing.escaped]
        pieces, places = made[0].copy(), made[1]
        pieces[1::2] = map(words.__getitem__, places)
        return "".join(pieces)


class DrawnOnce(Drawn):
    """What was rendered for all pages of a language: in what stands between there is nothing but the things."""

    knows_the_page = False
    _most = 500  # shapes; a template that was loaded anew has others

    def filled(self, part: Hashable, things: Mapping[str, Alike], render: Callable[[dict[str, object]], str]) -> str:
        if len(self._made) > self._most:
            self._made = {}
        return super().filled((get_language(), part), things, render)


class _StandIn:
    """In the place of a thing: what it is by its shape, a mark for each word, and what stands in for its parts."""

    def __init__(self, thing: Alike, marks: Iterator[str]):
        self.missed: list[str] = []
        self.__dict__.update(thing.shape)
        self.__dict__.update(thing.besides)
        self.__dict__.update(zip(thing.words, marks))  # noqa: B905 - the marks go on
        self._parts = {name: [_StandIn(part, marks) for part in parts] for name, parts in thing.parts.items()}
        self.__dict__.update(self._parts)

    def __getattr__(self, name: str) -> object:
        # A template passes over many errors: that it asked is kept.
        self.missed.append(name)
        raise AttributeError(name)

    def all_missed(self) -> list[str]:
        of_parts = [
            f"{name}.{one}" for name, parts in self._parts.items() for part in parts for one in part.all_missed()
        ]
        return self.missed + of_parts


def _stand_ins(things: Mapping[str, Alike]) -> dict[str, _StandIn]:
    marks = (f"{_KEY}{place:02}" for place in range(100))
    return {name: _StandIn(thing, marks) for name, thing in things.items()}

"""Links in what a reader wrote: with a scheme or without, dressed up or plain, and which lead somewhere unknown."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

MARKUP = re.compile(r"\[/?(?:url|link|img)\b[^\]\n]{0,200}\]|<a\s[^>\n]{0,300}href|\]\(https?:", re.IGNORECASE)
"""Links in the markup of forums and pages, which readers of a leaflet never type."""

_WITH_SCHEME = re.compile(
    r"\bh(?:tt|xx)ps?\s?(?::|\[:\])\s?//\s?(?P<host>[^\s/?#\"'<>()\[\]]{1,253})[^\s\"'<>\]]{0,2000}", re.I
)
_NAME = re.compile(
    r"(?<![\w@.-])(?P<host>(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.){1,5}[a-z]{2,24})(?![\w@-]|\.\w)(?:/[^\s\"'<>]{0,2000})?",
    re.IGNORECASE,
)
_DRESSED = re.compile(
    r"\s?[(\[{]?\s?\b(?:dot|punkt|punto)\b\s?[)\]}]?\s?(?=(?:com|net|org|ru|xyz|shop|info|co)\b)", re.I
)


@dataclass(frozen=True)
class Link:
    """``words`` as typed, ``host`` in lower case without "www."."""

    words: str
    host: str

    def is_at(self, hosts: Collection[str]) -> bool:
        """Whether its host is one of these or below one of them."""
        parts = self.host.split(".")
        return any(".".join(parts[place:]) in hosts for place in range(len(parts)))


def links_in(text: str, *, endings: Collection[str]) -> Iterator[Link]:
    """The links in order. Without a scheme a name counts if its end is one of ``endings`` ("com", "co.uk"), so that
    "2.5ml.Then" and "e.g" are none; so does one with a path or a hyphen."""
    taken = 0
    spoken = _DRESSED.sub(".", text)
    for match in sorted([*_WITH_SCHEME.finditer(spoken), *_NAME.finditer(spoken)], key=lambda found: found.start()):
        host = match["host"].casefold().rpartition("@")[2].partition(":")[0].removeprefix("www.").strip(".")
        if match.start() < taken or not host:
            continue
        is_typed_as_one = match.re is _WITH_SCHEME or _is_name(match[0], host, endings)
        if is_typed_as_one:
            yield Link(match[0], host)
            taken = match.end()


def _is_name(written: str, host: str, endings: Collection[str]) -> bool:
    """A sentence that goes on without a space ("it.So", "tablets.In") begins with a capital; a link does not."""
    end = written.partition("/")[0].rpartition(".")[2]
    is_next_sentence = end[:1].isupper() and not end.isupper()
    looks_like_one = host.rpartition(".")[2] in endings or "-" in host or "/" in written or written.startswith("www.")
    return looks_like_one and not is_next_sentence and (len(host.split(".")[0]) > 1 or "/" in written)

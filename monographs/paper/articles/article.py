"""A leaflet as the page shows it, ready to become a file."""

import datetime as dt
import hashlib
from dataclasses import dataclass, fields
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from monographs.paper.from_page.blocks import Block
from monographs.paper.from_page.reading import read_blocks
from monographs.paper.setting.typefaces import release


@dataclass(frozen=True)
class Article:
    """``html`` is the article as the page shows it, with what stands above it (a warning, an alert). ``foot`` stands
    on each sheet, ``page_of`` beside it: "Page {page} of {pages}". ``address`` is this version's permanent one
    ("": none), ``on`` the day from which it has been shown. ``language`` is the leaflet's own, ``author`` the
    clinic's name, ``logo`` the address of its picture ("": none).
    """

    html: str
    title: str
    language: str
    author: str
    foot: str
    page_of: str
    address: str = ""
    qr_alt: str = ""
    on: dt.date | None = None
    is_easy_read: bool = False
    logo: str = ""

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return read_blocks(self.html, self.language)

    def digest(self, kind: str) -> str:
        """SHA-256 of all that a file of this kind is made of, the program that makes it included."""
        return digest_of(kind, release(self.language), *(getattr(self, field.name) for field in fields(self)))


def digest_of(kind: str, *values: object) -> str:
    """SHA-256 of what a file of this kind is made of, and of the program that makes it."""
    return hashlib.sha256("\x00".join([kind, _program(), *map(repr, values)]).encode()).hexdigest()


_ROOMS = ("files", "paper", "text")  # what says how paper is made, letters, amounts, order and markup included
_PACKAGES = ("typst", "segno", "pillow")
_known_program: list[str] = []


def _program() -> str:
    """SHA-256 of these rooms' files and of the releases of what sets them, read once in a process: a file that was made
    by another program is no file of this one."""
    if not _known_program:
        digest = hashlib.sha256(repr([version(package) for package in _PACKAGES]).encode())
        for path in sorted(path for room in _ROOMS for path in (Path(__file__).parents[2] / room).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.name.encode() + path.read_bytes())
        _known_program.append(digest.hexdigest())
    return _known_program[0]

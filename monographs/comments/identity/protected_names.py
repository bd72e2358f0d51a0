"""Names above a reply that only staff can have: their own, the clinic's, and words such as "doctor" or "staff".

Compared is a skeleton (UTS #39, section 4): each letter is taken for the Latin one that it looks like. It is made of
the name in NFC and of its cases, held against the protected names alone, and never stored, shown or searched. A name
that is written in its own alphabet is nobody's imitation: *Łukasz*, *محمد*, *Kim* in Korean and *Sara* in Cyrillic are
welcome, and so is whoever shares a first name with a member of staff.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from monographs.prepared import Prepared
from monographs.refusals import Unacceptable
from monographs.staff.models import StaffMember
from monographs.text.letters.folding import fold
from monographs.text.letters.signs import UNSEEN, imitations

_FOLDER = Path(__file__).parent / "lists"
_STRUCK_FOR_LETTERS = {
    "0": "o",
    "1": "l",
    "|": "l",
    "!": "l",
    "3": "e",
    "4": "a",
    "@": "a",
    "5": "s",
    "$": "s",
    "7": "t",
}
_PART = re.compile(r"[^\W_]+(?:['’ʼ`|!$@][^\W_]+)*[|!$@]?")
_LEAST_JOINED = 7  # letters of a role and a name in one: "drbruno"
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_NUMBERED = re.compile(r"(?<=[^\W\d_]{3})\d{1,4}$")  # "admin2"
_SET_APART = re.compile(
    r"[(\[{,:;/|·•–—-]\s*$"
)  # what stands before a description: "Bruno (pharmacist)", "Bruno - nurse"


@dataclass(frozen=True)
class _Word:
    """A word of a name: as typed, folded (`text.letters.folding`) without digits at its end, and its skeleton;
    ``is_set_apart`` where it describes what stands before it."""

    typed: str
    folded: str
    skeleton: str
    is_set_apart: bool

    @classmethod
    def of(cls, typed: str, *, is_set_apart: bool = False) -> "_Word":
        return cls(typed, _NUMBERED.sub("", fold(typed)), skeleton(typed), is_set_apart)

    @cached_property
    def is_disguised(self) -> bool:
        """Whether it has letters or signs that stand for others; an "I" before a small letter may stand for an l."""
        has_others = any(sign in _twins() or sign in _STRUCK_FOR_LETTERS for sign in self.typed)
        return has_others or re.search(r"(?<=[A-Za-z])I(?=[a-z])", self.typed) is not None

    @property
    def may_be_misread(self) -> bool:
        """The same, or "rn" for m, "vv" for w, "l" for I: too common to say anything of a word alone."""
        return self.is_disguised or re.search(r"rn|vv|\bl", self.typed) is not None

    def means(self, other: "_Word") -> bool:
        """Whether it is that word, or drawn to look like it."""
        return self.folded == other.folded or (self.is_disguised and self.skeleton == other.skeleton)


Staff = tuple[tuple[str, str], ...]
"""First and last name of each member of staff."""


@dataclass(frozen=True)
class Protected:
    """The clinic's name, and first and last name of each member of staff; and what names are compared with, made
    once."""

    clinic: str
    staff: Staff

    @cached_property
    def first_names(self) -> frozenset[str]:
        """Folded."""
        return frozenset(fold(first) for first, _last in self.staff if first)

    @cached_property
    def skeletons(self) -> frozenset[str]:
        """Of every name that is long enough to be known in one word with a role."""
        return frozenset(skeleton(name) for person in self.staff for name in person if len(name) > 2)

    @cached_property
    def drawn_first_names(self) -> dict[str, frozenset[str]]:
        """How first names look → what they say, folded."""
        words = [_Word.of(first.strip()) for first, _last in self.staff if first.strip()]
        return {each.skeleton: frozenset(w.folded for w in words if w.skeleton == each.skeleton) for each in words}

    @cached_property
    def whole_names(self) -> tuple[frozenset[str], frozenset[str]]:
        """The letters of each first with its last name, in either order, where there are both; and how they look."""
        whole = [
            _Word.of(name)
            for first, last in self.staff
            if first.strip() and last.strip()
            for name in (f"{first} {last}", f"{last} {first}")
        ]
        return (
            frozenset(_letters(word.folded) for word in whole),
            frozenset(_letters(word.skeleton) for word in whole),
        )

    @cached_property
    def clinic_words(self) -> tuple[_Word, ...]:
        return tuple(_Word.of(part) for part in _PART.findall(self.clinic))

    @cached_property
    def clinic_telling(self) -> tuple[_Word, ...]:
        """Those of its words that tell it from other clinics."""
        return tuple(word for word in self.clinic_words if not _is_plain(word))

    @cached_property
    def clinic_whole(self) -> _Word:
        return _Word.of(self.clinic)


@dataclass(frozen=True)
class Imitation:
    """``kind``: "letters" (of two alphabets), "role", "staff" or "clinic"; ``words``: of the name, as typed."""

    kind: str
    words: str


def check_name(name: str, *, clinic: str, staff: Staff | None = None) -> None:
    """Raise Unacceptable, with a sentence that says what to write instead, for a name that only staff can have.

    ``clinic`` is the clinic's name now. One query for the names of the ``staff`` unless they are given; none for an
    empty name.
    """
    if not name:
        return
    if found := imitation(name, protected(clinic, staff)):
        raise Unacceptable(_sentence(found), field="name")


def protected(clinic: str, staff: Staff | None = None) -> Protected:
    """The names as they are now. People who left keep theirs: their answers stand on the pages."""
    return _remembered(clinic, tuple(map(tuple, _STAFF.rows())) if staff is None else staff)


_STAFF = Prepared(lambda: StaffMember.objects.order_by("pk").values_list("first_name", "last_name"))
_remembered = lru_cache(maxsize=2)(Protected)  # what is made of the names is made again when one changes


@lru_cache(maxsize=1_000)  # the same few names stand above most replies; in memory alone
def imitation(name: str, kept: Protected) -> Imitation | None:
    """What of ``name`` only staff can have; None where it is welcome. Never raises."""
    name = " ".join(unicodedata.normalize("NFC", name).translate(UNSEEN).split())
    if signs := _mixed(name):
        return Imitation("letters", signs)
    words = list(_words(name))
    return _as_role(name, words, kept) or _as_staff(name, words, kept) or _as_clinic(words, kept)


def _sentence(found: Imitation) -> str:
    words = {"words": found.words}
    if found.kind == "letters":
        return _("Please write your name with the letters of one alphabet, or leave it empty.")
    if found.kind == "role":
        return (
            _(
                "“%(words)s” is kept for the clinic’s own people, so that readers know who answers. Please write your "
                "name without it, choose a nickname, or leave it empty."
            )
            % words
        )
    if found.kind == "clinic":
        return _("“%(words)s” is the clinic’s own name. Please write yours or a nickname, or leave it empty.") % words
    return (
        _(
            "“%(words)s” is the name of somebody who works here, and readers could take your words for theirs. Please "
            "write your first name alone, choose a nickname, or leave it empty."
        )
        % words
    )


# --- Letters ---


def skeleton(text: str) -> str:
    """What a text looks like: each letter that is drawn like a Latin one as that letter; I, l, 1 and | as one.

    For comparing only. It is no name: never keep or show it.
    """
    seen = unicodedata.normalize("NFC", text).translate(UNSEEN)
    return "".join(map(_drawn, seen)).replace("i", "l").replace("rn", "m").replace("vv", "w")


@lru_cache(maxsize=4096)
def _drawn(sign: str) -> str:
    twins, low = _twins(), sign.casefold()
    return twins.get(sign) or twins.get(low) or _STRUCK_FOR_LETTERS.get(sign) or fold(low) or low


@cache
def _twins() -> dict[str, str]:
    lines = (_FOLDER / "confusables.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")]
    return {twin: latin for latin, *twins in rows for twin in twins}


def _mixed(name: str) -> str:
    """The letters of another alphabet within a name, spelt out; "" where the whole name is of one."""
    signs = imitations(name)
    if not signs:
        return ""
    scripts = {unicodedata.name(sign, "").partition(" ")[0] for sign in name if sign.isalpha()}
    is_of_one = len(scripts) == 1 and not scripts & {"LATIN", "MATHEMATICAL"}
    return "" if is_of_one else signs[0].shown


def _words(name: str) -> Iterator[_Word]:
    """The words, "DrBruno" and "dr_bruno" parted; letters that stand alone ("s t a f f") as one word."""
    parts = [(match.start(), part) for match in _PART.finditer(name) for part in _CAMEL.split(match[0])]
    if len(parts) > 3 and all(len(part) == 1 for _start, part in parts):
        parts = [(0, "".join(part for _start, part in parts))]
    for start, part in parts:
        yield _Word.of(part, is_set_apart=_SET_APART.search(name[:start]) is not None)


# --- Roles ---


@cache
def _list(what: str) -> dict[str, _Word]:
    lists = tomllib.loads((_FOLDER / "protected_names.toml").read_text(encoding="utf-8"))[what]
    return {fold(word): _Word.of(word) for words in lists.values() for word in words}


@cache
def _skeletons(what: str) -> frozenset[str]:
    return frozenset(word.skeleton for word in _list(what).values())


def _is_one_of(word: _Word, what: str) -> bool:
    """Whether a word is in the list, or drawn like one that is."""
    return word.folded in _list(what) or (word.is_disguised and word.skeleton in _skeletons(what))


def _as_role(name: str, words: list[_Word], kept: Protected) -> Imitation | None:
    for place, word in enumerate(words):
        if _is_one_of(word, "claims"):
            return Imitation("role", word.typed)
        if _is_one_of(word, "professions") and not _is_surname(words, place, kept):
            return Imitation("role", word.typed)
    for sign in (found for what in ("claims", "professions", "places") for found in _chinese(what)):
        if sign in name:
            return Imitation("role", sign)
    says_nothing_else = all(_is_one_of(word, "places") or word.folded in _list("beside") for word in words)
    if says_nothing_else and any(_is_one_of(word, "places") for word in words):
        return Imitation("role", name)
    return _joined_to_a_role(words, kept)


@cache
def _roles() -> tuple[str, ...]:
    return tuple(role for what in ("claims", "professions") for role in _skeletons(what))


@cache
def _chinese(what: str) -> tuple[str, ...]:
    """Words that are looked for within others, as Chinese is written without spaces."""
    return tuple(word.typed for word in _list(what).values() if "\u4e00" <= word.typed[0] <= "\u9fff")


def _is_surname(words: list[_Word], place: int, kept: Protected) -> bool:
    """ "Paul Nurse" and "P. Nurse", but neither "Nurse", "Nurse Paul", "the nurse" nor a colleague's first name."""
    word, before = words[place], words[:place]
    return (
        fold(word.typed) in _list("surnames")
        and place == len(words) - 1
        and 1 <= len(before) <= 3
        and not word.is_set_apart
        and not any(other.folded in _list("beside") or other.folded in kept.first_names for other in before)
    )


def _joined_to_a_role(words: list[_Word], kept: Protected) -> Imitation | None:
    """ "drbruno", "nurseanna": a role written in one with the name of somebody who works here."""
    for word in words:
        for role in _roles() if len(word.skeleton) >= _LEAST_JOINED else ():
            rests = {word.skeleton.removeprefix(role), word.skeleton.removesuffix(role)} - {word.skeleton}
            if rests & kept.skeletons:
                return Imitation("role", word.typed)
    return None


# --- Names ---


def _as_staff(name: str, words: list[_Word], kept: Protected) -> Imitation | None:
    """The whole name of a colleague, in either order, in one word or several; or their first name in disguise."""
    if not words:
        return None
    whole = _Word.of(name)
    letters, drawn = kept.whole_names
    if _letters(whole.folded) in letters or (whole.may_be_misread and _letters(whole.skeleton) in drawn):
        return Imitation("staff", whole.typed)
    for word in words:
        others = kept.drawn_first_names.get(word.skeleton, frozenset()) - {word.folded}
        if others and len(word.skeleton) > 2 and word.is_disguised:
            return Imitation("staff", word.typed)
    return None


def _is_same(whole: _Word, other: _Word) -> bool:
    """Whether both say the same, however they are parted."""
    if _letters(whole.folded) == _letters(other.folded):
        return True
    return whole.may_be_misread and _letters(whole.skeleton) == _letters(other.skeleton)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _as_clinic(words: list[_Word], kept: Protected) -> Imitation | None:
    """The clinic's name within another, or what tells it from other clinics and else only "team", "clinic" and such."""
    theirs, telling = kept.clinic_words, kept.clinic_telling
    if not theirs or not words:
        return None
    typed = " ".join(word.typed for word in words)
    has_all = len(theirs) > 1 and _has(words, theirs) or _is_same(_Word.of(typed), kept.clinic_whole)
    rest = [word for word in words if not _is_plain(word)]
    is_all_there_is = bool(telling) and len(rest) == len(telling) and _has(rest, telling)
    return Imitation("clinic", typed) if has_all or is_all_there_is else None


def _is_plain(word: _Word) -> bool:
    return _is_one_of(word, "places") or _is_one_of(word, "claims") or word.folded in _list("beside")


def _has(words: list[_Word], others: Iterable[_Word]) -> bool:
    """Whether the others stand in ``words`` one behind the other."""
    others = list(others)
    return any(
        all(word.means(other) for word, other in zip(words[start:], others, strict=False))
        for start in range(len(words) - len(others) + 1)
    )

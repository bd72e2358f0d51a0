"""Telephone numbers in what a clinic writes: which there are, what is dialled, and what only looks like one.

The one place that decides it: pages, care cards, the clinic's form and the quality gate ask here. A number is one

- that `phonenumbers` calls valid in the clinic's country, or that begins as one is dialled there (``0``, ``+44``) and
  has the right length: numbers that are kept free for fiction (``07700 900123``) or given out since count, too;
- or that is a short number people know (`text.amounts.short_numbers`).

Hours, dates, doses and the like are none (`text.amounts.not_telephones`). Links follow RFC 3966: what is written with
its country code is dialled with it (``tel:+441632960123``, without the "(0)"), an extension is a parameter
(``;ext=12``), all else is dialled as it is written. A number for text messages only gets ``sms:`` (RFC 5724).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from monographs.text.amounts.not_telephones import COVER, blank_out
from monographs.text.amounts.numbering_plans import (
    IDD,
    ascii_digits,
    has_usual_length,
    is_dialled_so,
    is_short_of,
    with_country,
)
from monographs.text.amounts.short_numbers import TEXT, short_number

DEFAULT_COUNTRY = "GB"
COUNTRIES = frozenset(phonenumbers.SUPPORTED_REGIONS)
"""The countries whose numbers are known, as ISO 3166-1 alpha-2."""

_SPACE = "[ \t\u00a0\u2009\u202f]"
_HYPHEN = "[-\u2010\u2011\u2012\u2013]"
_GROUP = re.compile(rf"(?:\+{_SPACE}?)?(?:\({_SPACE}?\+?\d{{1,6}}{_SPACE}?\)|(?<!\d)\d{{1,15}}(?!\d))")
_JOINT = re.compile(rf"{_SPACE}{{0,2}}(?:{_HYPHEN}|/)?{_SPACE}{{0,2}}|\.")
_EXTENSION = re.compile(
    rf"{_SPACE}?[,;(]?{_SPACE}?(?:ext(?:ension|n)?|x|durchwahl|dw|poste|wew|int|anexo|تحويلة|#)[.:]?{_SPACE}?"
    rf"(?P<digits>\d{{1,7}})(?![^\W_])\)?",
    re.IGNORECASE,
)
_BY_TEXT = re.compile(
    r"(?<!or )(?<!or send a )\b(?:text(?:\smessages?)?|sms)(?:\s[\w“”'\"]{1,20}\sto|\sus(?:\son)?|\sto|\son|:)?\s?$",
    re.IGNORECASE,
)
_UNTIL = re.compile(rf"{_SPACE}?[-–—]{_SPACE}?(?:{COVER}|\d)")
_LONGEST = 50_000  # characters
_MOST_TRIED = 400  # readings of one text; what a clinic writes needs a dozen
_MOST_GROUPS = 8  # of one number
_MOST_IN_A_RUN = 60  # groups between two words; more are a table, and no list of telephone numbers
_FEWEST, _MOST = 7, 17  # digits of a number that is not short


@dataclass(frozen=True)
class Telephone:
    """``text[start:end]`` is ``shown``, ``href`` what a link to it says. ``is_known`` where a numbering plan has it."""

    start: int
    end: int
    shown: str
    href: str
    is_known: bool = True

    @property
    def dialled(self) -> str:
        """The digits, with the plus if there is one, and no extension."""
        return self.href.partition(":")[2].partition(";")[0].partition("?")[0]


@dataclass(frozen=True)
class Reading:
    """What a text has: its telephone numbers in order, and words that look like one and can't be dialled."""

    telephones: tuple[Telephone, ...]
    doubtful: tuple[str, ...]


def read(text: str, country: str = DEFAULT_COUNTRY, *, is_field: bool = False) -> Reading:
    """All telephone numbers in ``text`` for a clinic in ``country`` (ISO 3166-1).

    ``is_field``: the text is meant to be one number, so a short one that stands alone is believed (``15`` in France),
    as is one that has the right length. A text that is longer than any clinic's is not read.
    """
    return _read(text, country, is_field) if len(text) <= _LONGEST else Reading((), ())


@lru_cache(maxsize=256)
def _read(text: str, country: str, is_field: bool) -> Reading:
    country = country if country in COUNTRIES else DEFAULT_COUNTRY
    reader = _Reader(text, country, is_field=is_field)
    found = tuple(reader.find())
    return Reading(found, tuple(reader.doubtful))


def pieces(text: str, country: str = DEFAULT_COUNTRY, *, is_field: bool = False) -> Iterator[str | Telephone]:
    """The text in order, numbers as `Telephone`; the words and each ``shown`` together are the text."""
    place = 0
    for telephone in read(text, country, is_field=is_field).telephones:
        if telephone.start > place:
            yield text[place : telephone.start]
        yield telephone
        place = telephone.end
    if place < len(text):
        yield text[place:]


@dataclass(frozen=True)
class _Group:
    """Digits that stand together, and what joins them to those before: "" for the first of a run."""

    start: int
    end: int
    digits: str
    joint: str

    @property
    def is_loose(self) -> bool:
        """Whether a number may begin here: after a space or a slash, or at the beginning of the run."""
        return not self.joint or "/" in self.joint or any(sign.isspace() for sign in self.joint)


def _is_plain(groups: list[_Group]) -> bool:
    """Whether nothing but spaces and hyphens stands between the groups."""
    return all(not group.joint.strip() or _is_hyphen(group.joint) for group in groups[1:])


class _Reader:
    """Goes once through a text."""

    def __init__(self, text: str, country: str, *, is_field: bool):
        self.text, self.country, self.is_field = text, country, is_field
        self.seen = blank_out(text)
        self.doubtful: list[str] = []
        self.tried = 0
        self.long_at: dict[int, tuple[Telephone | None, int]] = {}  # of the run at hand, by its groups

    def find(self) -> Iterator[Telephone]:
        end = 0
        for run in self.runs():
            for telephone in self._of_run([group for group in run if group.start >= end]):
                yield telephone
                end = telephone.end  # behind the extension, if there is one

    # --- Where digits stand together ---

    def runs(self) -> Iterator[list[_Group]]:
        """The groups of digits that belong together, run by run: a number never reaches over two of them."""
        run: list[_Group] = []
        for match in _GROUP.finditer(self.seen):
            joint = self.seen[run[-1].end : match.start()] if run else ""
            is_joined = bool(run) and "+" not in match[0][:1] and self._joins(joint, run[-1], match)
            if run and not is_joined:
                yield run
                run = []
            is_free = self._is_free_behind(match.end())
            if is_free and (is_joined or self._is_free_before(match.start())):
                run.append(_Group(match.start(), match.end(), ascii_digits(match[0]), joint if is_joined else ""))
            elif run:
                # "0800 123 456 7pm": what touches a letter is no part of the number.
                yield run if _has_space(joint) else []
                run = []
        if run:
            yield run

    def _joins(self, joint: str, before: _Group, match: re.Match) -> bool:
        if not joint:
            return match[0].startswith("(") or self.seen[before.end - 1] == ")"
        if len(match[0]) <= 2 and _has_space(joint) and _is_hyphen(joint.strip()):
            return False  # "0800 123 456 – 9 to 5"
        return _JOINT.fullmatch(joint) is not None

    def _is_free_before(self, start: int) -> bool:
        before, further = self.seen[start - 1 : start], self.seen[start - 2 : start - 1] if start > 1 else ""
        if before and (before.isalnum() or before in "_@=$£€¥#+"):
            return False
        return not (before in {",", ":", "."} and further.isdecimal() or before == "-" and further.isalnum())

    def _is_free_behind(self, end: int) -> bool:
        after, further = self.seen[end : end + 1], self.seen[end + 1 : end + 2]
        if after in {",", ":"} and further.isdecimal() or after == "-" and further.isalpha():
            return False
        is_word = after.isalnum() or after in {"_", "%", "°", "@", "="}
        is_in_brackets = self.seen[end - 1] == ")"  # as in (0)1632
        return not after or not is_word or is_in_brackets or _EXTENSION.match(self.seen, end) is not None

    # --- Which of them are numbers ---

    def _of_run(self, run: list[_Group]) -> Iterator[Telephone]:
        place, last, left = 0, None, []
        self.long_at.clear()
        if len(run) > _MOST_IN_A_RUN:
            self._doubt(run)
            return
        while place < len(run):
            may_begin = run[place].is_loose and not (left and left[-1] is run[place - 1] and len(left[-1].digits) > 2)
            found, after = self._at(run, place, last) if may_begin else (None, place)
            if found:
                yield found
                last, place = found, after
            else:
                left.append(run[place])
                place += 1
        if left:
            self._doubt(left)

    def _at(self, run: list[_Group], place: int, last: Telephone | None) -> tuple[Telephone | None, int]:
        """The number that begins with this group, and the place behind it."""
        short, short_end = self._short(run, place, last)
        long, long_end = self._long(run, place)
        if short and long and long_end > short_end:
            rest = "".join(group.digits for group in run[short_end:long_end])
            return (short, short_end) if len(rest) <= 2 else (long, long_end)
        if short and not long and not self._may_end(run, short_end):
            return None, place
        return (long, long_end) if long else (short, short_end)

    def _may_end(self, run: list[_Group], end: int) -> bool:
        """Whether a number may be followed by what stands next: "111 24 hours" yes, "999 1234" no."""
        if end == len(run) or "/" in run[end].joint or len(run[end].digits) <= 2:
            return True
        return self._long(run, end)[0] is not None

    def _short(self, run: list[_Group], place: int, last: Telephone | None) -> tuple[Telephone | None, int]:
        if place and not ("/" in run[place].joint and last and len(last.dialled) <= 6):
            return None, place
        for end in range(min(len(run), place + 3), place, -1):
            groups = run[place:end]
            if end < len(run) and not run[end].is_loose or not _is_plain(groups):
                continue
            digits = "".join(group.digits for group in groups)
            if known := short_number(digits, groups=len(groups), country=self.country):
                return self._telephone(groups, digits, is_text=known.how == TEXT), end
            if self._is_alone(run) and is_short_of(digits, self.country):
                return self._telephone(groups, digits), end
        return None, place

    def _is_alone(self, run: list[_Group]) -> bool:
        """Whether a field holds nothing but this one group of digits."""
        return self.is_field and len(run) == 1 and self._is_all(run)

    def _is_all(self, groups: list[_Group]) -> bool:
        return self.text.strip() == self.text[groups[0].start : groups[-1].end]

    def _long(self, run: list[_Group], place: int) -> tuple[Telephone | None, int]:
        if place not in self.long_at:
            self.long_at[place] = self._find_long(run, place)
        return self.long_at[place]

    def _find_long(self, run: list[_Group], place: int) -> tuple[Telephone | None, int]:
        for end in range(min(len(run), place + _MOST_GROUPS), place, -1):
            groups = run[place:end]
            if end < len(run) and not run[end].is_loose:
                continue
            has_length = _FEWEST <= sum(len(group.digits) for group in groups) <= _MOST
            if has_length and (dialled := self._dialled(groups)) and self._may_end(run, end):
                if self._may_be_an_hour(groups):
                    return None, place
                return self._telephone(groups, *dialled), end
        return None, place

    def _may_be_an_hour(self, groups: list[_Group]) -> bool:
        """Whether nobody can tell where the number ends, as in "0800 123 456 9 – 5pm"."""
        last = groups[-1]
        is_hour = len(groups) > 1 and last.is_loose and len(last.digits) <= 2 and int(last.digits) <= 24
        return bool(is_hour and _UNTIL.match(self.seen, last.end) and self._dialled(groups[:-1]))

    def _dialled(self, groups: list[_Group]) -> tuple[str, bool] | None:
        """What is dialled for these groups and whether a numbering plan has it; None if they are no number."""
        written = self.text[groups[0].start : groups[-1].end]
        self.tried += 1
        if self.tried > _MOST_TRIED:
            return None
        if sum("/" in group.joint for group in groups[1:]) > 1 or written.startswith("(") and len(groups) == 1:
            return None
        try:
            number = phonenumbers.parse(written, self.country, keep_raw_input=True)
        except phonenumbers.NumberParseException:
            return None
        is_known = phonenumbers.is_valid_number(number)
        if not is_known and not has_usual_length(number, self.country):
            return None
        typed = "".join(group.digits for group in groups)
        if written.startswith(("+", "(+")) or number.country_code_source == IDD:
            return with_country(number, typed, is_known)
        is_sure = is_known or self.is_field and self._is_all(groups)
        return (typed, is_known) if is_dialled_so(number, typed, self.country, is_known, is_sure) else None

    def _telephone(
        self, groups: list[_Group], dialled: str, is_known: bool = True, *, is_text: bool = False
    ) -> Telephone:
        start, end = groups[0].start, groups[-1].end
        is_text = is_text or _BY_TEXT.search(self.text[max(0, start - 60) : start].replace("\n", "  ")) is not None
        extension = _EXTENSION.match(self.text, end) if len(dialled) >= _FEWEST else None
        parameter = ""
        if extension and (not extension[0].endswith(")") or "(" in extension[0]):
            end, parameter = extension.end(), f";ext={ascii_digits(extension['digits'])}"
        return Telephone(
            start, end, self.text[start:end], f"{'sms' if is_text else 'tel'}:{dialled}{parameter}", is_known
        )

    def _doubt(self, groups: list[_Group]) -> None:
        """Name back what a person would take for a number: long, or beginning like one, or assigned where it stands."""
        digits = "".join(group.digits for group in groups)
        written = self.text[groups[0].start : groups[-1].end]
        begins = written.startswith("+") or digits.startswith("0") and len(digits) > 3
        is_long = len(digits) >= (3 if self.is_field else 6)
        if is_long or begins or is_short_of(digits, self.country):
            self.doubtful.append(written)


def _has_space(joint: str) -> bool:
    return any(sign.isspace() for sign in joint)


def _is_hyphen(joint: str) -> bool:
    return re.fullmatch(_HYPHEN, joint) is not None


_SHOWN_EXTENSION = re.compile(rf"(?<=\d){_EXTENSION.pattern}", re.IGNORECASE)


def shown_extension(words: str) -> str:
    """The digits of the extension that stands there ("ext. 12"), or ""."""
    found = _SHOWN_EXTENSION.search(words)
    return ascii_digits(found["digits"]) if found else ""


def shown_numbers(words: str) -> list[str]:
    """The digits of what stands in a link's words like a telephone number of any country: one string for each.

    "999 or 112" is two; "+44 (0)1632 960123" is one, without the "(0)"; hours ("24/7"), other small numbers and the
    extension (`shown_extension`) are none.
    """
    found = []
    words = _SHOWN_EXTENSION.sub(COVER, words)
    for run in _Reader(words, DEFAULT_COUNTRY, is_field=True).runs():
        groups = [group for group in run if not _is_trunk(words[group.start : group.end], group is run[0])]
        parts: list[list[str]] = [[]]
        for group in groups:
            if "/" in group.joint and not _is_area_code(parts[-1]):
                parts.append([])
            parts[-1].append(group.digits)
        found += ["".join(part) for part in parts if len("".join(part)) > 2]
    return found


def _is_area_code(parts: list[str]) -> bool:
    """As in 030/123456."""
    return len(parts) == 1 and parts[0].startswith("0") and len(parts[0]) <= 6


def _is_trunk(written: str, is_first: bool) -> bool:
    return not is_first and re.fullmatch(r"\(\s?0\s?\)", written) is not None

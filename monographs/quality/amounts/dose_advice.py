"""What a check of a dose says: the words to write instead, with the numbers in them as they should stand."""

import re
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from monographs.leaflets.content import Content
from monographs.quality.amounts.dose_words import NUMBER, dose_texts
from monographs.quality.findings import Observation
from monographs.quality.pieces.passages import Passage, is_english

ISMP = "ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations (2021)"
NHS = "NHS digital service manual, content style guide"
ISMP_AND_NHS = f"{ISMP}; {NHS}"

_NUMBERS = re.compile(NUMBER)


def observe(passage: Passage, found: re.Match, message: str, instead: str) -> Observation:
    """What was found in a text of `dose_texts`, quoted as the author wrote it."""
    return passage.observe(passage.text[found.start() : found.end()], message, instead)


def write(words: str) -> str:
    """The advice to write these words."""
    return _("Write “%(words)s”.") % {"words": " ".join(words.split())}


def put_right(numbers: str) -> str:
    """English numbers as they should stand, so that one advice does not lead into the next: ``.50`` → ``0.5``."""
    return _NUMBERS.sub(lambda found: grouped(_right(found[0])), numbers)


def _right(number: str) -> str:
    number = f"0{number}" if number[0] == "." else number
    return without_trailing_zero(number) if has_trailing_zero(number) else number


def has_trailing_zero(number: str) -> bool:
    """``5.0`` and ``0.50``, as English writes decimals."""
    return re.fullmatch(r"[\d,]+\.\d*0", number) is not None


def without_trailing_zero(number: str) -> str:
    """``5.0`` → ``5``, ``0.50`` → ``0.5``."""
    return number.rstrip("0").rstrip(".,")


def grouped(number: str) -> str:
    """``10000`` → ``10,000``."""
    return re.sub(r"(?<![\d.])\d{4,}", lambda digits: f"{int(digits[0]):,}", number)


def with_commas(number: str) -> str:
    """``10 000`` → ``10,000``."""
    return re.sub(r"(?<=\d)\s(?=000)", ",", number)


def plural(form: str, count: str) -> str:
    """The form as it is counted: ``("patch", "2")`` → ``patches``; ``"1"`` leaves it."""
    if count == "1" or form.endswith("s") and not form.endswith("ss"):
        return form
    if form.endswith("y"):
        return f"{form[:-1]}ies"
    return f"{form}es" if form.endswith(("ch", "ss")) else f"{form}s" if form else ""


def replace(
    content: Content,
    pattern: re.Pattern,
    message: str,
    right: Callable[[re.Match], str],
    spared: Callable[[re.Match, str], bool] = lambda found, text: False,
    only_where: re.Pattern = re.compile(r"\d"),
) -> Iterator[Observation]:
    """What a pattern finds in an English leaflet, with the words that are ``right`` instead; not what is ``spared``.

    ``only_where`` is found quickly and stands in whatever the pattern finds.
    """
    if not is_english(content):
        return
    for passage, text in dose_texts(content):
        for found in pattern.finditer(text) if only_where.search(text) else ():
            if not spared(found, text):
                yield observe(passage, found, message, write(right(found)))

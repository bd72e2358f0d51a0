"""Lists to take away: cells that a spreadsheet runs nothing of, and an answer that is whole or says that it is not.

CSV begins with a byte order mark: without it spreadsheets read UTF-8 as the machine's own encoding and spoil every
accent. Its last line says how much there is, so that a file that was cut off is known by its lacking it.
"""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from django.http import HttpResponse, StreamingHttpResponse

BOM = "\ufeff"
HELD_AT_MOST = 500_000  # bytes of an export that are put together before they are sent
_FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[=+@-]|[\t\r\n']")


def harmless(value: object) -> object:
    """The value as a cell: with an apostrophe before what spreadsheets run as a formula (OWASP, CSV injection), and
    before one that begins with an apostrophe, so that each cell without its first is what was recorded."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(unicodedata.normalize("NFKC", value)) else value


def csv_line() -> Callable[[Iterable], str]:
    """A function that makes the line of a row."""
    return csv.writer(_Echo()).writerow


def whole_or_streamed(parts: Iterator[bytes], **arguments: object) -> HttpResponse | StreamingHttpResponse:
    """A short answer whole, with its Content-Length; a long one as it comes, without being held in memory."""
    begun, size = [], 0
    for part in parts:
        begun.append(part)
        size += len(part)
        if size > HELD_AT_MOST:
            return StreamingHttpResponse(chain(begun, parts), **arguments)
    return HttpResponse(b"".join(begun), **arguments)


class _Echo:
    """A file that hands back what is written, so that rows can be streamed."""

    def write(self, text: str) -> str:
        return text

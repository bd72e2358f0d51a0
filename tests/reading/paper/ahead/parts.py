"""What these tests share."""

import datetime as dt

from monographs.reading.paper import ahead, files
from monographs.reading.paper.ahead import print_some
from monographs.reading.public import read_site
from tests.paper.parts import text_of

ADDRESS = "/leaflets/testamol/leaflet.pdf"
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def print_all(at: dt.datetime | None = None, *, most: int = 20, **rest) -> int:
    """Turns until nothing is left; how many PDFs they made."""
    made = 0
    for _turn in range(100):
        turn = print_some(at=at, most=most, **rest)
        made, rest = made + turn.made, {}
        if turn.is_over:
            return made
    raise AssertionError("the clock does not come to an end")


def files_in(folder) -> list:
    return sorted(path for path in folder.rglob("*") if len(path.name) == 64)


def kept_at(at: dt.datetime, slug: str = "testamol") -> str | None:
    """The words of what is kept of what a leaflet says at an instant."""
    article = ahead.article_as_file(ahead._request(), read_site(at), slug, "")
    found = files.kept_files().get(article.digest("pdf 12"))
    return text_of(found) if found else None

"""The standard PDF of each leaflet is made before its reader asks: by the clock, after whatever made it another one.

What is kept is known by the digest of all that it says (`Article.digest`), so a reader whose leaflet says something
else by now doesn't find it and has it made, as where no clock runs.
"""

import datetime as dt
import io
import logging
import os
from dataclasses import asdict
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError
from django.http import Http404, HttpRequest
from django.utils import timezone

from monographs.files.kept import Kept
from monographs.files.whole import make_folder
from monographs.paper.articles.article import digest_of
from monographs.reading.paper.due import Due, read_due, write_due
from monographs.reading.paper.files import article_as_file, keep_standard_pdf, kept_files
from monographs.reading.public import read_site

MOST = 20  # leaflets that are looked at in a turn
_UNWANTED_FOR = 2 * 24 * 3600.0  # seconds: all are looked at once a day
logger = logging.getLogger(__name__)


class Turn(NamedTuple):
    """How many PDFs were made, and whether nothing is left to look at."""

    made: int
    is_over: bool


def print_some(*, at: dt.datetime | None = None, everywhere: bool = False, most: int = MOST) -> Turn:
    """Look at some leaflets whose PDF may be another one as of ``at`` (default: now), at most ``most``, and make what
    isn't kept. ``everywhere``: begin with all of them, as a program does that was started anew.

    Any number may run at once. Where the disk has little room nothing is made. Raises OSError.
    """
    kept, at = kept_files(), at or timezone.now()
    if not kept.most_bytes or not _has_room(kept):
        return Turn(0, is_over=True)
    due = read_due(kept.folder)
    before = asdict(due)
    due.look(at, common=_common())
    if everywhere:
        due.begin_anew(at)
    some = due.some(most)
    made = _made(some, kept, at)
    due.done([number for number, _slug in some], most)
    if made or (some and due.is_over):
        _make_room(kept, due)
    if asdict(due) | {"seen_at": ""} != before | {"seen_at": ""}:
        write_due(kept.folder, due)
    return Turn(made, due.is_over)


def _made(some: list[tuple[int, str]], kept: Kept, at: dt.datetime) -> int:
    """How many were made now. One that can't be made keeps back no other: its reader's request says what is wrong."""
    made, site, request = 0, read_site(at), _request()
    for number, slug in some:
        try:
            made += keep_standard_pdf(article_as_file(request, site, slug, ""), kept)
        except Http404:
            continue  # it shows nothing
        except (DatabaseError, OSError):
            raise
        except Exception:
            logger.exception("Leaflet %s has no PDF before somebody asks for it.", number)
    return made


def _make_room(kept: Kept, due: Due) -> None:
    """Where what was wanted in this look at all must go again, it is over: what it would make next would go, too."""
    gone_at = kept.make_room(unwanted_for=_UNWANTED_FOR)
    if due.below is not None and gone_at >= due.began_at:
        logger.warning(
            "CLINICINFO_PAPER_MB has no room for the PDFs of all leaflets; the other ones are made when asked for."
        )
        due.below = None


def _request() -> HttpRequest:
    """As a reader asks who has the site's own address: it stands in the QR code and in links."""
    address = urlsplit(settings.SITE_ADDRESS)
    header, https = settings.SECURE_PROXY_SSL_HEADER or ("HTTP_X_FORWARDED_PROTO", "https")
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/",
            "HTTP_HOST": address.netloc,
            header: https if address.scheme == "https" else "http",
            "wsgi.url_scheme": address.scheme,
            "wsgi.input": io.BytesIO(),
        }
    )


def _common() -> str:
    """What is in all sheets and on no record: the program and the site's settings."""
    return digest_of("", settings.SITE_ADDRESS, settings.LANGUAGE_CODE, settings.TIME_ZONE)


def _has_room(kept: Kept) -> bool:
    make_folder(kept.folder)
    found = os.statvfs(kept.folder)
    return found.f_bavail * found.f_frsize >= settings.LEAST_ROOM

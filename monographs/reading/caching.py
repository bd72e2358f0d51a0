"""Why a page seen before costs one query: ETags made from the public stamp (RFC 9110 section 8.8.3)."""

import functools
import hashlib
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from monographs.clinics.models import Clinic

PUBLIC = "public, max-age=0, must-revalidate"  # every cache may keep it, and asks each time whether it still holds
PRIVATE = "no-store"


def digest(*parts: str) -> str:
    """A short name of these texts, for an ETag."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:27]


def program_version() -> str:
    """The state of the program that makes the pages: two releases never share an ETag."""
    return _fingerprint() if settings.DEBUG else _fingerprint_once()


def _fingerprint() -> str:
    here = Path(__file__).resolve().parent
    near = (here.parent / name for name in ("static", "templatetags", "locale"))
    folders = (settings.BASE_DIR / "templates", here, *near)
    files = sorted(file for folder in folders for file in folder.rglob("*") if file.suffix in _PROGRAM)
    return digest(*(f"{file.name}{hashlib.sha256(file.read_bytes()).hexdigest()}" for file in files))


_PROGRAM = {".html", ".py", ".css", ".js", ".mo"}
_fingerprint_once = functools.cache(_fingerprint)


def stamp_tag(request: HttpRequest, *, clinic: Clinic, stamp: str, hour: int) -> str:
    """The ETag of an address as the public stamp stands. ``hour`` is that of the reply form's token.

    Weak, because compression on the way may change the bytes.
    """
    details = "\x1f".join(str(getattr(clinic, field.attname)) for field in clinic._meta.concrete_fields)
    return f'W/"{digest(program_version(), stamp, details, str(hour), request.get_host(), request.get_full_path())}"'


def body_tag(response: HttpResponse) -> str:
    """The ETag of a page by what it says, for pages that depend on more than the stamp."""
    return f'W/"{digest(response.content.decode())}"'

"""Pictures are what they are called, and those that any text names are there."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from monographs.clinics.models import ClinicDetails
from monographs.files.digests import is_called_right
from monographs.files.pictures import FOLDER, PictureName, pictures_in
from monographs.leaflets.models import Section
from monographs.operations.verify.recorded import CHUNK
from monographs.revisions.models import Revision


def pictures_to_check() -> int:
    """About how many there are, for a progress bar."""
    return len(_kept())


def check_pictures(problems: list[str]) -> Iterator[None]:
    """Read every picture that is kept; one step each. Adds a sentence to ``problems`` for each that is wrong.

    What is kept and named nowhere is checked as well: a form that nobody saved yet may name it. The texts are read
    before the folder, because a picture is there before a text names it.
    """
    named = _named()
    for name in sorted({*_kept(), *named}):
        if problem := _wrong_with(name, named.get(name, "")):
            problems.append(problem)
        yield


def _kept() -> list[PictureName]:
    folder = Path(default_storage.path(FOLDER))
    names = (PictureName.parse(f"{FOLDER}/{path.name}") for path in folder.iterdir()) if folder.is_dir() else ()
    return [name for name in names if name]


def _named() -> dict[PictureName, str]:
    """Each picture that a revision, a draft or the clinic's details name, and where first."""
    texts = chain(
        _texts(Revision.objects.select_related("leaflet"), "content_json"),
        _texts(Section.objects.select_related("leaflet"), "body"),
        _texts(ClinicDetails.objects.all(), "details"),
    )
    named: dict[PictureName, str] = {}
    for text, where in texts:
        for name in pictures_in(text):
            named.setdefault(name, where)
    return named


def _texts(rows, column: str) -> Iterator[tuple[str, str]]:
    for row in rows.filter(**{f"{column}__contains": FOLDER}).order_by("pk").iterator(chunk_size=CHUNK):
        yield getattr(row, column), str(row)


def _wrong_with(name: PictureName, where: str) -> str:
    path = Path(default_storage.path(str(name)))
    shown = {"name": name, "where": f" ({where})" if where else ""}
    try:
        if is_called_right(path, name.digest):
            return ""
        size = path.stat().st_size
    except FileNotFoundError:
        return _("The picture %(name)s is missing%(where)s.") % shown
    except OSError as error:
        return _("The picture %(name)s can’t be read%(where)s: %(error)s.") % {**shown, "error": error.strerror}
    sentence = _("The picture %(name)s is cut or was changed: %(size)s bytes are there%(where)s.")
    return sentence % {**shown, "size": f"{size:,}"}

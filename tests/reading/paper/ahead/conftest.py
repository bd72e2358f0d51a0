"""A clinic with an empty folder for its PDFs; who reads, and what is set meanwhile."""

import datetime as dt

import pytest
from django.utils import timezone

from monographs.paper.shelf import Shelf
from monographs.reading.paper import ahead, files
from tests.reading.paper.ahead.parts import ADDRESS
from tests.reading.parts import make_clinic


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A disk of its own, with nothing on it."""
    settings.PAPER_FOLDER, settings.LEAST_ROOM = tmp_path / "paper", 0
    settings.SITE_ADDRESS = "http://testserver"
    make_clinic()
    return settings.PAPER_FOLDER


@pytest.fixture(autouse=True)
def morning():
    """It is between nine and ten where the clinic is: on a new day all leaflets are looked at, and hours pass here."""
    with timezone.override(dt.timezone(dt.timedelta(hours=9 - dt.datetime.now(dt.UTC).hour))):
        yield


@pytest.fixture
def printed(monkeypatch) -> list[str]:
    """The title of each article that is set, by whomever."""
    titles, make = [], files.make_pdf

    def counted(article, **rest):
        titles.append(article.title)
        return make(article, **rest)

    monkeypatch.setattr(files, "make_pdf", counted)
    return titles


@pytest.fixture
def looked_at(monkeypatch) -> list[str]:
    """The leaflets, by their names in addresses, that a turn looked at."""
    slugs, read = [], ahead.article_as_file

    def noted(request, site, slug, number):
        slugs.append(slug)
        return read(request, site, slug, number)

    monkeypatch.setattr(ahead, "article_as_file", noted)
    return slugs


@pytest.fixture
def read(client, monkeypatch):
    """What a reader gets whose request is the first in its process."""

    def in_another_process(address: str = ADDRESS, **headers: str) -> bytes:
        monkeypatch.setattr(files, "_shelf", Shelf(1_000_000))
        answer = client.get(address, **headers)
        assert answer.status_code == 200
        return answer.content

    return in_another_process

"""The addresses of a leaflet's files: what is shown now, each version, a notice; cached like pages."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from PIL import Image

from monographs.clinics.models import the_clinic
from monographs.paper.pictures.qr import qr_svg
from monographs.paper.setting import typefaces
from monographs.publication.actions import publish, withdraw
from monographs.reading.paper import files
from tests.makers import change_leaflet, make_approved, make_comment, make_published
from tests.paper.parts import text_of
from tests.reading.parts import make_clinic, words
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db

FILES = {
    "leaflet.pdf": "application/pdf",
    "large-print.pdf": "application/pdf",
    "leaflet.txt": "text/plain; charset=utf-8",
    "leaflet.epub": "application/epub+zip",
}
LIKE_ANY_NUMBER = ("0", "1.0", "x", "1.1")  # to a database, if they come to one


@pytest.fixture
def second_version(priya):
    """Testamol, replaced once: version 1 said 5mg, version 2 says 10mg."""
    make_clinic()
    first = make_published()
    review = make_approved(change_leaflet(first.leaflet, dosage="Take 10mg once a day."))
    return publish(review, by=priya, change_note="The dose.", size="major")


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return out.getvalue()


def _words(response, name: str) -> str:
    if name.endswith(".pdf"):
        return text_of(response.content)
    if name.endswith(".epub"):
        return zipfile.ZipFile(io.BytesIO(response.content)).read("EPUB/leaflet.xhtml").decode()
    return response.content.decode()


@pytest.mark.parametrize("name", FILES)
def test_file_says_what_the_leaflet_says_now(client, second_version, name):
    response = client.get(f"/leaflets/testamol/{name}")
    assert response.status_code == 200
    assert response["Content-Type"] == FILES[name]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Content-Disposition"] == f'inline; filename="testamol.{name.rpartition(".")[2]}"'
    read = _words(response, name)
    assert "Take 10mg once a day." in read
    assert "/leaflets/testamol/versions/2/" in read.replace("https:// ", "https://")
    assert "This is an old version." not in read


@pytest.mark.parametrize("name", FILES)
def test_replaced_version_says_so_first(client, second_version, name):
    read = _words(client.get(f"/leaflets/testamol/versions/1/{name}"), name)
    assert "Take 5mg once a day." in read
    assert 0 <= read.index("This is an old version.") < read.index("Information for patients")


def test_replaced_version_leads_to_the_current_one_from_paper_too(client, second_version):
    read = text_of(client.get("/leaflets/testamol/versions/1/leaflet.pdf").content)
    assert "Read the current one (http://testserver/leaflets/testamol/)" in read


def test_current_version_is_the_leaflets_own_file(client, second_version):
    assert client.get("/leaflets/testamol/versions/2/leaflet.pdf").content == (
        client.get("/leaflets/testamol/leaflet.pdf").content
    )


@pytest.mark.parametrize("name", FILES)
def test_withdrawn_leaflets_file_is_its_notice(client, second_version, priya, name):
    client.get(f"/leaflets/testamol/{name}")
    withdraw(second_version.leaflet, by=priya, notice="Keep taking it. Ask us.", why="Wrong.")
    now = _words(client.get(f"/leaflets/testamol/{name}"), name)
    assert "Keep taking it. Ask us." in now
    assert "10mg" not in now
    before = _words(client.get(f"/leaflets/testamol/versions/2/{name}"), name)
    assert before.index("Do not follow this text.") < before.index("Take 10mg")


@pytest.mark.parametrize("size", [16, 20, 24, 28])
def test_large_print_comes_in_four_sizes(client, second_version, size):
    assert "Take 10mg" in text_of(client.get(f"/leaflets/testamol/large-print.pdf?size={size}").content)


@pytest.mark.once  # no database is asked about a size
@pytest.mark.parametrize("size", ["", "12", "1e3", "-16", "28pt", "٢٨", "999999999999999999999", "16\x00"])
def test_other_sizes_are_not_found(client, second_version, size):
    assert client.get("/leaflets/testamol/large-print.pdf", {"size": size}).status_code == 404


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "version", ["3", "999999999999999999999", *[pytest.param(one, marks=pytest.mark.once) for one in LIKE_ANY_NUMBER]]
)
def test_version_that_never_was_is_not_found(client, second_version, name, version):
    assert client.get(f"/leaflets/testamol/versions/{version}/{name}").status_code == 404


@pytest.mark.parametrize("name", FILES)
def test_leaflet_that_never_was_is_not_found(client, name):
    assert client.get(f"/leaflets/nothing/{name}").status_code == 404


def test_clinics_new_number_is_in_the_next_pdf(client, second_version):
    leaflet = second_version.leaflet
    publish(
        make_approved(change_leaflet(leaflet, dosage="::: emergency\nYou can't breathe.\n:::")),
        by=second_version.by, change_note="Card.", size="minor",
    )  # fmt: skip
    assert "Call 999 now" in text_of(client.get("/leaflets/testamol/leaflet.pdf").content)
    make_clinic(emergency_number="112")
    assert "Call 112 now" in text_of(client.get("/leaflets/testamol/leaflet.pdf").content)


def test_known_pdf_is_handed_out_like_a_known_page(second_version, monkeypatch):
    reader = Reader()
    first = reader.get("/leaflets/testamol/leaflet.pdf")
    monkeypatch.setattr(files, "article_as_file", None)  # the page cache has it: no view is asked
    again = reader.get("/leaflets/testamol/leaflet.pdf")
    assert again.content == first.content
    assert reader.get("/leaflets/testamol/leaflet.pdf", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_pdf_is_not_made_again_because_something_else_happened(client, second_version, monkeypatch):
    first = client.get("/leaflets/testamol/leaflet.pdf").content
    make_comment(second_version, shown=True)
    monkeypatch.setattr(files, "make_pdf", None)
    assert client.get("/leaflets/testamol/leaflet.pdf").content == first


def test_queries_do_not_grow_with_the_leaflet(client, second_version, django_assert_max_num_queries):
    for name in FILES:
        with django_assert_max_num_queries(3):
            client.get(f"/leaflets/testamol/{name}")


def test_leaflet_that_cant_be_set_with_its_pictures_is_set_without(client, second_version, monkeypatch):
    made = files.make_pdf
    tried = []

    def fails_once(article, **rest):
        tried.append(article)
        if len(tried) == 1:
            raise RuntimeError("no picture")
        return made(article, **rest)

    monkeypatch.setattr(files, "make_pdf", fails_once)
    monkeypatch.setattr(files, "_shelf", files.Shelf(1_000_000))
    assert "Take 10mg" in text_of(client.get("/leaflets/testamol/leaflet.pdf").content)
    assert len(tried) == 2


@pytest.mark.parametrize("name", ["leaflet.pdf", "large-print.pdf", "leaflet.epub"])
def test_a_picture_that_comes_back_is_printed_at_once(client, second_version, monkeypatch, name):
    monkeypatch.setattr(files, "_shelf", files.Shelf(10_000_000))
    picture = f'<p><img src="/media/leaflet-images/{"0" * 64}.png" alt="Two tablets"></p></article>'
    article = files.article_as_file

    def with_picture(*asked):
        found = article(*asked)
        return replace(found, html=found.html.replace("</article>", picture))

    monkeypatch.setattr(files, "article_as_file", with_picture)
    monkeypatch.setattr(files, "_picture", lambda _address: None)
    without = client.get(f"/leaflets/testamol/{name}")
    assert without["Cache-Control"] == "no-store"
    monkeypatch.setattr(files, "_picture", lambda _address: png())
    whole = client.get(f"/leaflets/testamol/{name}")
    assert whole.content != without.content
    assert whole["Cache-Control"] != "no-store"
    monkeypatch.setattr(files, "_picture", None)  # now it is kept
    assert client.get(f"/leaflets/testamol/{name}").content == whole.content


def test_who_waits_too_long_is_told_so(client, second_version, monkeypatch):
    def busy(article, **rest):
        raise files.TooMany

    monkeypatch.setattr(files, "make_pdf", busy)
    monkeypatch.setattr(files, "_shelf", files.Shelf(1_000_000))
    response = client.get("/leaflets/testamol/leaflet.pdf")
    assert response.status_code == 503
    assert "Many leaflets are being printed." in words(response)


def test_language_without_a_typeface_says_that_there_is_no_pdf(client, monkeypatch):
    make_published()
    monkeypatch.setattr(typefaces, "_SCRIPTS", set())
    response = client.get("/leaflets/testamol/leaflet.pdf")
    assert response.status_code == 404
    assert "This site has no typeface for the letters of this leaflet" in words(response)
    assert b"leaflet.pdf" not in client.get("/leaflets/testamol/").content
    assert client.get("/leaflets/testamol/leaflet.txt").status_code == 200


def test_page_and_versions_lead_to_the_files(client, second_version):
    page = client.get("/leaflets/testamol/").content.decode()
    for name in FILES:
        assert f'href="/leaflets/testamol/{name}"' in page
    versions = client.get("/leaflets/testamol/versions/").content.decode()
    assert 'href="/leaflets/testamol/versions/1/leaflet.pdf"' in versions


def test_overdue_check_is_told_on_paper_if_the_clinic_tells_it(client, second_version):
    assert the_clinic().tells_patients_overdue is False
    read = text_of(client.get("/leaflets/testamol/leaflet.pdf").content)
    assert "was to be checked again" not in read


@pytest.mark.parametrize("language", ["ar", "ur", "pl", "es"])
def test_other_languages_have_all_files(client, language):
    slug = make_published(language=language).leaflet.slug
    for name in FILES:
        response = client.get(f"/leaflets/{slug}/{name}")
        assert response.status_code == 200
        assert response["Content-Language"] == language


@pytest.mark.parametrize("name", FILES)
def test_file_ends_with_whom_to_call(client, second_version, name):
    make_clinic(
        email="hello@clinic.example",
        address="1 Mill Lane\nMilltown",
        opening_hours="Monday to Friday: 8:30am to 6pm",
        out_of_hours="When we are closed, call 111.",
    )
    read = " ".join(_words(client.get(f"/leaflets/testamol/{name}"), name).split())
    read = read.replace("<br/>", " ").replace("\u2011", "-")
    end = read[read.index("If you need help") :]
    for told in (
        "999",
        "01632 960 100",
        "Samaritans",
        "8:30am to 6pm",
        "When we are closed, call",
        "Yellow Card",
        "1 Mill",
    ):
        assert told in end.replace("\u00a0", " "), told
    assert "hello@clinic.example 1 Mill Lane" in re.sub(r"<[^>]+>| \(mailto:[^)]*\)", "", end)


def test_code_of_a_version_is_for_ever_and_leads_to_it_alone(client, second_version):
    page = client.get("/leaflets/testamol/").content.decode()
    assert 'src="/leaflets/testamol/versions/2/address.svg"' in page
    one, two = (client.get(f"/leaflets/testamol/versions/{number}/address.svg") for number in (1, 2))
    assert one["Content-Type"] == "image/svg+xml"
    assert one.content == qr_svg("http://testserver/leaflets/testamol/versions/1/")
    assert two.content == qr_svg("http://testserver/leaflets/testamol/versions/2/")
    for number in ("3", "x", "999999999999999999999"):
        assert client.get(f"/leaflets/testamol/versions/{number}/address.svg").status_code == 404

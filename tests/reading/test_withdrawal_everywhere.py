"""A withdrawal shows everywhere at once: every address that had words of the leaflet, asked again through the page
cache by somebody who had them."""

import io
import json
import re
import zipfile

import pytest

from monographs.comments.models import Comment
from monographs.leaflets.models import Leaflet
from monographs.medicines.actions import add_names
from monographs.publication.actions import withdraw
from tests.makers import change_leaflet, make_comment, make_published
from tests.paper.parts import text_of
from tests.reading.machines.test_feed import entries
from tests.reading.parts import make_clinic, words
from tests.reading.through_the_cache import Reader
from tests.translations.translating import make_published_translation

pytestmark = pytest.mark.django_db

GTIN = "05012345678900"
HERE = "/leaflets/testamol/"
FILES = ("leaflet.pdf", "large-print.pdf", "large-print.pdf?size=28", "leaflet.txt", "leaflet.epub")
NOW = ("", *FILES, "changes/", "versions/1/changes/")
"""What says what the leaflet says now."""
OLD = [f"versions/{number}/{name}" for number in (1, 2) for name in ("", *FILES)]
"""What is kept for the record."""
SAID = ("Take 5mg", "Take 10mg", "5mg → 10mg", "purplish", "A reply of before.")
NOTICE, WHY = "Keep taking it and ask us.", "The table was wrong."


def read(response, address: str) -> str:
    """What a reader sees, whatever the kind of file."""
    if "pdf" in address:
        return " ".join(text_of(response.content).split())
    if "epub" in address:
        book = zipfile.ZipFile(io.BytesIO(response.content))
        html = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))
        return " ".join(re.sub(r"<[^>]+>", " ", html).split())
    if "txt" in address:
        return " ".join(response.content.decode().split())
    return words(response)


@pytest.fixture
def leaflet(db):
    """Version 2 of it is shown, with a reply, a pack and another language."""
    make_clinic()
    leaflet = make_published(dosage="Take 5mg once a day.").leaflet
    add_names(leaflet.medicine, by=None, codes=[("GTIN", GTIN)])
    dosage = "Take 10mg once a day. Your skin may look purplish."
    second = make_published(change_leaflet(leaflet, dosage=dosage), change_note="Twice the dose.")
    make_comment(second, body="A reply of before.", shown=True)
    make_published(language="es", title="Testamol en español", dosage="Tome 5 mg una vez al día.")
    return leaflet


@pytest.fixture
def pages(leaflet, priya):
    """Asks for an address as somebody who asked before the withdrawal, and has what was said then."""
    reader = Reader()
    addresses = [HERE + name for name in (*NOW, *OLD, "versions/")]
    addresses += ["/", "/a-z/", "/a-z/t/", "/search/?q=testamol", "/search/?q=purplish", "/sitemap.xml"]
    addresses += ["/updates.atom", "/medicines/testamol/updates.atom"]
    before = {address: reader.get(address) for address in addresses}
    assert {answer.status_code for answer in before.values()} == {200}
    said = {address: read(answer, address) for address, answer in before.items()}
    withdraw(leaflet, by=priya, notice=NOTICE, why=WHY)

    def ask(address: str) -> tuple[str, str]:
        """What it said before and what it says now."""
        answer = reader.get(address, headers={"if-none-match": before[address].get("ETag", '"none"')})
        assert answer.status_code == 200
        return said[address], read(answer, address)

    ask.reader = reader
    return ask


def test_page_files_and_changes_say_the_notice_and_no_word_of_the_text(pages):
    for name in NOW:
        before, now = pages(HERE + name)
        assert "10mg" in before, name
        assert not any(words in now for words in (*SAID, "10mg", WHY)), name
        if "changes" in name:
            assert "This leaflet has been withdrawn." in now, name
            assert "nothing to compare" in now, name
        else:
            assert NOTICE in now, name
            assert "Withdrawn on" in now, name


def test_each_version_that_is_kept_says_first_that_nobody_shall_follow_it(pages):
    for name in OLD:
        before, now = pages(HERE + name)
        assert "Do not follow this text." not in before, name
        assert 0 <= now.index("Do not follow this text.") < now.index("Information for patients"), name
        assert "The leaflet was withdrawn on" in now, name
        assert "→" not in now, name
        assert WHY not in now, name


def test_the_versions_page_says_so_first_and_offers_no_comparison(pages):
    before, now = pages(f"{HERE}versions/")
    assert "withdrawn" not in before.lower()
    assert now.index("This leaflet has been withdrawn.") < now.index("Version 2")
    assert ("What changed since version 1" in before, "What changed since" in now) == (True, False)


def test_lists_say_so_beside_its_name(pages):
    for address in ("/", "/a-z/", "/a-z/t/", "/search/?q=testamol"):
        before, now = pages(address)
        assert "withdrawn" not in before, address
        assert "Testamol withdrawn" in now, address
        assert "español" in now.lower(), address
        assert not any(words in now for words in (*SAID, "Twice the dose.")), address


def test_a_search_for_its_words_finds_it_no_more(pages):
    before, now = pages("/search/?q=purplish")
    assert "Testamol" in before
    assert "Testamol" not in now


def test_suggestions_name_the_medicine_still_for_it_has_another_leaflet(pages):
    answer = pages.reader.get("/search/suggestions/?q=test")
    assert [each["name"] for each in json.loads(answer.content)["names"]] == ["Testamol"]


def test_the_sitemap_lists_it_no_more_nor_as_another_language(pages):
    addresses = pages.reader.get("/sitemap.xml").content.decode()
    assert HERE not in addresses
    assert "/leaflets/testamol-es/" in addresses
    assert 'href="http://testserver/leaflets/' not in addresses


def test_feeds_say_withdrawn_first_with_the_notice(pages):
    for address in ("/updates.atom", "/medicines/testamol/updates.atom"):
        pages(address)
        answer = pages.reader.get(address)
        assert entries(answer)[0] == ("Testamol: withdrawn", NOTICE)
        assert WHY not in answer.content.decode()


def test_machines_are_told_to_forget_it(pages):
    pages(HERE)
    html = pages.reader.get(HERE).content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert not any(told in html for told in ("ld+json", "og:", "canonical", "hreflang", "application/atom"))


def test_a_pack_opens_the_leaflet_that_can_be_read_and_the_notice_where_there_is_none(pages, priya):
    def led_to() -> str:
        return pages.reader.get(f"/01/{GTIN}")["Location"]

    assert led_to() == "/leaflets/testamol-es/"
    withdraw(Leaflet.objects.get(slug="testamol-es"), by=priya, notice="Pregúntenos.", why="Wrong.")
    assert led_to() == HERE
    assert "not available" in words(pages.reader.get(HERE))


def test_replies_are_shown_nowhere_and_nobody_can_leave_one(pages):
    reader = pages.reader
    number = Comment.objects.get().pk
    assert reader.get(f"{HERE}replies/{number}/")["Location"] == HERE
    assert reader.get(f"{HERE}replies/before/{number}/")["Location"] == HERE
    assert "<textarea" not in reader.get(HERE).content.decode()


def test_what_comes_back_is_shown_everywhere_again(pages, leaflet):
    leaflet.refresh_from_db()
    make_published(change_leaflet(leaflet, dosage="Take 4mg once a day."), change_note="It is right now.")
    reader = pages.reader
    for name in ("", *FILES):
        now = read(reader.get(HERE + name), name)
        assert "Take 4mg once a day." in now, name
        assert NOTICE not in now, name
    assert "10mg → 4mg" in words(reader.get(f"{HERE}changes/"))
    assert "5mg → 4mg" in words(reader.get(f"{HERE}versions/1/"))
    assert f"<loc>http://testserver{HERE}</loc>" in reader.get("/sitemap.xml").content.decode()
    assert f'href="http://testserver{HERE}"' in reader.get("/sitemap.xml").content.decode()
    assert "Testamol withdrawn" not in words(reader.get("/a-z/"))


def test_its_two_columns_with_a_translation_are_gone(db, priya):
    make_clinic()
    translation = make_published_translation().leaflet
    reader = Reader()
    addresses = [f"/leaflets/testamol-es/beside/testamol/{file}" for file in ("", "leaflet.pdf")]
    before = [reader.get(address) for address in addresses]
    assert [read(answer, address).count("Take 5mg") for answer, address in zip(before, addresses, strict=True)] == [
        1,
        1,
    ]
    withdraw(translation.source, by=priya, notice=NOTICE, why=WHY)
    for answer, address in zip(before, addresses, strict=True):
        assert reader.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 404

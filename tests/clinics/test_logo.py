"""The clinic's logo: decoded and written anew, on record, and at the head of each page and sheet."""

import io
import json
import random

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from monographs.admin.people.clinic import LARGEST_LOGO, LOGO_BOX
from monographs.audit.models import Entry
from monographs.clinics.actions import change_clinic
from monographs.clinics.models import Clinic, ClinicDetails, the_clinic
from monographs.refusals import Unacceptable
from tests.admin.people.test_clinic_page import form_of
from tests.makers import make_published
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db
PAGE = "/admin/monographs/clinic/1/change/"


@pytest.fixture(autouse=True)
def _own_media_folder(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path
    Clinic.objects.update(staffed_hours="Mon-Fri 09:00-17:00", name="Park Lane Clinic")


def picture(size=(800, 200), kind="PNG", colour="red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def send(client, data: bytes, name="logo.png", **fields):
    form = form_of(the_clinic(), new_logo=SimpleUploadedFile(name, data), **fields)
    return client.post(PAGE, form)


@pytest.fixture
def administrator(client, ada):
    client.force_login(ada)
    return client


def errors(response) -> list[str]:
    return response.context["adminform"].form.errors["new_logo"]


def test_a_logo_is_made_small_kept_by_its_digest_and_goes_on_record(administrator):
    assert send(administrator, picture()).status_code == 302
    clinic = the_clinic()
    assert (clinic.logo_width, clinic.logo_height) == (480, 120)
    assert clinic.logo_url.startswith("/media/leaflet-images/")
    kept = Image.open(io.BytesIO(administrator.get(clinic.logo_url).content))
    assert (kept.size, kept.format) == ((480, 120), "PNG")
    entry = Entry.objects.get(verb="clinic.changed")
    assert set(json.loads(entry.data)["fields"]) == {"logo", "logo_width", "logo_height"}
    assert ClinicDetails.objects.latest("pk").clinic.logo == clinic.logo


def test_the_form_shows_it_and_takes_it_away_again(administrator):
    send(administrator, picture())
    page = administrator.get(PAGE).content.decode()
    assert f'<img src="{the_clinic().logo_url}" alt="Park Lane Clinic" width="480" height="120">' in page
    assert 'enctype="multipart/form-data"' in page
    before = the_clinic().logo
    administrator.post(PAGE, form_of(the_clinic(), phone="01632 960100"))
    assert the_clinic().logo == before
    administrator.post(PAGE, form_of(the_clinic(), without_logo="on"))
    assert (the_clinic().logo, the_clinic().logo_width) == ("", 0)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (SVG, "logo.svg", "can't be read as a picture"),
        (SVG, "logo.png", "can't be read as a picture"),
        (b"<html>", "logo.png", "can't be read as a picture"),
        (picture()[:200], "logo.png", "can't be read as a picture"),
    ],
)
def test_what_is_no_picture_is_refused_beside_its_field(administrator, data, name, told):
    response = send(administrator, data, name)
    assert response.status_code == 200
    assert told in errors(response)[0]
    assert the_clinic().logo == ""


def test_a_logo_of_too_many_bytes_is_refused(administrator):
    chance = random.Random(7)  # noqa: S311 - the same picture each time
    noise = Image.frombytes("RGB", LOGO_BOX, chance.randbytes(3 * LOGO_BOX[0] * LOGO_BOX[1]))
    out = io.BytesIO()
    noise.save(out, "PNG")
    assert len(out.getvalue()) > LARGEST_LOGO
    assert "60 kB" in errors(send(administrator, out.getvalue()))[0]


@pytest.mark.parametrize(("size", "shown"), [((100, 20), (100, 20)), ((200, 2000), (16, 160)), (LOGO_BOX, LOGO_BOX)])
def test_it_fits_its_box_and_is_never_made_larger(administrator, size, shown):
    send(administrator, picture(size))
    assert (the_clinic().logo_width, the_clinic().logo_height) == shown


@pytest.mark.parametrize("logo", ["leaflet-images/logo.png", "/etc/passwd", "https://elsewhere.example/logo.png"])
def test_the_verb_takes_no_other_picture(logo):
    clinic = the_clinic()
    clinic.logo, clinic.logo_width, clinic.logo_height = logo, 10, 10
    with pytest.raises(Unacceptable, match="no picture that was kept here"):
        change_clinic(clinic, by=None)


def test_only_who_may_change_the_clinic_sends_one(client, ana):
    client.force_login(ana)
    assert send(client, picture()).status_code == 403
    assert the_clinic().logo == ""


def test_it_stands_at_the_head_of_every_page_at_once_under_the_clinics_name(administrator):
    make_published()
    reader = Reader()
    assert 'dir="auto">Park Lane Clinic</a>' in reader.get("/leaflets/testamol/").content.decode()
    send(administrator, picture())
    logo = f'<img class="logo" src="{the_clinic().logo_url}" alt="Park Lane Clinic" width="480" height="120"></a>'
    for address in ("/", "/a-z/", "/search/", "/leaflets/testamol/", "/leaflets/testamol/versions/1/"):
        assert logo in reader.get(address).content.decode()
    assert logo in administrator.get("/nowhere/").content.decode()


def test_it_asks_the_database_for_nothing_more(client, administrator):
    make_published()
    counts = []
    for _time in range(2):
        client.get("/leaflets/testamol/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/leaflets/testamol/")
        counts.append(len(captured))
        send(administrator, picture())
    assert counts[0] == counts[1]


def test_it_stands_at_the_head_of_the_first_sheet_and_is_named_there(administrator):
    make_published()
    bare = administrator.get("/leaflets/testamol/leaflet.pdf").content
    send(administrator, picture())
    for name in ("leaflet.pdf", "large-print.pdf"):
        made = administrator.get(f"/leaflets/testamol/{name}").content
        assert made != bare
        pages = pypdfium2.PdfDocument(made)
        pixels = pages[0].render(scale=1).to_pil().convert("RGB")
        red = [y for y in range(pixels.height) if pixels.getpixel((80, y)) == (255, 0, 0)]
        assert red, "the logo is on the first sheet"
        assert red[0] < 70
        assert red[-1] - red[0] < 42
        assert not any(
            page.render(scale=0.2).to_pil().convert("RGB").getpixel((16, 14)) == (255, 0, 0) for page in list(pages)[1:]
        )


def test_a_logo_that_is_lost_leaves_its_words_and_is_named_by_verify_history(administrator, tmp_path):
    make_published()
    send(administrator, picture(colour="green"))  # no other test's: the process keeps the PDF that has no picture
    (tmp_path / the_clinic().logo).unlink()
    assert 'alt="Park Lane Clinic"' in administrator.get("/").content.decode()
    assert administrator.get("/leaflets/testamol/leaflet.pdf").status_code == 200
    with pytest.raises(CommandError, match=r"is missing \(Park Lane Clinic\)"):
        call_command("verify_history", stdout=io.StringIO())

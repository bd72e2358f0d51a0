"""Pictures are decoded and encoded anew; everything else is answered with a sentence."""

import hashlib
import io
import json
import struct
import zlib

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import ExifTags, Image, PngImagePlugin

from monographs.admin.frame import images

PLACE = ExifTags.IFD.GPSInfo


@pytest.fixture(autouse=True)
def _own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def send(client_of, ana):
    """Send bytes as a file of the editor; the answer and its JSON."""

    def post(data: bytes | None, name="picture.png", kind="image/png", client=None):
        files = {} if data is None else {"image": as_upload(data, name, kind)}
        response = (client or client_of(ana)).post(reverse("admin:image-upload"), files)
        return response, json.loads(response.content)

    return post


def picture(kind="PNG", size=(40, 20), mode="RGB", colour="red", **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def as_upload(data: bytes, name="picture.png", kind="image/png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, kind)


def kept(answer: dict) -> Image.Image:
    code = answer["image_code"]
    assert code.startswith("![](/media/leaflet-images/")
    name = code.removeprefix("![](/media/").removesuffix(")")
    with default_storage.open(name) as file:
        data = file.read()
    assert name.split("/")[1].split(".")[0] == hashlib.sha256(data).hexdigest()
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(("sent", "stored"), [("PNG", "PNG"), ("JPEG", "JPEG"), ("WEBP", "WEBP"), ("GIF", "PNG")])
def test_picture_is_kept_under_the_hash_of_its_content(send, sent, stored):
    response, answer = send(picture(sent))
    assert response.status_code == 200
    assert kept(answer).format == stored


def test_same_picture_sent_twice_is_kept_once(send):
    assert send(picture())[1] == send(picture(), name="again.png")[1]
    assert len(default_storage.listdir("leaflet-images")[1]) == 1


def test_kept_picture_is_served_at_its_address(send, client):
    address = send(picture())[1]["image_code"].removeprefix("![](").removesuffix(")")
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")


def test_place_and_camera_are_stripped_and_the_picture_stands_upright(send):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # turned a quarter
    exif[ExifTags.Base.Make] = "Secret camera"
    exif.get_ifd(PLACE)[1] = "N"
    sent = picture("JPEG", exif=exif, comment=b"Secret note")
    assert b"Secret" in sent
    result = kept(send(sent, "photo.jpg", "image/jpeg")[1])
    assert result.size == (20, 40)
    assert not dict(result.getexif())
    result.fp.seek(0)
    assert b"Secret" not in result.fp.read()


def test_text_inside_a_png_is_stripped(send):
    note = PngImagePlugin.PngInfo()
    note.add_text("Author", "Secret author")
    result = kept(send(picture(pnginfo=note))[1])
    result.fp.seek(0)
    assert b"Secret" not in result.fp.read()


def test_what_is_appended_to_a_picture_is_not_kept(send):
    result = kept(send(picture() + b"<script>alert(1)</script>")[1])
    result.fp.seek(0)
    assert b"script" not in result.fp.read()


def test_transparency_stays(send):
    result = kept(send(picture(mode="RGBA", colour=(255, 0, 0, 0)))[1])
    assert result.getpixel((0, 0))[3] == 0


GREYS = (0, 0x1000, 0x7FFF, 0x8000, 0xC000, 0xFFFF)
IN_EIGHT_BITS = [0, 0x10, 0x7F, 0x80, 0xC0, 0xFF]


def png(bits: int, colour_type: int, line: bytes, *, width=6, **chunks: bytes) -> bytes:
    """A PNG of one line, written by hand: Pillow writes few of the kinds that exist (PNG, third edition, 11.2.1)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, 1, bits, colour_type, 0, 0, 0)
    extra = b"".join(chunk(kind.encode(), data) for kind, data in chunks.items())
    data = chunk(b"IDAT", zlib.compress(b"\0" + line))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + data + chunk(b"IEND", b"")


def sixteen(*values: int) -> bytes:
    return struct.pack(f">{len(values)}H", *values)


def greys_of(picture: Image.Image) -> list[int]:
    return [picture.convert("RGB").getpixel((place, 0))[0] for place in range(picture.width)]


@pytest.mark.parametrize(
    "sent",
    [
        png(16, 0, sixteen(*GREYS)),
        png(16, 4, sixteen(*(part for grey in GREYS for part in (grey, 0xFFFF)))),
        png(16, 2, sixteen(*(part for grey in GREYS for part in (grey, grey, grey)))),
        png(16, 6, sixteen(*(part for grey in GREYS for part in (grey, grey, grey, 0xFFFF)))),
        png(8, 0, bytes(IN_EIGHT_BITS)),
    ],
    ids=["grey", "grey with alpha", "colour", "colour with alpha", "eight bits"],
)
def test_grey_of_sixteen_bits_keeps_its_greys(send, sent):
    assert greys_of(kept(send(sent)[1])) == IN_EIGHT_BITS


def test_grey_of_few_bits_and_of_other_kinds_keeps_its_greys(send):
    assert greys_of(kept(send(png(1, 0, b"\xa0", width=3))[1])) == [255, 0, 255]
    assert greys_of(kept(send(png(2, 0, b"\x1b", width=4))[1])) == [0, 85, 170, 255]
    assert greys_of(kept(send(png(4, 0, b"\x08\xf0", width=3))[1])) == [0, 0x88, 255]
    palette = {"PLTE": bytes([0, 0, 0, 90, 90, 90, 255, 255, 255])}
    assert greys_of(kept(send(png(8, 3, bytes([0, 1, 2]), width=3, **palette))[1])) == [0, 90, 255]
    [grey] = set(greys_of(kept(send(picture("JPEG", mode="CMYK", colour=(0, 0, 0, 128)), "a.jpg", "image/jpeg")[1])))
    assert 120 <= grey <= 135
    [grey] = set(greys_of(kept(send(picture("JPEG", mode="L", colour=90), "a.jpg", "image/jpeg")[1])))
    assert 88 <= grey <= 92


def test_one_transparent_grey_of_sixteen_bits_is_transparent_and_its_neighbours_are_not(send):
    result = kept(send(png(16, 0, sixteen(0x7FFF, 0x8000, 0x8001), width=3, tRNS=sixteen(0x8000)))[1])
    assert [result.getpixel((place, 0))[3] for place in range(3)] == [255, 0, 255]


def test_large_grey_of_sixteen_bits_is_scaled_like_any_other(send):
    result = kept(send(picture(size=(4000, 1000), mode="I;16", colour=0x7FFF))[1])
    assert (result.size, result.convert("L").getextrema()) == ((images.LONGEST_SIDE, 400), (0x7F, 0x7F))


def test_moving_picture_gives_its_first_frame(send):
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    result = kept(send(out.getvalue(), "moving.gif", "image/gif")[1])
    assert getattr(result, "n_frames", 1) == 1
    assert result.convert("RGB").getpixel((0, 0)) == (255, 0, 0)


def test_photograph_with_several_views_gives_its_first(send):
    out = io.BytesIO()
    views = [Image.new("RGB", (8, 8), colour) for colour in ("white", "black")]
    views[0].save(out, "MPO", save_all=True, append_images=views[1:])
    result = kept(send(out.getvalue(), "photo.jpg", "image/jpeg")[1])
    assert (result.format, result.getpixel((0, 0))) == ("JPEG", (255, 255, 255))


def test_large_picture_is_scaled_down(send):
    assert kept(send(picture(size=(4000, 1000)))[1]).size == (images.LONGEST_SIDE, 400)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (SVG, "drawing.svg", "image/svg+xml"),
        (SVG, "drawing.png", "image/png"),
        (b"<html><script>alert(1)</script></html>", "cat.gif", "image/gif"),
        (b"GIF89a<script>alert(1)</script>", "cat.gif", "image/gif"),
        (picture("JPEG", size=(400, 400))[:300], "cut.jpg", "image/jpeg"),
        (picture(size=(400, 400), colour="blue")[:-30], "cut.png", "image/png"),
        (picture("BMP"), "old.bmp", "image/bmp"),
        (picture("TIFF"), "scan.tiff", "image/tiff"),
        (b"%PDF-1.7", "paper.pdf", "application/pdf"),
        (b"\0" * 100, "nul.png", "image/png"),
        (b"", "empty.png", "image/png"),
        (None, "", ""),
    ],
)
def test_anything_else_is_refused_with_a_sentence(send, data, name, kind):
    response, answer = send(data, name, kind)
    assert response.status_code == 400
    assert answer["error"].endswith(".")
    assert not default_storage.exists("leaflet-images")


def test_file_that_is_too_large_is_refused(send, monkeypatch):
    monkeypatch.setattr(images, "LARGEST_FILE", 50)
    response, answer = send(picture())
    assert (response.status_code, "larger than" in answer["error"]) == (400, True)


def test_picture_that_unfolds_to_too_many_pixels_is_refused(send):
    bomb = picture(size=(9000, 9000), mode="1", colour=0)
    assert len(bomb) < 100_000
    response, answer = send(bomb)
    assert (response.status_code, "pixels" in answer["error"]) == (400, True)
    response, answer = send(picture(size=(20000, 20000), mode="1", colour=0))
    assert (response.status_code, "pixels" in answer["error"]) == (400, True)


@pytest.mark.parametrize("username", ["bruno", "priya", "carla", "amir", "ada", "mallory"])
def test_only_authors_send_pictures(send, client_of, request, username):
    response, answer = send(picture(), client=client_of(request.getfixturevalue(username)))
    assert response.status_code == 403
    assert answer["error"]
    assert not default_storage.exists("leaflet-images")


def test_visitor_gets_403_and_no_redirect(send):
    assert send(picture(), client=Client())[0].status_code == 403

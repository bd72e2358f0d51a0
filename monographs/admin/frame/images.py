"""Pictures for leaflets: whatever is sent is decoded and encoded anew, so that nothing else comes with it."""

import hashlib
import io
import logging

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageChops, ImageOps

from monographs.files.pictures import PictureName
from monographs.files.whole import is_disk_full
from monographs.refusals import NoRoom, Unacceptable

_log = logging.getLogger(__name__)
LARGEST_FILE = 10 * 1024 * 1024  # bytes
MOST_PIXELS = 40_000_000  # a small file can unfold to gigabytes
LONGEST_SIDE = 1600  # pixels; enough for a full-width picture in print, small enough for a phone
# MPO is what Pillow calls a JPEG that carries further views, as some telephones make them.
_WRITTEN_AS = {"PNG": "PNG", "GIF": "PNG", "JPEG": "JPEG", "MPO": "JPEG", "WEBP": "WEBP"}
_EXTENSIONS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}


def encode_anew(data: bytes, *, box: tuple[int, int] = (LONGEST_SIDE, LONGEST_SIDE)) -> tuple[bytes, str]:
    """The picture in ``data`` as (PNG, JPEG or WebP bytes, file extension), without any metadata, within ``box``.

    The camera's orientation is applied first, a moving picture gives its first frame, a large one is scaled
    down. Raises Unacceptable with a sentence for anything that is no picture of these kinds, or is damaged.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "GIF", "JPEG", "WEBP")) as picture:
            kind = _WRITTEN_AS[picture.format]
            if picture.width * picture.height > MOST_PIXELS:
                raise Unacceptable(
                    _("The picture has more than %(millions)s million pixels. Make it smaller and try again.")
                    % {"millions": MOST_PIXELS // 1_000_000}
                )
            picture.seek(0)
            picture.load()
            bare = _without_metadata(picture, box, has_alpha=kind != "JPEG")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unacceptable(_("The picture has far too many pixels. Make it smaller and try again.")) from error
    except Unacceptable:
        raise
    except Exception as error:  # a decoder fed with damaged data may raise nearly anything
        raise Unacceptable(
            _("This file can't be read as a picture. Send a PNG, JPEG, WebP or GIF that opens on your own screen.")
        ) from error
    out = io.BytesIO()
    options = {"PNG": {"optimize": True}, "JPEG": {"quality": 85, "progressive": True}, "WEBP": {"quality": 85}}
    bare.save(out, kind, **options[kind])
    return out.getvalue(), _EXTENSIONS[kind]


def _without_metadata(picture: Image.Image, box: tuple[int, int], *, has_alpha: bool) -> Image.Image:
    """Upright, not too large, and pixels only: the copy never sees the original's ``info``."""
    upright = _in_eight_bits(ImageOps.exif_transpose(picture))
    pixels = upright.convert("RGBA" if has_alpha and upright.has_transparency_data else "RGB")
    pixels.thumbnail(box)
    bare = Image.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    return bare


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    """A grey picture of 16 bits (scans, microscopes) in eight; Pillow's own way makes every grey white.

    Its transparent grey, if it names one (PNG 11.3.2.1), is compared in all 16 bits.
    """
    if not picture.mode.startswith("I;16"):
        return picture
    pairs = picture.tobytes()
    high, low = (0, 1) if picture.mode.endswith("B") else (1, 0)
    grey, fine = (Image.frombytes("L", picture.size, pairs[part::2]) for part in (high, low))
    clear = picture.info.get("transparency")
    if clear is None:
        return grey
    alphas = [
        part.point([0 if value == wanted else 255 for value in range(256)])
        for part, wanted in zip((grey, fine), divmod(clear, 256), strict=True)
    ]
    return Image.merge("LA", (grey, ImageChops.lighter(*alphas)))


def keep_picture(upload: UploadedFile | None) -> str:
    """Keep an uploaded picture under a name made from its content; its address, ``/media/leaflet-images/….png``.

    The same picture sent twice is kept once, and mends what is left of it where it was cut. Raises Unacceptable for
    nothing, too much, or no picture, and NoRoom where the disk does not take it.
    """
    return default_storage.url(keep(*encode_anew(sent(upload))))


def sent(upload: UploadedFile | None) -> bytes:
    """The bytes of an upload. Raises Unacceptable for nothing, or too much."""
    if not upload:
        raise Unacceptable(_("No file was sent. Choose a picture and try again."))
    if upload.size > LARGEST_FILE:
        raise Unacceptable(
            _("The file is larger than %(size)s MB. Make the picture smaller and try again.")
            % {"size": LARGEST_FILE // (1024 * 1024)}
        )
    return upload.read()


def keep(data: bytes, extension: str) -> str:
    """Keep what `encode_anew` made; its name. Raises NoRoom."""
    name = str(PictureName(hashlib.sha256(data).hexdigest(), extension))
    try:
        default_storage.keep(name, data)
    except OSError as error:
        _log.exception("The picture %s could not be written.", name)
        raise NoRoom(_what_the_disk_said(error)) from error
    return name


def _what_the_disk_said(error: OSError) -> str:
    if is_disk_full(error):
        return _(
            "The disk that keeps pictures is full, so this one was not kept. Your text is still here. Tell whoever "
            "looks after the site, and add the picture later."
        )
    return _(
        "The disk that keeps pictures can’t be written to, so this one was not kept. Your text is still here. Tell "
        "whoever looks after the site, and add the picture later."
    )

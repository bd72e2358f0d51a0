"""Pictures on their way into a file."""

import base64
import io
from collections.abc import Callable

from PIL import Image

from monographs.text.markup.rules.symbols import drawing, name_at

ReadPicture = Callable[[str], bytes | None]
"""The bytes of a picture by its address in the page, or None."""

_ENDINGS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}


def measure(data: bytes) -> tuple[str, tuple[int, int]] | None:
    """The ending of a picture's name and its size in pixels; None for what is no picture."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            ending = _ENDINGS.get(picture.format or "")
            return (ending, picture.size) if ending else None
    except OSError:
        return None


def symbol_at(src: str) -> tuple[str, bytes] | None:
    """The name and drawing of a symbol of our own (`text.markup.rules.symbols`); None for any other picture."""
    name = name_at(src)
    return (name, drawing(name)) if name else None


def in_svg(data: bytes, kind: str, wide: int, high: int) -> bytes:
    """A picture as a text: `typst` takes no other files from memory."""
    encoded = base64.b64encode(data).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">'
        f'<image width="{wide}" height="{high}" href="data:{kind};base64,{encoded}"/></svg>'
    ).encode()

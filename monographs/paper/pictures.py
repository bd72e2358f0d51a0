"""Pictures on their way into a file."""

import io
from collections.abc import Callable

from PIL import Image

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

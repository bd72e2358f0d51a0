"""What the pictures of leaflets are called: ``leaflet-images/`` and the SHA-256 of their bytes."""

import re
from typing import NamedTuple

FOLDER = "leaflet-images"
TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
_ENDINGS = "|".join(TYPES)
_NAME = re.compile(rf"{FOLDER}/(?P<digest>[0-9a-f]{{64}})\.(?P<ending>{_ENDINGS})")


class PictureName(NamedTuple):
    """``leaflet-images/3f…9a.png``: the SHA-256 in small hexadecimal letters, and the kind."""

    digest: str
    ending: str

    def __str__(self):
        return f"{FOLDER}/{self.digest}.{self.ending}"

    @classmethod
    def parse(cls, text: str) -> "PictureName | None":
        """None if ``text`` is no picture's name."""
        found = _NAME.fullmatch(text)
        return cls(**found.groupdict()) if found else None


def pictures_in(text: str) -> set[PictureName]:
    """All that a text (Markdown, HTML, JSON) names."""
    return {PictureName(**found.groupdict()) for found in _NAME.finditer(text)}

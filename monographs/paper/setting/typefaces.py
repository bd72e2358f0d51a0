"""The typefaces that leaflets are set in: which there are, and how wide their words are.

They stand in ``fonts/`` with their licence, known by their SHA-256: another release of the same face can put other
words into the text layer (Noto Naskh Arabic 2.021 doubles letters there, 2.004 does not). Signs such as ≤ and → come
from the DejaVu Sans Mono within the pinned `typst`. All are read when the first sheet is made, not before. A Chinese
face is 15 MB and not shipped: it is taken from the machine's own package (``fonts-noto-cjk``) where one is
installed.
"""

import hashlib
from functools import cache, lru_cache
from pathlib import Path

import typst
from PIL import ImageFont

from monographs.remembered import MOST_REMEMBERED
from monographs.text.letters.printed import printed_signs
from monographs.text.order.letters import has_right_to_left

FOLDER = Path(__file__).with_name("fonts")
SHA256 = {
    "NotoNaskhArabic-Bold.ttf": "b5cbcb561b4b540ff11d7b6934577dbbbbb9e1d152d47f6f31f19176d58ff39c",
    "NotoNaskhArabic-Regular.ttf": "8c67eaa2f0086872628fc3f7f760386f83c8be5c5e9a1ba3a38891237b2ac7cb",
    "NotoSans-Bold.ttf": "e83493c945848ecd4a9ad0f6d19164541a0d3e23a9c952304a00a46e00272ac5",
    "NotoSans-Italic.ttf": "5d7618dda819443fd07301c84adcee9fe8960c873ea5e5e1f0f59db384b78082",
    "NotoSans-Regular.ttf": "89c3c497f618fdaa0b2d1e98fef93582f28c71debd2c4a8cdf41f190ced2909d",
}
WORDS, SIGNS = ("Noto Sans", "Noto Naskh Arabic"), "DejaVu Sans Mono"
_CHINESE = {
    "NotoSansCJK-Regular.ttc": "Noto Sans CJK SC",
    "NotoSansCJKsc-Regular.otf": "Noto Sans CJK SC",
    "NotoSansSC-Regular.otf": "Noto Sans SC",
    "NotoSansSC-Regular.ttf": "Noto Sans SC",
}
_LEADING = {"ar": 0.6, "fa": 0.6, "ur": 0.75}  # em between the lines; Arabic letters reach far up and down
_USUAL_LEADING = 0.42
_PLACES = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_SCRIPTS = {"ar", "cy", "de", "en", "es", "fa", "fr", "ga", "it", "nl", "pl", "pt", "tr", "uk", "ur", "vi"}
_MEASURED_AT = 1000  # pixels an em
_SIGN_WIDTH = 0.61  # em, of DejaVu Sans Mono


class NotOurs(Exception):
    """A font file is not the one that was tried."""


@cache
def chinese() -> tuple[Path, str] | None:
    """The Chinese face of this machine and its family, or None."""
    for place in _PLACES:
        for name, family in _CHINESE.items():
            if path := next(iter(sorted(place.rglob(name))), None):
                return path, family
    return None


def can_set(language: str) -> bool:
    """Whether there is a typeface for a language's letters."""
    code = language.split("-")[0]
    return code in _SCRIPTS or (code == "zh" and chinese() is not None)


def release(language: str) -> str:
    """Which release of a face that is not ours a language is set in; "" where all are ours."""
    found = chinese() if language.split("-")[0] == "zh" else None
    if not found:
        return ""
    state = found[0].stat()
    return f"{found[0]} {state.st_size} {state.st_mtime_ns}"


def families(language: str) -> list[str]:
    """The faces of words, in the order in which they are tried."""
    found = chinese() if language.split("-")[0] == "zh" else None
    return [WORDS[0], *([found[1]] if found else []), *WORDS[1:], SIGNS]


def look_of(language: str, direction: str) -> dict[str, object]:
    """How words of a language that can be set are set, for the template."""
    code = language.split("-")[0]
    return {
        "lang": code,
        "rtl": direction == "rtl",
        "fonts": families(language),
        "leading": _LEADING.get(code, _USUAL_LEADING),
    }


@cache
def fonts(language: str) -> typst.Fonts:
    """What `typst` sets a language in; none of the machine's own but for Chinese. Raises NotOurs."""
    for name, digest in SHA256.items():
        if hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() != digest:
            raise NotOurs(f"{name} is not the release that was tried; take it from the repository again.")
    found = chinese() if language.split("-")[0] == "zh" else None
    paths = [FOLDER, *([found[0].parent] if found else [])]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=paths)


@lru_cache(maxsize=MOST_REMEMBERED)
def width(word: str) -> float:
    """How wide a word is at most, in em: set in bold, Arabic letters in their broadest form."""
    letters, signs = printed_signs()
    words = "".join(sign for sign in word if sign in letters)
    others = len(word) - len(words)
    face = _face("NotoNaskhArabic-Bold.ttf" if has_right_to_left(words) else "NotoSans-Bold.ttf")
    return face.getlength(words) / _MEASURED_AT + others * (1.0 if set(word) - letters - signs else _SIGN_WIDTH)


@cache
def _face(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FOLDER / name), _MEASURED_AT, layout_engine=ImageFont.Layout.BASIC)

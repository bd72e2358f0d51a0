"""The typefaces are those that were tried, and have what the list says."""

import hashlib

import pytest
import typst

from monographs.paper.setting import typefaces
from monographs.paper.setting.typefaces import FOLDER, SHA256, SIGNS, WORDS, can_set, fonts, width
from monographs.text.letters.printed import printed_signs

_LETTERS = b"""#set document(title: "T", date: none)
#set text(font: FACES, fallback: false)
= A
#let x = sys.inputs.x
#x #strong(x) #emph(x) #strong(emph(x))"""
_SIGNS = b"""#set document(title: "T", date: none)
#set text(font: FACES, fallback: false)
= #text(font: "Noto Sans", [A])
#sys.inputs.x"""


def test_faces_are_the_releases_that_were_tried():
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("*.ttf")}
    assert found == SHA256
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL.txt").read_text()
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 2_500_000


@pytest.mark.parametrize("kind", ["letters", "signs"])
def test_every_sign_of_the_list_can_be_set(kind):
    letters, signs = printed_signs()
    source, wanted, faces = (_LETTERS, letters, (*WORDS, SIGNS)) if kind == "letters" else (_SIGNS, signs, (SIGNS,))
    named = "(" + ", ".join(f'"{face}"' for face in faces) + ",)"
    files = {"main.typ": source.replace(b"FACES", named.encode())}
    made = typst.compile(
        files, font_paths=fonts("en"), sys_inputs={"x": " ".join(sorted(wanted))}, format="pdf", pdf_standards=["ua-1"]
    )
    assert made.startswith(b"%PDF")
    assert len(wanted) > 1_000


def test_usual_signs_of_leaflets_are_in_the_list():
    letters, signs = printed_signs()
    assert set("µ×±½⅓°•–—…“”‘’€⁹₂áłŵżğءئگچٹںے۱٢٪") <= letters
    assert set("≤≥≈→←−▼⚠☎✓") <= signs
    assert "😀" not in letters | signs


def test_chinese_is_set_in_the_machines_own_face_or_not_at_all(monkeypatch):
    monkeypatch.setattr(typefaces, "chinese", lambda: None)
    assert not can_set("zh-hans")
    monkeypatch.setattr(typefaces, "chinese", lambda: (FOLDER / "x.ttc", "Noto Sans CJK SC"))
    assert can_set("zh-hans")
    assert [can_set(language) for language in ("en", "cy", "pl", "es", "ar", "ur", "he")] == [True] * 6 + [False]


def test_width_is_at_least_that_of_the_letters():
    assert 0.5 < width("m") < 1.1
    assert width("≤") > 0.6
    assert width("mmmm") > 3.5 * width("m")


def test_face_of_another_release_is_refused(monkeypatch):
    monkeypatch.setitem(SHA256, "NotoSans-Regular.ttf", "0" * 64)
    with pytest.raises(typefaces.NotOurs):
        fonts.__wrapped__("en")

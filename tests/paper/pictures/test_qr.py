"""The QR code leads a camera to exactly this version's address; decoded by a reader that is not ours (ZXing)."""

import pypdfium2
import pytest
import zxingcpp

from monographs.paper.pictures.qr import ascii_address, qr_svg
from tests.paper.parts import ADDRESS, pdf_of


def _decoded(pdf: bytes, *, scale: float = 2.5) -> list:
    document = pypdfium2.PdfDocument(pdf)
    codes = [code for page in document for code in zxingcpp.read_barcodes(page.render(scale=scale).to_pil())]
    document.close()
    return codes


@pytest.mark.parametrize("size", [12, 28])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_code_on_paper_is_read_as_the_versions_address(size, language):
    codes = _decoded(pdf_of("Words.", size=size, language=language))
    assert [(code.text, code.format.name) for code in codes] == [(ADDRESS, "QRCode")]


def test_short_address_makes_no_micro_code():
    svg = qr_svg("05012345678900").decode()
    assert 'width="29"' in svg  # 21 modules of the smallest QR code and its quiet zone of four on each side


def test_address_is_ascii_with_percent_signs():
    assert ascii_address("https://a.example/leaflets/باكلوفين/") == (
        "https://a.example/leaflets/%D8%A8%D8%A7%D9%83%D9%84%D9%88%D9%81%D9%8A%D9%86/"
    )
    assert ascii_address("https://a.example/%D8%A8/?size=16#x") == "https://a.example/%D8%A8/?size=16#x"


def test_same_address_is_the_same_picture():
    qr_svg.cache_clear()
    one = qr_svg(ADDRESS)
    qr_svg.cache_clear()
    assert qr_svg(ADDRESS) == one

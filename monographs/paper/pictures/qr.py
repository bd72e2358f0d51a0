"""The picture that a telephone's camera reads: the address of exactly this version."""

import io
from functools import lru_cache
from urllib.parse import quote

import segno

_MASK = 2  # any of the eight can be read, as the code names it; to weigh all of them takes longer than the whole sheet


@lru_cache(maxsize=500)
def qr_svg(address: str) -> bytes:
    """A QR code as SVG, the same bytes each time. It is never a Micro QR, which many cameras can't read.

    The address goes in as percent-encoded ASCII: of other letters segno would choose one of four encodings that the
    code does not name. Error correction M (ISO/IEC 18004: 15 % may be lost), as paper gets folded and stained.
    """
    code = segno.make_qr(ascii_address(address), error="m", boost_error=False, mask=_MASK)
    out = io.BytesIO()
    code.save(out, kind="svg", border=4, xmldecl=False, svgns=True, nl=False, dark="#000", light="#fff")
    return out.getvalue()


def ascii_address(address: str) -> str:
    """The address with whatever is not ASCII as percent signs; what is percent-encoded already stays."""
    return quote(address, safe="/:?#[]@!$&'()*+,;=%~-._")

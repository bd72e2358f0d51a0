"""Which compression a reader's browser takes (RFC 9110 section 12.5.3), and the compressing itself."""

import functools
import gzip

import brotli

IDENTITY, GZIP, BROTLI = "identity", "gzip", "br"
_LONGEST = 300  # characters of a header that is believed to be a browser's
_BROTLI_QUALITY = 5  # 0.5 ms for a leaflet; the default, 11, takes sixty times as long for a tenth less
# Bits of the window: for what fits into the small one (RFC 7932 section 9.1: less 16 bytes) Brotli looks in another way
# for what is repeated, which takes a seventh less of the time and no more bytes.
_SMALL_WINDOW, _LARGE_WINDOW = 16, 22
_FITS = (1 << _SMALL_WINDOW) - 16
_GZIP_LEVEL = 3  # browsers take Brotli; 4 takes half as long again for 5 bytes in 100


def chosen(accept: str) -> str:
    """The encoding for this Accept-Encoding header: what it likes best, and of equals the smallest.

    Where it takes nothing that there is, the plain page is sent all the same, as the standard allows.
    """
    return _chosen(accept) if accept and len(accept) <= _LONGEST else IDENTITY


@functools.lru_cache(maxsize=256)
def _chosen(accept: str) -> str:
    wishes = dict(_wish(part) for part in accept.lower().split(",") if part.strip())
    wishes[GZIP] = wishes.get(GZIP, wishes.get("x-gzip", wishes.get("*", 0)))
    wishes[BROTLI] = wishes.get(BROTLI, wishes.get("*", 0))
    best = max((BROTLI, GZIP), key=lambda name: wishes[name])
    return best if wishes[best] > 0 and wishes[best] >= wishes.get(IDENTITY, 0) else IDENTITY


def _wish(part: str) -> tuple[str, float]:
    name, *parameters = part.split(";")
    quality = next((p.strip()[2:] for p in parameters if p.strip().startswith("q=")), "1")
    try:
        return name.strip(), float(quality)
    except ValueError:
        return name.strip(), 0


def compress(body: bytes, encoding: str) -> bytes:
    """The same bytes each time: no clock and no chance in them."""
    if encoding == BROTLI:
        window = _SMALL_WINDOW if len(body) <= _FITS else _LARGE_WINDOW
        return brotli.compress(body, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY, lgwin=window)
    return gzip.compress(body, _GZIP_LEVEL, mtime=0) if encoding == GZIP else body


def decompress(data: bytes, encoding: str) -> bytes:
    """What `compress` was given."""
    if encoding == BROTLI:
        return brotli.decompress(data)
    return gzip.decompress(data) if encoding == GZIP else data

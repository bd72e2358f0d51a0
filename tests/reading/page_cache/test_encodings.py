"""Pages are compressed the same each time, and with no larger window than they need."""

import pytest

from monographs.reading.page_cache.encodings import BROTLI, GZIP, compress, decompress


def text_of(size: int) -> bytes:
    return b"".join(b"<p>Take %d mg of number %d.</p>" % (number % 97, number) for number in range(size // 20))[:size]


@pytest.mark.parametrize("encoding", [BROTLI, GZIP])
@pytest.mark.parametrize("size", [0, 1, 5_000, 65_519, 65_520, 65_521, 300_000])
def test_what_is_compressed_comes_back_and_is_the_same_each_time(encoding, size):
    body = text_of(size)
    assert decompress(compress(body, encoding), encoding) == body
    assert compress(body, encoding) == compress(body, encoding)


@pytest.mark.parametrize(("size", "is_small"), [(20_000, True), (65_520, True), (65_521, False)])
def test_window_is_a_small_one_where_the_page_fits_into_it(size, is_small):
    first_bit = compress(text_of(size), BROTLI)[0] & 1
    assert (first_bit == 0) == is_small  # RFC 7932 section 9.1: "0" is a window of 16 bits

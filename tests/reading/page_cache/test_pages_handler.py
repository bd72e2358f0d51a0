"""What the page cache asks for pages leaves middleware out, and answers as the whole site would."""

import pytest
from django.conf import settings

from clinicinfo.pages_handler import FormsHandler, PagesHandler
from tests.makers import make_comment, make_published
from tests.reading.through_the_cache import Reader, layer


def test_what_is_left_out_is_there_by_that_name():
    for handler in (PagesHandler, FormsHandler):
        assert set(settings.MIDDLEWARE) > handler.left_out


@pytest.mark.parametrize(
    "address",
    ["/", "/es/", "/a-z/t/", "/leaflets/testamol/", "/leaflets/testamol/versions/1/", "/leaflets/unknown/",
     "/leaflets/TESTAMOL/", "/search/?q=testamol", "/updates.atom", "/sitemap.xml", "/leaflets/testamol"],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_a_page_is_the_same_with_and_without_the_middleware_that_finds_nothing(db, address, encoding):
    make_comment(make_published())
    with_all, without = (
        Reader(cache, headers={"Accept-Encoding": encoding}).get(address) for cache in (layer(for_pages=None), layer())
    )
    assert (without.status_code, without.content) == (with_all.status_code, with_all.content)
    assert dict(without.headers) == dict(with_all.headers)

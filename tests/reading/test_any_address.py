"""Whatever stands in an address and its query, in any language: a whole page or file, never a 500, and nothing of it
runs in a browser. Hypothesis puts the addresses together from the resolver's own list."""

import logging
import re
from urllib.parse import quote, quote_from_bytes, unquote

import pytest
from django.urls import get_resolver
from django.urls.converters import IntConverter, SlugConverter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from monographs.medicines.actions import add_names
from monographs.reading.languages.addresses import LanguageConverter, offered, understood
from monographs.text.markup.markdown import direction
from tests.faults.addresses import patterns
from tests.faults.markup import ATTEMPTS, alive_in
from tests.makers import change_leaflet, make_comment, make_published
from tests.makers_alerts import make_approved_alert
from tests.reading.parts import make_clinic
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db

GTIN = "05012345678900"
THERE = {
    "slug": ["testamol", "testamol-es", "TESTAMOL"], "other": ["testamol"], "letter": ["t", "T"], "page": ["1", "2"],
    "number": ["1", "1.1", "2"], "scanned": [GTIN], "name": ["clock"], "path": ["leaflet-images/x.png"],
}  # fmt: skip
"""By the name of what varies: values with which an address leads somewhere, so that the next part is reached, too."""

HUGE = "999999999999999999999"
NASTY = (
    b"\x00", b"\x01\x1f\x7f", b"\r\nSet-Cookie: a=b", b"\t ", b"\xff\xfe", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"\\",
    b"'", b'"', b"%", b"%25", b"%2e%2e%2f", b"_", b"*", b"-", b"^", b":", b"(", b")", b"~", b"#", b"?", b";", b"&",
    b"+", b"..", b"./", b"AND", b"OR", b"NOT", b"NEAR(a b, 2)", b"' OR 1=1 --", b"{{ 7*7 }}", b"{% x %}", b"{0}",
    b"%s%n", b"//evil.example", b"1e3", b"-1", b"0", b"00", b"007", b"1.0.1", HUGE.encode(), b"9" * 5_000, b"a" * 3_000,
    b"testamol",
    *(sign.encode() for sign in "\u202e\u2066\u200f\u200e\u061c\u200b\ufeff\u0301\ufdfa\U000e0041\u0130\ufb03٣٧三½"),
    *(attempt.encode() for attempt in ATTEMPTS),
)  # fmt: skip
DIGITS = ("0", "00", "007", "1", "7", "50", "10001", "2147483648", "9223372036854775808", HUGE, "9" * 5_000, "٣", "-1")

pieces = st.lists(st.sampled_from(NASTY), min_size=1, max_size=4).map(b" ".join)
nasty = st.one_of(pieces, st.text(max_size=20).map(lambda text: text.encode("utf-8", "surrogatepass")))
encoded = nasty.map(lambda value: quote_from_bytes(value, safe=""))
WRONG_LANGUAGES = ("xx", "de", "zh", "zz-abcd", "AR", "ar-EG", "zh-TW", "en", "..", "%00")


SELDOM = st.sampled_from((False, False, False, True))


def _converted(draw: st.DrawFn, name: str, converter: object) -> str:
    """A part of an address as it is sent: mostly what leads further, else what nobody meant."""
    is_nasty = draw(SELDOM)
    if isinstance(converter, LanguageConverter):
        return draw(st.sampled_from(WRONG_LANGUAGES if is_nasty else offered()))
    if not is_nasty:
        return draw(st.sampled_from(THERE.get(name, ["x"])))
    if isinstance(converter, IntConverter):
        return quote(draw(st.sampled_from(DIGITS)))
    if isinstance(converter, SlugConverter) and draw(st.booleans()):
        return draw(st.from_regex(r"[-A-Za-z0-9_]{1,30}", fullmatch=True))
    value = draw(encoded)
    return value.replace("%2F", "/") if draw(st.booleans()) else value


@st.composite
def paths(draw: st.DrawFn) -> str:
    """An address of the readers' pages, each part of it there or not."""
    route, converters = draw(st.sampled_from([each for each in patterns() if not each[0].startswith("admin/")]))
    for name, converter in converters.items():
        part = _converted(draw, name, converter)
        route = re.sub(rf"<(\w+:)?{name}>", part, route)
    before = f"{draw(st.sampled_from((*offered(), *WRONG_LANGUAGES)))}/" if draw(SELDOM) else ""
    return f"/{before}{route}{draw(encoded) if draw(SELDOM) else ''}"


NAMES = ("q", "page", "m", "more", "answer", "size")
names = st.one_of(st.sampled_from(NAMES), encoded)
queries = st.lists(st.tuples(names, st.one_of(encoded, st.sampled_from(DIGITS).map(quote))), max_size=4).map(
    lambda pairs: "&".join(f"{name}={value}" for name, value in pairs)
)


@pytest.fixture(scope="module")
def site_of_the_file(rows_of_the_file) -> None:
    """Testamol in two versions and two languages, with a reply, a pack and an alert."""
    make_clinic()
    leaflet = make_published().leaflet
    add_names(leaflet.medicine, by=None, names=[("Testabrand", "brand")], codes=[("GTIN", GTIN)])
    newest = make_published(change_leaflet(leaflet, dosage="Take 6mg once a day."), change_note="More.")
    make_comment(newest, shown=True)
    make_published(language="es", title="Testamol en español", dosage="Tome 5 mg una vez al día.")
    make_approved_alert()


@pytest.fixture
def reader(site_of_the_file, caplog) -> Reader:
    caplog.set_level(logging.ERROR, "django.request")  # of what is not found there is no end here
    return Reader()


FEW = settings(max_examples=40, suppress_health_check=list(HealthCheck))


def hold(answer, path: str) -> None:
    """What is promised of any answer, and of a refusal that it is a page which leads on."""
    assert answer.status_code < 500
    assert not answer.cookies
    if answer.status_code in (301, 302):
        assert re.match(r"/(?![/\\])", answer["Location"]), answer["Location"]
        return
    is_page = answer["Content-Type"].startswith("text/html")
    assert is_page or answer.status_code < 400
    if is_page:
        page = answer.content.decode()
        assert alive_in(page) == []
        assert "\x00" not in page
        assert not set("\u202e\U000e0041") & set(page)  # what turns or hides other words is no part of any page
    if answer.status_code >= 400:
        assert re.search(r'<form class="(search|several)"', page)  # of the site, or of several leaflets to print
        wanted = understood(unquote(path)[1:].partition("/")[0]) or "en"
        assert f'<html lang="{wanted}" dir="{direction(wanted)}">' in page


def ask(reader: Reader, path: str, query: str) -> None:
    """Look at the answer, and at those that it leads to."""
    answer = reader.get(path, QUERY_STRING=query)
    hold(answer, path)
    for _step in range(3):
        if answer.status_code not in (301, 302):
            return
        path, _question_mark, query = answer["Location"].partition("#")[0].partition("?")
        answer = reader.get(path, QUERY_STRING=query)
        hold(answer, path)
    assert answer.status_code not in (301, 302), "it goes round in circles"


@settings(FEW, max_examples=150)
@given(path=paths(), query=queries)
@example(path="/a-z/%00/", query="")
@example(path=f"/leaflets/testamol/versions/{HUGE}/", query="")
@example(path="/xx/a-z/", query="q=%00")
@example(path="/ar/search/", query="&".join(f"q{number}=%00" for number in range(2_000)))
@example(path="/" + "a" * 20_000, query="")
def test_any_address_is_answered_by_a_page(reader, path, query):
    ask(reader, path, query)


@pytest.mark.parametrize(
    "address", ["/search/", "/leaflets/testamol/", "/together/", "/print/", "/search/suggestions/"]
)
@FEW
@given(value=encoded)
def test_any_value_of_a_query_is_answered_by_a_page(reader, address, value):
    ask(reader, address, "&".join(f"{name}={value}" for name in NAMES))


def test_the_names_of_queries_are_those_that_pages_use():
    views = {entry.callback for entry in get_resolver("monographs.reading.urls").url_patterns}
    used = {name for view in views for name in getattr(view, "public_query_names", ())}
    assert used == set(NAMES)


def test_a_request_that_cannot_be_read_offers_the_search_in_its_language(reader):
    answer = reader.get("/ar/search/", QUERY_STRING="q=%00&" * 1_900)
    assert answer.status_code == 400
    hold(answer, "/ar/search/")

"""What strangers may send to the patients' pages: an answer in plain words, no cookie, never a 500, nothing kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from monographs.audit.models import Entry
from monographs.comments.models import Comment
from tests.faults.addresses import HUGE, fill, patterns
from tests.makers import make_comment, make_published
from tests.reading.parts import token_on, words

pytestmark = pytest.mark.django_db

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")


@pytest.fixture(autouse=True, scope="module")
def publication(rows_of_the_file):
    publication = make_published()
    make_comment(publication, shown=True)
    return publication


@pytest.fixture
def client():
    """A browser that is told of failures as people are."""
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def check_answer(answer, *, most: int = 499) -> None:
    assert 200 <= answer.status_code <= most
    assert not answer.cookies
    if (
        answer.status_code >= 400
        and answer["Content-Type"].startswith("text/html")
        and answer.request["REQUEST_METHOD"] != "HEAD"
    ):
        page = words(answer)
        assert len(page) > 60
        assert "Traceback" not in page


def public_addresses() -> list[str]:
    values = {"slug": "testamol", "letter": "t", "number": "1", "token": "x", "path": "nothing.png"}
    return [fill(route, converters, values) for route, converters in patterns() if not route.startswith("admin/")]


@pytest.mark.parametrize("method", METHODS)
def test_every_address_answers_every_method(client, method):
    addresses = public_addresses()
    assert len(addresses) > 12
    for address in addresses:
        answer = client.generic(method, address)
        check_answer(answer)
        if method not in {"GET", "HEAD", "POST"}:
            assert (answer.status_code, "That is not possible here" in words(answer)) in {
                (405, True),
                (404, False),
                (403, False),
            }
        if method == "HEAD":
            assert answer.content == b""


def test_head_has_the_status_of_get(client):
    for address in public_addresses():
        assert client.head(address).status_code == client.get(address).status_code


@pytest.mark.parametrize(
    "address",
    [
        "/leaflets/testamol/versions/0/", "/leaflets/testamol/versions/01/", "/leaflets/testamol/versions/1.0/",
        "/leaflets/testamol/versions/1.1/", f"/leaflets/testamol/versions/{HUGE}/", "/leaflets/testamol/versions/-1/",
        "/leaflets/testamol/versions/1e0/", "/leaflets/testamol/versions/%D9%A1/", "/leaflets/testamol/versions/1%0A/",
        "/leaflets/testamol/versions/1%00/", "/leaflets/Testamol%20/", "/leaflets/%E2%80%AE/", "/leaflets/-/",
        "/leaflets/testamol%00/", "/leaflets/testamol;a=1/", "/leaflets/../admin/", "/leaflets/" + "a" * 5_000 + "/",
        "/a-z/tt/", "/a-z/%F0%9F%98%80/", "/a-z/%00/", "/a-z/%ED%A0%80/", "/a-z/%C3%9F/", "/a-z/%EF%AC%83/",
        "/media/../../clinicinfo/settings.py", "/media/%2e%2e/%2e%2e/etc/passwd", "/media//etc/passwd",
        "/media/leaflet-images/" + "0" * 64 + ".png/", "/fact-check/1:1:1/", "/fact-check/%00/", "/fact-check/..%2F/",
        "/.env", "/.git/config", "/wp-login.php", "/static/../manage.py", "/admin/nothing/%00/x/",
    ],
)  # fmt: skip
def test_weird_address_is_not_found_in_plain_words(client, address):
    answer = client.get(address)
    check_answer(answer)
    if not address.startswith("/admin/"):
        assert answer.status_code == 404
        assert "We have no page at this address" in words(answer)


@pytest.mark.parametrize("letter", ["7", "0-9", "%D8%A8", "%CE%A9", "T", "t", "%20t"])
def test_letter_of_any_script_is_a_page_or_not_found(client, letter):
    check_answer(client.get(f"/a-z/{letter}/"), most=404)


@pytest.mark.parametrize(
    "address", ["//evil.example/", "//evil.example", "///evil.example/%2e%2e", "/%5Cevil.example", "/a-z"]
)
def test_nobody_is_sent_to_another_site(client, address):
    answer = client.get(address)
    check_answer(answer)
    if answer.status_code in {301, 302}:
        assert answer["Location"].startswith("/")
        assert not answer["Location"].startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver@evil.example", "testserver:80:80", "", "a b", "x" * 5_000, "[::1"]
)
def test_host_that_is_not_ours_is_refused(client, host):
    for address in ("/", "/leaflets/testamol/", "/sitemap.xml", "/updates.atom", "/robots.txt"):
        answer = client.get(address, headers={"host": host})
        check_answer(answer)
        assert b"evil.example" not in answer.content
        assert answer.status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=%ff%fe", "q=%ED%A0%80", "q=" + "a" * 20_000, "q=" + "%F0%9F%98%80" * 500, "q=" + "a+" * 3_000,
        "q=%25%25%25", "q=_", "q='", 'q="', "q=a&" * 200, "q[]=a", "answer=%00", f"answer={HUGE}", "answer=-1&sent=%00",
        "answer[]=1", "page=99999999999", "%00=%00", "&&&===", "q=%", "q=%zz", "q=\\", "q=%E2%80%AE", "q=*",
    ],
)  # fmt: skip
def test_any_query_gets_a_page(client, query):
    for path in ("/", "/search/", "/leaflets/testamol/", "/a-z/", "/leaflets/testamol/versions/", "/updates.atom"):
        answer = client.get(f"{path}?{query}")
        check_answer(answer, most=200)


def test_too_many_fields_are_refused_in_plain_words(client):
    many = "&".join(f"f{number}=1" for number in range(4_000))
    for answer in (
        client.get(f"/search/?{many}"),
        client.post("/leaflets/testamol/reply/", many, content_type=URLENCODED),
    ):
        assert answer.status_code == 400
        assert "We could not read that request" in words(answer)
    assert Comment.objects.count() == 1


URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
_PART = b'--x\r\nContent-Disposition: form-data; name="body"\r\n\r\nMy words.\r\n'


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", URLENCODED), (b"\x00\xff\xfe", URLENCODED), (b"body=%ED%A0%80&token=%00", URLENCODED),
        (b"body=My+words.", URLENCODED + "; charset=utf-7"), (b"body=My+words.", URLENCODED + "; charset=hex"),
        (_PART + b"--x--\r\n", MULTIPART), (_PART, MULTIPART), (_PART + b"--x--\r\n", "multipart/form-data"),
        (_PART + b"--x--\r\n", "multipart/form-data; boundary=" + "y" * 300), (b"--x", MULTIPART), (b"", MULTIPART),
        (_PART.replace(b"My words.", b"+2AA-") + b"--x--\r\n", MULTIPART + "; charset=utf-7"),
        (_PART + b"--x--\r\n", MULTIPART + "; charset=hex"), (_PART + b"--x--\r\n", MULTIPART + "; charset=nonsense"),
        (_PART.replace(b'"body"', b'"body"; filename="../../x"') + b"--x--\r\n", MULTIPART),
        (b'{"body": "My words."}', "application/json"), (b"<xml/>", "text/xml"), (b"My words.", "text/plain"),
        (b"My words.", ""), (b"x" * 9_000_000, URLENCODED), (b"body=" + b"w+" * 2_500_000, URLENCODED),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "path", ["/leaflets/testamol/reply/", "/leaflets/nothing/reply/", "/fact-check/x/", "/search/"]
)
def test_any_body_is_refused_in_plain_words_and_keeps_nothing(client, path, body, content_type):
    entries = Entry.objects.count()
    answer = client.generic("POST", path, body, content_type=content_type)
    check_answer(answer)
    assert answer.status_code >= 400
    assert (Comment.objects.count(), Entry.objects.count()) == (1, entries)


NAMES = (
    "Dario\r\nSet-Cookie: a=b",
    "Dario\nBcc: all@clinic.example",
    "\x00Dario",
    "\ud800",
    "\u202eoiraD",
    "<b>Dario</b>",
)


@pytest.mark.parametrize("name", NAMES)
def test_name_cannot_become_a_header(client, publication, name):
    body = f"From {len(name)}."
    token = token_on(client, "testamol")
    data = "&".join(
        f"{key}={''.join(f'%{byte:02X}' for byte in value.encode('utf-8', 'surrogatepass'))}"
        for key, value in {"token": token, "body": body, "name": name}.items()
    )
    answer = client.post("/leaflets/testamol/reply/", data, content_type=URLENCODED)
    check_answer(answer)
    assert "Set-Cookie" not in answer
    if "@" in name:  # it is asked whether that is to be sent
        assert answer.status_code == 200
        return
    assert answer.status_code == 303
    assert "\x00" not in Comment.objects.get(body=body).name


def test_file_in_place_of_the_text_is_no_text(client):
    answer = client.post(
        "/leaflets/testamol/reply/",
        {"token": token_on(client, "testamol"), "body": SimpleUploadedFile("x.txt", b"My words.")},
    )
    check_answer(answer)
    assert answer.status_code == 400
    assert Comment.objects.count() == 1

"""Only UTF-8 is text here. The server's own application is called, which closes the connection that it finds open."""

import pytest
from django.test import RequestFactory

from clinicinfo.wsgi import application

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("charset", ["utf-7", "hex", "unicode_escape", "utf-16", "rot13", "undefined", "nonsense"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_server_refuses_other_character_sets(charset, method):
    body = b"body=+2AA-\\ud800"
    environ = RequestFactory().generic(method, "/search/?q=%2B2AA-%5Cud800", body).environ
    environ["CONTENT_TYPE"] = f"multipart/form-data; boundary=x; charset={charset}"
    answers = []
    page = application(environ, lambda status, headers: answers.append(status))
    assert answers == ["415 Unsupported Media Type"]
    assert b"Please send text as UTF-8." in b"".join(page)

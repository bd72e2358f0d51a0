"""The log says where something failed and why, and nothing that anybody typed."""

import io
import logging

import pytest
from django.db import IntegrityError
from django.test import RequestFactory, override_settings
from django.utils.log import AdminEmailHandler

from monographs.comments.arrival import actions
from monographs.operations.logs import ShortReport, WithoutWords, said_by
from monographs.reading.replies import sending
from tests.makers import make_published
from tests.people import PASSWORD, make_person
from tests.reading.parts import token_on

SAID = "I took about twenty of them\nand I am Bea from Elm Road."


@pytest.fixture
def log():
    """All that the site logs, written as it is on a server."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(WithoutWords())
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


def send_reply(client, slug: str, *, more: str = ""):
    words = {"body": SAID + more, "name": "Bea Marked", "token": token_on(client, slug)}
    return client.post(f"/leaflets/{slug}/reply/", words)


@pytest.mark.django_db
@pytest.mark.parametrize("error", [ValueError, RuntimeError, IntegrityError])
def test_an_error_that_carries_the_words_of_a_form_leaves_them_out_of_the_log(client, log, monkeypatch, error):
    slug = make_published().leaflet.slug
    client.raise_request_exception = False

    def fail(_leaflet, incoming, **kwargs):
        raise error(f"row refused\nDETAIL:  Failing row contains (12, {incoming.name}, {incoming.body[:20]}…).")

    monkeypatch.setattr(sending, "take_in", fail)
    assert send_reply(client, slug).status_code in (409, 500)
    told = log.getvalue()
    assert f"{error.__name__}: row refused" in told  # only words that nobody sent
    assert "in fail" in told
    for word in ("twenty", "Bea", "Elm Road"):
        assert word not in told


@pytest.mark.django_db
def test_what_a_database_refuses_is_logged_without_the_row(client, log):
    slug = make_published().leaflet.slug
    client.raise_request_exception = False
    send_reply(client, slug)
    with pytest.MonkeyPatch.context() as patch:
        # The verb's own check is gone, so that the database's constraint answers, with the row in its message.
        patch.setattr(actions, "record", lambda *args, **kwargs: actions.Comment.objects.filter().update(seal="x"))
        send_reply(client, slug, more=" Again.")
    told = log.getvalue()
    assert "keeps its words" in told
    for word in ("twenty", "Bea", "Elm Road"):
        assert word not in told


@pytest.mark.django_db
def test_passwords_sessions_and_links_with_a_token_stay_out_of_the_log(client, log):
    make_person("ana")
    client.post("/admin/login/", {"username": "ana", "password": PASSWORD})
    session = client.cookies["staff-session"].value
    factory = RequestFactory()
    request = factory.post("/admin/x/", {"password": PASSWORD, "token": "abc:def"})
    request.COOKIES["staff-session"] = session
    assert request.POST
    logging.getLogger("django.request").error("Failed with %s and %s", PASSWORD, session, extra={"request": request})
    assert log.getvalue() == "Failed with … and …\n"


@override_settings(SECRET_KEY="a-secret-of-the-site")
def test_the_secrets_of_the_settings_stay_out_of_the_log(log):
    logging.getLogger("anything").error("key a-secret-of-the-site")
    assert log.getvalue() == "key …\n"


def test_an_exception_in_a_line_ends_before_what_a_database_repeats():
    assert said_by(IntegrityError('null value in column "body"\nDETAIL:  Failing row contains (Bea).')) == (
        'IntegrityError: null value in column "body"'
    )
    assert said_by(KeyError("name")) == "KeyError: 'name'"
    assert said_by(ValueError()) == "ValueError"


def test_the_chain_of_causes_is_told_from_its_beginning():
    try:
        try:
            raise KeyError("first")
        except KeyError as error:
            raise ValueError("second") from error
    except ValueError as error:
        told = WithoutWords().formatException((ValueError, error, error.__traceback__))
    assert told.index("KeyError: 'first'") < told.index("which led to") < told.index("ValueError: second")


@override_settings(
    ADMINS=[("Ada", "ada@clinic.example")], DEFAULT_EXCEPTION_REPORTER="monographs.operations.logs.ShortReport"
)
def test_the_letter_about_an_error_holds_no_setting_password_session_or_word(mailoutbox):
    request = RequestFactory().post("/leaflets/x/reply/", {"body": SAID, "name": "Bea Marked"})
    request.COOKIES["staff-session"] = "session-0123456789"
    request.META["DATABASE_URL"] = "postgres://user:word-of-the-environment@host/db"
    assert request.POST
    try:
        marked = SAID  # noqa: F841 - a variable of the frame that Django would show
        raise ValueError("something failed")
    except ValueError as error:
        record = logging.LogRecord(
            "django.request", logging.ERROR, __file__, 1, "Internal Server Error: %s", (request.path,),
            (ValueError, error, error.__traceback__),
        )  # fmt: skip
    record.request = request
    AdminEmailHandler(include_html=True).emit(record)
    [letter] = mailoutbox
    for text in (letter.body, letter.alternatives[0][0]):
        assert "ValueError: something failed" in text
        for word in ("twenty", "Bea", "session-0123456789", "word-of-the-environment", "DATABASES"):
            assert word not in text


def test_a_report_without_an_exception_is_its_sentence():
    assert ShortReport(None, None, "Nothing more.", None).get_traceback_text() == "Nothing more."


@pytest.mark.django_db
def test_words_that_an_exception_quotes_as_python_writes_them_stay_out_of_the_log(client, log, monkeypatch):
    slug = make_published().leaflet.slug
    client.raise_request_exception = False

    def fail(_leaflet, incoming, **kwargs):
        raise ValueError(f"bad: {incoming.body!r}")

    monkeypatch.setattr(sending, "take_in", fail)
    words = {"body": "Hello\nDiagnosis of mine\xa0Zebra", "name": "", "token": token_on(client, slug)}
    client.post(f"/leaflets/{slug}/reply/", words)
    assert "ValueError: bad:" in log.getvalue()
    for word in ("Diagnosis", "Zebra", "Hello"):
        assert word not in log.getvalue()

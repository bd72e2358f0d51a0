"""The site as it sends by a real mail server."""

import pytest

from tests.mail.server import Post, mail_server


@pytest.fixture
def by_smtp(settings):
    """Letters go by SMTP to this port; a function of it."""

    def send_to(port: int) -> None:
        settings.EMAIL_BACKEND = "monographs.mail.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 5

    return send_to


@pytest.fixture
def post_office(by_smtp) -> Post:
    """A mail server that runs for the whole test."""
    with mail_server() as post:
        by_smtp(post.port)
        yield post

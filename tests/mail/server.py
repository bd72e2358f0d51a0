"""A real mail server for tests, on a port of this machine: it takes letters, or says and does what a test tells it."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tests.servers import free_port

OK = "250 OK"


class Post:
    """What it took: envelopes as (recipients, the letter). ``say_to`` answers each recipient, ``say_to_letter`` the
    letter itself; both may change while it runs."""

    def __init__(self):
        self.taken: list[tuple[list[str], EmailMessage]] = []
        self.raw: list[bytes] = []
        self.say_to: Callable[[str], str] = lambda address: OK
        self.say_to_letter: Callable[[EmailMessage], str] = lambda letter: OK

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the name is aiosmtpd's
        answer = self.say_to(address)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the name is aiosmtpd's
        letter = message_from_bytes(envelope.content, policy=policy.default)
        answer = self.say_to_letter(letter)
        if answer == OK:
            self.taken.append((envelope.rcpt_tos, letter))
            self.raw.append(envelope.content)
        return answer

    @property
    def letters(self) -> list[EmailMessage]:
        return [letter for _recipients, letter in self.taken]

    @property
    def recipients(self) -> list[str]:
        return [address for recipients, _letter in self.taken for address in recipients]


class _Controller(Controller):
    def factory(self):
        return SMTP(self.handler, hostname="mail.test", enable_SMTPUTF8=False)


@contextlib.contextmanager
def mail_server(port: int | None = None, post: Post | None = None) -> Iterator[Post]:
    """It runs until the end of the block; at a given port it can come back after an outage."""
    post = post or Post()
    controller = _Controller(post, hostname="127.0.0.1", port=port or free_port(), ready_timeout=60)
    controller.start()
    post.port = controller.port
    try:
        yield post
    finally:
        controller.stop()


@contextlib.contextmanager
def server_that(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """The port of a server that speaks no SMTP: each connection is ``answer``'s."""
    listening, is_over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def serve() -> None:
        while not is_over.is_set():
            try:
                connection, _address = listening.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                answer(connection)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        is_over.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(timeout=30)


def drip(connection: socket.socket) -> None:
    """A byte now and then, and never an end: each one comes within any timeout."""
    while True:
        connection.sendall(b"2")
        time.sleep(0.02)


def hang(connection: socket.socket) -> None:
    """Not a word until the other side goes."""
    connection.recv(1)

"""A mail server that hangs, or answers a letter at a time, holds nobody up for longer than a minute.

Django's timeout is one for each answer: a server that says one byte in every half of a minute could keep a sender for
hours, and in the meantime the letter would be somebody else's to send.
"""

import smtplib
import socket
import threading

from django.core.mail.backends import smtp

LONGEST = 60  # seconds from the call to the mail server's last word


class _Bounded:
    """The connection is cut once its time is over, and nothing more is said on it."""

    def __init__(self, *args, **kwargs):
        self.sock, self._is_over = None, False
        self._timer = threading.Timer(LONGEST, self._cut)
        self._timer.daemon = True
        self._timer.start()
        try:
            super().__init__(*args, **kwargs)
        except BaseException:
            self._timer.cancel()
            raise

    def _cut(self) -> None:
        self._is_over, connected = True, self.sock
        if connected:
            try:
                connected.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it was closed in this moment

    def send(self, s) -> None:
        if self._is_over:
            self.close()
            raise smtplib.SMTPServerDisconnected("its time is over")
        super().send(s)

    def close(self) -> None:
        self._timer.cancel()
        super().close()


class SMTP(_Bounded, smtplib.SMTP):
    pass


class SMTPS(_Bounded, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's, with an end."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return SMTPS if self.use_ssl else SMTP

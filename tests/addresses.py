"""Acts of a reader whose network address is known, as in a request."""

from collections.abc import Iterator
from contextlib import contextmanager

from monographs.audit.context import current_address


@contextmanager
def sent_from(address: str = "192.0.2.1") -> Iterator[None]:
    token = current_address.set(address)
    try:
        yield
    finally:
        current_address.reset(token)

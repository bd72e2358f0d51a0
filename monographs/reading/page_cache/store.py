"""The pages of one process, bounded in bytes: what nobody has asked for longest gives way."""

import threading
from collections import OrderedDict

from monographs.reading.page_cache.pages import Page

Address = tuple[str, str, str, str]  # scheme, host, where the site is mounted, path
_LARGEST_SHARE = 8  # a page larger than this part of the store is not kept: it would push out all others


class Store:
    """Address → page. One short lock; a page's weight is taken anew when it has grown by another encoding."""

    def __init__(self, most_bytes: int):
        self.most_bytes = most_bytes
        self.weight = 0
        self._pages: OrderedDict[Address, tuple[Page, int]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, address: Address) -> Page | None:
        with self._lock:
            known = self._pages.get(address)
            if known is None:
                return None
            self._pages.move_to_end(address)
            return known[0]

    def put(self, address: Address, page: Page) -> None:
        """Keep a page, or weigh it anew. Another page of this address goes."""
        page.has_grown = False
        weight = page.weight
        with self._lock:
            _page, before = self._pages.pop(address, (None, 0))
            self.weight -= before
            if weight > self.most_bytes // _LARGEST_SHARE:
                return
            self._pages[address] = (page, weight)
            self.weight += weight
            while self.weight > self.most_bytes:
                _address, (_page, gone) = self._pages.popitem(last=False)
                self.weight -= gone

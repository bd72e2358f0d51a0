"""The pages of one process, bounded in bytes: what nobody has asked for since it was last looked at gives way."""

import threading

from monographs.reading.page_cache.pages import Page

Address = tuple[str, str, str, str]  # scheme, host, where the site is mounted, path
_LARGEST_SHARE = 8  # a page larger than this part of the store is not kept: it would push out all others


class Store:
    """Address → page. To get one takes no lock: it leaves a mark on the page, and who makes room gives marked pages a
    second chance. A page's weight is taken anew when it has grown by another encoding."""

    def __init__(self, most_bytes: int):
        self.most_bytes = most_bytes
        self.weight = 0
        self._pages: dict[Address, Page] = {}
        self._weights: dict[Address, int] = {}  # in the order in which pages are looked at
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, address: Address) -> Page | None:
        page = self._pages.get(address)
        if page:
            page.was_asked_for = True
        return page

    def put(self, address: Address, page: Page) -> None:
        """Keep a page, or weigh it anew. Another page of this address goes."""
        page.has_grown = False
        weight = page.weight
        with self._lock:
            self._let_go(address)
            if weight > self.most_bytes // _LARGEST_SHARE:
                return
            while self.weight + weight > self.most_bytes:
                self._make_room()
            self._pages[address], self._weights[address] = page, weight
            self.weight += weight

    def _make_room(self) -> None:
        """Let the page go that was looked at longest ago; if somebody asked for it since, look at it again later."""
        address = next(iter(self._weights))
        page = self._pages[address]
        if page.was_asked_for:
            page.was_asked_for = False
            self._weights[address] = self._weights.pop(address)
        else:
            self._let_go(address)

    def _let_go(self, address: Address) -> None:
        self._pages.pop(address, None)
        self.weight -= self._weights.pop(address, 0)

"""Files that were made a while ago, known by the SHA-256 of all that they were made of."""

import threading
from collections import OrderedDict
from collections.abc import Callable

_LARGEST_SHARE = 4  # a file larger than this part of the shelf is not kept


class Shelf:
    """At most ``most_bytes`` in a process; what nobody asked for longest goes."""

    def __init__(self, most_bytes: int):
        self.most_bytes = most_bytes
        self.weight = 0
        self._files: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, digest: str, make: Callable[[], bytes], *, keeps: Callable[[], bool] = lambda: True) -> bytes:
        """The file; made now if it is not there. Asked when it is made, ``keeps`` says whether it stays."""
        with self._lock:
            if digest in self._files:
                self._files.move_to_end(digest)
                return self._files[digest]
        made = make()
        with self._lock:
            if digest not in self._files and len(made) <= self.most_bytes // _LARGEST_SHARE and keeps():
                self._files[digest] = made
                self.weight += len(made)
                while self.weight > self.most_bytes:
                    _digest, gone = self._files.popitem(last=False)
                    self.weight -= len(gone)
        return made

"""Which numbers there are, of very many."""

_GROUP = 64  # numbers whose bits are one of Python's


class Numbers:
    """Numbers, none negative, that are added and asked for. 100,000 that lie close take a quarter of a megabyte, and in
    a set seven."""

    def __init__(self):
        self._bits: dict[int, int] = {}

    def add(self, number: int) -> None:
        group, place = divmod(number, _GROUP)
        self._bits[group] = self._bits.get(group, 0) | 1 << place

    def __contains__(self, number: int) -> bool:
        return self._bits.get(number // _GROUP, 0) >> number % _GROUP & 1 == 1

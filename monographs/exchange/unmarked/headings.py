"""The headings of one unmarked text: which lines name a section's kind, and which only list the sections."""

from collections.abc import Callable, Sequence

from monographs.exchange.unmarked.blocks import BULLET, NUMBER, Block, may_name_kind
from monographs.exchange.unmarked.words.labels import is_contents_heading, tells_an_amount
from monographs.exchange.unmarked.words.medicine_name import kind_of
from monographs.leaflets.sections import BY_KEY, fold_heading

_QRD_KINDS = {1: "what_it_is", 2: "before_taking", 3: "dosage", 4: "side_effects", 5: "storage", 6: "more"}
_FEWEST_NUMBERED = 3
_FEWEST_IN_CONTENTS = 3


class Headings:
    """Tells for each block of a text the kind of section that it names, or None.

    The six numbered headings of the EU package leaflet (EMA QRD template) are known by their numbers, too, once
    three of them are known by their words. ``contents`` are the blocks of the text's table of contents.
    """

    def __init__(self, blocks: Sequence[Block], names: tuple[str, ...]):
        self.names = names
        self._by_number: dict[int, str] = {}
        self.contents: set[int] = set()
        self._find_contents(blocks)
        self.is_numbered = self._read_numbers(blocks)

    def kind(self, block: Block) -> str | None:
        """The kind that the block names as a heading; a line of the table of contents names none."""
        return None if block.line in self.contents else self._by_number.get(block.line) or named_kind(block, self.names)

    def is_top(self, block: Block) -> bool:
        """Whether a heading that names a kind begins one of the leaflet's main parts."""
        return not self.is_numbered or bool(NUMBER.match(block.text)) or block.line in self._by_number

    def _find_contents(self, blocks: Sequence[Block]) -> None:
        for place, block in enumerate(blocks):
            if block.line not in self.contents and len(block.lines) == 1 and is_contents_heading(block.text):
                self._read_contents(blocks, place)
        run: list[Block] = []
        for block in [*blocks, None]:
            if block and block.line not in self.contents and named_kind(block, self.names):
                run.append(block)
                continue
            self._read_run(run, blocks)
            run = []

    def _read_contents(self, blocks: Sequence[Block], place: int) -> None:
        """The entries below a heading of contents: up to the first that says again what an entry said."""
        entries = {blocks[place].line}
        seen: set[str] = set()
        highest = 0
        for block in blocks[place + 1 :]:
            number = NUMBER.match(block.text)
            is_entry = block.is_list or bool(named_kind(block, self.names))
            words = {fold_heading(BULLET.sub("", line)) for line in block.lines}
            if not is_entry or words & seen or (number and int(number[1]) <= highest) or self._is_over(block, seen):
                break
            seen |= words
            numbers = [int(found[1]) for line in block.lines if (found := NUMBER.match(line))]
            highest = max([highest, *numbers])
            entries.add(block.line)
            if len(block.lines) >= _FEWEST_IN_CONTENTS:
                break
        if len(seen) >= _FEWEST_IN_CONTENTS:
            self.contents |= entries

    def _is_over(self, block: Block, seen: set[str]) -> bool:
        """Whether the heading names a kind that the table has named already."""
        kind = named_kind(block, self.names)
        kinds = {kind_of(words, self.names) for words in seen}
        return bool(kind and kind in kinds)

    def _read_run(self, run: list[Block], blocks: Sequence[Block]) -> None:
        """Headings one below the other that all come again further down list the sections."""
        if len(run) < _FEWEST_IN_CONTENTS:
            return
        last = run[-1].line
        again = [block for block in run[1:] if fold_heading(block.text) == fold_heading(run[0].text)]
        if again:
            entries = [block for block in run if block.line < again[0].line]
        else:
            later = {named_kind(block, self.names) for block in blocks if block.line > last}
            entries = [block for block in run if named_kind(block, self.names) in later]
        if len(entries) >= _FEWEST_IN_CONTENTS:
            self.contents |= {block.line for block in entries}

    def _read_numbers(self, blocks: Sequence[Block]) -> bool:
        """Learn the numbered headings; whether the text is divided by them."""
        found: dict[int, Block] = {}
        known = 0
        for block in blocks:
            number = NUMBER.match(block.text)
            if not number or block.line in self.contents or not may_name_kind(block):
                continue
            value = int(number[1])
            kind = named_kind(block, self.names)
            if kind and value in _QRD_KINDS and BY_KEY[kind].qrd == value:
                known += 1
                found[value] = block
            elif value in _QRD_KINDS and value not in found and value - 1 in {*found, 0} and _is_bare(block):
                found[value] = block
        if known >= _FEWEST_NUMBERED:
            self._by_number = {
                block.line: _QRD_KINDS[value] for value, block in found.items() if not named_kind(block, self.names)
            }
        return known > 1


def named_kind(block: Block, names: tuple[str, ...]) -> str | None:
    """The section kind that a block of one short line names, with or without colon and number; otherwise None."""
    return kind_of(block.text, names) if may_name_kind(block) else None


def kind_namer(names: tuple[str, ...]) -> Callable[[Block], str | None]:
    """`named_kind` for these names of the medicine."""
    return lambda block: named_kind(block, names)


def _is_bare(block: Block) -> bool:
    text = block.text[NUMBER.match(block.text).end() :]
    return not tells_an_amount(text) and not text[:1].islower()

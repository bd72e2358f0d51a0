"""How high blocks are at most, reckoned from their words: a box is kept together only where it surely fits a page.

The typesetter never says that what it keeps together runs off the paper; to measure there sets everything once more.
"""

from math import ceil, inf

from monographs.paper.setting import signs
from monographs.paper.setting.typefaces import width

_HEADING_SPACE = 2.0  # em, above and below together
_BOX_SPACE, _BOX_INSET = 2.4, 21.0  # em around, pt within: above and below together
_BETWEEN, _BETWEEN_ITEMS = 0.45, 0.15  # em, beside the leading


def most_height(blocks: list[dict], room: float, size: float, leading: float) -> float:
    """In pt, of blocks as `sheet` makes them, in a column ``room`` pt wide; no end where it is not known (pictures)."""
    return sum(_of_block(one, room, size, leading) for one in blocks)


def _of_block(one: dict, room: float, size: float, leading: float) -> float:
    line, between = (1 + leading) * size, (leading + _BETWEEN) * size
    match one["t"]:
        case "heading":
            size *= one["size"]
            return _lines(one["x"], room / size) * (1 + leading) * size + _HEADING_SPACE * size
        case "paragraph":
            return _lines(one["x"], room / size) * line + between
        case "point":
            return max(one["width"], _lines(one["x"], (room - one["width"] * 1.3) / size) * line) + between
        case "items":
            inner = room - one["indent"]
            return sum(most_height(item, inner, size, leading) + _BETWEEN_ITEMS * size for item in one["x"]) + between
        case "other":
            return most_height(one["x"], room, size, max(leading, one["part"]["leading"]))
        case "box":
            return most_height(one["x"], room - 28, size, leading) + _BOX_SPACE * size + _BOX_INSET
    return inf


def _lines(runs: list[dict], most: float) -> float:
    """How many lines ``most`` em wide the words need at most."""
    if any("s" not in run for run in runs):
        return inf
    text = "".join(run["s"] for run in runs).replace(signs.MAY_BREAK, " ")
    return sum(_lines_of(line, most) for line in text.split("\n"))


def _lines_of(text: str, most: float) -> int:
    lines, used = 1, 0.0
    for word in text.split(" "):
        wide = width(word)
        if used and used + _space() + wide > most:
            lines, used = lines + 1, wide
        else:
            used += wide + (_space() if used else 0.0)
        if used > most:  # it is parted
            lines, used = lines + ceil(used / most * 1.5), most
    return lines


def _space() -> float:
    return width("n n") - width("nn")

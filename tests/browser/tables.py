"""Tables of every kind for the browser: with many columns and few, long cells and empty ones, in cards and in lists."""

import random

_WORDS = ("a", "mg", "of", "400", "12.5", "dose", "once", "daily", "WARNING", "microgram", "paracetamol",
          "hydroxychloroquine", "2000", "≥65")  # fmt: skip
_AROUND = ("{}", "::: emergency\n{}\n:::", "- First\n\n  {}", "::: tell\n- First\n\n  {}\n:::")

# Words that stand on more than one line, of this length at most, in a part of the page.
BROKEN = r"""(part, longest) => {
  const found = [], range = document.createRange();
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) for (const word of walker.currentNode.data.matchAll(/\S+/g)) {
    if (word[0].length > longest || !walker.currentNode.parentElement.checkVisibility()) continue;
    range.setStart(walker.currentNode, word.index);
    range.setEnd(walker.currentNode, word.index + word[0].length);
    if (new Set([...range.getClientRects()].map((one) => Math.round(one.top))).size > 1) found.push(word[0]);
  }
  return found;
}"""


def tables(count: int = 80, seed: int = 7) -> list[str]:
    """Markdown of ``count`` tables, the same on every run."""
    chance = random.Random(seed)  # noqa: S311 - a test's chance
    return [_framed(_AROUND[number % len(_AROUND)], _table(chance)) for number in range(count)]


def _framed(frame: str, table: str) -> str:
    return frame.format(table.replace("\n", "\n  ") if "- " in frame else table)


def _table(chance: random.Random) -> str:
    columns = chance.randint(1, 8)

    def cell() -> str:
        return " ".join(chance.choice(_WORDS) for _word in range(chance.choice([0, 1, 1, 2, 3, 12])))

    rows = [[cell() or "Head" for _column in range(columns)], ["---"] * columns]
    rows += [[cell() for _column in range(columns)] for _row in range(chance.randint(1, 3))]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)

"""Rows whose cells are parted by tabs, as a copied table has them, as a table of ours."""

from monographs.exchange.escaping import escape_heading
from monographs.exchange.unmarked.words.labels import tells_an_amount
from monographs.exchange.unmarked.wrapping import begins_list_item

_FEWEST = 2  # rows and columns


def rows_of(lines: tuple[str, ...]) -> list[list[str]] | None:
    """The cells of each line, all rows of one length, if the lines are a copied table; otherwise None."""
    if len(lines) < _FEWEST or not all("\t" in line.rstrip() for line in lines):
        return None
    rows = [[cell.strip() for cell in line.rstrip().split("\t")] for line in lines]
    if any(begins_list_item(line) for line in lines) or all(not row[0] for row in rows):
        return None
    columns = max(map(len, rows))
    if any(sum(map(bool, row)) == 0 for row in rows) or all(sum(map(bool, row)) < _FEWEST for row in rows):
        return None
    return [row + [""] * (columns - len(row)) for row in rows]


def table_of(rows: list[list[str]]) -> str:
    """The rows as Markdown. The first is the head, unless it has an amount: then the table gets an empty head."""
    head, *body = rows
    if any(tells_an_amount(cell) for cell in head) or not any(any(row) for row in body):
        head, body = [""] * len(head), rows
    return "\n".join([_row(head), "|" + " --- |" * len(head), *map(_row, body)])


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(escape_heading(cell).replace("|", "\\|") for cell in cells) + " |"

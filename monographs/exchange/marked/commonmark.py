"""Markdown as the rest of the world writes it (CommonMark 0.31, tables) into the Markdown of leaflets.

Ours has fewer signs that mean something (`text.markup.markdown`), so that no dose can hide in one. What other
people's files say with the others is said in ours: headings with a line under them, ``*`` and ``+`` bullets, links
by reference, entities, code and quotations. The lines that only their editor's width broke are joined.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

from monographs.exchange.draft import Remark
from monographs.exchange.escaping import escape_fragment, escape_heading, escape_starts, escape_text
from monographs.exchange.marked.pieces import Part
from monographs.exchange.unmarked.words.labels import tells_an_amount
from monographs.exchange.unmarked.wrapping import ends_sentence, join, usual_width, wrapped
from monographs.text.markup.rules.cards import care_card

_SCHEMES = ("http://", "https://", "mailto:", "tel:")
_DEFINITION = re.compile(r" {0,3}\[(?P<label>[^\]\n]+)\]:[ \t]*(?P<address><[^>]*>|\S*)")
_LABEL = re.compile(r"\[([^\[\]]+)\](?!:)")  # where a definition may be used
_ADDRESS = re.compile(r"<?(?:https?://|mailto:|tel:|/|#|\.{1,2}/)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINE_BREAK = re.compile(r"<br\s*/?>[ \t]*\n?", re.IGNORECASE)
_BOLD_BEFORE_LETTER = re.compile(r"\*\*(?=\S)(?:[^*\n]*[^*\s])\*\*")
_MEANS_SOMETHING = re.compile(r"[*_`\[\]<>&\\!|:]")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_LANGUAGE_OF_CODE = re.compile(r"(?:text|txt|plain|markdown|md|html|xml|json|ya?ml|toml|csv|bash|sh|console)?")
_LONGEST_UNDERLINED = 130


def _between_letters(state: StateInline, silent: bool) -> bool:
    """``2*5 mg`` and ``3*5 mg`` hold no emphasis."""
    run = re.compile(r"\*+|_+").match(state.src, state.pos)
    if not run or not state.pos or run.end() >= state.posMax:
        return False
    if not (state.src[state.pos - 1].isalnum() and state.src[run.end()].isalnum()):
        return False
    if not silent:
        state.pending += run[0]
    state.pos = run.end()
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.inline.ruler.before("emphasis", "between_letters", _between_letters)
    parser.normalizeLink = lambda address: address  # what turns out to be no link is shown as it was typed
    parser.validateLink = lambda address: True
    parser.block.ruler.before("table", "care_card", care_card, {"alt": ["paragraph"]})
    return parser


_PARSER = _parser()


class Converter:
    """Converts one file; ``remarks`` gathers what its importer should know, with lines from ``first_line``."""

    def __init__(self, lines: Sequence[str], first_line: int):
        self.first_line = first_line
        self.remarks: list[Remark] = []
        self.lines = self._prepared(list(lines))
        self.width = usual_width(self.lines)

    def parts(self) -> Iterator[Part]:
        """The file's headings and other blocks, in order."""
        for node in SyntaxTreeNode(_PARSER.parse("\n".join(self.lines))).children:
            start = node.map[0] if node.map else 0
            if node.type == "heading":
                inline = node.children[0]
                written = " ".join(self._inline(inline).split("\n"))
                if self._is_heading(node, inline.content):
                    yield Part(start + self.first_line, int(node.tag[1]), written)
                    continue
                self._remark(
                    start, _("“%s” is underlined like a heading, but reads as text; it became text."), inline.content
                )
                yield Part(start + self.first_line, 0, escape_starts(self._paragraph(inline, node.map[1] - 1)))
            elif markdown := "\n".join(self._block(node)).strip("\n"):
                yield Part(start + self.first_line, 0, markdown)

    def _prepared(self, lines: list[str]) -> list[str]:
        """Lines with comments taken out, and with definitions that define nothing made text."""
        text = "\n".join(lines)
        for comment in _COMMENT.finditer(text):
            self._remark(text.count("\n", 0, comment.start()), _("A comment was left out: “%s”."), comment[0][4:-3])
        text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
        said = Counter(" ".join(label.split()).casefold() for label in _LABEL.findall(text))
        prepared, fence = self._without_open_fence(text.split("\n")), ""
        for place, line in enumerate(prepared):
            if mark := _FENCE.match(line):
                fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
            elif not fence:
                around = [
                    prepared[place - 1] if place else "",
                    prepared[place + 1] if place + 1 < len(prepared) else "",
                ]
                is_typed = _is_sign(line, *around)
                prepared[place] = _escaped_start(line) if is_typed else self._prepared_line(line, said)
        return prepared

    def _without_open_fence(self, lines: list[str]) -> list[str]:
        """A fence that is never closed would hide all below it as code."""
        fence, opened = "", 0
        for place, line in enumerate(lines):
            if (mark := _FENCE.match(line)) and (not fence or mark[1].startswith(fence)):
                fence, opened = ("", 0) if fence else (mark[1], place)
        if fence:
            self._remark(opened, _("Code that is not closed became ordinary text: “%s”."), lines[opened])
            info = _FENCE.sub("", lines[opened]).strip()
            lines[opened] = "" if _LANGUAGE_OF_CODE.fullmatch(info) else info
        return lines

    def _prepared_line(self, line: str, said: Counter[str]) -> str:
        match = _DEFINITION.match(line)
        if not match:
            return line
        is_used = said[" ".join(match["label"].split()).casefold()] > 0
        is_definition = _ADDRESS.match(match["address"]) and is_used
        return line if is_definition else line[: match.start("label") - 1] + "\\" + line[match.start("label") - 1 :]

    def _remark(self, place: int, text: str, about: str) -> None:
        about = " ".join(about.split())
        self.remarks.append(Remark(place + self.first_line, text % (about[:60] + ("…" if len(about) > 60 else ""))))

    def _is_heading(self, node: SyntaxTreeNode, text: str) -> bool:
        if node.markup not in {"=", "-"}:
            return True
        return "\n" not in text and len(text) <= _LONGEST_UNDERLINED and not tells_an_amount(text)

    # Blocks

    def _children(self, node: SyntaxTreeNode) -> list[str]:
        """The lines of all blocks in a node, an empty line between two, none between a paragraph and its list."""
        lines: list[str] = []
        for child in node.children:
            written = self._block(child)
            is_own_list = child.type.endswith("_list") and node.type == "list_item"
            lines += ["", *written] if lines and written and not is_own_list else written
        return lines

    def _block(self, node: SyntaxTreeNode) -> list[str]:
        if node.type == "paragraph":
            return escape_starts(self._paragraph(node.children[0], node.map[1])).split("\n")
        if node.type == "heading":
            return [f"{node.markup if '#' in node.markup else '###'} {self._inline(node.children[0])}"]
        if node.type in {"bullet_list", "ordered_list"}:
            return self._list(node)
        if node.type == "blockquote":
            return self._quotation(node)
        if node.type in {"fence", "code_block"}:
            return self._code(node)
        if node.type == "table":
            return self._table(node)
        if node.type == "care":
            return [f"::: {node.info}", *self._children(node), ":::"]
        return []  # a rule across the page

    def _paragraph(self, inline: SyntaxTreeNode, end: int) -> str:
        """The lines of a paragraph, the wrapped ones joined; a line that its author broke stays broken."""
        written = self._inline(inline, soft="\n\0").split("\n")
        raw = self.lines[inline.map[0] : end]
        if len(raw) != len(written):
            raw = [line.replace("\0", "") for line in written]
        decisions = wrapped([*map(str.rstrip, raw)], self.width) if len(raw) > 1 else []
        lines = [written[0]]
        for line, is_wrapped in zip(written[1:], decisions, strict=True):
            if is_wrapped and line.startswith("\0"):
                lines[-1] = join(lines[-1], line[1:])
            else:
                lines.append(line.replace("\0", ""))
        return "\n".join(line.strip(" \t") for line in lines)

    def _list(self, node: SyntaxTreeNode) -> list[str]:
        lines: list[str] = []
        numbers = {int(item.info) for item in node.children if item.info}
        for item in node.children:
            if self._is_typed_number(item, numbers, is_bullet=node.type == "bullet_list"):
                lines += ["", *escape_text("\n".join(self._raw(item))).split("\n"), ""]
                continue
            marker = "- " if node.type == "bullet_list" else f"{item.info}{item.markup} "
            written = self._children(item) or [""]
            lines += [
                (marker if place == 0 else " " * len(marker) if line else "") + line
                for place, line in enumerate(written)
            ]
        return "\n".join(lines).strip("\n").replace("\n\n\n", "\n\n").split("\n")

    def _is_typed_number(self, item: SyntaxTreeNode, numbers: set[int], *, is_bullet: bool) -> bool:
        """``"20. Do not take more."`` alone, ``"1. 12. 2026"``, ``"1. 5 tablets"`` alone: a number, and no list."""
        first = item.children[0] if item.children else None
        if first and first.type.endswith("_list") and first.map[0] == item.map[0]:
            return True
        if is_bullet or {int(item.info) - 1, int(item.info) + 1} & numbers:
            return False
        text = first.children[0].content if first and first.type == "paragraph" else ""
        return item.info != "1" or text[:1].isdigit()

    def _raw(self, node: SyntaxTreeNode) -> list[str]:
        return [line.strip() for line in self.lines[node.map[0] : node.map[1]] if line.strip()]

    def _quotation(self, node: SyntaxTreeNode) -> list[str]:
        raw = self._raw(node)
        self._remark(node.map[0], _("A quotation became ordinary text: “%s”."), raw[0].lstrip("> "))
        return self._children(node)

    def _code(self, node: SyntaxTreeNode) -> list[str]:
        content = node.content.strip("\n")
        info = (node.info or "").strip()
        self._remark(node.map[0], _("Code became ordinary text: “%s”."), content or info)
        said = [] if _LANGUAGE_OF_CODE.fullmatch(info) else escape_text(info).split("\n")
        if node.type == "code_block":
            inside = Converter([line.strip() for line in content.split("\n")], 1)
            parts = (f"### {part.markdown}" if part.level else part.markdown for part in inside.parts())
            return [*said, *"\n\n".join(parts).split("\n")]
        for part in re.split(r"\n\s*\n", content):
            said += ["", *escape_text(part).split("\n")] if said else escape_text(part).split("\n")
        return said

    def _table(self, node: SyntaxTreeNode) -> list[str]:
        """The rows cell by cell as typed: the parser itself would cut what has no head above it."""
        raw = self.lines[node.map[0] : node.map[1]]
        has_pipes = raw[0].strip().startswith("|")
        end = next(
            (n for n, line in enumerate(raw) if n > 1 and has_pipes and not line.strip().startswith("|")), len(raw)
        )
        rows = [_cells(line) for place, line in enumerate(raw[:end]) if place != 1]
        columns = max(map(len, rows))
        if columns > len(rows[0]):
            self._remark(node.map[0], _("A row of the table has more cells than its head: “%s”."), raw[0])
        written = [
            "| " + " | ".join(self._cell(cell) for cell in [*row, *[""] * (columns - len(row))]) + " |" for row in rows
        ]
        rest = ["", *escape_text("\n".join(raw[end:])).split("\n")] if raw[end:] else []
        return [written[0], "|" + " --- |" * columns, *written[1:], *rest]

    def _cell(self, typed: str) -> str:
        if not _MEANS_SOMETHING.search(typed):
            return typed
        inline = SyntaxTreeNode(_PARSER.parseInline(typed)).children[0]
        return re.sub(r"(?<!\\)\|", r"\\|", " ".join(self._inline(inline).split("\n")))

    # Within lines

    def _inline(self, inline: SyntaxTreeNode, soft: str = " ") -> str:
        pieces: list[str] = []
        for child in inline.children:
            piece = self._piece(child, soft)
            # `5` directly behind a number would be read as one with it
            is_joined = child.type == "code_inline" and pieces and pieces[-1][-1:].isalnum() and piece[:1].isalnum()
            pieces.append(f"\\`{piece}\\`" if is_joined else piece)
        return "".join(pieces)

    def _piece(self, node: SyntaxTreeNode, soft: str) -> str:
        inside = "".join(self._piece(child, soft) for child in node.children)
        if node.type == "text":
            return _text(node.content)
        if node.type == "code_inline":
            return escape_fragment(node.content)
        if node.type == "softbreak":
            return soft
        if node.type == "hardbreak":
            return "\n"
        if node.type in {"strong", "em"}:
            mark = "**" if node.type == "strong" else "*"
            return f"{mark}{inside}{mark}"
        if node.type == "link":
            return self._link(node, inside)
        if node.type == "image":
            title = node.attrs.get("title")
            return f"![{escape_heading(node.content)}]({node.attrs['src']})" + (f" ({_text(title)})" if title else "")
        return inside or escape_fragment(node.content)

    def _link(self, node: SyntaxTreeNode, inside: str) -> str:
        address, title = str(node.attrs["href"]), str(node.attrs.get("title") or "")
        said = f" ({_text(title)})" if title else ""
        if node.markup == "autolink":
            typed = "".join(child.content for child in node.children)
            return f"[{inside}]({address})" if address.startswith(_SCHEMES) else f"\\<{_text(typed)}>"
        if address.startswith(_SCHEMES):
            return f"[{inside}]({address}){said}"
        if address.startswith("#"):
            return inside + said
        return f"\\[{inside}]({_text(address)}){said}"


def _is_sign(line: str, above: str, below: str) -> bool:
    """Whether a line's first sign is no markup: ``> 50 kg``; ``- 10 mg`` or ``+ codeine`` below an open line."""
    if re.match(r"\s{0,3}>\s*[\d.,]", line):
        return not above.lstrip().startswith(">") and not below.lstrip().startswith(">")
    if re.match(r"\s*\d{1,9}[.)]\s+\d{1,9}[.)]", line):  # "1. 12. 2026"
        return True
    is_open = bool(above.strip()) and not ends_sentence(above) and not re.match(r"\s*([-+*|>#=]|\d+[.)]\s)", above)
    return is_open and bool(re.match(r"\s{0,3}(?:[-*]\s*\d|\+\s)", line)) and not re.match(r"\s*[-+*]\s", below)


def _escaped_start(line: str) -> str:
    sign = re.search(r"\d(?=[.)])|(?=\S)", line)
    return f"{line[: sign.end()]}\\{line[sign.end() :]}"


def _text(typed: str) -> str:
    """A run of text as our Markdown; ``**Stop.**Call`` keeps its stars, which are bold in ours."""
    lines = _LINE_BREAK.sub("\n", typed)
    parts, position = [], 0
    for match in _BOLD_BEFORE_LETTER.finditer(lines):
        parts += [escape_fragment(lines[position : match.start()]), f"**{escape_fragment(match[0][2:-2])}**"]
        position = match.end()
    return "".join([*parts, escape_fragment(lines[position:])])


def _cells(line: str) -> list[str]:
    """The cells of a table's row as typed, without its outer pipes."""
    text = line.strip()
    text = text.removeprefix("|")
    text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", text)]

"""Typed text into Markdown that shows exactly what was typed, with no more backslashes than it takes.

The rules follow CommonMark 0.31 (section 2.4 backslash escapes, 4 leaf blocks, 5 container blocks,
6 inlines) with the two additions of `monographs.text.markup.markdown`: tables and care cards.
"""

import re
from collections import Counter

from markdown_it import MarkdownIt

_ENTITY = re.compile(r"&(?=(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);)")
_TAG_OR_AUTOLINK = re.compile(r"<(?=[A-Za-z/!?])")
_WORKING_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~]|\n|$)")
_EMPHASIS_RUN = re.compile(r"\*+|_+")

_RULE = re.compile(r"([*_])[ \t]*(?:\1[ \t]*){2,}$")
_TABLE_RULE_OR_UNDERLINE = re.compile(r"(?=[|:=-])(?:\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*|=+[ \t]*)$")
_BLOCK_START = re.compile(r"(?:#{1,6}(?=[ \t]|$)|>|[-+*](?=[ \t]|$)|~~~|:::|```)")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=[ \t]|$)")

_INLINE = MarkdownIt("commonmark", {"html": False}).disable(["autolink", "entity", "backticks"])


def escape_text(text: str) -> str:
    """A paragraph as typed (one or more lines) → Markdown that shows it as one paragraph of the same lines."""
    text = "\n".join(line.strip(" \t") for line in text.split("\n"))
    return "\n".join(_escape_line_start(line) for line in _escape_inline(text).split("\n"))


def escape_heading(text: str) -> str:
    """A heading as typed, one line → the Markdown to stand after ``## ``."""
    text = _escape_inline(" ".join(text.split("\n")).strip(" \t"))
    return re.sub(r"(^|[ \t])(#+)$", r"\1\\\2", text)


def escape_fragment(text: str) -> str:
    """A piece of a line as typed → Markdown that shows it, whatever stands before and behind it in the line."""
    text = _WORKING_BACKSLASH.sub(r"\\\\", text)
    text = _TAG_OR_AUTOLINK.sub(r"\\<", _ENTITY.sub(r"\\&", text))
    text = re.sub(r"`|\[(?=[^\]]*\](?:[(:\[]|$))", r"\\\g<0>", text)
    return _EMPHASIS_RUN.sub(lambda run: run[0] if _is_loose(run) else re.sub(r"(.)", r"\\\1", run[0]), text)


def escape_starts(markdown: str) -> str:
    """Lines that are Markdown within, such that none begins a block of another kind."""
    return "\n".join(_escape_line_start(line) for line in markdown.split("\n"))


def _is_loose(run: re.Match, *, edge: str = "") -> bool:
    """Whether stars or underscores can be no emphasis: between spaces, or an underscore within a word.

    ``edge`` is what stands before and behind the whole text, "" if that is not known.
    """
    before, after = (
        run.string[max(run.start() - 1, 0) : run.start()] or edge,
        run.string[run.end() : run.end() + 1] or edge,
    )
    if before.isspace() and after.isspace():
        return True
    return run[0].startswith("_") and before.isalnum() and after.isalnum()


def shown_heading(markdown: str) -> str:
    """The words that a heading's Markdown shows; the reverse of `escape_heading`.

    A link keeps its address in parentheses, an image its alternative text.
    """
    shown, addresses = [], []
    for token in _INLINE.parseInline(markdown.strip())[0].children or []:
        if token.type in {"text", "code_inline", "image"}:
            shown.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            shown.append(" ")
        elif token.type == "link_open":
            addresses.append((len(shown), str(token.attrGet("href"))))
        elif token.type == "link_close":
            start, address = addresses.pop()
            if "".join(shown[start:]) != address:
                shown.append(f" ({address})")
    return "".join(shown).strip()


def _escape_inline(text: str) -> str:
    text = _WORKING_BACKSLASH.sub(r"\\\\", text)
    text = _ENTITY.sub(r"\\&", text)
    text = _TAG_OR_AUTOLINK.sub(r"\\<", text)
    if text.count("`") > 1:
        text = text.replace("`", r"\`")
    if "](" in text or "]:" in text:
        text = text.replace("[", r"\[")
    return _escape_emphasis(text)


def _escape_emphasis(text: str) -> str:
    """Backslashes before those ``*`` and ``_`` that could begin or end emphasis, where there is a pair of them."""

    working = {run.start(): run[0][0] for run in _EMPHASIS_RUN.finditer(text) if not _is_loose(run, edge=" ")}
    counts = Counter(working.values())

    def escaped(run: re.Match) -> str:
        is_paired = counts[working.get(run.start(), "")] > 1
        return "".join("\\" + character for character in run.group()) if is_paired else run.group()

    return _EMPHASIS_RUN.sub(escaped, text)


def _escape_line_start(line: str) -> str:
    if _RULE.match(line):
        return re.sub(r"([*_])", r"\\\1", line)
    if _BLOCK_START.match(line) or _TABLE_RULE_OR_UNDERLINE.match(line):
        return "\\" + line
    return _NUMBER.sub(r"\1\\\2", line, count=1) if _NUMBER.match(line) else line

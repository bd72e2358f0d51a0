"""What a copied web page brings along that is not the leaflet: buttons, reply forms, disclaimers, conclusions."""

import re

from monographs.leaflets.sections import fold_heading

_TAIL = {
    "leave a reply", "leave a reply cancel reply", "leave a comment", "post a comment", "add a comment",
    "submit a comment", "write a comment", "you may also like", "related posts", "related articles",
}  # fmt: skip
_BITS = {
    "share this", "share this article", "share this page", "share", "print", "print this page", "skip to content",
    "skip to main content", "advertisement", "back to top", "menu", "home", "read more", "table of contents",
    "on this page",
}  # fmt: skip
_CONCLUSION = re.compile(r"(?:in conclusion|to conclude|in summary|to sum up|to summari[sz]e)\b", re.IGNORECASE)
_DISCLAIMER = re.compile(
    r"\b(?:information|article|leaflet|page|content)\b[^.]{0,60}\bgeneral guide\b"
    r"|(?:\bnot|n['’]t|\bnor|\bnever)\b[^.]{0,40}\b(?:substitute|replace\w*)\b[^.]{0,60}"
    r"\b(?:advice|consultation|diagnosis)\b"
    r"|\bfor (?:general )?(?:information|informational|educational)(?: and \w+)? purposes\b",
    re.IGNORECASE,
)
_CLOSING_ADVICE = re.compile(r"always (?:consult|seek|ask|speak to|talk to)\b.*\badvice\b", re.IGNORECASE)


def begins_page_tail(text: str) -> bool:
    """Whether with this line the leaflet is over and the page goes on: ``"Leave a Reply"``."""
    return fold_heading(text) in _TAIL


def is_page_bit(text: str) -> bool:
    """Whether the line is a button or a label of the page: ``"Share this"``."""
    return fold_heading(text) in _BITS


def is_conclusion(text: str) -> bool:
    """Whether the paragraph sums up: ``"In conclusion, …"``."""
    return bool(_CONCLUSION.match(text))


def is_disclaimer(text: str) -> bool:
    """Whether the paragraph, below the last heading, says what the text is not: advice of a professional.

    Further up "Always consult your doctor for advice …" is an instruction that belongs to its section.
    """
    line = " ".join(text.split())
    return bool(_DISCLAIMER.search(line) or _CLOSING_ADVICE.match(line))

"""Telephone numbers in a text as links that can be dialled with one tap."""

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeData, SafeString, mark_safe

from monographs.text.amounts.telephones import pieces


def linked(text: str, country: str, *, is_field: bool = False, is_safe: bool = False) -> SafeString:
    """The text as HTML, each number a link, always written left to right. No letter of it changes."""
    keep = mark_safe if is_safe or isinstance(text, SafeData) else conditional_escape  # noqa: S308 - it is safe already
    return mark_safe(  # noqa: S308 - each piece is safe
        "".join(
            keep(piece)
            if isinstance(piece, str)
            else format_html('<a href="{}" dir="ltr">{}</a>', piece.href, keep(piece.shown))
            for piece in pieces(str(text), country, is_field=is_field)
        )
    )

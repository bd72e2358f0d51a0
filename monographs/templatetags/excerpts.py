"""The beginning of a text in a list: whole sentences."""

from django import template

from monographs.quality.pieces import excerpts

register = template.Library()


@register.filter
def beginning(text: str, most: int) -> str:
    """``{{ reply.body|beginning:200 }}``: the first sentences that have room there, never half of one."""
    return excerpts.beginning(text, most)

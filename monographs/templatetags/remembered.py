"""Parts of pages that many pages have in common, made once in each process."""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.urls import get_script_prefix
from django.utils.translation import get_language

register = template.Library()

_MOST = 100  # of each part: a site has few languages, and one clinic at a time


class RememberedNode(template.Node):
    def __init__(self, nodelist: NodeList, made_of: list[FilterExpression]):
        self.nodelist, self.made_of = nodelist, made_of
        self._made: dict[tuple, str] = {}

    def render(self, context: Context) -> str:
        made_of = [value.resolve(context, ignore_failures=True) for value in self.made_of]
        if None in made_of:
            return self.nodelist.render(context)
        key = (get_language(), get_script_prefix(), *made_of)
        html = self._made.get(key)
        if html is None:
            if len(self._made) >= _MOST:
                self._made.clear()
            html = self._made[key] = self.nodelist.render(context)
        return html


@register.tag
def remembered(parser: Parser, token: Token) -> RememberedNode:
    """``{% remembered a b %}…{% endremembered %}``: what stands between is made of ``a``, ``b`` and the active language
    alone, and made once for each; anew each time where one of them is None or not there."""
    _name, *made_of = token.split_contents()
    nodelist = parser.parse(("endremembered",))
    parser.delete_first_token()
    return RememberedNode(nodelist, [parser.compile_filter(value) for value in made_of])

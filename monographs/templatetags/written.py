"""The parts of the admin's pages that are written in Python or made once (`admin.frame.written`)."""

from django import template
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import ChangeList
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

from monographs.admin.frame.written.fieldsets import written
from monographs.admin.frame.written.navigation import rendered
from monographs.admin.frame.written.rows import rows_of

register = template.Library()


@register.simple_tag(takes_context=True)
def written_fieldset(context: dict) -> SafeString:
    """The ``fieldset`` of the context, as ``admin/includes/fieldset.html`` of Django shows it."""
    place = (str(context.get(name, "")) for name in ("prefix", "id_prefix", "id_suffix"))
    heading_id = f"{'-'.join(place)}-heading"
    return written(context["fieldset"], heading_level=context.get("heading_level") or 2, heading_id=heading_id)


@register.inclusion_tag("admin/change_list_results.html")
def written_results(cl: ChangeList) -> dict:
    """Django's ``result_list`` for a list that is not a form."""
    headers = list(result_headers(cl))
    sorted_by = sum(bool(header["sortable"] and header["sorted"]) for header in headers)
    return {"cl": cl, "result_headers": headers, "num_sorted_fields": sorted_by, "results": rows_of(cl)}


@register.simple_tag(takes_context=True)
def navigation(context: dict) -> SafeString:
    """Django's ``admin/nav_sidebar.html``."""
    return rendered("admin/nav_sidebar.html", context.get("available_apps", []), context["request"])


@register.simple_tag(takes_context=True)
def what_may_be_seen(context: dict) -> SafeString:
    """Django's ``admin/app_list.html``, as its index page has it."""
    return rendered("admin/app_list.html", context["app_list"], context["request"], changelinks=True)


class AlikeNode(template.Node):
    def __init__(self, nodelist: NodeList, names: list[str]):
        self.nodelist, self.names = nodelist, names

    def render(self, context: Context) -> str:
        drawn = context.get("drawn")
        if drawn is None:
            return self.nodelist.render(context)

        def render(stand_ins: dict[str, object]) -> str:
            if not drawn.knows_the_page:
                return self.nodelist.render(context.new(stand_ins))
            with context.push(**stand_ins):
                return self.nodelist.render(context)

        return drawn.filled(self, {name: context[name].alike for name in self.names}, render)


@register.tag
def alike(parser: Parser, token: Token) -> AlikeNode:
    """``{% alike reply %}…{% endalike %}``: rendered once for all replies of a page that are ``alike``, where the page
    has something that is ``drawn`` (`admin.frame.written.alike`)."""
    _name, *names = token.split_contents()
    nodelist = parser.parse(("endalike",))
    parser.delete_first_token()
    return AlikeNode(nodelist, names)

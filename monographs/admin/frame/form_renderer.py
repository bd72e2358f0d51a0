"""Forms written without a template for each field: the same HTML as Django's own, for a page with hundreds of fields.

Django renders a template for every widget, every label, every empty list of errors and every choice of a list; a
leaflet's form is a thousand of them. What stands here says the same but for blank lines (a test holds both equal); a
widget that is not listed has its template as ever.
"""

from collections.abc import Callable, Iterable, Mapping

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_WIDGETS = "django/forms/widgets/"


class WrittenOut(DjangoTemplates):
    """``FORM_RENDERER``: Django's, with the plain widgets, labels and absent errors written in Python."""

    def render(self, template_name: str, context: dict, request=None) -> str:
        if template_name.startswith("django/forms/errors/list/") and not context["errors"]:
            return mark_safe("")  # noqa: S308 - nothing
        write = WRITERS.get(template_name)
        return write(context) if write else super().render(template_name, context, request)


def _attributes(attrs: Mapping[str, object]) -> SafeString:
    """As ``attrs.html``: None and texts by value, True by its name alone, False not at all."""
    return format_html_join(
        "",
        "{}{}",
        (
            (f" {name}", "" if value is True else format_html('="{}"', _text(value)))
            for name, value in attrs.items()
            if value is not False
        ),
    )


def _text(value: object) -> object:
    return value if isinstance(value, str) else str(value)


def _input(context: Mapping) -> SafeString:
    return _input_of(context["widget"])


def _input_of(widget: Mapping) -> SafeString:
    value = "" if widget["value"] is None else format_html(' value="{}"', _text(widget["value"]))
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, _of(widget))


def _of(widget: Mapping) -> SafeString:
    return _attributes(widget["attrs"])


def _textarea(context: Mapping) -> SafeString:
    widget = context["widget"]
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], _of(widget), widget["value"] or "")


def _select(context: Mapping) -> SafeString:
    widget = context["widget"]
    options = _grouped(widget["optgroups"], '\n  <optgroup label="{}">', _option, "\n  </optgroup>")
    return format_html('<select name="{}"{}>{}\n</select>', widget["name"], _of(widget), options)


def _option(option: Mapping) -> SafeString:
    return format_html('\n  <option value="{}"{}>{}</option>', _text(option["value"]), _of(option), option["label"])


def _checkboxes(context: Mapping) -> SafeString:
    widget = context["widget"]
    shown = {name: widget["attrs"][name] for name in ("id", "class") if widget["attrs"].get(name)}
    options = _grouped(widget["optgroups"], "\n  <div><label>{}</label>", _checkbox, "\n  </div>")
    return format_html("<div{}>{}\n</div>", _attributes(shown), options)


def _checkbox(option: Mapping) -> SafeString:
    box = _input_of(option)
    if option["wrap_label"]:
        target = _attributes({"for": option["attrs"]["id"]} if option["attrs"].get("id") else {})
        box = format_html("<label{}>{} {}</label>", target, box, option["label"])
    return format_html("<div>\n    {}</div>", box)


def _grouped(groups: Iterable, opens: str, write: Callable[[Mapping], SafeString], closes: str) -> SafeString:
    parts = []
    for name, options, _index in groups:
        parts += [format_html(opens, name)] if name else []
        parts += map(write, options)
        parts += [closes] if name else []
    return mark_safe("".join(parts))  # noqa: S308 - each part is escaped by what wrote it


def _label(context: Mapping) -> SafeString:
    label = conditional_escape(context["label"])
    if not context["use_tag"]:
        return label
    return format_html("<{}{}>{}</{}>", context["tag"], _attributes(context["attrs"] or {}), label, context["tag"])


WRITERS: dict[str, Callable[[Mapping], SafeString]] = {
    **{f"{_WIDGETS}{name}.html": _input for name in ("input", "text", "number", "hidden", "checkbox", "date", "url")},
    f"{_WIDGETS}textarea.html": _textarea,
    f"{_WIDGETS}select.html": _select,
    f"{_WIDGETS}checkbox_select.html": _checkboxes,
    "django/forms/label.html": _label,
}

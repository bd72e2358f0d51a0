"""Forms written without a template for each field: the same HTML as Django's own, for a page with hundreds of fields.

Django renders a template for every widget, every label, every empty list of errors and every choice of a list; a
leaflet's form is a thousand of them. What stands here says the same but for blank lines (a test holds both equal); a
widget that is not listed has its template as ever.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from html import escape

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

_WIDGETS = "django/forms/widgets/"


class WrittenOut(DjangoTemplates):
    """``FORM_RENDERER``: Django's, with the plain widgets, labels and absent errors written in Python."""

    def render(self, template_name: str, context: dict, request=None) -> str:
        if template_name.startswith("django/forms/errors/list/") and not context["errors"]:
            return mark_safe("")  # noqa: S308 - nothing
        write = WRITERS.get(template_name)
        if not write:
            return super().render(template_name, context, request)
        return mark_safe(write(context))  # noqa: S308 - each value is escaped where it is written


def _attributes(attrs: Mapping[str, object]) -> str:
    """As ``attrs.html``: None and texts by value, True by its name alone, False not at all."""
    return "".join(
        f" {escaped(name)}" if value is True else f' {escaped(name)}="{escaped(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def escaped(value: object) -> str:
    """As Django's templates do it; what is safe already stays."""
    if type(value) is str and len(value) <= _SHORT:
        return _escaped_once(value)
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


_SHORT, _MOST = 60, 2_000  # characters, and texts that are remembered: names and values that a form has in every row
_escaped_once = lru_cache(_MOST)(escape)


def _input(context: Mapping) -> str:
    widget = context["widget"]
    value = "" if widget["value"] is None else f' value="{escaped(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{escaped(widget["name"])}"{value}{_attributes(widget["attrs"])}>'


def _textarea(context: Mapping) -> str:
    widget = context["widget"]
    value = escaped(widget["value"] or "")
    return f'<textarea name="{escaped(widget["name"])}"{_attributes(widget["attrs"])}>\n{value}</textarea>'


def _markdown(context: Mapping) -> str:
    """The box that markdownx puts around its field."""
    return f'<div class="markdownx">\n{_textarea(context)}\n<div class="markdownx-preview"></div>\n</div>'


def _day(context: Mapping) -> str:
    return f'<p class="date">\n{_input(context)}\n</p>'


def _address(context: Mapping) -> str:
    if not context["url_valid"]:
        return _input(context)
    current, change = escaped(context["current_label"]), escaped(context["change_label"])
    href, value = (escaped(context["widget"][name]) for name in ("href", "value"))
    return f'<p class="url">{current} <a href="{href}">{value}</a><br>{change} {_input(context)}</p>'


def _select(context: Mapping) -> str:
    widget = context["widget"]
    options = _grouped(widget["optgroups"], '\n  <optgroup label="{}">', _option, "\n  </optgroup>")
    return f'<select name="{escaped(widget["name"])}"{_attributes(widget["attrs"])}>{options}\n</select>'


def _option(option: Mapping) -> str:
    label, attrs = escaped(option["label"]), _attributes(option["attrs"])
    return f'\n  <option value="{escaped(option["value"])}"{attrs}>{label}</option>'


def _checkboxes(context: Mapping) -> str:
    widget = context["widget"]
    shown = {name: widget["attrs"][name] for name in ("id", "class") if widget["attrs"].get(name)}
    options = _grouped(widget["optgroups"], "\n  <div><label>{}</label>", _checkbox, "\n  </div>")
    return f"<div{_attributes(shown)}>{options}\n</div>"


def _checkbox(option: Mapping) -> str:
    box = _input({"widget": option})
    if option["wrap_label"]:
        target = _attributes({"for": option["attrs"]["id"]} if option["attrs"].get("id") else {})
        box = f"<label{target}>{box} {escaped(option['label'])}</label>"
    return f"<div>\n    {box}</div>"


def _grouped(groups: Iterable, opens: str, write: Callable[[Mapping], str], closes: str) -> str:
    parts = []
    for name, options, _index in groups:
        parts += [opens.format(escaped(name))] if name else []
        parts += map(write, options)
        parts += [closes] if name else []
    return "".join(parts)


def _label(context: Mapping) -> str:
    label = escaped(context["label"])
    if not context["use_tag"]:
        return label
    return f"<{context['tag']}{_attributes(context['attrs'] or {})}>{label}</{context['tag']}>"


WRITERS: dict[str, Callable[[Mapping], str]] = {
    **{f"{_WIDGETS}{name}.html": _input for name in ("input", "text", "number", "hidden", "checkbox", "date", "url")},
    f"{_WIDGETS}textarea.html": _textarea,
    f"{_WIDGETS}select.html": _select,
    f"{_WIDGETS}checkbox_select.html": _checkboxes,
    "django/forms/label.html": _label,
    "admin/widgets/date.html": _day,
    "admin/widgets/url.html": _address,
    "markdownx/widget.html": _markdown,
}

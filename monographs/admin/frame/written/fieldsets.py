"""A fieldset of the admin's forms written in Python: Django's ``admin/includes/fieldset.html`` but for blank lines.

A leaflet's form has twenty of them with seven fields each, and Django's template asks forty questions about every
field. What stands here gives the same answers (a test holds both equal).
"""

from collections.abc import Iterator

from django.contrib.admin.helpers import AdminField, AdminReadonlyField, Fieldline, Fieldset
from django.forms import BaseForm
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from monographs.admin.frame.written.form_renderer import escaped


def written(fieldset: Fieldset, *, heading_level: int = 2, heading_id: str = "") -> SafeString:
    """The HTML of a fieldset; ``heading_id`` is for one that has a name."""
    return mark_safe("".join(_fieldset(fieldset, heading_level, heading_id)))  # noqa: S308 - each value is escaped


def _fieldset(fieldset: Fieldset, level: int, heading_id: str) -> Iterator[str]:
    label = f' aria-labelledby="{escaped(heading_id)}"' if fieldset.name else ""
    is_collapsible = bool(fieldset.name and fieldset.is_collapsible)
    yield f'<fieldset class="module aligned {escaped(fieldset.classes)}"{label}>\n'
    if fieldset.name:
        heading = f'<h{level} id="{escaped(heading_id)}" class="fieldset-heading">'
        heading += f"{escaped(fieldset.name)}</h{level}>\n"
        yield f"<details><summary>{heading}</summary>\n" if is_collapsible else heading
    if fieldset.description:
        yield f'<div class="description">{fieldset.description}</div>\n'
    for line in fieldset:
        yield from _line(line)
    if is_collapsible:
        yield "</details>\n"
    yield "</fieldset>\n"


def _line(line: Fieldline) -> Iterator[str]:
    fields, is_alone = list(line), len(line.fields) == 1
    errors = line.errors() if is_alone and line.form.errors else ""
    classes = "form-row" + (" errors" if errors else "") + ("" if line.has_visible_field else " hidden")
    yield f'<div class="{classes}{"".join(map(_class_of, fields))}">\n'
    yield errors if is_alone else '<div class="flex-container form-multiline">\n'
    for field in fields:
        yield from _field(field, is_alone=is_alone)
    yield "</div>\n" if is_alone else "</div>\n</div>\n"


def _class_of(field: AdminField | AdminReadonlyField) -> str:
    name = _of(field, "name")
    return f" field-{escaped(name)}" if name else ""


def _field(field: AdminField | AdminReadonlyField, *, is_alone: bool) -> Iterator[str]:
    hidden = " hidden" if _of(field, "is_hidden") else ""
    errors = "" if is_alone or field.is_readonly or not field.field.errors else field.errors()
    classes = "flex-container"
    if not is_alone:
        classes += f" fieldBox{_class_of(field)}{' errors' if errors else ''}{hidden}"
    yield f'<div>{errors}<div class="{classes}{" checkbox-row" if field.is_checkbox else ""}">\n'
    if field.is_readonly:
        yield f'{field.label_tag()}\n<div class="readonly">{field.contents()}</div>'
    elif field.is_checkbox:
        yield f"{field.field}{_label(field)}"
    else:
        yield f"{_label(field)}\n{field.field}"
    yield "\n</div>\n"
    if help_text := _of(field, "help_text"):
        target = "" if field.is_readonly else field.field.id_for_label
        named = f' id="{escaped(target)}_helptext"' if target else ""
        yield f'<div class="help{hidden}"{named}>\n<div>{help_text}</div>\n</div>\n'
    yield "</div>\n"


def _of(field: AdminField | AdminReadonlyField, name: str) -> object:
    """Django makes a field that is only read look a little like one of a form."""
    return field.field[name] if field.is_readonly else getattr(field.field, name)


def _label(field: AdminField) -> str:
    """As ``label_tag``, without a template and without asking three times what the label is in this language."""
    bound, form = field.field, field.field.form
    widget = bound.field.widget
    name = widget.attrs.get("id") or bound.auto_id
    if not name or hasattr(form, "required_css_class") or form.template_name_label != BaseForm.template_name_label:
        return field.label_tag()
    words, target = escaped(bound.label), widget.id_for_label(name)
    if form.label_suffix and not field.is_checkbox and words and words[-1] not in _(":?.!"):
        words += escaped(form.label_suffix)
    asked = {"vCheckboxLabel": field.is_checkbox, "required": bound.field.required, "inline": not field.is_first}
    classes = " ".join(name for name, is_so in asked.items() if is_so)
    attrs = (f' class="{classes}"' if classes else "") + (f' for="{escaped(target)}"' if target else "")
    return f"<label{attrs}>{words}</label>"

"""The rows of one of the admin's lists written in Python, with the cells that Django makes of them.

Django looks up anew for every cell what its column is, where its row leads, and what stands for nothing. A test holds
both equal; a list with columns that are not known here, or with fields to fill in, is left to Django.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.contrib.admin.templatetags.admin_list import results
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import display_for_field, display_for_value
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class _Column:
    """``text`` says what stands in a row's cell."""

    name: str
    text: Callable[[models.Model], object]
    classes: str = ""
    is_link: bool = False


def rows_of(cl: ChangeList) -> list:
    """What ``admin/change_list_results.html`` shows as ``results``."""
    columns = None if cl.formset or cl.is_popup else _columns(cl)
    if not columns:
        return list(results(cl))
    before, after = _addresses(cl)
    return [[_row(columns, thing, f"{before}{thing.pk}{after}")] for thing in cl.result_list]


def _row(columns: list[_Column], thing: models.Model, address: str) -> SafeString:
    cells, tag = [], "th"
    for column in columns:
        value = column.text(thing)
        classes = f"field-{column.name}{column.classes}"
        if isinstance(value, dt.date | dt.time):
            value, classes = display_for_value(value, ""), f"{classes} nowrap"
        words = conditional_escape(value)
        if column.is_link:
            cells.append(f'<{tag} class="{classes}"><a href="{address}">{words}</a></{tag}>')
            tag = "td"
        else:
            cells.append(f'<td class="{classes}">{words}</td>')
    return mark_safe("".join(cells))  # noqa: S308 - each value is escaped


def _addresses(cl: ChangeList) -> tuple[str, str]:
    """What stands before and behind a row's number in the address of its page, escaped."""
    name = f"admin:{cl.opts.app_label}_{cl.opts.model_name}_change"
    address = reverse(name, args=("0",), current_app=cl.model_admin.admin_site.name)
    filters = {"preserved_filters": cl.preserved_filters, "opts": cl.opts}
    kept = add_preserved_filters(filters, address).removeprefix(address)
    before, _number, after = address.rpartition("0")
    return conditional_escape(before), conditional_escape(after + kept)


def _columns(cl: ChangeList) -> list[_Column] | None:
    if not isinstance(cl.opts.pk, models.IntegerField):
        return None
    found = [_column(cl, name) for name in cl.list_display]
    return found if all(found) else None


def _column(cl: ChangeList, name: object) -> _Column | None:
    """None for one that is neither a field of the model nor a method of its page."""
    if not isinstance(name, str) or name in ("__str__", "action_checkbox"):
        return None
    is_link, nothing = name in (cl.list_display_links or ()), cl.model_admin.get_empty_value_display()
    try:
        field = cl.opts.get_field(name)
    except FieldDoesNotExist:
        method = getattr(cl.model_admin, name, None)
        if not callable(method) or getattr(method, "boolean", False):
            return None
        return _Column(name, _said_by(method, getattr(method, "empty_value_display", nothing)), is_link=is_link)
    if field.many_to_many or field.auto_created or (field.remote_field and not isinstance(field, models.ForeignKey)):
        return None
    if isinstance(field, models.ForeignKey):
        return _Column(name, lambda thing: _or(getattr(thing, name), nothing), " nowrap", is_link)
    is_moment = isinstance(field, models.DateField | models.TimeField)
    choices = dict(field.flatchoices)
    if choices:
        said = cache(lambda value: str(choices.get(value, nothing)))  # in words once for the list
        return _Column(name, lambda thing: said(getattr(thing, name)), is_link=is_link)
    return _Column(
        name,
        lambda thing: display_for_field(getattr(thing, name), field, nothing, avoid_link=is_link),
        " nowrap" if is_moment else "",
        is_link,
    )


def _or(value: object, nothing: object) -> object:
    return nothing if value is None else value


def _said_by(method: Callable[[models.Model], object], nothing: object) -> Callable[[models.Model], object]:
    def text(thing: models.Model) -> object:
        value = method(thing)
        if isinstance(value, str):
            return value if value.strip() else nothing
        return value if isinstance(value, dt.date | dt.time) else display_for_value(value, nothing)

    return text

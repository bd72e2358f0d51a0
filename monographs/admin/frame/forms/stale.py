"""Settings that two people change at once: the second is told what the first one saved, and loses nothing.

Leaflets have their own page for this (`conflicts`); here it is the fields of one form. Rows of tables below
a form (a medicine's names and codes) are not looked at.
"""

import json
from collections.abc import Sequence

from django import forms
from django.contrib import admin
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from monographs.admin.frame.forms.seen import SeenForm
from monographs.audit.chain import sha256
from monographs.audit.record import lock_ledger

AS_OPENED = "as_opened"
Fieldsets = Sequence[tuple[str | None, dict]]


class _Fingerprints(forms.CharField):
    widget = forms.HiddenInput

    def has_changed(self, initial: str, data: str) -> bool:
        """It is nothing that a person could change."""
        return False


class AsOpenedForm(SeenForm):
    """Carries a fingerprint of each field as it was when the page was made, and compares it when it is sent.

    The admin makes the form anew from the stored row, so ``initial`` is what the database says at that moment.
    """

    as_opened = _Fingerprints(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial[AS_OPENED] = json.dumps({name: sha256(self._stored(name))[:12] for name in self._compared()})

    def clean(self) -> dict:
        cleaned = super().clean()
        sent = self.add_prefix(AS_OPENED)
        if not self.instance.pk or not self.data.get(sent):
            return cleaned
        opened, now = _fingerprints(self.data[sent]), _fingerprints(self.initial[AS_OPENED])
        for name in now:
            if opened.get(name, now[name]) != now[name] and name in self.changed_data:
                self.add_error(
                    name,
                    _(
                        "A colleague changed this to “%(value)s” while your page was open. Type that, or save again "
                        "to put what stands here in its place."
                    )
                    % {"value": self._stored(name) or "–"},
                )
        self.data = self.data.copy()  # saved again, it is known
        self.data[sent] = self.initial[AS_OPENED]
        return cleaned

    def _compared(self) -> list[str]:
        return [name for name, field in self.fields.items() if name != AS_OPENED and not field.disabled]

    def _stored(self, name: str) -> str:
        """What the database has, in words; choices by their label."""
        field = self.fields[name]
        value = self.get_initial_for_field(field, name)
        if isinstance(value, list | tuple | models.QuerySet):
            return ", ".join(sorted(str(item) for item in value))
        if isinstance(field, forms.BooleanField):
            return _("ticked") if value else _("not ticked")
        value = field.prepare_value(value)
        labels = {str(key): str(label) for key, label in getattr(field, "choices", ()) if key != ""}
        return labels.get(str(value), "" if value is None else str(value))


def _fingerprints(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


class OneAtATime(admin.ModelAdmin):
    """A form is judged and saved while nobody else writes; ``form`` is an `AsOpenedForm`."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            lock_ledger()
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Fieldsets:
        return self.with_fingerprints(request, obj, super().get_fieldsets(request, obj))

    def with_fingerprints(self, request: HttpRequest, obj: models.Model | None, fieldsets: Fieldsets) -> Fieldsets:
        """The same with the hidden field, if there is something to change: Django shows no field that is not listed."""
        listed = [
            (title, {**options, "fields": [name for name in options["fields"] if name != AS_OPENED]})
            for title, options in fieldsets
        ]
        if obj and self.has_change_permission(request, obj):
            listed[0][1]["fields"].append(AS_OPENED)
        return listed

"""The form of a suspected adverse reaction: a draft takes whatever is known so far, and nothing that makes no sense."""

import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.admin.frame.forms.day_field import DayField
from monographs.admin.frame.forms.stale import AsOpenedForm
from monographs.medicines.models import Medicine, MedicineName
from monographs.reactions.days import read_day_or_part
from monographs.reactions.models import SuspectedReaction
from monographs.reactions.rules import problems_of
from monographs.text.amounts.dates import NotADay
from monographs.text.letters.folding import fold

_LONG = 200  # characters: a field that is as wide as the form


class PartOfADayField(forms.CharField):
    """A day, a month or a year, as `read_day_or_part` reads it; what is refused stays as it was typed."""

    def to_python(self, value: object) -> str:
        text = super().to_python(value)
        try:
            return read_day_or_part(text) if text else ""
        except NotADay as problem:
            raise ValidationError(str(problem), code=problem.code) from problem


class ReactionForm(AsOpenedForm):
    """The medicine is typed by any of its names: a list to choose from would hold thousands, and need scripts."""

    received_on = DayField(
        label=gettext_lazy("First received"),
        help_text=SuspectedReaction._meta.get_field("received_on").help_text,
    )
    medicine_name = forms.CharField(
        label=gettext_lazy("Medicine"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Any of its names, as this site knows it. Empty if the site has no such medicine."),
    )

    class Meta:
        model = SuspectedReaction
        fields = ()  # those that `SuspectedReactionAdmin.get_fieldsets` names are added by the admin
        widgets = {"form_key": forms.HiddenInput}

    def __init__(self, *args, **kwargs):
        reaction = kwargs.get("instance")
        known = {"medicine_name": reaction.medicine.name} if reaction and reaction.medicine else {}
        kwargs["initial"] = {"form_key": secrets.token_hex(16), **known, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.HiddenInput):
                field.widget.attrs["dir"] = "auto"
                if (field.max_length or 0) >= _LONG:
                    field.widget.attrs["class"] = "vLargeTextField"

    def clean_medicine_name(self) -> str:
        name = self.cleaned_data["medicine_name"].strip()
        self.instance.medicine = _medicine_called(name) if name else None
        return name

    def _get_validation_exclusions(self) -> set[str]:
        """A form sent twice is no mistake: the verb knows the report that it made (`reactions.actions.write`)."""
        return {*super()._get_validation_exclusions(), "form_key"}

    def _post_clean(self) -> None:
        super()._post_clean()
        for name, problem in problems_of(self.instance).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, problem)


def _medicine_called(name: str) -> Medicine:
    """The one medicine of that name. Raises ValidationError for none and for several, which it names."""
    found = MedicineName.objects.filter(folded=fold(name)).order_by().values_list("medicine", flat=True)
    medicines = list(Medicine.objects.filter(pk__in=set(found[:50])).order_by("name")[:5])
    if not medicines:
        raise ValidationError(
            _("This site has no medicine called “%(name)s”. Leave this empty and give the product’s name.")
            % {"name": name}
        )
    if len(medicines) > 1:
        names = ", ".join(medicine.name for medicine in medicines)
        raise ValidationError(_("“%(name)s” may be %(names)s. Type one of these.") % {"name": name, "names": names})
    return medicines[0]

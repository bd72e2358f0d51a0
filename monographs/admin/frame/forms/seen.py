"""Names and details typed into the staff's forms: settled, and refused where a sign turns, hides or imitates text."""

from django import forms

from monographs.text.letters.settling import settle_line, settle_signs
from monographs.text.letters.signs import complaint


class SeenForm(forms.ModelForm):
    """Every line of text that was changed is settled as the leaflets' texts are; what stays wrong is told at its field.

    A medicine's name with a sign that nobody sees would be found by no search, and one that turns what stands beside
    it would turn it on every list.
    """

    def clean(self) -> dict:
        cleaned = super().clean()
        for name in self.changed_data:
            field, value = self.fields[name], self.cleaned_data.get(name)
            is_words = isinstance(field, forms.CharField) and isinstance(value, str)
            if not is_words or isinstance(field.widget, forms.PasswordInput | forms.HiddenInput):
                continue
            settled = (settle_signs if isinstance(field.widget, forms.Textarea) else settle_line)(value)
            if settled.strip() and len(settled) <= (field.max_length or len(settled)):
                self.cleaned_data[name] = settled
            if wrong := complaint(settled):
                self.add_error(name, wrong)
        return cleaned

"""Medicines, the names people know them by, and their codes."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from monographs.medicines.gtin import gtin_of
from monographs.medicines.places import LONGEST_KEY, FirstKeyField, LetterField, PlaceField
from monographs.text.letters.folding import FoldedField

_LISTED_FROM = _("listed from")


class NameKind(models.TextChoices):
    GENERIC = "generic", _("generic name")
    BRAND = "brand", _("brand")
    SYNONYM = "synonym", _("other name")
    FORMER = "former", _("former name")


class Medicine(models.Model):
    """One active substance or combination, under its international non-proprietary name (INN).

    ``listed_from`` is derived: since when the A–Z has its names, that is the first instant at which any leaflet of it
    is shown, in the future too; None if there is none.
    ``shown_leaflets`` is derived, too: what its leaflets show from when until when, in the future too, as lists of
    [address, language, edition, title, from, until], instants in ISO 8601; no notice of a withdrawal is in it.
    `publication.relatives` reads it. `publication.shown.listing` writes both down with the timeline; `verify_history`
    works them out anew.
    """

    name = models.CharField(_("generic name"), max_length=200, unique=True)
    slug = models.SlugField(_("name in addresses"), max_length=200, unique=True)
    drug_class = models.CharField(
        _("class"), max_length=200, blank=True, db_index=True, help_text=_("For example: Muscle relaxant.")
    )
    atc_code = models.CharField(
        _("ATC code"),
        max_length=7,
        blank=True,
        db_index=True,
        validators=[RegexValidator(r"^[A-Z](\d\d([A-Z]([A-Z](\d\d)?)?)?)?$", _("An ATC code looks like M03BX01."))],
        help_text=_("WHO Anatomical Therapeutic Chemical classification."),
    )
    listed_under = LetterField(
        _("letter in the A–Z"),
        max_length=10,
        blank=True,
        help_text=_("Empty: the letter that its name begins with. For a name in another script: where readers look."),
    )
    is_under_additional_monitoring = models.BooleanField(
        _("under additional monitoring (▼)"),
        default=False,
        help_text=_("Authorities watch it closely: any suspected reaction is reported, with brand and batch number."),
    )
    listed_from = models.DateTimeField(_LISTED_FROM, null=True, blank=True, editable=False)
    shown_leaflets = models.JSONField(_("shown leaflets"), default=list, blank=True, editable=False)

    class Meta:
        verbose_name = _("medicine")
        verbose_name_plural = _("medicines")
        ordering = ("name",)

    def __str__(self):
        return self.name


class MedicineName(models.Model):
    """A name that readers may look for. The generic name has a row too, so one list serves search and A–Z.

    Derived: ``folded`` and ``first_key`` from the name; ``letter``, ``sort_key`` and ``sorted_by`` from it and
    ``listed_under``, whenever the row is saved (`places`), and anew when the site's language changes (`sorting`);
    ``listed_from`` from the medicine's (`listed`).
    `verify_history` works them out anew.
    """

    medicine = models.ForeignKey(Medicine, models.CASCADE, related_name="names", db_index=False)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=NameKind, default=NameKind.BRAND)
    folded = FoldedField(max_length=200, source="name", db_index=True)
    first_key = FirstKeyField(max_length=200, db_index=True)
    listed_under = LetterField(_("letter in the A–Z"), max_length=10, blank=True)
    letter = PlaceField(max_length=10)
    sort_key = PlaceField(max_length=LONGEST_KEY)
    sorted_by = PlaceField(max_length=20, db_index=True)
    listed_from = models.DateTimeField(_LISTED_FROM, null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ("folded",)
        indexes = (
            models.Index(fields=("letter", "sort_key"), name="name_by_letter", condition=Q(listed_from__isnull=False)),
            models.Index(fields=("sort_key",), name="name_in_order", condition=Q(listed_from__isnull=False)),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("medicine", "name"),
                name="medicine_name_once",
                violation_error_message=_("This name is listed already."),
            ),
        )

    def __str__(self):
        return self.name


class ClassWords(models.Model):
    """What the medicine's class is called in another language than the site's: ``Medicine.drug_class`` is in that."""

    medicine = models.ForeignKey(Medicine, models.CASCADE, related_name="class_words", db_index=False)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    words = models.CharField(_("class"), max_length=200)

    class Meta:
        verbose_name = _("class in another language")
        verbose_name_plural = _("class in other languages")
        ordering = ("language",)
        constraints = (
            models.UniqueConstraint(
                fields=("medicine", "language"),
                name="class_words_once_a_language",
                violation_error_message=_("The class is there in this language already."),
            ),
        )

    def __str__(self):
        return self.words


class MedicineCode(models.Model):
    """A code of the medicine in a named system."""

    class System(models.TextChoices):
        RXNORM = "RxNorm", "RxNorm"
        SNOMED = "SNOMED CT", "SNOMED CT"
        DMD = "dm+d", "dm+d"
        UNII = "UNII", "UNII"
        DRUGBANK = "DrugBank", "DrugBank"
        GTIN = "GTIN", _("GTIN (the number under the bars on a pack)")

    medicine = models.ForeignKey(Medicine, models.CASCADE, related_name="codes", db_index=False)
    system = models.CharField(_("system"), max_length=20, choices=System)
    code = models.CharField(_("code"), max_length=40)

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        constraints = (
            models.UniqueConstraint(
                fields=("medicine", "system", "code"),
                name="medicine_code_once",
                violation_error_message=_("This code is listed already."),
            ),
            models.UniqueConstraint(
                fields=("code",),
                name="gtin_of_one_medicine",
                condition=models.Q(system="GTIN"),
                violation_error_message=_("Another medicine has this GTIN."),
            ),
        )

    def __str__(self):
        return f"{self.system} {self.code}"

    def clean(self) -> None:
        """A GTIN is kept as 14 digits. Raises ValidationError if it is none."""
        if self.system == self.System.GTIN:
            try:
                self.code = gtin_of(self.code)
            except ValueError as error:
                raise ValidationError({"code": str(error)}) from error

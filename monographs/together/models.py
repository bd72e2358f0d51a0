"""What leaflets say against each other: read by the clock, found for the staff, and judged by them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.leaflets.models import Leaflet
from monographs.medicines.models import Medicine
from monographs.publication.models import Publication


class Reading(models.Model):
    """That a leaflet's text was held against the others': which one, and by which names and rules.

    A derived row, of the clock (`together.findings.catch_up`), as `Naming` and `Finding` are.
    """

    leaflet = models.OneToOneField(Leaflet, models.PROTECT, primary_key=True, related_name="+")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="+")
    made_by = models.CharField(max_length=64, help_text=_("A digest of the names, classes and rules."))

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        default_permissions = ()

    def __str__(self):
        return f"{self.publication}"


class Naming(models.Model):
    """That a leaflet names another medicine: so it is looked at again when that one's leaflet changes."""

    leaflet = models.ForeignKey(Leaflet, models.PROTECT, related_name="+", db_index=False)
    medicine = models.ForeignKey(Medicine, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("naming")
        verbose_name_plural = _("namings")
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("leaflet", "medicine"), name="naming_once"),)

    def __str__(self):
        return f"{self.leaflet}: {self.medicine}"


class Kind(models.TextChoices):
    ONE_SIDED = "one-sided", _("one leaflet names the other, which is silent about it")
    AMOUNT = "amount", _("an amount that the other’s own leaflet does not give")


class Judgement(models.Model):
    """Why somebody holds that a finding is none. It stands against the digest of the sentences: other words are another
    finding. Triggers refuse UPDATE and DELETE."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    leaflet = models.ForeignKey(Leaflet, models.PROTECT, related_name="+", verbose_name=_("leaflet"))
    other = models.ForeignKey(Leaflet, models.PROTECT, related_name="+", verbose_name=_("the other leaflet"))
    digest = models.CharField(_("SHA-256 of the sentences"), max_length=64, unique=True)
    why = models.TextField(_("not one, because"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        default_permissions = ()

    def __str__(self):
        return f"{self.leaflet} – {self.other}"


class Finding(models.Model):
    """A leaflet that says of the ``other``'s medicine what that one's own does not; ``sentences`` of it, and those of
    the other that are to be held against them. Derived; a ``judgement`` closes it."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    leaflet = models.ForeignKey(Leaflet, models.PROTECT, related_name="+", verbose_name=_("leaflet"))
    other = models.ForeignKey(Leaflet, models.PROTECT, related_name="+", verbose_name=_("the other leaflet"))
    anchor = models.CharField(max_length=100, blank=True)
    sentences = models.JSONField(default=list)
    other_sentences = models.JSONField(default=list)
    digest = models.CharField(max_length=64, unique=True)
    judgement = models.ForeignKey(Judgement, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        default_permissions = ()
        indexes = (
            models.Index(fields=("-id",), name="finding_open", condition=Q(judgement__isnull=True)),
            models.Index(fields=("-id",), name="finding_judged", condition=Q(judgement__isnull=False)),
        )

    def __str__(self):
        return f"{self.leaflet} – {self.other}"

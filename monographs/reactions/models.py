"""Reports of suspected adverse reactions."""

from django.conf import settings
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.audit.readers import new_seal, sealed
from monographs.comments.models import Comment
from monographs.medicines.models import Medicine
from monographs.reactions.codes import AgeGroup, AgeUnit, Language, Outcome, Qualification, Sex
from monographs.reactions.days import LONGEST

_COUNTRY = RegexValidator(r"^[A-Z]{2}$", _("A country has two capital letters (ISO 3166-1): GB, IE, ES …"))
_PART_OF_A_DAY = _("A day, or only the month or year if that is all there is: 2026-11-03, 2026-11, 2026.")

SERIOUS = (
    "results_in_death", "is_life_threatening", "caused_hospitalisation", "is_disabling", "is_birth_defect",
    "is_otherwise_important",
)  # fmt: skip
"""The criteria of seriousness, in the order of E.i.3.2a to f."""
WORDS = (
    "patient_initials", "local_number", "patient_age", "patient_age_unit", "patient_age_group", "patient_sex",
    "product", "batch", "dose", "taken_from", "taken_until", "reaction", "reaction_in_english", "began_on", "ended_on",
    "narrative",
)  # fmt: skip
"""What tells of a person: gone once it is erased."""
CODED = ("received_on", "reporter_country", "reporter_qualification", "reporter_language", *SERIOUS, "outcome")
"""What says nothing of who it was, and stays."""


class State(models.TextChoices):
    """In the order of the list, which is that of an index."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent")
    WITH_NUMBER = "with-number", _("reference number received")


class SuspectedReaction(models.Model):
    """One person, one medicine and what it is suspected to have done, to be sent to whoever collects such reports.

    No name and no date of birth: initials, a number of the clinic's own, an age or an age group. Nothing is copied from
    the reply that it was made from; staff type what is needed. The lengths are those of ICH E2B(R3) (`reactions.e2b`).
    Once sent it stays as it is but for the reference number (`reactions.guards`); it is never deleted, but its words
    can be erased (`reactions.actions.erase`).
    """

    comment = models.OneToOneField(
        Comment, models.PROTECT, null=True, blank=True, related_name="suspected_reaction", verbose_name=_("reply")
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("begun by"))
    made_at = models.DateTimeField(_("begun"), default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    reference_number = models.CharField(
        _("reference number"), max_length=100, blank=True, help_text=_("What the authority calls this report.")
    )
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    seal = models.CharField(_("key of the seal of its words"), max_length=64, default=new_seal, blank=True)
    form_key = models.CharField(
        max_length=32, unique=True, null=True, blank=True, help_text=_("Of the form that it was typed into.")
    )  # noqa: DJ001 - null where there was no form: those are not alike

    received_on = models.DateField(
        _("first received"), help_text=_("When somebody of the clinic first had word of it, with all four items.")
    )
    reporter_qualification = models.CharField(_("who reports it"), max_length=1, choices=Qualification, blank=True)
    reporter_country = models.CharField(
        _("the reporter’s country"), max_length=2, blank=True, validators=[_COUNTRY], help_text=_("GB, IE, ES …")
    )

    patient_initials = models.CharField(
        _("the patient’s initials"), max_length=10, blank=True, help_text=_("Such as A.B.: no name.")
    )
    local_number = models.CharField(
        _("the clinic’s own number for the patient"),
        max_length=20,
        blank=True,
        help_text=_("Of your own list, so that you can find the patient again. No NHS number, no date of birth."),
    )
    patient_age = models.PositiveIntegerField(
        _("age when it began"), null=True, blank=True, validators=[MaxValueValidator(99_999)]
    )
    patient_age_unit = models.CharField(_("unit of the age"), max_length=2, choices=AgeUnit, blank=True)
    patient_age_group = models.CharField(
        _("age group"), max_length=1, choices=AgeGroup, blank=True, help_text=_("Only if the age is not known.")
    )
    patient_sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)

    medicine = models.ForeignKey(
        Medicine, models.PROTECT, null=True, blank=True, related_name="suspected_reactions", db_index=False
    )
    product = models.CharField(
        _("product or brand"), max_length=250, blank=True, help_text=_("The name as the reporter gives it.")
    )
    batch = models.CharField(_("batch number"), max_length=35, blank=True, help_text=_("On the pack, after LOT."))
    dose = models.TextField(_("dose, as text"), max_length=2_000, blank=True)
    taken_from = models.CharField(_("taken from"), max_length=LONGEST, blank=True, help_text=_PART_OF_A_DAY)
    taken_until = models.CharField(
        _("last taken"), max_length=LONGEST, blank=True, help_text=_("Empty if it is still taken, or not known.")
    )

    reaction = models.CharField(
        _("suspected reaction"),
        max_length=250,
        blank=True,
        help_text=_("In a few of the reporter’s words, without anything that tells who it was."),
    )
    reporter_language = models.CharField(_("language of these words"), max_length=3, choices=Language, blank=True)
    reaction_in_english = models.CharField(
        _("the same in English"), max_length=250, blank=True, help_text=_("Only if it was told in another language.")
    )
    began_on = models.CharField(_("began"), max_length=LONGEST, blank=True, help_text=_PART_OF_A_DAY)
    ended_on = models.CharField(_("ended"), max_length=LONGEST, blank=True, help_text=_("Empty if it goes on."))
    results_in_death = models.BooleanField(_("results in death"), default=False)
    is_life_threatening = models.BooleanField(_("life-threatening"), default=False)
    caused_hospitalisation = models.BooleanField(_("caused or prolonged a stay in hospital"), default=False)
    is_disabling = models.BooleanField(_("disabling or incapacitating"), default=False)
    is_birth_defect = models.BooleanField(_("congenital anomaly or birth defect"), default=False)
    is_otherwise_important = models.BooleanField(_("another medically important condition"), default=False)
    outcome = models.CharField(_("outcome"), max_length=1, choices=Outcome, default=Outcome.UNKNOWN)
    narrative = models.TextField(
        _("what happened, in your words"),
        max_length=10_000,
        blank=True,
        help_text=_("The course, what was done about it, other medicines. No names, addresses or telephone numbers."),
    )

    class Meta:
        verbose_name = _("suspected adverse reaction")
        verbose_name_plural = _("suspected adverse reactions")
        ordering = ("state", "-pk")
        default_permissions = ("view", "change")
        permissions = (("export_suspectedreaction", _("Can export suspected adverse reactions")),)
        indexes = (
            models.Index(fields=("state", "-id"), name="reaction_list"),
            models.Index(fields=("medicine", "state", "-id"), name="reaction_of_medicine"),
        )
        constraints = (
            models.CheckConstraint(
                name="reaction_sent_has_an_instant",
                condition=models.Q(state=State.DRAFT, sent_at=None, sent_by=None, reference_number="")
                | models.Q(state=State.SENT, sent_at__isnull=False, sent_by__isnull=False, reference_number="")
                | models.Q(state=State.WITH_NUMBER, sent_at__isnull=False, sent_by__isnull=False)
                & ~models.Q(reference_number=""),
            ),
            models.CheckConstraint(
                name="reaction_erased_has_no_words",
                condition=models.Q(erased_at=None)
                | models.Q(
                    seal="",
                    patient_age=None,
                    **dict.fromkeys((name for name in WORDS if name != "patient_age"), ""),
                ),
            ),
        )

    def __str__(self):
        """No word of it: Django's log of changes keeps this."""
        return str(_("suspected reaction %(number)s") % {"number": self.pk})

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.state == State.DRAFT and not self.erased_at

    @property
    def is_serious(self) -> bool:
        return any(getattr(self, name) for name in SERIOUS)

    def computed_digest(self) -> str:
        """What the ledger keeps of what was sent: worth nothing once words and key are erased."""
        return sealed(self.seal, *(str(getattr(self, name)) for name in ("medicine_id", *CODED, *WORDS)))

"""The people who work on leaflets. Nobody with a history can be deleted; they are deactivated."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class StaffMember(AbstractUser):
    """A user of the admin. Name, profession and registration number go on record with every signature."""

    profession = models.CharField(_("profession"), max_length=100, blank=True, help_text=_("For example: Pharmacist."))
    registration_number = models.CharField(
        _("registration number"),
        max_length=60,
        blank=True,
        help_text=_("With the professional register, where there is one."),
    )
    is_sample = models.BooleanField(
        _("sample"),
        default=False,
        editable=False,
        help_text=_("Made by the sample data; a real site refuses to start with it."),
    )

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """The name to show and to record."""
        return self.get_full_name() or self.username

"""The people who work on leaflets. Nobody with a history can be deleted; they are deactivated."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractUser, Permission
from django.db import models
from django.db.models import BigAutoField, Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from monographs.audit.readers import new_seal
from monographs.prepared import Given, Prepared


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

    sessions_key = models.CharField(
        max_length=64,
        default=new_seal,
        editable=False,
        help_text=_("Another one ends all sessions. It changes with the password, but not when its hash is made anew."),
    )

    second_factor_asked_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text=_("The first log-in at which a second factor was asked for; the days of grace begin here."),
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

    def set_password(self, raw_password: str | None) -> None:
        """A new password; every session that the old one began ends. Save ``password`` and ``sessions_key``."""
        super().set_password(raw_password)
        self.sessions_key = new_seal()

    def check_password(self, raw_password: str) -> bool:
        """Whether it is this one. An old hash is made anew, and no session ends by that: neither the one in which an
        approval is signed, nor those on the person's other devices."""

        def hash_anew(raw_password: str) -> None:
            self.password = make_password(raw_password)
            self.save(update_fields=("password",))

        return check_password(raw_password, self.password, hash_anew)

    def get_session_auth_hash(self) -> str:
        return self._sessions_hash(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self._sessions_hash, settings.SECRET_KEY_FALLBACKS)

    def _sessions_hash(self, secret: str | None) -> str:
        salt = "monographs.staff.models.StaffMember.sessions"
        return salted_hmac(salt, f"{self.pk} {self.sessions_key}", secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def granted(self) -> frozenset[str]:
        """The full names of all permissions that this person has by their roles or by themselves, in one query.

        Looked up once for each object, as Django does; without what a superuser may besides.
        """
        return frozenset(f"{app}.{codename}" for app, codename in _granted.rows(person=self.pk))

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """Django's answer, from ``granted``: it would ask its backends, and the database twice."""
        if self.is_superuser or obj is not None:
            return super().has_perm(perm, obj)
        return self.is_active and perm in self.granted

    def has_module_perms(self, app_label: str) -> bool:
        if self.is_superuser:
            return super().has_module_perms(app_label)
        return self.is_active and any(name.startswith(f"{app_label}.") for name in self.granted)


def _find_granted() -> QuerySet:
    person = Given("person", BigAutoField())
    by_role = Permission.objects.filter(group__user=person).values("pk")
    by_name = Permission.objects.filter(user=person).values("pk")
    found = Permission.objects.filter(Q(pk__in=by_role) | Q(pk__in=by_name))
    return found.order_by().values_list("content_type__app_label", "codename")


_granted = Prepared(_find_granted)

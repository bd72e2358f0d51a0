"""The two apps: the medicines' leaflets, and Django's admin with our site class."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MonographsConfig(AppConfig):
    name = "monographs"
    verbose_name = _("Leaflets")

    def ready(self):
        # The checks read models, which are there only now.
        from monographs.operations.checks import register_checks

        post_migrate.connect(complete_database, sender=self)
        register_checks()


class ClinicAdminConfig(AdminConfig):
    default_site = "monographs.admin.site.ClinicAdminSite"

    def ready(self):
        # Our package first: were the site made because another app's admin asks for it, importing the site's
        # class would load our model pages, and they would register with a site that is then thrown away.
        import monographs.admin  # noqa: F401

        super().ready()
        keep_off(self.module.site)


def keep_off(site) -> None:
    """Take the pages that allauth brings off the site: they show secrets, and change them without a word on record."""
    for model in [model for model in site._registry if model.__module__.startswith("allauth.")]:
        site.unregister(model)


def complete_database(using: str, **kwargs) -> None:
    """After each migration: what a database needs beside its tables. Safe to repeat, loses nothing."""
    # Models can only be imported once the app registry is ready.
    from monographs.operations.database.needs import complete

    complete(connections[using])

"""The admin site of a clinic: Django's own, with our screens mounted beside the model pages."""

from django.contrib.admin import AdminSite
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _


class ClinicAdminSite(AdminSite):
    """Each screen module is listed in `SCREENS` and gives its addresses by ``urls(site)``."""

    site_title = site_header = _("Leaflets")
    index_title = _("Your desk")
    site_url = "/"

    def get_urls(self) -> list[URLPattern]:
        # The screens need the site's URL names and models, which are loaded after this class.
        from monographs.admin.screens import SCREENS

        return [pattern for screen in SCREENS for pattern in screen.urls(self)] + super().get_urls()

"""All addresses of the site: staff under /admin/, patients everywhere else."""

from django.contrib import admin
from django.urls import include, path

from monographs.admin.people.second_factor import second_factor

urlpatterns = [
    # The names by which allauth finds the way; both are pages of the staff's one door.
    path("admin/login/", admin.site.login, name="account_login"),
    path("admin/account/second-factor/", second_factor, name="mfa_authenticate"),
    path("admin/", admin.site.urls),
    path("", include("monographs.urls")),
]

handler404 = "monographs.reading.errors.not_found"
handler500 = "monographs.reading.errors.server_error"

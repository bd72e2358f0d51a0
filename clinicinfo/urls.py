"""All addresses of the site: staff under /admin/, patients everywhere else."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("monographs.urls")),
]

handler404 = "monographs.reading.errors.not_found"
handler500 = "monographs.reading.errors.server_error"

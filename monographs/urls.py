"""Front door: the patients' pages, and the few addresses that machines ask for."""

from django.urls import include, path

urlpatterns = [
    path("", include("monographs.reading.urls")),
    path("", include("monographs.operations.health.urls")),
]

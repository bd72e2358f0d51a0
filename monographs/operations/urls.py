"""Addresses that machines ask for."""

from django.urls import path

from monographs.operations.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
]

"""Addresses that only machines ask for."""

from django.urls import path

from monographs.operations.health.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]

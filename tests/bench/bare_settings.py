"""Settings of the bare site: one template folder, our database."""

from pathlib import Path

from tests.bench.settings import *  # noqa: F403 - the same but for what is named here

ROOT_URLCONF = "tests.bench.bare"
TEMPLATES = [
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [Path(__file__).parent / "templates"]}
]

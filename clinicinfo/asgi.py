"""The ASGI application that a server such as gunicorn loads."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinicinfo.settings")

application = get_asgi_application()

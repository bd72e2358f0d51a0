"""The WSGI application that a server such as gunicorn loads. It refuses to start unsafe."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinicinfo.settings")

application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - the apps must be ready first

from monographs.operations.checks import refuse_unsafe_start  # noqa: E402
from monographs.operations.proxy_cache import KeptByProxy  # noqa: E402
from monographs.operations.requests import ServerRequest  # noqa: E402

application.request_class = ServerRequest

refuse_unsafe_start()

if settings.TRUSTED_PROXIES:
    application = KeptByProxy(application)

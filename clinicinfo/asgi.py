"""The ASGI application that a server such as uvicorn loads. It refuses to start unsafe.

The page cache is a layer of WSGI: here every page is made anew, and has no ETag.
"""

import os
from concurrent.futures import ThreadPoolExecutor

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinicinfo.settings")

application = get_asgi_application()

from clinicinfo.postgresql.patience import serve_requests  # noqa: E402 - the apps must be ready first
from monographs.operations.checks import refuse_unsafe_start  # noqa: E402
from monographs.operations.requests.as_utf8 import AsyncServerRequest  # noqa: E402
from monographs.search.missed import write_regularly  # noqa: E402

application.request_class = AsyncServerRequest
write_regularly()
serve_requests()

# Servers may load this file inside their event loop, where the database may not be asked.
with ThreadPoolExecutor(max_workers=1) as thread:
    thread.submit(refuse_unsafe_start).result()

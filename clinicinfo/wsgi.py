"""The WSGI application that a server loads: Django inside the page cache. It refuses to start unsafe."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinicinfo.settings")

django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - the apps must be ready first

from clinicinfo.one_for_all_languages import share_addresses  # noqa: E402
from clinicinfo.pages_handler import FormsHandler, PagesHandler  # noqa: E402
from clinicinfo.postgresql.patience import serve_requests  # noqa: E402
from monographs.operations.checks import refuse_unsafe_start  # noqa: E402
from monographs.operations.requests.as_utf8 import ServerRequest  # noqa: E402
from monographs.operations.requests.proxy_cache import KeptByProxy  # noqa: E402
from monographs.reading.page_cache.layer import PageCache  # noqa: E402
from monographs.reading.replies.ready import read_all_beside  # noqa: E402
from monographs.search.index import kept as names  # noqa: E402
from monographs.search.missed import write_regularly  # noqa: E402

django_application.request_class = ServerRequest

serve_requests()
refuse_unsafe_start()
share_addresses()
write_regularly()
read_all_beside(names.read_first)

application = PageCache(
    django_application, for_pages=PagesHandler(), for_forms=FormsHandler(), most_bytes=settings.PAGE_CACHE_BYTES
)
if settings.TRUSTED_PROXIES:
    application = KeptByProxy(application, looked_at=application.stamps.looked_at)

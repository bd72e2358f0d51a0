"""Whether the site can work, for load balancers and monitors."""

import functools
import logging

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

_log = logging.getLogger(__name__)


@functools.cache
def last_migrations() -> frozenset[tuple[str, str]]:
    """(app, name) of the last migration of each app, as the program's files have them; read once."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def trouble() -> str:
    """What keeps the site from working, in a few words for a machine's log; "" if nothing does. One query."""
    migrations = MigrationRecorder(connection).migration_qs
    try:
        applied = set(migrations.filter(name__in={name for _app, name in last_migrations()}).values_list("app", "name"))
    except DatabaseError:
        _log.exception("The database does not answer.")
        return "database unavailable"
    return "" if last_migrations() <= applied else "migrations not applied"


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """``{"status": "ok"}`` with 200, or ``{"status": "failed", "reason": …}`` with 503. Tells no secrets."""
    reason = trouble()
    if reason:
        return JsonResponse({"status": "failed", "reason": reason}, status=503)
    return JsonResponse({"status": "ok"})

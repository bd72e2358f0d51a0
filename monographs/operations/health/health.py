"""Whether the site lives and whether it can work, for supervisors, load balancers and monitors.

``/healthz`` says that the process answers, and asks nothing of anybody. ``/readyz`` says what keeps the site from doing
all of its work; what is looked at is in `operations.health.readiness`.
"""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from monographs.operations.health.probe import Probe
from monographs.operations.health.readiness import troubles

WITHIN = 0.7  # seconds; whoever asks gets an answer within one
_probe = Probe(troubles)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """``{"status": "ok"}`` with 200, whatever hangs behind it."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """``{"status": "ok"}`` with 200, or ``{"status": "failed", "reasons": […]}`` with 503. Tells no secrets."""
    reasons = _probe.ask(within=WITHIN)
    if reasons is None:
        reasons = ["what is looked at does not answer in time"]
    if reasons:
        return JsonResponse({"status": "failed", "reasons": reasons}, status=503)
    return JsonResponse({"status": "ok"})

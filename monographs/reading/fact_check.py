"""The page behind a fact-check link: one revision for an outside expert, and a form for one answer."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from monographs.audit.turns import READERS
from monographs.publication.page.compile import compile_page
from monographs.reading.public import PRIVATE, Site, read_site, show
from monographs.refusals import Refused
from monographs.review.fact_check import answer, check_is_open, find
from monographs.review.models import FactCheck


@csrf_exempt
def fact_check(request: HttpRequest, token: str) -> HttpResponse:
    """Show the revision and the form (GET), record the answer (POST); 410 once the link has expired.

    Exempt from Django's CSRF check, which needs a cookie: who has the link may answer, and there is no log-in
    here that a foreign site could abuse.
    """
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    check = find(token)
    if not check:
        raise Http404
    site = read_site()
    with translation.override(check.revision.content.language):
        try:
            if request.method == "POST":
                with READERS.one():
                    answer(check, verdict=request.POST.get("verdict", ""), answer=request.POST.get("answer", ""))
                response = HttpResponseRedirect(reverse("fact-check", args=[token]))
                response.status_code = 303  # See Other (RFC 9110 section 15.4.4): reloading sends nothing again
            else:
                response = _page(request, site, check)
        except Refused as refusal:
            response = _page(request, site, check, refusal)
    response["Cache-Control"] = PRIVATE
    response["X-Robots-Tag"] = "noindex"
    return response


def _page(request: HttpRequest, site: Site, check: FactCheck, refusal: Refused | None = None) -> HttpResponse:
    content, is_open = check.revision.content, False
    has_ended = check.expires_at <= timezone.now()
    if not check.answered_at:
        try:
            check_is_open(check)
            is_open = True
        except Refused as expired:
            refusal = expired
    context = {
        "check": check,
        "content": content,
        "is_open": is_open,
        # A link whose time is over shows nothing of the text any more.
        "html": "" if has_ended else site.assembled(compile_page(content).html, content.language),
        "verdicts": FactCheck.Verdict.choices,
        "chosen": request.POST.get("verdict", ""),
        "words": request.POST.get("answer", ""),
        "sentence": str(refusal) if refusal else "",
    }
    status = refusal.status if refusal else 200
    return show("reading/fact_check.html", context, site=site, language=content.language, status=status)

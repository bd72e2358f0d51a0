"""What patients read: the page that publishing compiled, with the clinic's details of the moment in its slots.

The page never changes, and the details are rows that never change: so the bytes of any instant can be shown again, and
a new telephone number reaches every leaflet without compiling one.
"""

import datetime as dt
from dataclasses import replace

from django.utils import timezone

from monographs.clinics.fragments import stored_fragments
from monographs.clinics.models import Clinic, ClinicDetails
from monographs.leaflets.content import Content
from monographs.publication.models import Page, Publication
from monographs.publication.page.compile import Compiled, compile_notice, compile_page
from monographs.text.markup.finished.slots import filled


def details_at(at: dt.datetime) -> ClinicDetails | None:
    """The clinic's details as patients met them at ``at``, in one query; None before there were any."""
    return ClinicDetails.objects.in_effect(at).first()


def assembled(html: str, language: str, details: ClinicDetails | None) -> str:
    """The body as it is read, from a page's HTML. A page compiled before there were slots stays as it is."""
    stored, clinic = (details.fragments, details.clinic) if details else (None, Clinic())
    return filled(html, stored_fragments(stored, language, clinic))


def as_read(publication: Publication, at: dt.datetime) -> str:
    """The very bytes of the body that this publication showed at ``at``. Raises Page.DoesNotExist before that."""
    page = Page.objects.newest(at).get(publication=publication)
    return assembled(page.html, publication.leaflet.language, details_at(at))


def page_preview(content: Content) -> Compiled:
    """A text as it would be read if it were published now: with the clinic's present details."""
    return _now(compile_page(content), content.language)


def notice_preview(notice: str, language: str) -> Compiled:
    """The same of a notice that stands in place of a leaflet."""
    return _now(compile_notice(notice, language), language)


def _now(compiled: Compiled, language: str) -> Compiled:
    return replace(compiled, html=assembled(compiled.html, language, details_at(timezone.now())))

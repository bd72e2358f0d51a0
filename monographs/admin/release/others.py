"""The other leaflets of a medicine that patients read: each has a timeline of its own, so nothing happens to them when
one is published or withdrawn."""

import datetime as dt
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from monographs.admin.frame.leaflet.addresses import leaflet_url, screen_url
from monographs.leaflets.models import Leaflet
from monographs.publication.models import Publication
from monographs.publication.shown.behind import follows


@dataclass(frozen=True)
class Other:
    """Another leaflet; ``is_follower`` if it is made from the first one, ``coming_from`` when it is not read yet."""

    leaflet: Leaflet
    is_follower: bool
    coming_from: dt.datetime | None

    @property
    def address(self) -> str:
        return leaflet_url(self.leaflet)

    @property
    def withdraw_address(self) -> str:
        return screen_url("leaflet-withdraw", self.leaflet)


def others_of(leaflet: Leaflet, at: dt.datetime) -> list[Other]:
    """Those that patients read at an instant, or that are scheduled, by language and edition; two queries."""
    of_medicine = (
        Publication.objects.filter(leaflet__medicine=leaflet.medicine_id, revision__isnull=False)
        .exclude(leaflet=leaflet)
        .select_related("leaflet")
        .annotate(follows=follows("leaflet__"))
        .order_by("effective_from", "pk")
    )
    found: dict[int, Other] = {}
    for publication in (*of_medicine.read(at), *of_medicine.coming(at)):
        starts_at = publication.effective_from
        other = Other(publication.leaflet, publication.follows == leaflet.pk, starts_at if starts_at > at else None)
        found.setdefault(publication.leaflet_id, other)
    return sorted(found.values(), key=lambda one: (one.leaflet.language, one.leaflet.edition))


def links_to_withdraw(others: list[Other]) -> SafeString:
    """The names of those that can be withdrawn, each as a way to the page that does it."""
    shown = ((one.withdraw_address, one.leaflet) for one in others if not one.coming_from)
    return format_html_join(", ", '<a href="{}">{}</a>', shown)

"""Replies that stand on pages of their own: the older ones of a leaflet that has many, and where one of them is."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation

from monographs.comments.models import Comment
from monographs.leaflets.editions import titled
from monographs.leaflets.models import Leaflet
from monographs.reading.public import PRIVATE, Site, public_page, show_filled
from monographs.reading.replies.thread import ON_A_PAGE, address_of_older, anchor_of, as_html, find_placed, read_thread
from monographs.reading.shown import page_of
from monographs.templatetags.leaflet_language import in_order, marked_in_order


@public_page
def older_replies(request: HttpRequest, site: Site, slug: str, number: int) -> HttpResponse:
    """The replies that stand before the one with this number, as many as a page has."""
    page = page_of(slug, site.at)
    publication = page.publication
    if not publication.revision_id:
        return _led_to(reverse("leaflet-read", args=[slug]))
    leaflet = publication.leaflet
    # "007" is 7 as well: one address for each page, or each spelling of it would be kept.
    is_its_own = request.path == reverse("leaflet-older-replies", args=[slug, number])
    first = find_placed(leaflet.pk, str(number)) if is_its_own else None
    thread = read_thread(leaflet.pk, before=first.place) if first else None
    if not thread or not thread.replies:
        raise Http404
    with translation.override(leaflet.language):
        heading = publication.revision.heading
        words = {
            "slug": slug,
            "title": in_order(heading.title, leaflet.language),
            "window_title": marked_in_order(titled(heading.title, leaflet.edition, leaflet.language), leaflet.language),
            "replies": as_html(
                thread.replies,
                publication,
                clinic_name=site.clinic.name,
                is_apart=True,
                is_closed=bool(page.no_replies),
            ),
            "older": address_of_older(slug, thread),
        }
    return show_filled("comments/older.html", words, site=site, language=leaflet.language)


def reply_place(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """From the address of one reply, which stays, to the page that it stands on now."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    publication = page_of(slug, timezone.now()).publication
    address = reverse("leaflet-read", args=[slug])
    if not publication.revision_id:
        return _led_to(address)
    reply = find_placed(publication.leaflet_id, str(number))
    if not reply:
        raise Http404
    if all(number != newest.number for newest in read_thread(publication.leaflet_id).replies):
        address = reverse("leaflet-older-replies", args=[slug, _next_page(publication.leaflet, reply)])
    return _led_to(address + anchor_of(number))


def _next_page(leaflet: Leaflet, reply: Comment) -> int:
    """The number of a reply before which a page ends that has ``reply`` on it: of the next question, or, where so many
    answer the same one, of the last that still leaves room."""
    after = Comment.objects.on_pages().filter(leaflet=leaflet, place__gt=reply.place).order_by("place")
    found = list(after.values_list("pk", "parent_id")[: ON_A_PAGE - 1])
    return next((number for number, answers in found if answers is None), found[-1][0])


def _led_to(address: str) -> HttpResponse:
    response = redirect(address)
    response["Cache-Control"] = PRIVATE  # the reply may stand on another page tomorrow
    return response

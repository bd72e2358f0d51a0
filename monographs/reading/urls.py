"""The patients' addresses."""

from django.urls import path, register_converter

from monographs.reading import fact_check, images, in_another_language, leaflet, symbols, unsubscribe
from monographs.reading.alerts import feed as alerts_feed
from monographs.reading.alerts import pages as alerts
from monographs.reading.languages import addresses
from monographs.reading.machines import feeds, robots, sitemap
from monographs.reading.paper import beside, files, several
from monographs.reading.replies import confirm_address, older, own, report, sending
from monographs.reading.replies import help as reply_help
from monographs.reading.versions import archive, changes
from monographs.reading.ways_in import index, pack, search, together

register_converter(addresses.LanguageConverter, "language")

_OWN_PAGES = [  # each stands at its address in the language of the site, and behind ``/ar/`` in another
    ("search/", search.search, "search"),
    ("", index.home, "home"),
    ("a-z/", index.a_to_z, "a-z"),
    ("a-z/all/<int:page>/", index.a_to_z, "a-z-page"),
    ("a-z/<str:letter>/", index.a_to_z, "a-z-letter"),
    ("a-z/<str:letter>/<int:page>/", index.a_to_z, "a-z-letter-page"),
    ("together/", together.together, "together"),
    ("print/", several.print_page, "print"),
    ("alerts/", alerts.alerts, "alerts"),
    ("alerts/<int:number>/", alerts.alert, "alert"),
    ("01/<path:scanned>", pack.pack, "pack"),
]

urlpatterns = [  # what is asked for most comes first
    path("leaflets/<slug:slug>/", leaflet.leaflet, name="leaflet-read"),
    path("leaflets/<slug:slug>/reply/", sending.leaflet_reply, name="leaflet-reply"),
    *(path(route, view, name=name) for route, view, name in _OWN_PAGES),
    path("search/suggestions/", search.suggestions, name="suggestions"),
    path("leaflets/<slug:slug>/reply/sent/", sending.reply_sent, name="leaflet-reply-sent"),
    path("leaflets/<slug:slug>/reply/help/", reply_help.reply_help, name="leaflet-reply-help"),
    path("leaflets/<slug:slug>/reply/erased/", own.erased, name="leaflet-reply-erased"),
    path("replies/<str:own>/", own.status, name="own-reply"),
    path("replies/<str:own>/sent/", own.sent, name="reply-sent"),
    path("replies/<str:own>/edit/", own.edit, name="own-reply-edit"),
    path("replies/confirm/<int:number>/<str:token>/", confirm_address.confirm, name="confirm-address"),
    path("leaflets/<slug:slug>/replies/<int:number>/", older.reply_place, name="leaflet-reply-place"),
    path("leaflets/<slug:slug>/replies/before/<int:number>/", older.older_replies, name="leaflet-older-replies"),
    path("leaflets/<slug:slug>/replies/<int:number>/report/", report.report_reply, name="leaflet-reply-report"),
    path("reports/<str:key>/", report.report_told, name="report-told"),
    path("leaflets/<slug:slug>/versions/", archive.versions, name="leaflet-versions"),
    path("leaflets/<slug:slug>/versions/<str:number>/", archive.version, name="leaflet-version"),
    path("leaflets/<slug:slug>/versions/all/<int:page>/", archive.versions, name="leaflet-versions-page"),
    path("leaflets/<slug:slug>/versions/<str:number>/changes/", changes.changes_since, name="leaflet-version-changes"),
    path("leaflets/<slug:slug>/changes/", changes.changes, name="leaflet-changes"),
    path("leaflets/<slug:slug>/beside/<slug:other>/", beside.beside, name="leaflet-beside"),
    path("leaflets/<slug:slug>/beside/<slug:other>/leaflet.pdf", beside.beside_pdf, name="leaflet-beside-pdf"),
    path("leaflets/<slug:slug>/leaflet.pdf", files.leaflet_pdf, name="leaflet-pdf"),
    path("leaflets/<slug:slug>/large-print.pdf", files.large_print, name="leaflet-large-print"),
    path("leaflets/<slug:slug>/leaflet.txt", files.leaflet_text, name="leaflet-text"),
    path("leaflets/<slug:slug>/leaflet.epub", files.leaflet_epub, name="leaflet-epub"),
    path("leaflets/<slug:slug>/versions/<str:number>/leaflet.pdf", files.leaflet_pdf, name="leaflet-version-pdf"),
    path(
        "leaflets/<slug:slug>/versions/<str:number>/large-print.pdf",
        files.large_print,
        name="leaflet-version-large-print",
    ),
    path("leaflets/<slug:slug>/versions/<str:number>/address.svg", files.address_code, name="leaflet-version-code"),
    path("leaflets/<slug:slug>/versions/<str:number>/leaflet.txt", files.leaflet_text, name="leaflet-version-text"),
    path("leaflets/<slug:slug>/versions/<str:number>/leaflet.epub", files.leaflet_epub, name="leaflet-version-epub"),
    path("print/leaflets.pdf", several.several_pdf, name="print-pdf"),
    path("fact-check/<str:token>/", fact_check.fact_check, name="fact-check"),
    path("unsubscribe/<str:token>/", unsubscribe.unsubscribe_page, name="unsubscribe"),
    path("media/<path:path>", images.image, name="image"),
    path("alerts.atom", alerts_feed.feed, name="alerts-feed"),
    path("symbols/<slug:name>.svg", symbols.symbol, name="symbol"),
    path("updates.atom", feeds.feed, name="feed"),
    path("medicines/<slug:slug>/updates.atom", feeds.medicine_feed, name="medicine-feed"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.sitemap_part, name="sitemap-part"),
    path("robots.txt", robots.robots, name="robots"),
    path(
        "<language:language>/leaflets/<slug:slug>/",
        in_another_language.leaflet_from,
        name="leaflet-elsewhere",
    ),
    *(path(f"<language:language>/{route}", view, name=name) for route, view, name in _OWN_PAGES),
]

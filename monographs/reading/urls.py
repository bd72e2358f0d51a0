"""The patients' addresses."""

from django.urls import path, register_converter

from monographs.reading import (
    archive,
    confirm_address,
    fact_check,
    feeds,
    images,
    in_another_language,
    index,
    languages,
    leaflet,
    own_reply,
    pack,
    paper,
    replies,
    reply,
    reply_help,
    report,
    robots,
    search_page,
    sitemap,
    unsubscribe,
)

register_converter(languages.LanguageConverter, "language")

_OWN_PAGES = [  # each stands at its address in the language of the site, and behind ``/ar/`` in another
    ("search/", search_page.search, "search"),
    ("", index.home, "home"),
    ("a-z/", index.a_to_z, "a-z"),
    ("a-z/all/<int:page>/", index.a_to_z, "a-z-page"),
    ("a-z/<str:letter>/", index.a_to_z, "a-z-letter"),
    ("a-z/<str:letter>/<int:page>/", index.a_to_z, "a-z-letter-page"),
]

urlpatterns = [  # what is asked for most comes first
    path("leaflets/<slug:slug>/", leaflet.leaflet, name="leaflet-read"),
    *(path(route, view, name=name) for route, view, name in _OWN_PAGES),
    path("search/suggestions/", search_page.suggestions, name="suggestions"),
    path("leaflets/<slug:slug>/reply/", reply.leaflet_reply, name="leaflet-reply"),
    path("leaflets/<slug:slug>/reply/sent/", reply.reply_sent, name="leaflet-reply-sent"),
    path("leaflets/<slug:slug>/reply/help/", reply_help.reply_help, name="leaflet-reply-help"),
    path("leaflets/<slug:slug>/reply/erased/", own_reply.erased, name="leaflet-reply-erased"),
    path("replies/<str:own>/", own_reply.status, name="own-reply"),
    path("replies/<str:own>/sent/", own_reply.sent, name="reply-sent"),
    path("replies/<str:own>/edit/", own_reply.edit, name="own-reply-edit"),
    path("replies/confirm/<int:number>/<str:token>/", confirm_address.confirm, name="confirm-address"),
    path("leaflets/<slug:slug>/replies/<int:number>/", replies.reply_place, name="leaflet-reply-place"),
    path("leaflets/<slug:slug>/replies/before/<int:number>/", replies.older_replies, name="leaflet-older-replies"),
    path("leaflets/<slug:slug>/replies/<int:number>/report/", report.report_reply, name="leaflet-reply-report"),
    path("reports/<str:key>/", report.report_told, name="report-told"),
    path("leaflets/<slug:slug>/versions/", archive.versions, name="leaflet-versions"),
    path("leaflets/<slug:slug>/versions/<str:number>/", archive.version, name="leaflet-version"),
    path("leaflets/<slug:slug>/leaflet.pdf", paper.leaflet_pdf, name="leaflet-pdf"),
    path("leaflets/<slug:slug>/large-print.pdf", paper.large_print, name="leaflet-large-print"),
    path("leaflets/<slug:slug>/leaflet.txt", paper.leaflet_text, name="leaflet-text"),
    path("leaflets/<slug:slug>/leaflet.epub", paper.leaflet_epub, name="leaflet-epub"),
    path("leaflets/<slug:slug>/versions/<str:number>/leaflet.pdf", paper.leaflet_pdf, name="leaflet-version-pdf"),
    path(
        "leaflets/<slug:slug>/versions/<str:number>/large-print.pdf",
        paper.large_print,
        name="leaflet-version-large-print",
    ),
    path("leaflets/<slug:slug>/versions/<str:number>/leaflet.txt", paper.leaflet_text, name="leaflet-version-text"),
    path("leaflets/<slug:slug>/versions/<str:number>/leaflet.epub", paper.leaflet_epub, name="leaflet-version-epub"),
    path("01/<path:scanned>", pack.pack, name="pack"),
    path("fact-check/<str:token>/", fact_check.fact_check, name="fact-check"),
    path("unsubscribe/<str:token>/", unsubscribe.unsubscribe_page, name="unsubscribe"),
    path("media/<path:path>", images.image, name="image"),
    path("updates.atom", feeds.feed, name="feed"),
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

"""The patients' addresses."""

from django.urls import path

from monographs.reading import (
    archive,
    fact_check,
    feeds,
    images,
    index,
    leaflet,
    pack,
    replies,
    reply,
    report,
    robots,
    search_page,
    sitemap,
    unsubscribe,
)

urlpatterns = [  # what is asked for most comes first
    path("leaflets/<slug:slug>/", leaflet.leaflet, name="leaflet-read"),
    path("search/", search_page.search, name="search"),
    path("", index.home, name="home"),
    path("a-z/", index.a_to_z, name="a-z"),
    path("a-z/all/<int:page>/", index.a_to_z, name="a-z-page"),
    path("a-z/<str:letter>/", index.a_to_z, name="a-z-letter"),
    path("a-z/<str:letter>/<int:page>/", index.a_to_z, name="a-z-letter-page"),
    path("search/suggestions/", search_page.suggestions, name="suggestions"),
    path("leaflets/<slug:slug>/reply/", reply.leaflet_reply, name="leaflet-reply"),
    path("leaflets/<slug:slug>/reply/sent/", reply.reply_sent, name="leaflet-reply-sent"),
    path("leaflets/<slug:slug>/replies/<int:number>/", replies.reply_place, name="leaflet-reply-place"),
    path("leaflets/<slug:slug>/replies/before/<int:number>/", replies.older_replies, name="leaflet-older-replies"),
    path("leaflets/<slug:slug>/replies/<int:number>/report/", report.report_reply, name="leaflet-reply-report"),
    path("reports/<str:key>/", report.report_told, name="report-told"),
    path("leaflets/<slug:slug>/versions/", archive.versions, name="leaflet-versions"),
    path("leaflets/<slug:slug>/versions/<str:number>/", archive.version, name="leaflet-version"),
    path("01/<path:scanned>", pack.pack, name="pack"),
    path("fact-check/<str:token>/", fact_check.fact_check, name="fact-check"),
    path("unsubscribe/<str:token>/", unsubscribe.unsubscribe_page, name="unsubscribe"),
    path("media/<path:path>", images.image, name="image"),
    path("updates.atom", feeds.feed, name="feed"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.sitemap_part, name="sitemap-part"),
    path("robots.txt", robots.robots, name="robots"),
]

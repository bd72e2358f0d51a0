"""How one moderator hears of replies that wait: their own choice, on a page of their own."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.comments.telling.rota import ReplyNews, choose_news, news_of, on_call
from monographs.staff.roles import permission


def urls(site: AdminSite) -> list[URLPattern]:
    """One address, of one's own letters."""
    return [path("replies/letters/", site.admin_view(letters_page), name="reply-news")]


class NewsForm(forms.ModelForm):
    """At once or once a day, and at which hour."""

    class Meta:
        model = ReplyNews
        fields = ("how", "at_hour")
        labels = {"how": gettext_lazy("When do you want them?")}
        widgets = {"how": forms.RadioSelect}


def letters_page(request: HttpRequest) -> HttpResponse:
    """The choice (GET), and keeping it (POST)."""
    if not request.user.has_perm(permission("moderate_comment")):
        raise PermissionDenied
    form = NewsForm(request.POST if request.method == "POST" else None, instance=news_of(request.user))
    if request.method == "POST" and form.is_valid():
        choose_news(request.user, **form.cleaned_data)
        messages.success(request, _("Your choice is kept."))
        return redirect("admin:reply-news")
    context = {
        **admin.site.each_context(request),
        "title": _("Letters about replies"),
        "form": form,
        "is_on_call": request.user.pk in {person.pk for person in on_call(timezone.now())},
    }
    return render(request, "admin/replies/news.html", context, status=400 if form.errors else 200)

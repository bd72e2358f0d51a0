"""All replies as a list to search and filter."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from monographs.comments.crisis.playbook import is_shut_to
from monographs.comments.deciding.judging import standing
from monographs.comments.labels import Label
from monographs.comments.models import Comment, CommentDecision


class DecisionInline(admin.TabularInline):
    """What moderators decided on the reply."""

    model = CommentDecision
    fields = readonly_fields = ("at", "was", "became", "by", "reason")
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """A list to search and filter; nothing is changed here. Decisions are taken in the queue."""

    list_display = ("shortly", "leaflet", "state", "writer", "at", "staff")
    list_filter = ("state", ("staff", admin.EmptyFieldListFilter), "at", "leaflet__language")
    search_fields = ("body", "name", "leaflet__title", "leaflet__medicine__name")
    list_select_related = ("leaflet", "staff")
    ordering = ("-at", "-pk")
    list_per_page = 50
    show_full_result_count = False
    fields = ("leaflet", "publication", "above", "name", "body", "state", "at", "staff")
    readonly_fields = ("above",)
    inlines = (DecisionInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("labels")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return self._to_open(request, object_id) or super().change_view(request, object_id, form_url, extra_context)

    def history_view(self, request, object_id, extra_context=None):
        return self._to_open(request, object_id) or super().history_view(request, object_id, extra_context)

    def _to_open(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """What this person has not opened shows no word here, nor in the page's title: they are led to where they can
        open it."""
        comment = self.get_object(request, object_id)
        if comment and self.has_view_permission(request, comment) and is_shut_to(request.user, comment):
            return redirect("admin:reply-crisis", comment.pk)
        return None

    @admin.display(description=gettext_lazy("name"), ordering="name")
    def writer(self, comment: Comment) -> str:
        return "" if standing(comment, Label.CRISIS) else comment.name

    @admin.display(description=gettext_lazy("reply to"))
    def above(self, comment: Comment) -> str:
        return self.shortly(comment.parent) if comment.parent else ""

    @admin.display(description=gettext_lazy("text"))
    def shortly(self, comment: Comment) -> str:
        """Its first words; none of what may be a cry for help, which is opened on purpose."""
        return Label.CRISIS.label if standing(comment, Label.CRISIS) else str(comment)

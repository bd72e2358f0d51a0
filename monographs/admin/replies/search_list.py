"""All replies as a list to search and filter."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from monographs.comments.judging import standing
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

    list_display = ("shortly", "leaflet", "state", "name", "at", "staff")
    list_filter = ("state", ("staff", admin.EmptyFieldListFilter), "at", "leaflet__language")
    search_fields = ("body", "name", "leaflet__title", "leaflet__medicine__name")
    list_select_related = ("leaflet", "staff")
    ordering = ("-at", "-pk")
    list_per_page = 50
    show_full_result_count = False
    fields = ("leaflet", "publication", "parent", "name", "body", "state", "at", "staff")
    inlines = (DecisionInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("labels")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("text"))
    def shortly(self, comment: Comment) -> str:
        """Its first words; none of what may be a cry for help, which is opened on purpose."""
        return Label.CRISIS.label if standing(comment, Label.CRISIS) else str(comment)

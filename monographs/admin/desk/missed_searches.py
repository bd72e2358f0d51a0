"""What readers looked for in vain: for those who write, to see which leaflet or which name is wanted."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from monographs.search.models import MissedSearch


@admin.register(MissedSearch)
class MissedSearchAdmin(admin.ModelAdmin):
    """A list to work off: what is seen to is deleted, what has a leaflet by now is not listed any more."""

    list_display = ("query", "count", "last_at")
    list_display_links = None
    search_fields = ("query", "folded")

    def get_queryset(self, request: HttpRequest) -> QuerySet[MissedSearch]:
        return MissedSearch.objects.to_see_to(timezone.now())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: MissedSearch | None = None) -> bool:
        return False

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[MissedSearch]) -> None:
        """Django would keep the words in its own log for ever; they may be a reader's, and were taken away."""

"""Revisions: immutable snapshots of what a leaflet said, chained so that none can change unseen."""

import json

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from monographs.audit.chain import hash_of, sha256
from monographs.leaflets.content import Content, Heading
from monographs.leaflets.models import Leaflet


class Revision(models.Model):
    """One saved state of a draft. Written by `revisions.actions` only; triggers refuse UPDATE and DELETE."""

    leaflet = models.ForeignKey(Leaflet, models.PROTECT, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField(_("number"))
    content_json = models.TextField(_("content"), help_text=_("Canonical JSON; its “schema” says which shape."))
    digest = models.CharField(_("SHA-256 of the content"), max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    why = models.CharField(_("what was changed"), max_length=300, blank=True)
    origin = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name=_("restored from"))
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("leaflet", "number"), name="revision_number_once"),
            models.UniqueConstraint(fields=("leaflet", "previous_hash"), name="revision_chain_does_not_fork"),
        )

    def __str__(self):
        return f"{self.leaflet}, revision {self.number}"

    @cached_property
    def content(self) -> Content:
        """What the leaflet said."""
        return Content.from_dict(json.loads(self.content_json))

    @cached_property
    def heading(self) -> Heading:
        """What stands above it, for pages whose text is compiled."""
        return Heading.from_dict(json.loads(self.content_json))

    def computed_digest(self) -> str:
        """What ``digest`` must be."""
        return sha256(self.content_json)

    def computed_hash(self) -> str:
        """What ``hash`` must be: SHA-256 over every other column and the hash before."""
        return hash_of(
            self.previous_hash, self.leaflet_id, self.number, self.digest, self.by_id, self.at, self.why, self.origin_id
        )

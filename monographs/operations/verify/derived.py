"""Rows that follow from the record and are kept for looking up, worked out anew."""

import datetime as dt
from itertools import pairwise

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.audit.verify import Altered
from monographs.leaflets.models import Leaflet
from monographs.leaflets.standing import COLUMNS, SHOWN_COLUMNS, Standing
from monographs.medicines.models import MedicineName
from monographs.medicines.names import folded_otherwise, keyed_otherwise
from monographs.operations.verify.rows import altered, same
from monographs.publication.found import passages
from monographs.publication.found.passage_index import is_in_step
from monographs.publication.found.passages import Passage
from monographs.publication.models import Publication
from monographs.publication.shown import standing
from monographs.publication.shown.behind import behind_wrongly, followers
from monographs.publication.shown.showings import FOREVER, Showing, title_in
from monographs.review.models import APPROVED_STATES, Outcome, Review
from monographs.review.standing import worked_out


def check_standing(leaflet: int) -> None:
    """Where it stands for lists and the desk follows from its revisions and reviews."""
    there = Standing.objects.filter(leaflet=leaflet).first()
    for must in worked_out(Leaflet.objects.filter(pk=leaflet)):
        if not there:
            raise Altered(Standing._meta.db_table, leaflet, _("the leaflet is there, but not where it stands."))
        for name in COLUMNS:
            label = Standing._meta.get_field(name.removesuffix("_id")).verbose_name
            same(there, str(label), getattr(must, name), getattr(there, name))


def check_approval_instants(leaflet: int) -> None:
    """When a review's approval was complete follows from its state and its decisions."""
    signed_at = models.Max("decisions__at", filter=models.Q(decisions__outcome=Outcome.APPROVED))
    for review in Review.objects.filter(leaflet=leaflet).annotate(signed_at=signed_at).order_by("pk"):
        approved_at = review.signed_at if review.state in APPROVED_STATES else None
        same(review, _("the instant of its approval"), approved_at, review.approved_at)


def check_showings(leaflet: int) -> None:
    """What is looked up for patients follows from the timeline: worked out anew from `Publication.objects.valid`."""
    timeline = (
        Publication.objects.valid()
        .filter(leaflet=leaflet)
        .annotate(title=title_in("revision__content_json"))
        .only("effective_from", "revision")
        .order_by("effective_from", "pk")
    )
    there, title = {row.pk: row for row in Showing.objects.filter(leaflet=leaflet)}, ""
    for publication, following in pairwise([*timeline, None]):
        showing = there.pop(publication.pk, None)
        if not showing:
            raise Altered(Showing._meta.db_table, publication.pk, _("this publication is valid, but not looked up."))
        title = publication.title if publication.revision_id else title
        ends_at = following.effective_from if following else max(FOREVER, publication.effective_from)
        same(showing, _("the instant from which it is shown"), publication.effective_from, showing.starts_at)
        same(showing, _("the instant until which it is shown"), ends_at, showing.ends_at)
        same(showing, _("the title by which patients know it"), title, showing.title)
    for showing in there.values():
        raise altered(showing, _("this publication is not valid, or another leaflet's, but looked up."))


def check_behind(leaflet: int) -> None:
    """What of a translation is behind its source, or of an easy-read leaflet behind the full one, follows from both
    timelines."""
    for wrong in behind_wrongly(followers().filter(pk=leaflet)):
        problem = _("which parts are behind the source is not what follows from both timelines.")
        raise Altered(Showing._meta.db_table, wrong.publication, problem)
    for showing in Showing.objects.filter(leaflet=leaflet).filter(
        models.Q(behind__isnull=False) | models.Q(behind_from__isnull=False)
    ):
        starts = [dt.datetime.fromisoformat(starts_at) for _part, starts_at, _until in showing.behind or ()]
        same(showing, _("the instant from which a part is behind"), min(starts, default=None), showing.behind_from)


def check_standing_as_shown(leaflet: int) -> None:
    """What lists say of it follows from what is shown, too."""
    for row in standing.worked_out(timezone.now()).filter(leaflet=leaflet):
        for name in (*SHOWN_COLUMNS, "holds_until"):
            same(row, str(row._meta.get_field(name).verbose_name), getattr(row, f"must_{name}"), getattr(row, name))


def check_passages(leaflet: int) -> None:
    """What the search reads is what the shown text says. Passages that another version's rules made are made anew by
    the clock (`passages.catch_up`), and so are those that are not there yet."""
    for publication in passages.wanted(timezone.now()).filter(leaflet=leaflet).select_related("revision"):
        rows = Passage.objects.filter(publication=publication)
        if not rows.exists() or rows.outdated().exists():
            continue
        if wrong := passages.first_wrong(publication):
            number, column = wrong
            problem = _("its column “%s” is not what the text gives.") % column
            raise Altered(Passage._meta.db_table, number, problem)


def check_keys() -> None:
    """By which comparisons of texts find a name is the key of its first word."""
    for number, key in keyed_otherwise():
        raise Altered(
            MedicineName._meta.db_table,
            number,
            _("its first word is asked for by “%(key)s” by this program's rules, but the row says something else.")
            % {"key": key},
        )


def check_folding() -> None:
    """Names are found by their folded form, which each must have by the folding of today."""
    for number, folded in folded_otherwise():
        problem = _("its name is folded as “%s” today, but the row says otherwise.") % folded
        raise Altered(MedicineName._meta.db_table, number, problem)


def check_index() -> None:
    """What is found is what the passages say."""
    if not is_in_step():
        raise Altered(Passage._meta.db_table, 0, _("the index of its words is not that of its rows."))

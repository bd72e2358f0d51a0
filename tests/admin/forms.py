"""The leaflet's form as a browser sends it."""

from django.urls import reverse

from monographs.admin.writing.typed import fields_of
from monographs.leaflets.models import Leaflet
from monographs.revisions.actions import newest_revision


def change_url(leaflet: Leaflet) -> str:
    return reverse("admin:monographs_leaflet_change", args=[leaflet.pk])


def form_of(leaflet: Leaflet, **changed: str) -> dict:
    """Every field of the open form; ``changed`` by name, ``sections__5__body`` for ``sections-5-body``."""
    revision = newest_revision(leaflet)
    data: dict = {}
    for name, value in fields_of(revision.content, based_on=revision.number):
        if name.endswith("-supports"):
            data.setdefault(name, []).append(value)
        elif not (name.endswith("-is_not_applicable") and not value):
            data[name] = value
    for prefix, rows in (("sections", leaflet.sections.all()), ("sources", leaflet.sources.all())):
        data[f"{prefix}-INITIAL_FORMS"] = str(len(rows))
        for number, row in enumerate(rows):
            data[f"{prefix}-{number}-id"] = str(row.pk)
            data[f"{prefix}-{number}-leaflet"] = str(leaflet.pk)
    data["why"] = ""
    return data | {name.replace("__", "-"): value for name, value in changed.items()}


def place_of(leaflet: Leaflet, kind: str) -> int:
    """The number of a section's row in the form."""
    return [section.kind for section in leaflet.sections.all()].index(kind)


def with_body(leaflet: Leaflet, kind: str, body: str, **changed: str) -> dict:
    """The form with one section rewritten."""
    return form_of(leaflet, **{f"sections__{place_of(leaflet, kind)}__body": body}, **changed)


def body_of(leaflet: Leaflet, key: str) -> str:
    """What a section says in the newest revision."""
    return next(section.body for section in newest_revision(leaflet).content.sections if section.key == key)


def resolve_url(leaflet: Leaflet) -> str:
    return reverse("admin:leaflet-resolve", args=[leaflet.pk])


def answers(page) -> dict:
    """The form of the page with two texts, as it was opened."""
    data = {
        "based_on": page.context["theirs"].number,
        "typed": page.context["typed"],
        "why": page.context["why"],
    }
    for part in page.context["parts"]:
        data[f"choice-{part.name}"] = part.chosen
        if not part.is_whole:
            data |= {f"merged-{part.name}": part.merged, f"shown-{part.name}": part.shown}
    return data

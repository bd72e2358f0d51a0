"""How the database finds what a page or a verb looks up: its plans, kept in a file, and no scan of a growing table."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from monographs.leaflets.models import Leaflet
from monographs.operations.corpus import texts
from tests.bench.pages import shown_slugs
from tests.bench.verbs import staff

# Tables that a clinic fills with a few rows, whatever the number of its leaflets.
SMALL = {"monographs_clinic", "monographs_checklistitem", "monographs_approvalrule", "monographs_staffmember",
         "auth_group", "auth_permission", "auth_group_permissions", "monographs_staffmember_groups",
         "monographs_staffmember_user_permissions", "django_session", "django_content_type"}  # fmt: skip


def plans(file: Path | None) -> Iterator[str]:
    """The plans of every query of the patients' and the staff's main pages; a line for each scan of a large table."""
    written, scans = [], []
    for name, ask in _requests():
        with CaptureQueriesContext(connection) as captured:
            assert ask() == 200, name
        for query in captured.captured_queries:
            if not query["sql"].startswith("SELECT"):
                continue
            plan = _plan(query["sql"])
            written.append(f"== {name}\n{query['sql'][:2000]}\n{plan}\n")
            scans += [f"{name}: {table}" for table in _scanned(plan) if table not in SMALL]
    if file:
        file.write_text("\n".join(written))
        yield f"the plans of {len(written)} queries are in {file}"
    yield f"{len(scans)} queries read a whole table that grows" + ("" if not scans else ":")
    yield from (f"  {scan}" for scan in dict.fromkeys(scans))


def _requests() -> Iterator[tuple[str, Callable[[], int]]]:
    people = staff()
    leaflet = Leaflet.objects.get(slug=shown_slugs(1)[0])
    generic, brand = texts.name(1)
    reader = Client()
    for path in (
        f"/leaflets/{leaflet.slug}/", f"/leaflets/{leaflet.slug}/versions/", "/", "/a-z/", "/a-z/b/", "/updates.atom",
        "/sitemap.xml", f"/search/?q={brand}", f"/search/?q={generic[:-2]}", "/search/?q=headache+with+milk",
    ):  # fmt: skip
        yield path, lambda path=path: reader.get(path).status_code
    for person, path in (
        ("author", reverse("admin:monographs_leaflet_changelist")),
        ("author", reverse("admin:monographs_leaflet_change", args=[leaflet.pk])),
        ("author", reverse("admin:leaflet-history", args=[leaflet.pk])),
        ("author", "/admin/"),
        ("publisher", "/admin/"),
        ("moderator", "/admin/"),
        ("moderator", reverse("admin:reply-queue")),
    ):
        client = Client()
        client.force_login(people[person])
        yield f"{path} ({person})", lambda client=client, path=path: client.get(path).status_code


def _plan(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN ") + query)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def _scanned(plan: str) -> list[str]:
    """Tables that are read from end to end. An index that is read from its end for a page of rows is no such scan."""
    if connection.vendor == "postgresql":
        return re.findall(r"Seq Scan on (\w+)", plan)
    aliases = re.findall(r"SCAN (\w+)\b(?! USING| VIRTUAL)", plan)
    return [name for name in aliases if name.startswith(("monographs_", "auth_", "django_"))]

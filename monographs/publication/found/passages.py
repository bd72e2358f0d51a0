"""Passages: what a published leaflet says, part by part, ready to be found and quoted. Publishing makes them.

A leaflet has a row for its title, one for all its headings, one for each section, and one for all of its words, each of
its own `Weight`: what is looked for is found in the lightest row that has all of it.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.audit.record import lock_ledger
from monographs.leaflets.content import Content
from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, PreparedDelete, PreparedInsert, instance
from monographs.publication.found.quotes import LONGEST, Quote, quotes
from monographs.publication.models import Page, Publication
from monographs.publication.shown.standing import outdated
from monographs.remembered import remembered
from monographs.text.markup.finished.slots import with_slots
from monographs.text.tokens.tokens import VERSION, tokens

KEY_FACTS = "key-facts"
_ROOM_FOR_NUMBERS, _ROOM_FOR_PUBLICATIONS = 12, 40  # bits


class Weight(models.IntegerChoices):
    """Where something stands in a leaflet; the least is shown first."""

    TITLE = 0, _("title")
    USES = 1, _("what it is used for")
    HEADING = 2, _("heading")
    TEXT = 3, _("text")
    SIDE_EFFECTS = 4, _("side effects")
    ANYWHERE = 5, _("all of its words")


_WEIGHT_OF_KIND = {"what_it_is": Weight.USES, "uses": Weight.USES, "side_effects": Weight.SIDE_EFFECTS}


class PassageQuerySet(models.QuerySet):
    def of_sections(self) -> "PassageQuerySet":
        """Those that have something to quote."""
        return self.filter(weight__in=(Weight.USES, Weight.TEXT, Weight.SIDE_EFFECTS))

    def outdated(self) -> "PassageQuerySet":
        """Made by other rules or stems than those of this program."""
        return self.exclude(made_by=VERSION)


class Passage(models.Model):
    """One part of a version that patients read or will read.

    A derived row: `keep` makes it from the revision as publishing does, and the verbs that end a version take it away
    (`tidy`); `verify_history` makes it anew and compares (`first_wrong`). ``id`` orders rows by weight, then by
    publication, so that the first of very many are found without looking at all (`passage_index`).
    """

    id = models.BigIntegerField(primary_key=True)
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="passages")
    weight = models.PositiveSmallIntegerField(choices=Weight)
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=40, blank=True, help_text=_("Of the section (`leaflets.sections`)."))
    anchor = models.CharField(max_length=100, blank=True)
    heading = models.TextField(blank=True)
    sentences = models.JSONField(default=list, help_text=_("Each as it may be quoted; “” where it is too long."))
    tokens = models.TextField(
        help_text=_("On the first line those of the title and headings, then a line for each sentence.")
    )
    made_by = models.CharField(max_length=40)

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ("id",)

    def __str__(self):
        return f"{self.publication_id} {self.anchor}"


def first_id(weight: int) -> int:
    """The rows of a weight have ids from here to the next weight's."""
    return weight << (_ROOM_FOR_PUBLICATIONS + _ROOM_FOR_NUMBERS)


def last_id(weight: int, publication: int) -> int:
    """No passage of this weight and publication has a greater id."""
    return first_id(weight) + (publication + 1 << _ROOM_FOR_NUMBERS) - 1


def title_id(publication: int) -> int:
    """The id of the passage that has a publication's title, as ``heading``."""
    return first_id(Weight.TITLE) + (publication << _ROOM_FOR_NUMBERS)


def publication_in(passage_id: int) -> int:
    """The publication that a passage is of, by its id alone."""
    return (passage_id >> _ROOM_FOR_NUMBERS) % (1 << _ROOM_FOR_PUBLICATIONS)


def weight_in(passage_id: int) -> Weight:
    """The weight of a passage, by its id alone."""
    return _WEIGHTS[passage_id >> (_ROOM_FOR_PUBLICATIONS + _ROOM_FOR_NUMBERS)]


_WEIGHTS = tuple(Weight)  # each in the place of its number


class Part(NamedTuple):
    """A passage as the text alone makes it."""

    weight: Weight
    kind: str
    anchor: str
    heading: str
    sentences: list[str]
    tokens: str


def keep(publication: Publication, parts: Iterable[Part]) -> None:
    """Write down the passages of a publication that shows a revision, made of it (`parts_of`). Runs within the verb's
    transaction."""
    _NEW.write_all(_rows(publication, parts))


_NEW = PreparedInsert(Passage)


def tidy(leaflet: Leaflet, *, at: dt.datetime) -> None:
    """Take away the passages of versions of a leaflet that are not shown at ``at`` nor will be: after its showings
    were written anew."""
    _OVER.write(leaflet=leaflet.pk, at=at)


def _passages_over() -> models.QuerySet[Passage]:
    of_leaflet = Publication.objects.filter(leaflet=Given("leaflet", models.BigIntegerField()))
    over = of_leaflet.exclude(showing__ends_at__gt=Given("at", models.DateTimeField()))
    return Passage.objects.filter(publication__in=over)


_OVER = PreparedDelete(_passages_over)


def wanted(at: dt.datetime) -> models.QuerySet[Publication]:
    """The versions that have passages: what is shown, and what will be."""
    return Publication.objects.filter(showing__ends_at__gt=at, revision__isnull=False)


def lacking(at: dt.datetime) -> models.QuerySet[Publication]:
    """Versions that should have passages, made by this program's rules, and have none."""
    made = Passage.objects.filter(made_by=VERSION, publication=models.OuterRef("pk"))
    return wanted(at).filter(~models.Exists(made)).select_related("revision").order_by("pk")


def catch_up(*, at: dt.datetime, most: int | None = None, everywhere: bool = True) -> int:
    """Make what is `lacking`, at most ``most`` versions in turns of their own, and take away what is over; how many.

    For a database from before there were passages, rules of another version, and releases that time has ended. Any
    number may run at once. Not ``everywhere``: only at leaflets that time has overtaken (`standing.outdated`), as all
    others were looked at before and have been kept by the verbs since.
    """
    done = 0
    for publication in lacking(at)[:most] if everywhere else ():
        with transaction.atomic():
            lock_ledger()
            if lacking(timezone.now()).filter(pk=publication.pk).exists():  # not withdrawn since, nor made by another
                Passage.objects.filter(publication=publication).delete()
                Passage.objects.bulk_create(passages_of(publication))
        done += 1
    titles = Passage.objects.filter(weight=Weight.TITLE, pk__lt=first_id(Weight.TITLE + 1))  # of its partition alone
    ended = titles.exclude(publication__showing__ends_at__gt=at)
    if not everywhere:
        ended = ended.filter(publication__leaflet__in=list(outdated(at).values_list("leaflet", flat=True)))
    over = list(ended.values_list("publication__leaflet", flat=True)[: most if everywhere else None])
    for leaflet in Leaflet.objects.filter(pk__in=over):
        with transaction.atomic():
            lock_ledger()
            tidy(leaflet, at=at)
        done += 1
    return done


def first_wrong(publication: Publication) -> tuple[int, str] | None:
    """The id of the first passage that is not what this publication's revision gives, and in which column."""
    there = {row.pk: row for row in Passage.objects.filter(publication=publication)}
    for row in passages_of(publication):
        found = there.pop(row.pk, None)
        if not found:
            return row.pk, "id"
        for field in Passage._meta.concrete_fields:
            if getattr(found, field.attname) != getattr(row, field.attname):
                return row.pk, field.name
    return (min(there), "id") if there else None


def passages_of(publication: Publication) -> list[Passage]:
    """The passages of a publication that has its page, unsaved, in the order of their ids."""
    return _rows(publication, parts_of(publication.revision.content, _as_published(publication)))


def _rows(publication: Publication, parts: Iterable[Part]) -> list[Passage]:
    placed = publication.pk << _ROOM_FOR_NUMBERS
    language = publication.revision.content.language
    rows = [
        (first_id(part.weight) + placed + number, publication.pk, language, VERSION, int(part.weight), *part[1:])
        for number, part in enumerate(parts)
    ]
    return [instance(Passage, _COLUMNS, row) for row in sorted(rows)]


_COLUMNS = ("id", "publication_id", "language", "made_by", *Part._fields)


def _as_published(publication: Publication) -> str:
    """The body as it was compiled then, not as today's program would; pages from before slots get theirs."""
    pages = Page.objects.filter(publication=publication).order_by("-pk")
    return with_slots(pages.values_list("html", flat=True)[0])


def parts_of(content: Content, html: str) -> tuple[Part, ...]:
    """What is to be found of a leaflet, made of its text and of the body that was compiled from it."""
    return tuple(_parts(content, html))


def _parts(content: Content, html: str) -> Iterator[Part]:
    names = (content.title, content.medicine.name, *content.medicine.brands)
    title = _once(token for name in names for token in tokens(name, content.language))
    yield Part(Weight.TITLE, "", "", content.title, [], title)
    kinds = {f"part-{section.key}": section.kind for section in content.sections}
    headings, everything = [title], [title]
    for said in _said(html, content.language):
        kind = KEY_FACTS if said.anchor == KEY_FACTS else kinds.get(said.anchor, "")
        weight = _WEIGHT_OF_KIND.get(kind, Weight.TEXT)
        above = " ".join(filter(None, (title, said.head)))
        yield Part(weight, kind, said.anchor, said.heading, list(said.told), f"{above}\n{said.lines}")
        headings += [said.head, *said.under]
        everything += [said.head, said.lines]
    yield Part(Weight.HEADING, "", "", "", [], "\n".join(headings))
    yield Part(Weight.ANYWHERE, "", "", "", [], _once(" ".join(everything).split()))


class _Said(NamedTuple):
    """What stands under one heading of a page's body: what may be quoted, and the tokens of its heading, of those
    within it, and of each sentence on a line of its own."""

    anchor: str
    heading: str
    told: tuple[str, ...]
    head: str
    under: tuple[str, ...]
    lines: str


_MOST_CHARACTERS = 2_000_000  # of sections whose passages are known: some hundred leaflets
_SECTION = re.compile('(?=<section class="(?:part|sources)">)')


def _said(html: str, language: str) -> list[_Said]:
    """In the order of the page, of which each section is read by itself."""
    found = [said for section in _SECTION.split(html) for said in _said_in(section, language)]
    if len({said.anchor for said in found}) < len(found):  # parts of one key, or a body from before there were sections
        return list(_said_in(html, language))
    return found


@remembered(_MOST_CHARACTERS)
def _said_in(html: str, language: str) -> tuple[_Said, ...]:
    return tuple(_of_anchor(anchor, found, language) for anchor, found in _by_anchor(quotes(html, language)).items())


def _of_anchor(anchor: str, found: list[Quote], language: str) -> _Said:
    heading = found[0].under[0] if found[0].under else ""
    return _Said(
        anchor,
        heading,
        told=tuple([told if len(told := one.told) <= LONGEST else "" for one in found]),
        head=_tokens(heading, language),
        under=tuple(_tokens(under, language) for under in dict.fromkeys(u for one in found for u in one.under[1:])),
        lines="\n".join(_tokens(" ".join((*one.under[1:], one.lead, one.words)), language) for one in found),
    )


def _tokens(words: str, language: str) -> str:
    return " ".join(tokens(words, language))


def _by_anchor(found: Iterable[Quote]) -> dict[str, list[Quote]]:
    parts: dict[str, list[Quote]] = {}
    for one in found:
        parts.setdefault(one.anchor, []).append(one)
    return parts


def _once(found: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(found))

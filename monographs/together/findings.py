"""Where two leaflets may contradict each other. The clock reads each text once, and again when it or a name changes.

Two things are found, and neither is a judgement: a leaflet names a medicine whose own leaflet, in the same language,
is silent about the first; and a sentence about a medicine has an amount, a number of tablets or, in English, a number
of times that the medicine's own leaflet nowhere gives.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from monographs.audit.chain import canonical_json, sha256
from monographs.audit.record import lock_ledger
from monographs.leaflets.models import Edition
from monographs.medicines.stamp import names_stamp
from monographs.publication.models import Publication
from monographs.publication.shown.showings import Showing
from monographs.remembered import MOST_REMEMBERED
from monographs.search.index.kept import the_index
from monographs.search.index.name_index import NameIndex
from monographs.text.amounts.numbers import value
from monographs.text.amounts.units import FORMS
from monographs.text.tokens.reading import AMOUNT, pieces
from monographs.text.tokens.tokens import VERSION
from monographs.text.words.mentions import Reader
from monographs.text.words.often import PEOPLE, often
from monographs.together.asked import Choice
from monographs.together.leaflets import Section, sections_of
from monographs.together.models import Finding, Judgement, Kind, Naming, Reading
from monographs.together.names import names_to_find
from monographs.together.sheet import WARNS, Pair, Telling, make_sheet
from monographs.together.words import Phrases, readings

_RULES = "2"  # of this file; another makes all anew
_LATELY, _MOST_LATELY = dt.timedelta(days=1), 2_000  # what began, and how many leaflets of these are looked at
_MOST_SHOWN = 5  # sentences of the other leaflet
_OF_ONE = {  # units of one measure: its name, and how many of it; a kg is the weight of a person
    "kg": ("kg", Fraction(1)), "g": ("g", Fraction(1)), "mg": ("g", Fraction(1, 1000)),
    "microgram": ("g", Fraction(1, 10**6)), "nanogram": ("g", Fraction(1, 10**9)),
    "litre": ("l", Fraction(1)), "decilitre": ("l", Fraction(1, 10)), "ml": ("l", Fraction(1, 1000)),
    "unit": ("unit", Fraction(1)), "international unit": ("unit", Fraction(1)), "megaunit": ("unit", Fraction(10**6)),
}  # fmt: skip

Amount = tuple[str, Fraction]


def catch_up(*, at: dt.datetime, most: int, everywhere: bool = True) -> tuple[int, int]:
    """Read what is new among the standard leaflets, at most ``most`` in turns of their own, and forget what is over:
    how many leaflets, and how many open findings they have. Any number may run at once.

    Not ``everywhere``: only at leaflets that began to show something else within the last day, as all others were
    looked at before.
    """
    index, made_by, done, found = the_index(), stamp(), 0, set()
    read, lately = Reading.objects.all(), None
    if not everywhere:
        begun = Showing.objects.filter(starts_at__gt=at - _LATELY, starts_at__lte=at).order_by("-starts_at")
        lately = list(begun.values_list("leaflet", flat=True)[:_MOST_LATELY])
        read = read.filter(leaflet__in=lately)
    for publication, leaflet, medicine, language in _unread(at, made_by, lately)[:most]:
        named, findings = _read(publication, medicine, language, index=index, at=at)
        with transaction.atomic():
            lock_ledger()
            if Showing.objects.live(timezone.now()).filter(publication=publication).exists():  # not withdrawn since
                found |= _keep(leaflet, named, findings)
                values = {"publication_id": publication, "made_by": made_by}
                Reading.objects.update_or_create(leaflet_id=leaflet, defaults=values)
        done += 1
    over = read.exclude(Exists(_live(at).filter(leaflet=OuterRef("leaflet"))))
    for leaflet in list(over.values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            lock_ledger()
            _keep(leaflet, [], [])
            Reading.objects.filter(leaflet=leaflet).delete()
        done += 1
    return done, len(found)


def _unread(at: dt.datetime, made_by: str, lately: list[int] | None) -> Sequence[tuple[int, int, int, str]]:
    """What was not read yet as it is shown, the oldest first, of all or of some leaflets: the numbers of publication,
    leaflet and medicine, and the language."""
    as_it_is = Reading.objects.filter(publication=OuterRef("publication"), made_by=made_by)
    unread = _live(at).exclude(Exists(as_it_is))
    rows = unread.values_list("publication", "leaflet", "leaflet__medicine", "leaflet__language")
    if lately is None:
        return rows.order_by("publication")
    return sorted(rows.filter(leaflet__in=lately))  # asked for in order, PostgreSQL reads all others first


def stamp() -> str:
    """It changes with the names, the classes and the rules here: then all is read anew."""
    return sha256(canonical_json([_RULES, VERSION, *names_stamp()]))


def _live(at: dt.datetime) -> QuerySet[Showing]:
    return Showing.objects.live(at).filter(leaflet__edition=Edition.STANDARD)


def _read(
    publication: int, medicine: int, language: str, *, index: NameIndex, at: dt.datetime
) -> tuple[list[int], list[Finding]]:
    """Hold one text against the leaflets of all that it names and of all that name its medicine: which it names, and
    what was found."""
    named = set(_named_in(sections_of([publication]).get(publication, ()), medicine, language, index))
    naming = Naming.objects.filter(medicine=medicine, leaflet__language=language)
    own, findings = _choice(medicine, index), []
    for each in sorted({*named, *naming.values_list("leaflet__medicine", flat=True)} - {medicine}):
        pairs = make_sheet([own, _choice(each, index)], languages=[language], index=index, at=at).pairs
        findings += [finding for pair in pairs for finding in _findings(pair, language)]
    return sorted(named), findings


def _choice(medicine: int, index: NameIndex) -> Choice:
    known = index.medicines.get(medicine)
    return Choice(medicine, known.name if known else "")


def _keep(leaflet: int, named: Iterable[int], findings: list[Finding]) -> set[str]:
    """Put these in the place of what was found of a leaflet before; what was judged stays so. Digests of
    the open ones."""
    Finding.objects.filter(Q(leaflet=leaflet) | Q(other=leaflet)).delete()
    Naming.objects.filter(leaflet=leaflet).delete()
    Naming.objects.bulk_create(Naming(leaflet_id=leaflet, medicine_id=each) for each in named)
    judged = dict(Judgement.objects.filter(digest__in=[row.digest for row in findings]).values_list("digest", "pk"))
    for row in findings:
        row.judgement_id = judged.get(row.digest)
    Finding.objects.bulk_create(findings, ignore_conflicts=True)
    return {row.digest for row in findings if not row.judgement_id}


def _named_in(sections: Iterable[Section], medicine: int, language: str, index: NameIndex) -> Iterator[int]:
    phrases = _all_names(index, language)
    for section in sections:
        for said in section.sentences:
            for words in readings(said, language):
                yield from (each for each in phrases.find(words) if each != medicine)


def _all_names(index: NameIndex, language: str) -> Phrases[int]:
    """The names as they stand in texts of a language, kept until they change."""
    kept = _kept.get(language)
    if not kept or kept[0] is not index:
        kept = _kept[language] = index, names_to_find(index.names(), language)
    return kept[1]


_kept: dict[str, tuple[NameIndex, Phrases[int]]] = {}


def _findings(pair: Pair, language: str) -> Iterator[Finding]:
    """What is found between two leaflets in one language, both ways."""
    leaflets = [member.leaflet for member in (pair.one, pair.two)]
    if not all(each and each.language == language and each.edition == Edition.STANDARD for each in leaflets):
        return
    for telling, back in (pair.tellings, pair.tellings[::-1]):
        yield from _one_sided(telling, back)
        yield from _other_amounts(telling)


def _one_sided(telling: Telling, back: Telling) -> Iterator[Finding]:
    """A warning that names a medicine whose leaflet names neither this one nor its class."""
    kinds = {section.anchor: section.kind for section in telling.member.sections}
    warning = [named for named in telling.found if kinds.get(named.anchor) in WARNS and not named.classes]
    sentences = [sentence for named in warning for sentence in named.sentences]
    if sentences and not back.found and back.is_sure:
        yield _finding(Kind.ONE_SIDED, telling, warning[0].anchor, sentences, [])


def _other_amounts(telling: Telling) -> Iterator[Finding]:
    """Sentences that name a medicine, with an amount of a measure in which its own leaflet gives others alone."""
    told = list(_told(telling))
    own = _own_amounts(telling) if told else {}
    given = frozenset().union(*own.values())
    for anchor, of_section in groupby(told, key=lambda one: one.anchor):
        section = list(of_section)
        differing = _differing(section, given)
        sentences = [one.sentence for one in section if one.amounts & differing]
        if sentences:
            others = [said for said, amounts in own.items() if _measures(amounts) & _measures(differing)]
            yield _finding(Kind.AMOUNT, telling, anchor, sentences, others[:_MOST_SHOWN])


class _Told(NamedTuple):
    """A sentence about the other medicine, and the section that it stands in."""

    anchor: str
    sentence: str
    amounts: frozenset[Amount]


def _told(telling: Telling) -> Iterator[_Told]:
    """What is said with an amount of the other by its name; what is said of a class may be another medicine's."""
    for named in telling.found:
        if not named.classes:
            for said, amounts in _with_amounts(named.sentences, telling.member.leaflet.language):
                yield _Told(named.anchor, said, amounts)


def _own_amounts(telling: Telling) -> dict[str, frozenset[Amount]]:
    """The sentences with amounts in the other's own leaflet."""
    language = telling.member.leaflet.language
    return dict(one for section in telling.other.sections for one in _with_amounts(section.sentences, language))


def _differing(told: Iterable[_Told], given: frozenset[Amount]) -> frozenset[Amount]:
    """The amounts that are not ``given``, of measures in which others are."""
    amounts = frozenset().union(*(one.amounts for one in told)) - given
    return frozenset(amount for amount in amounts if amount[0] in _measures(given))


def _measures(amounts: Iterable[Amount]) -> set[str]:
    return {measure for measure, _amount in amounts}


def _with_amounts(sentences: Iterable[str], language: str) -> Iterator[tuple[str, frozenset[Amount]]]:
    return ((said, amounts) for said in sentences if (amounts := amounts_in(said, language)))


@lru_cache(maxsize=MOST_REMEMBERED)
def amounts_in(text: str, language: str) -> frozenset[Amount]:
    """The amounts of a sentence that can be compared: 4 g is 4,000 mg, and "two tablets" are 2 of tablets."""
    return frozenset((*_measured(text, language), *_counted(text, language)))


def _measured(text: str, language: str) -> Iterator[Amount]:
    for piece in pieces(text):
        if piece.kind == AMOUNT and piece.unit in _OF_ONE:
            number = value(piece.text, language)
            if isinstance(number, Fraction):
                measure, factor = _OF_ONE[piece.unit]
                yield measure, number * factor


def _counted(text: str, language: str) -> Iterator[Amount]:
    """Of what is taken, and how often; not how many people have a side effect."""
    for sentence in Reader(language).sentences(text):
        for mention in sentence.mentions:
            yield from ((counts, Fraction(number)) for counts, number in often(mention) if counts != PEOPLE)
            if mention.unit in FORMS:
                yield from ((mention.unit, number) for number in mention.meaning[2] if isinstance(number, Fraction))


def _finding(kind: Kind, telling: Telling, anchor: str, sentences: list[str], others: list[str]) -> Finding:
    leaflet, other = telling.member.leaflet, telling.other.leaflet
    numbers = Publication.objects.in_bulk([leaflet.publication, other.publication])
    ends = [numbers[each.publication].leaflet_id for each in (leaflet, other)]
    return Finding(
        kind=kind,
        leaflet_id=ends[0],
        other_id=ends[1],
        anchor=anchor,
        sentences=sentences,
        other_sentences=others,
        digest=sha256(canonical_json([kind, *ends, sentences, others])),
    )

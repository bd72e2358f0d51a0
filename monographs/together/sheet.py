"""Several medicines on one sheet: what their leaflets say, and for each pair the sentences in which one leaflet names
the other or its class. Nothing is judged here, and nothing put together: sentences are quoted whole."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, permutations

from django.conf import settings
from django.db.models import BigIntegerField, QuerySet

from monographs.medicines.class_words import DrugClass, class_words, of_entry
from monographs.medicines.models import MedicineName, NameKind
from monographs.prepared import Given, PreparedIn
from monographs.publication.found.passages import KEY_FACTS
from monographs.search.index.known import Known
from monographs.search.index.name_index import NameIndex
from monographs.together.asked import Choice
from monographs.together.classes import named_in
from monographs.together.leaflets import Leaflet, Section, Shown, key_facts, sections_of, shown_of
from monographs.together.naming import Named, Naming, is_in_script_of, same_language
from monographs.together.words import readings

WARNS = ("interactions", "avoid", "before_taking", KEY_FACTS)
"""The kinds of sections that warn of other medicines."""
_MOST_WORDS = 2  # of a title that is taken for a name


@dataclass(frozen=True)
class Member:
    """A medicine of the sheet, and the ``leaflet`` that is quoted of it, or None; ``withdrawn`` are notices.

    ``drug_class`` is that of its entry, ``class_words`` what that is called in other languages, by language."""

    medicine: int
    name: str
    drug_class: str = ""
    leaflet: Leaflet | None = None
    withdrawn: tuple[Leaflet, ...] = ()
    sections: tuple[Section, ...] = ()
    class_words: Mapping[str, str] = field(default_factory=dict)

    def class_in(self, language: str) -> DrugClass:
        """Its class in words of a language, else in those of the site's."""
        own = self.class_words.get(language)
        return DrugClass(own, language) if own else of_entry(self.drug_class)

    @property
    def is_known(self) -> bool:
        """Whether the clinic has an entry of it; else it is called as it was typed (`asked.named_together`)."""
        return self.medicine > 0

    @property
    def is_kind(self) -> bool:
        """Whether a kind of medicines was typed ("blood thinners"), which has no leaflet of its own."""
        return not self.is_known and any(True for words in readings(self.name, "en") for _each in named_in(words))

    @property
    def key_facts(self) -> list[str]:
        return key_facts(self.sections)


@dataclass(frozen=True)
class Telling:
    """What one member's leaflet says of the ``other``: for each section that names it what is quoted. ``is_sure``: had
    it named the other, this would have been found."""

    member: Member
    other: Member
    found: tuple[Named, ...] = ()
    is_sure: bool = True

    @property
    def classes(self) -> list[str]:
        """The classes of the other that it names, as it writes them, each once."""
        return list(dict.fromkeys(written for named in self.found for written in named.classes))


@dataclass(frozen=True)
class Pair:
    """Two members, and what the leaflet of each says of the other."""

    one: Member
    two: Member
    tellings: tuple[Telling, Telling]

    @property
    def said(self) -> list[Telling]:
        return [telling for telling in self.tellings if telling.found]

    @property
    def without_leaflet(self) -> list[Member]:
        return [member for member in (self.one, self.two) if not member.leaflet]

    @property
    def unsure(self) -> list[Telling]:
        """The leaflets that may name the other in a way that is not known here: they are in another language."""
        return [telling for telling in self.tellings if telling.member.leaflet and not telling.is_sure]

    @property
    def mute(self) -> list[Telling]:
        """The leaflets that do not name the other."""
        return [each for each in self.tellings if each.is_sure and not each.found]

    @property
    def is_silent(self) -> bool:
        """Both leaflets were read, and neither names the other."""
        return not (self.said or self.without_leaflet or self.unsure)


@dataclass(frozen=True)
class Sheet:
    """All of it: pairs in the order in which their medicines were named."""

    members: tuple[Member, ...] = ()
    pairs: tuple[Pair, ...] = field(default=())

    @cached_property
    def silent(self) -> list[Pair]:
        return [pair for pair in self.pairs if pair.is_silent]

    @cached_property
    def told(self) -> list[Pair]:
        """Those of which there is more to tell, what was quoted first."""
        return sorted((pair for pair in self.pairs if not pair.is_silent), key=lambda pair: not pair.said)


def make_sheet(
    medicines: Sequence[Choice],
    *,
    languages: Collection[str],
    index: NameIndex,
    at: dt.datetime,
    is_brief: bool = False,
) -> Sheet:
    """The sheet of some medicines, each leaflet in the first of the ``languages`` that it has. ``is_brief``: quoted is
    what stands where leaflets warn of other medicines, and what stands elsewhere only where nothing does. Three
    queries, and a fourth where one of these is not the site's."""
    numbers = [each.medicine for each in medicines]
    shown = shown_of(numbers, languages, at) if numbers else {}
    read = sections_of(each.leaflet.publication for each in shown.values() if each.leaflet)
    names = _names_of(numbers) if len(numbers) > 1 else {}
    others = {*languages, *(each.leaflet.language for each in shown.values() if each.leaflet)}
    classes = class_words(numbers) if names and others != {settings.LANGUAGE_CODE} else {}
    members = tuple(
        _member(each, index, shown.get(each.medicine, Shown()), read, classes.get(each.medicine, {}))
        for each in medicines
    )
    tellings = {
        (telling.member.medicine, telling.other.medicine): telling
        for member in members
        for telling in _tellings(member, members, names, is_brief=is_brief)
    }
    pairs = (
        Pair(one, two, tuple(tellings[a.medicine, b.medicine] for a, b in permutations((one, two))))
        for one, two in combinations(members, 2)
    )
    return Sheet(members, tuple(pairs))


def _member(
    choice: Choice, index: NameIndex, shown: Shown, read: dict[int, list[Section]], class_words: Mapping[str, str]
) -> Member:
    # A kind of medicines that was typed is a class by itself.
    known = index.medicines.get(choice.medicine, Known(choice.name, choice.name if choice.medicine < 0 else ""))
    sections = tuple(read.get(shown.leaflet.publication, ())) if shown.leaflet else ()
    return Member(choice.medicine, choice.name, known.drug_class, shown.leaflet, shown.withdrawn, sections, class_words)


def _names_of(medicines: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """By medicine its names, each with its kind; one query."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for medicine, name, kind in _names.rows(medicines):
        found[medicine].append((name, kind))
    return found


def _names_in(medicines: list[Given]) -> QuerySet:
    rows = MedicineName.objects.filter(medicine__pk__in=medicines)
    return rows.order_by("pk").values_list("medicine", "name", "kind")


_names = PreparedIn(_names_in, BigIntegerField())


def _tellings(
    member: Member, members: Iterable[Member], names: dict[int, list[tuple[str, str]]], *, is_brief: bool
) -> list[Telling]:
    """What one leaflet says of each of the others."""
    others = [other for other in members if other is not member]
    if not member.leaflet:
        return [Telling(member, other, is_sure=False) for other in others]
    language = member.leaflet.language
    known = {each.medicine: [*_names_known(each, names), *_title_in(language, each)] for each in members}
    naming = Naming(
        own=known[member.medicine],
        others={other.medicine: (known[other.medicine], _classes_in(language, other)) for other in others},
        language=language,
    )
    found = _warning(naming, member.sections, len(others)) if is_brief else naming.in_sections(member.sections)
    return [
        Telling(member, other, tuple(found.get(other.medicine, ())), is_sure=_is_known_in(language, other, names))
        for other in others
    ]


def _warning(naming: Naming, sections: Iterable[Section], others: int) -> dict[int, list[Named]]:
    """What the sections say that warn, the likeliest first; of whom these do not name, what all others say."""
    warning = sorted((each for each in sections if each.kind in WARNS), key=lambda each: WARNS.index(each.kind))
    found = naming.in_sections(warning)
    if len(found) < others:
        found = naming.in_sections(each for each in sections if each.kind not in WARNS) | found
    return found


def _names_known(member: Member, names: dict[int, list[tuple[str, str]]]) -> list[tuple[str, str]]:
    return names.get(member.medicine, []) if member.is_known else [(member.name, NameKind.GENERIC)]


def _classes_in(language: str, member: Member) -> list[tuple[str, str]]:
    """What a leaflet in a language may call the medicine's class, and how that is read."""
    own = member.class_words.get(language)
    return [(member.drug_class, "en"), *([(own, language)] if own else [])]


def _title_in(language: str, member: Member) -> list[tuple[str, str]]:
    """The title of a leaflet in another language than that of the names: what the medicine is called there."""
    leaflet = member.leaflet
    is_name = leaflet and leaflet.language == language and len(leaflet.title.split()) <= _MOST_WORDS
    return [(leaflet.title, NameKind.GENERIC)] if is_name else []


def _is_known_in(language: str, member: Member, names: dict[int, list[tuple[str, str]]]) -> bool:
    """Whether we know what a medicine is called in a language: names are those of the site's language and English."""
    if same_language(language, settings.LANGUAGE_CODE) or same_language(language, "en"):
        return True
    return bool(_title_in(language, member)) or is_in_script_of(language, names.get(member.medicine, []))

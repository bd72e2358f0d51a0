"""What a search finds by names: the medicines that are meant, and what is shown of each.

Names decide in this order: the name itself; two names at once; names that begin so or hold it as whole words; names
inside a question; names spelt like it. Letters inside a word are no hit: Tazocin is not Pentazocine. Which medicine is
meant is asked of all names that the clinic knows, so that a medicine without a leaflet is told as such instead of
another one's leaflet being shown for it.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, islice

from django.conf import settings
from django.utils.translation import get_language

from monographs.medicines.class_words import DrugClass, class_words, of_entry
from monographs.search.index.kept import ever_published, the_index
from monographs.search.index.name_index import Name, NameIndex, Near
from monographs.search.index.name_table import words_of
from monographs.search.named.asked import barer, may_be_misspelt, may_be_unknown_name, parts, tidy_query
from monographs.search.shown.hits import Hit, Shown, shown_of
from monographs.search.shown.uses import what_for
from monographs.search.spelling.compared import joined, most_slips, slips, sounds
from monographs.text.letters.folding import fold
from monographs.text.words.lexicon import confused_with, is_everyday

MOST_FOUND = 20  # medicines of an answer
MOST_NEAR = 5  # medicines with a name spelt like the query
_LONG = 5  # letters of a beginning that may be a whole name with a slip instead
_TOLD = 6  # letters of a word beside other names that may be a misspelt name
_MOST_ALIKE = 3  # medicines that one misspelt word may mean
_MOST_WORDS = 3  # of a query that may be one name with slips in it


class How(StrEnum):
    """How the medicines of an answer were found."""

    NAME = "name"  # the query is one of their names
    TOGETHER = "together"  # it is several names at once
    BEGUN = "begun"  # their names begin so, or hold it as whole words
    NAMED = "named"  # the query is longer and holds the name
    NEAR = "near"  # it is spelt nearly so
    NOT = "not"


@dataclass(frozen=True)
class Found:
    """A medicine that was found: its generic name, the name that led to it, its leaflets (none: it has no leaflet).

    ``use`` says what it is for, in ``use_language``, or "": the first sentence of its leaflet on that, or its class.
    ``slips`` is how far its name is from what was typed, and ``typed`` what that is where it is a part of the query.
    """

    medicine: int
    name: str
    matched_name: str
    hits: tuple[Hit, ...] = ()
    use: str = ""
    use_language: str = ""
    slips: int = 0
    typed: str = ""


@dataclass(frozen=True)
class NameAnswer:
    """What names answer to a query. ``unknown`` are those of several names that no medicine is known by."""

    how: How = How.NOT
    found: tuple[Found, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def hits(self) -> list[Hit]:
        """The leaflets, in order."""
        return [hit for found in self.found for hit in found.hits]

    @property
    def is_near(self) -> bool:
        return self.how == How.NEAR

    @property
    def meant(self) -> tuple[Found, ...]:
        """The medicines that the query names; of those with a name spelt like it the nearest, several if they are
        equally near."""
        if self.how in (How.TOGETHER, How.NAMED):
            return self.found
        return tuple(found for found in self.found if found.slips == self.found[0].slips)

    @property
    def others(self) -> tuple[Found, ...]:
        """What is further away than `meant`."""
        return self.found[len(self.meant) :]

    @property
    def is_doubtful(self) -> bool:
        """Whether several medicines have a name as near as the other."""
        return self.is_near and len(self.meant) > 1

    @property
    def mended(self) -> dict[str, list[Found]]:
        """What was typed with a slip beside other names, and the medicines that may be meant by it."""
        mended: dict[str, list[Found]] = {}
        for found in self.found:
            if found.typed:
                mended.setdefault(found.typed, []).append(found)
        return mended


def answer(query: str, at: dt.datetime) -> NameAnswer:
    """What names say to a query (`asked.tidy_query`); an empty one finds nothing. At most four queries."""
    index = the_index()
    understood = understand(query, index)
    doubted = {each.medicine for each in understood.found if understood.is_near or each.typed}
    found = _with_leaflets(index, list(understood.found), at, doubted=doubted)
    return replace(understood, found=tuple(found))


def understand(query: str, index: NameIndex) -> NameAnswer:
    """The same without leaflets: which medicines are meant. It asks no database."""
    folded = fold(tidy_query(query))
    if not joined(folded):
        return NameAnswer()
    how, near, unknown = _understood(index, folded)
    found = (
        Found(name.medicine, index.medicines[name.medicine].name, name.name, slips=far, typed=typed)
        for far, name, typed in near
    )
    return NameAnswer(how, tuple(found), tuple(unknown))


def _understood(index: NameIndex, folded: str) -> tuple[How, list[Near], list[str]]:
    """How the query is understood, one name for each medicine in order, and the names that nothing is known by."""
    forms = barer(folded)
    if whole := _whole(index, forms):
        return How.NAME, whole, []
    if together := _together(index, folded):
        return How.TOGETHER, *together
    # "blue inhaler" asks for no name with "blue" in it.
    if begun := _beginning(index, [form for form in forms if form == folded or not is_everyday(form)]):
        return How.BEGUN, begun, []
    return _nearly(index, folded, forms)


def _whole(index: NameIndex, forms: Sequence[str]) -> list[Near]:
    """The names that the query is, and those that begin so."""
    for form in forms:
        if whole := index.exact(form):
            return _once(map(_itself, chain(whole, _with_leaflet(_begun(index, form)))))
    return []


def _beginning(index: NameIndex, forms: Sequence[str]) -> list[Near]:
    """The names that begin as the query does, with those that it is a slip from."""
    for form in forms:
        if any(True for _name in _begun(index, form)):
            found = _once(map(_itself, _with_leaflet(_begun(index, form))))
            found = found or _once(map(_itself, _begun(index, form)))[:MOST_NEAR]
            # "theophyline" begins a name of aminophylline, and is a slip from theophylline.
            slipped = [near for near in _near(index, form) if near.slips == 1] if len(form) >= _LONG else []
            return [*found, *_missing(slipped, found)]
    return []


def _nearly(index: NameIndex, folded: str, forms: Sequence[str]) -> tuple[How, list[Near], list[str]]:
    """The names that the query is spelt like, or that stand in it."""
    bare = forms[-1]
    near = next(filter(None, (_near(index, form) for form in forms)), [])
    if near and (near[0].slips == 1 or len(bare.split()) == 1):
        return How.NEAR, near, []
    named, rest = index.named_in(folded, unless=is_everyday)
    if not named:  # "night nurse while breastfeeding"; not where another name says what is asked about
        named, rest = index.named_in(folded, unless=_may_be_said_by_chance)
    if named:
        return How.NAMED, _once([*(_itself(names[0]) for names in named), *_misspelt(index, rest)]), []
    if near := near or _near_words(index, bare):
        return How.NEAR, near, []
    return How.NOT, [], []


def _may_be_said_by_chance(phrase: str) -> bool:
    """Whether these everyday words may stand together without being a name; two whole words that are one seldom do."""
    parts = phrase.split()
    return is_everyday(phrase) and not (len(parts) > 1 and all(part.isalpha() and len(part) > 2 for part in parts))


def _begun(index: NameIndex, folded: str) -> Iterator[Name]:
    yield from index.beginning(folded)
    yield from index.inside(folded)


def _with_leaflet(names: Iterable[Name]) -> Iterator[Name]:
    published = ever_published()
    return (name for name in names if name.medicine in published)


def _together(index: NameIndex, folded: str) -> tuple[list[Near], list[str]] | None:
    """The names of a query that is several, where one of them is known; each with the nearest to it."""
    pieces = parts(folded)
    if len(pieces) < 2:
        return None
    each = [(piece, [] if is_everyday(piece) else index.exact(piece)) for piece in pieces]
    if not any(names for _piece, names in each):
        return None
    found, unknown = [], []
    for piece, names in each:
        meant = [_itself(names[0])] if names else _meant_by(index, piece)
        found += meant
        if not meant and may_be_unknown_name(piece):
            unknown.append(piece)
    return _once(found), unknown


def _meant_by(index: NameIndex, piece: str) -> list[Near]:
    """The names in one of several pieces, or the nearest to it or to one of its words."""
    held, rest = index.named_in(piece, unless=is_everyday) if len(piece.split()) > 1 else ([], [piece])
    if not held and (near := _nearest(_near(index, piece), piece)):
        return near
    return [*(_itself(names[0]) for names in held), *_misspelt(index, rest)]


def _misspelt(index: NameIndex, words: Iterable[str]) -> list[Near]:
    """What may be meant by those of the words that are long enough to tell, no words of ours, and nearly a name."""
    found = []
    for word in dict.fromkeys(words):
        if len(word) >= _TOLD and may_be_misspelt(word):
            near = index.near(word, most=min(most_slips(len(joined(word))) - 1, 2))
            begins_so = sounds(joined(word))[:1]
            alike = [each for each in near if not _is_another(word, each) and _sound(each)[:1] == begins_so]
            found += _nearest(_once(alike), word)
    return found


def _nearest(near: list[Near], typed: str) -> list[Near]:
    """Those that are as near as the first, for what was typed."""
    return [each._replace(typed=typed) for each in near if each.slips == near[0].slips][:_MOST_ALIKE]


def _sound(near: Near) -> str:
    return sounds(joined(fold(near.name.name)))


def _near(index: NameIndex, folded: str) -> list[Near]:
    words = folded.split()
    if len(words) > _MOST_WORDS:
        return []
    most = None
    if not any(map(may_be_misspelt, words)):
        if len(words) == 1 or not may_be_misspelt(joined(folded)):
            return []
        most = 1  # words that are right by themselves ("chest pain") are no name with several slips (Questran)
    found = (near for near in index.near(folded, most=most) if not _is_another(folded, near))
    nearest = _once(_until_another_letter(folded, found))[:MOST_NEAR]
    confused = _missing(list(_known_to_be_confused(index, folded, nearest)), nearest)
    return sorted([*nearest, *confused], key=lambda near: near.slips)


def _known_to_be_confused(index: NameIndex, folded: str, nearest: Iterable[Near]) -> Iterator[Near]:
    """Names that have been taken for one of the nearest (ISMP's list) and may be meant as well, though they are a slip
    further away than the index looks: hydroxyzine beside hydralazine for "hydroxalazine"."""
    key = joined(folded)
    called = dict.fromkeys(name for near in nearest for name in (near.name.name, _generic(index, near)))
    for other in chain.from_iterable(index.exact(fold(other)) for name in called for other in confused_with(name)):
        near = Near(slips(key, joined(fold(other.name))), other)
        if near.slips <= most_slips(len(key)) and not _is_another(folded, near):
            yield near


def _generic(index: NameIndex, near: Near) -> str:
    return index.medicines[near.name.medicine].name


def _near_words(index: NameIndex, folded: str) -> list[Near]:
    """Names spelt like one word of a longer query, which has to be nearer than a query of one word."""
    found = []
    for word in filter(may_be_misspelt, dict.fromkeys(folded.split())):
        most = max(most_slips(len(joined(word))) - 1, 0)
        alike = (near for near in index.near(word, most=most) if not _is_another(word, near))
        found += [near._replace(typed=word) for near in islice(_until_another_letter(folded, alike), MOST_NEAR)]
    return _once(sorted(found, key=lambda near: near.slips))[:MOST_NEAR]


def _is_another(folded: str, near: Near) -> bool:
    """Whether one name ends as the other does behind two letters or more: omeprazole and esomeprazole, morphine and
    apomorphine are no slips of each other."""
    one, other = joined(folded), joined(fold(near.name.name))
    return near.slips > 1 and (one.endswith(other) or other.endswith(one))


def _until_another_letter(folded: str, nearest_first: Iterable[Near]) -> Iterator[Near]:
    """Those before the first that has another letter or number standing by itself than the query: vitamin A is no slip
    of vitamine C, and what is further away is none either."""
    asked = _letters_alone(words_of(folded))
    for near in nearest_first:
        words = words_of(fold(near.name.name))
        if asked and len(words) > 1 and asked != _letters_alone(words):
            return
        yield near


def _letters_alone(words: Iterable[str]) -> str:
    return "".join(word for word in words if len(word) == 1 or not word.isalpha())


def _missing(more: list[Near], found: list[Near]) -> list[Near]:
    there = {near.name.medicine for near in found}
    return [near for near in more if near.name.medicine not in there][:MOST_NEAR]


def _itself(name: Name) -> Near:
    return Near(0, name)


def _once(found: Iterable[Near]) -> list[Near]:
    """The first name of each medicine."""
    medicines: dict[int, Near] = {}
    for near in found:
        medicines.setdefault(near.name.medicine, near)
        if len(medicines) == MOST_FOUND:
            break
    return list(medicines.values())


def _classes(index: NameIndex, medicines: Collection[int]) -> dict[int, DrugClass]:
    """What the classes of some medicines are called in the active language, else in the site's; at most one query."""
    language = get_language() or settings.LANGUAGE_CODE
    own = class_words(medicines) if language != settings.LANGUAGE_CODE else {}
    return {
        medicine: DrugClass(words, language)
        if (words := own.get(medicine, {}).get(language))
        else of_entry(index.medicines[medicine].drug_class)
        for medicine in medicines
    }


def _with_leaflets(index: NameIndex, found: list[Found], at: dt.datetime, *, doubted: set[int]) -> Iterator[Found]:
    """Each with its leaflets; of those that are ``doubted`` what they are for."""
    published = ever_published()
    shown = shown_of([each.medicine for each in found if each.medicine in published], at) if found else {}
    uses = what_for(leaflets[0] for medicine, leaflets in shown.items() if medicine in doubted)
    told = {
        medicine: (uses[first.publication], first.language)
        for medicine, (first, *_others) in shown.items()
        if first.publication in uses
    }
    told |= _classes(index, doubted - told.keys())
    for each in found:
        leaflets: list[Shown] = shown.get(each.medicine, [])
        hits = tuple(leaflet.hit(name=each.name, matched_name=each.matched_name) for leaflet in leaflets)
        use, language = told.get(each.medicine, ("", ""))
        yield replace(each, hits=hits, use=use, use_language=language)

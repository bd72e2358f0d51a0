"""All that is found for what somebody looks for, and what one part of it means for the others."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.translation import get_language

from monographs.publication.found.passages import Weight
from monographs.reading.ways_in.help_first import may_be_in_danger
from monographs.search.index.kept import the_index
from monographs.search.named import names as by_names
from monographs.search.named.asked import may_be_unknown_name, medicines_in
from monographs.search.named.names import How, NameAnswer
from monographs.search.questions import answers
from monographs.search.questions.answers import Answer
from monographs.search.questions.mending import mended
from monographs.search.questions.other_words import in_other_words
from monographs.search.texts import fulltext
from monographs.text.letters.folding import fold
from monographs.text.words.lexicon import is_everyday
from monographs.together.asked import Choice, named_together

_ENGLISH = "en"  # the language whose words are mended, and said in other words


@dataclass(frozen=True)
class Searched:
    """What was found for a ``query``: by ``names``, in ``answer`` to a question, and in ``texts`` of leaflets.
    ``several`` are the medicines that it names beside one another. ``typed`` is what found nothing, where the query is
    that with its ordinary words written rightly or is the same in other words; ``elsewhere`` is what was found all the
    same, in leaflets in other languages alone."""

    query: str
    names: NameAnswer
    several: tuple[Choice, ...]
    answer: Answer | None
    texts: fulltext.Found
    typed: str = ""
    elsewhere: fulltext.Found = fulltext.Found([])

    @property
    def is_urgent(self) -> bool:
        return bool(self.answer) and self.answer.is_urgent

    @property
    def is_vague(self) -> bool:
        return bool(self.answer) and self.answer.is_vague

    @property
    def finds_nothing(self) -> bool:
        return bool(self.query) and not (self.names.found or self.answer or self.texts.hits)

    @property
    def finds_no_leaflet(self) -> bool:
        return bool(self.query) and not (self.names.hits or self.texts.hits)

    @property
    def is_in_danger(self) -> bool:
        return any(may_be_in_danger(query, self.names) for query in (self.query, self.typed) if query)

    @property
    def unknown(self) -> list[str]:
        """The medicines that a question names and nobody knows here, where it would be asked which one is meant."""
        asks_which = bool(self.answer) and self.answer.asks_which and not self.names.found
        return medicines_in(fold(self.query)) if asks_which else []

    @property
    def texts_are_other(self) -> bool:
        """Whether what is found by its words is beside what was looked for: a name that is known, or may be one."""
        is_titled = any(hit.weight == Weight.TITLE for hit in self.texts.hits)
        return bool(self.names.found) or (may_be_unknown_name(fold(self.query)) and not is_titled)


def look_for(query: str, *, page: int, at: dt.datetime) -> Searched:
    """What is shown at ``at`` for a query (`asked.tidy_query`); ``page`` is that of the texts."""
    found = _found(query, page=page, at=at)
    return _found_as_meant(found, page=page, at=at) or found


def _found_as_meant(found: Searched, *, page: int, at: dt.datetime) -> Searched | None:
    """What is found where no English leaflet says anything to the words that were typed, but to the same without their
    slips, or in other words: in those that most leaflets have. A name that is as near to them comes first."""
    if found.answer or _is_said_here(found) or (get_language() or "").partition("-")[0] != _ENGLISH:
        return None
    if _is_a_name(found.query, found.names):
        return None
    meant = mended(found.query, the_index)
    if meant and found.names.is_near and found.names.found[0].slips <= meant.slips:
        return None
    rightly = _found(meant.query, page=page, at=at) if meant else found
    if meant and _says_more(rightly, found):
        return replace(rightly, typed=found.query, elsewhere=found.texts)
    if found.names.hits:  # the leaflet itself says what it says
        return None
    ways = [_found(query, page=page, at=at) for query in in_other_words(rightly.query)]
    best = max(ways, key=lambda way: (_says_more(way, found), way.texts.count), default=found)
    return replace(best, typed=found.query, elsewhere=found.texts) if _says_more(best, found) else None


def _says_more(again: Searched, found: Searched) -> bool:
    is_told = _is_said_here(again) if found.texts.hits else again.texts.hits
    return bool(again.answer or is_told or (again.is_in_danger and not found.is_in_danger))


def _is_said_here(found: Searched) -> bool:
    """Whether a leaflet in the reader's language has it: "nausea" has the stem of Spanish "náuseas", too. What fills
    more than a page does."""
    return found.texts.pages > 1 or any(hit.language == _ENGLISH for hit in found.texts.hits)


def _found(query: str, *, page: int, at: dt.datetime) -> Searched:
    names = by_names.answer(query, at)
    several = named_together(query, names) if names.hits else ()
    # What several medicines do to each other is asked of their leaflets about each other.
    beside = ("interactions",) if several else ()
    is_a_name = _is_a_name(query, names)
    answer = None if is_a_name else answers.answer(query, at=at, medicines=_named(names, query), without=beside)
    # What names a medicine is no question about another that has its words here and there.
    texts = fulltext.find(
        query,
        at=at,
        page=page,
        names=the_index(),
        without={hit.publication for hit in names.hits},
        together=bool(names.found),
    )
    return Searched(query, names, several, answer, texts)


def _is_a_name(query: str, names: NameAnswer) -> bool:
    """Whether the query is a name of a medicine and nothing else: it asks nothing, and has no slip ("Night Nurse"). A
    name that is one everyday word ("alcohol") may be meant as that."""
    folded = fold(query)
    is_whole = names.how == How.NAME and fold(names.found[0].matched_name) == folded
    return is_whole and (" " in folded or not is_everyday(folded))


def _named(names: NameAnswer, query: str) -> list[int]:
    """The medicines that a question is about: those that it names, not those whose names are like it. A question of
    everyday words alone ("alcohol?") is about none, though something is called so."""
    is_named = names.how in (How.NAME, How.NAMED, How.TOGETHER) and not is_everyday(fold(query))
    return [found.medicine for found in names.found if is_named and not found.slips]

"""Signs that turn, hide or imitate text: each is shown by its name, for nobody would find it otherwise."""

from collections.abc import Callable, Iterator
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content
from monographs.quality.as_read.as_typed import TypedText, typed_texts
from monographs.quality.findings import Observation, Rule, Severity
from monographs.text.letters.signs import Sign, finds

MOST = 20  # of one text: who pasted a page full of them needs no longer list


def _hidden(content: Content) -> Iterator[Observation]:
    return (text.observe(sign.shown, *_told(sign)) for text, sign in _seen(content) if sign.kind != "letter")


def _lookalikes(content: Content) -> Iterator[Observation]:
    return (text.observe(sign.shown, *_told(sign)) for text, sign in _seen(content) if sign.kind == "letter")


def _seen(content: Content) -> Iterator[tuple[TypedText, Sign]]:
    return ((text, sign) for text in typed_texts(content) for sign in _left_in(text.text, text.settle))


@lru_cache(maxsize=64)  # both rules ask
def _left_in(text: str, settle: Callable[[str], str]) -> tuple[Sign, ...]:
    """What is there once the text is settled: soft hyphens and such go by themselves."""
    return tuple(finds(settle(text), most=MOST))


def _told(sign: Sign) -> tuple[str, str]:
    """What is wrong, and what to do."""
    words = {"shown": sign.shown}
    if sign.kind == "turns":
        return (
            _("A sign that nobody sees turns the order of what stands beside it: %(shown)s") % words,
            _("Type this passage again without it. Doses, numbers and names keep their order by themselves."),
        )
    if sign.kind == "marks":
        return (
            _("Marks are piled up, strike something out or stand on a number: %(shown)s") % words,
            _("Type this passage again without them."),
        )
    if sign.kind == "unknown":
        return (
            _("A sign that only one font or program knows; patients would see a box: %(shown)s") % words,
            _("Write the sign itself, for example ≥ or µ, or say it in words."),
        )
    if sign.kind == "letter":
        return (
            _("A letter only looks like the one that is meant; no search finds the word: %(shown)s") % words,
            _("Type the whole word again."),
        )
    return (
        _("A sign that nobody sees stands in the text: %(shown)s") % words,
        _("Type this passage again without it."),
    )


RULES = (
    Rule(
        name="hidden-sign",
        severity=Severity.BLOCKS,
        title=gettext_lazy("No sign that turns, hides or strikes out what stands beside it"),
        source="Unicode Technical Standard 39 (Security Mechanisms), section 3.1; Unicode Standard Annex 9, section 2",
        look=_hidden,
    ),
    Rule(
        name="lookalike-letter",
        severity=Severity.BLOCKS,
        title=gettext_lazy("No letter that only looks like the one that is meant"),
        source="Unicode Technical Standard 39 (Security Mechanisms), section 4 (Confusable Detection)",
        look=_lookalikes,
    ),
)

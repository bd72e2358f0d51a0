"""A rule passes over a text in which a quick look finds nothing of what it looks for: it finds all it would without."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monographs.quality.amounts import abbreviations, dose_advice, dose_layout, dose_words, doses
from monographs.quality.for_everyone import as_shown
from monographs.quality.pieces import blocks, passages
from monographs.quality.plain_words import jargon, wording
from monographs.quality.rules import check
from monographs.remembered import forget_all
from monographs.text.markup.account import account, doubts
from tests.quality.makers import with_body

ANYWHERE = re.compile("")
QUICK_LOOKS = (
    (blocks, "_MAY_BE_ADDRESS"), (abbreviations, "_MAY_BE_SHORT_TIME"), (doses, "_HAS_DECIMALS"),
    (dose_layout, "_TWO_NUMBERS"), (dose_layout, "_LETTER_BEFORE_DIGIT"), (dose_layout, "_LARGE"),
    (dose_layout, "_FOUR_DIGITS"), (wording, "_IN_SMALL_LETTERS"), (doses, "_COMMA_IN_NUMBER"),
    (doses, "_MAY_BE_MICROGRAM"), (doses, "_MAY_BE_CC"), (dose_layout, "_LINE_END"), (dose_layout, "_SIGN"),
    (doubts, "_MAY_BE_MARKS"),
)  # fmt: skip
WORDS = """
take 10 .5 5.0 1,5 10,000 10000 100000 1000 000 mg mcg ml tablets U cc 5mg .5mg 5.0mg Inderal40mg & @ 5mg&10mg 1/2
QD Q.D. od O.D. QOD bid b.i.d. BD tds TDS q8h Q6-8h prn p.o. per os qhs Q.hS nocte i/d d/c SQ sub q subQ Sub-Q
s.c. o.s. a.c. mane om stat AC IM i.m. MSO4 MgSO₄ for 5/7 10d x 3/12 × 24/7 a I it’s ( ) , . : - – 2bd _bd_ é ½
www.example.org http://a.b/c me@example.org often rarely Common uncommon very rare side effects 1 in 10 people
Hypertension ADMİNISTER admınister renaſ Oral orally prior to in order adverse drug reactions dosage regimen
medications contra-indicated indicated pulmonary embolism UTILISED <5mg 1 2 200mg OD overdose **bold** *it* [a](/b)
5cc 5CC 5c.c. 2ug 2µg 2\u00b5G \u338d 2Mcg 5≥ >=5mg ~~a~~ ==b== ^^c^^ __d__ 10^9 m^2^ H~2~O a\tb\tc
See the picture FIGURE as shown aſ ſhown below. like diagram İmage
\\* # ## - * 1. ::: emergency ![a](/media/b.png) |
"""
PIECES = (*WORDS.split(), "\n", "\n\n")
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join) | st.lists(
    st.sampled_from(PIECES), max_size=12
).map("".join)


class Everything:
    def isdisjoint(self, words) -> bool:
        return False


def without_quick_looks(act):
    with pytest.MonkeyPatch.context() as patch:
        for module, name in QUICK_LOOKS:
            patch.setattr(module, name, ANYWHERE)
        patch.setattr(abbreviations, "_SHORTS", Everything())
        patch.setattr(wording, "_STEMS", ("",))
        patch.setattr(as_shown, "_STEMS", ("",))
        patch.setattr(account, "_words_without_markup", lambda lines, is_line: None)
        patch.setattr(dose_advice.replace, "__defaults__", (*dose_advice.replace.__defaults__[:-1], ANYWHERE))
        forget()
        found = act()
    forget()
    return found


def forget() -> None:
    for remembered in (
        passages.passages,
        passages.section_passages,
        passages._key_fact_passages,
        dose_words.dose_texts,
        blocks.blocks,
        account._account,
    ):
        remembered.cache_clear()
    forget_all()


@settings(max_examples=150, deadline=None)
@given(body=TEXTS)
def test_what_is_found_is_the_same_with_and_without_a_quick_look(body):
    content = with_body(body)
    forget()
    assert check(content) == without_quick_looks(lambda: check(content))


@pytest.mark.parametrize(("pattern", "plain"), jargon.JARGON)
def test_each_word_of_the_trade_is_seen_at_a_quick_look(pattern, plain):
    word = re.sub(r"\(\?[!<][^()]*(?:\([^()]*\))?[^()]*\)", "", pattern)  # what must not stand about it
    word = re.sub(r"\(\?:([^|()]*)[^()]*\)\??", r"\1", word.split("|")[0] if "(?:" not in word else word)
    word = re.sub(r"\[(.)[^]]*\]", r"\1", word).replace("?", "").split("|")[0]
    assert wording._ANY_JARGON.search(f"Your {word}, please.")
    assert wording._may_have_jargon(f"Your {word.upper()}, please.")


def examples_of(table) -> list[str]:
    """One way of writing each alternative of a table of abbreviations, in small letters where it leaves the choice."""
    return [
        re.sub(r"\[(.)[^]]*\]", r"\1", way).replace("?", "").replace("\\", "")
        for short, _plain in table
        for way in short.split("|")
    ]


@pytest.mark.parametrize("table", ["_BLOCKING", "_WARNING", "_WARNING_AFTER_DOSE"])
def test_each_abbreviation_is_seen_at_a_quick_look(table):
    for short in examples_of(getattr(abbreviations, table)):
        runs = frozenset(passages._LETTERS.findall(short))
        assert not abbreviations._SHORTS.isdisjoint(runs), short

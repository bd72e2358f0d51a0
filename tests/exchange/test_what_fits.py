"""What a file says and the database could not keep is refused before anything is written, and the part is named."""

from dataclasses import replace

import pytest

from monographs.exchange.actions import check_fits
from monographs.exchange.draft import ImportedLeaflet
from monographs.leaflets.content import SectionContent, SourceContent
from monographs.leaflets.form_size import MOST_PARTS
from monographs.refusals import Unacceptable
from tests.makers import make_content

pytestmark = pytest.mark.django_db
SECTION = SectionContent("uses", "uses", "What it is for", "Pain.")
SOURCE = SourceContent("British National Formulary", "https://bnf.nice.org.uk/", "2026-10-01")


def imported(section=None, source=None, names=(), codes=(), medicine=None, **fields) -> ImportedLeaflet:
    content = make_content(**fields)
    content = replace(
        content,
        sections=(replace(SECTION, **(section or {})),),
        sources=(replace(SOURCE, **(source or {})),),
        medicine=replace(content.medicine, **(medicine or {})),
    )
    return ImportedLeaflet(content, names=names, codes=codes)


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ({"title": "T" * 301}, "the title"),
        ({"next_review_on": "2026-02-30"}, "the next review"),
        ({"edition": "huge"}, "the edition"),
        ({"section": {"heading": "H" * 301}}, "the heading “HHH"),
        ({"section": {"key": "no key"}}, "the key of “What it is for”"),
        ({"section": {"reason": "R" * 301}}, "the reason under “What it is for”"),
        ({"source": {"citation": "C" * 501}}, "the source “CCC"),
        ({"source": {"url": "no address"}}, "the source “British"),
        ({"source": {"accessed_on": "2026-02-30"}}, "the source “British"),
        ({"medicine": {"name": "N" * 201}}, "the medicine's name"),
        ({"medicine": {"drug_class": "D" * 301}}, "the medicine's class"),
        ({"medicine": {"atc_code": "no code"}}, "the ATC code"),
        ({"names": (("B" * 201, "brand"),)}, "the name “BBB"),
        ({"codes": (("nowhere", "42"),)}, "the code “42”"),
        ({"codes": (("RxNorm", "4" * 41),)}, "the code “444"),
    ],
)
def test_the_part_that_does_not_fit_is_named(wrong, part):
    with pytest.raises(Unacceptable, match="can't be kept because of ") as refused:
        check_fits(imported(**wrong))
    assert part in str(refused.value)


def test_what_fits_is_taken():
    check_fits(imported(names=(("B" * 200, "brand"),), codes=(("RxNorm", "4" * 40),)))


@pytest.mark.parametrize("wrong", [{"section": {"body": "Pain\x00."}}, {"key_facts": ("Take it\x00.",)}])
def test_no_text_has_a_nul(wrong):
    with pytest.raises(Unacceptable, match="NUL"):
        check_fits(imported(**wrong))


@pytest.mark.parametrize("what", ["sections", "sources"])
def test_as_many_parts_are_taken_as_the_form_has_and_no_more(what):
    content, one = imported().content, {"sections": SECTION, "sources": SOURCE}[what]
    check_fits(ImportedLeaflet(replace(content, **{what: (one,) * MOST_PARTS})))
    with pytest.raises(Unacceptable, match=f"at most {MOST_PARTS} of each"):
        check_fits(ImportedLeaflet(replace(content, **{what: (one,) * (MOST_PARTS + 1)})))

"""What goes to an agency is valid XLIFF 2.1, whatever the leaflet says, and so is what an agency makes of it."""

import copy
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from monographs.exchange.agency.actions import file_for_agency
from monographs.exchange.agency.xliff import NAMESPACE, read_xliff, to_xliff
from monographs.leaflets.content import Content, MadeFrom, MedicineContent, SectionContent
from monographs.publication.models import Publication
from monographs.translations.actions import begin_translation
from tests.exchange.agency.xliff_rules import check
from tests.makers import make_content
from tests.people import make_person

_NAMES = {"x": NAMESPACE}
_SIGNS = "ab12.,- \n\r\t|:>#*`mg%½٥１<&\"'\x00\x01\x1f\x7f\x85\u2028\u202e\ufffe\uffff\U0001f48a]"
_LINES = ["", "---", "# ", "1. ", "| --- |", "::: emergency\n:::", "]]>", "<!-- 5 mg -->", "&lt;5 mg", "5", "\x00"]
_TEXTS = st.one_of(st.text(max_size=60), st.text(alphabet=_SIGNS, max_size=80), st.sampled_from(_LINES))
_KEYS = st.from_regex(r"[a-zA-Z0-9_-]{1,12}", fullmatch=True)
_LANGUAGES = st.sampled_from(["en", "ar", "zh-Hans", "pt-BR", "es-419", "ur"])


@st.composite
def leaflets(draw) -> tuple[Content, Content]:
    """A source and the draft of its translation, with the same sections."""
    keys = draw(st.lists(_KEYS, unique=True, max_size=4))
    does_not_apply = draw(st.sets(st.sampled_from(keys))) if keys else set()

    def content(language: str) -> Content:
        sections = tuple(
            SectionContent(key, "uses", draw(_TEXTS), draw(_TEXTS), is_not_applicable=key in does_not_apply)
            for key in keys
        )
        facts = tuple(draw(st.lists(_TEXTS, max_size=3)))
        return Content(draw(_TEXTS), MedicineContent("Testamol"), language, key_facts=facts, sections=sections)

    source = content(draw(_LANGUAGES))
    return source, replace(content(draw(_LANGUAGES)), made_from=MadeFrom("testamol", 3))


def as_returned(data: bytes, *, state: str = "translated", alter=lambda root: None) -> bytes:
    """Each segment's target says what its source says: the locks are the same."""
    root = etree.fromstring(data)  # noqa: S320 - made here
    for segment in root.iterfind(".//x:segment", _NAMES):
        target = copy.deepcopy(segment.find("x:source", _NAMES))
        target.tag = f"{{{NAMESPACE}}}target"
        segment.append(target)
        segment.set("state", state)
    alter(root)
    return etree.tostring(root, encoding="utf-8")


@given(leaflets(), st.integers(1, 10**6))
@settings(max_examples=300, deadline=None)
def test_every_leaflet_makes_a_valid_file_that_comes_back_whole(pair, number):
    source, draft = pair
    data = to_xliff(source, draft, number=number)
    check(data)
    came = as_returned(data)
    check(came)
    returned = read_xliff(came, source, draft)
    assert returned.draft == str(number)
    assert None not in returned.texts.values()
    for section in source.sections:
        said = returned.texts.get(f"body.{section.key}")
        if said:
            assert "".join(said.split()) == "".join(_in_file(data, f"body.{section.key}").split())


def test_an_agencys_comments_and_terms_are_valid_and_passed_over():
    source = make_content(dosage="Take 5mg twice.")
    draft = replace(source, language="es", made_from=MadeFrom("testamol", 1))

    def annotate(root):
        target = next(one for one in root.iterfind(".//x:target", _NAMES) if len(one))
        target.insert(0, etree.Element(f"{{{NAMESPACE}}}sm", id="c1", type="comment", value="Why 5?"))
        target.append(etree.Element(f"{{{NAMESPACE}}}em", startRef="c1"))
        etree.SubElement(target, f"{{{NAMESPACE}}}mrk", id="t1", type="term").text = " doses"

    came = as_returned(to_xliff(source, draft, number=1), alter=annotate)
    check(came)
    assert read_xliff(came, source, draft).texts["body.dosage"] == "Take 5mg twice. doses"


def _in_file(data: bytes, unit: str) -> str:
    """The source's text as a reader of XML puts it together: with each lock's data."""
    root = etree.fromstring(data)  # noqa: S320 - made here
    unit = next(one for one in root.iterfind(".//x:unit", _NAMES) if one.get("id") == unit)
    locks = {one.get("id"): one.text for one in unit.iterfind("x:originalData/x:data", _NAMES)}
    words = []
    for source in unit.iterfind(".//x:source", _NAMES):
        words.append(source.text or "")
        for ph in source:
            words += [locks[ph.get("dataRef")], ph.tail or ""]
    return "".join(words)


@pytest.mark.once  # what the samples say
@pytest.mark.django_db
def test_every_sample_makes_a_valid_file():
    call_command("load_samples", verbosity=0)
    read = [one.leaflet for one in Publication.objects.read(timezone.now()).select_related("leaflet__source")]
    sources = [leaflet for leaflet in read if not leaflet.source_id]
    translations = [leaflet for leaflet in read if leaflet.source_id]
    assert len(sources) > 4
    assert len(translations) == 2
    for leaflet in (*translations, *(begin_translation(one, by=make_person("ana"), language="pl") for one in sources)):
        check(file_for_agency(leaflet))


def no_segment(root):
    unit = next(root.iterfind(".//x:unit", _NAMES))
    for segment in unit.findall("x:segment", _NAMES):
        unit.remove(segment)


def unknown_attribute(root):
    next(root.iterfind(".//x:segment", _NAMES)).set("locked", "yes")


def unknown_state(root):
    next(root.iterfind(".//x:segment", _NAMES)).set("state", "done")


def notes_after_segments(root):
    unit = next(root.iterfind(".//x:unit", _NAMES))
    etree.SubElement(etree.SubElement(unit, f"{{{NAMESPACE}}}notes"), f"{{{NAMESPACE}}}note").text = "Late."


def a_unit_twice(root):
    group = next(root.iterfind(".//x:group", _NAMES))
    group.append(copy.deepcopy(group[0]))


def a_lock_without_data(root):
    next(root.iterfind(".//x:ph", _NAMES)).set("dataRef", "d99")


def a_lock_named_like_a_segment(root):
    next(root.iterfind(".//x:source/x:ph", _NAMES)).set("id", "s1")


def a_deleted_lock(root):
    targets = [one for one in root.iterfind(".//x:target", _NAMES) if len(one) > 1]
    targets[0].remove(targets[0][0])


def a_copied_lock(root):
    target = next(one for one in root.iterfind(".//x:target", _NAMES) if len(one))
    target.append(copy.deepcopy(target[0]))


def no_language_of_targets(root):
    del root.attrib["trgLang"]


def no_language(root):
    root.set("srcLang", "English (UK)")


def another_version(root):
    root.set("version", "1.2")


@pytest.mark.parametrize(
    ("alter", "sentence"),
    [
        (no_segment, "Missing child element"),
        (unknown_attribute, "'locked' is not allowed"),
        (unknown_state, "'done' is not an element of the set"),
        (notes_after_segments, "not expected"),
        (a_unit_twice, "unit title is there twice"),
        (a_lock_without_data, "d99 is no data"),
        (a_lock_named_like_a_segment, "part s1 is there twice"),
        (a_deleted_lock, "was deleted"),
        (a_copied_lock, "was copied"),
        (no_language_of_targets, "no trgLang"),
        (no_language, "srcLang is no xs:language"),
        (another_version, "version"),
    ],
)
def test_a_file_that_breaks_a_rule_is_found(alter, sentence):
    source = make_content(dosage="Take 5mg of 10 ml twice.")
    draft = replace(source, language="es", made_from=MadeFrom("testamol", 1))
    data = to_xliff(source, draft, number=1)
    check(as_returned(data))
    with pytest.raises(AssertionError, match=sentence):
        check(as_returned(data, alter=alter))

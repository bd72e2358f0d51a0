"""A leaflet is read into passages once; who asks where one stands is told so in the language that is active then."""

from dataclasses import replace

from django.utils import translation

from monographs.quality.as_read.as_typed import typed_texts
from monographs.quality.pieces.passages import passages
from tests.makers import make_content


def test_a_place_is_named_in_the_language_of_who_asks():
    content = make_content(dosage="Take 7 mg as only this test says.")
    first, *others = content.sections
    content = replace(content, sections=(replace(first, heading=""), *others))
    named = []
    for language in ("en", "pl"):
        with translation.override(language):
            section = next(one for one in passages(content) if one.place == first.key)
            named.append((section.label, typed_texts(content)[0].observe("", "", "").label))
    assert named == [("What it is", "Title"), ("Co to jest", "Tytuł")]

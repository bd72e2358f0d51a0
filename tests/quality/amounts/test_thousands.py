"""Outside English a mark that may part thousands or decimals is asked about."""

import pytest

from tests.quality.makers import found_by, with_body


def advice(language: str, body: str) -> list[tuple[str, str]]:
    found = found_by("dose-thousand-or-decimal", with_body(body, language=language))
    return [(finding.excerpt, finding.instead) for finding in found]


@pytest.mark.parametrize(
    ("language", "body", "excerpt", "thousand", "decimal"),
    [
        ("es", "Tome 1.000 mg.", "1.000 mg", "1000 mg", "1 mg"),
        ("de", "Nehmen Sie 1,500 mg.", "1,500 mg", "1500 mg", "1,5 mg"),
        ("de", "Nehmen Sie 25.000 Einheiten.", "25.000 Einheiten", "25\u00a0000 Einheiten", "25 Einheiten"),
        ("pl", "Weź 1,000 mg.", "1,000 mg", "1000 mg", "1 mg"),
        ("ar", "خذ 1.000 ملغ.", "1.000 ملغ", "1000 ملغ", "1 ملغ"),
        ("fr", "De 500 à 1.000 mg.", "1.000 mg", "1000 mg", "1 mg"),
        ("it", "500-1.000 mg", "500-1.000 mg", "500-1000 mg", "500-1 mg"),
    ],
)
def test_both_readings_are_offered(language, body, excerpt, thousand, decimal):
    assert advice(language, body) == [
        (excerpt, f"If thousands are meant, write “{thousand}”. If not, write “{decimal}”.")
    ]


def test_decimals_that_cannot_be_shortened_go_into_a_smaller_unit():
    assert advice("de", "1,125 mg") == [
        ("1,125 mg", "If thousands are meant, write “1125 mg”. If not, write the amount in a smaller unit.")
    ]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("de", "1000 mg, 1,5 mg, 0,500 mg, 1.000.000 Einheiten, 1.000,5 mg, 25\u00a0000 Einheiten"),
        ("ar", "خذ ١٬٠٠٠ ملغ أو ١٫١٢٥ ملغ."),
        ("de", "Im Jahr 1.000 nach Christus"),
        ("en", "Take 1,500 mg or 1.125 mg."),
    ],
)
def test_what_has_one_reading_is_not_asked_about(language, body):
    assert advice(language, body) == []

"""Signs that no typeface has are found when the leaflet is submitted, not by who prints it."""

import pytest

from monographs.quality.findings import Severity
from monographs.quality.rules import check
from tests.makers import make_content

RULE = "not-on-paper"


def _found(**fields) -> list[str]:
    return [finding.excerpt for finding in check(make_content(**fields)) if finding.rule == RULE]


def test_sign_without_a_glyph_is_told_once_in_each_text_by_its_name():
    findings = [one for one in check(make_content(dosage="Well 😀 😀 done 中.")) if one.rule == RULE]
    assert [one.excerpt for one in findings] == ["😀", "中"]
    assert "grinning face" in findings[0].message
    assert {one.severity for one in findings} == {Severity.WARNS}


@pytest.mark.parametrize("text", ["≤ 5 µg, 10⁹ → ▼ ⚠ ☎ ✓ ½ “Yes” – 20 °C", "ąłż ŵ ñ ¿", "تناول ٥-١٠ ملغ ٪", "گولیاں ۔"])
def test_usual_signs_of_leaflets_are_printed(text):
    assert _found(dosage=text) == []


def test_chinese_leaflet_is_set_in_another_face():
    assert _found(dosage="每天一次。", language="zh-hans") == []


def test_hidden_sign_is_told_by_its_own_rule_alone():
    assert _found(dosage="5\ue000 mg") == []

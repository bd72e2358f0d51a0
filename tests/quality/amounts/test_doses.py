"""Dose writing that is known to cause errors is caught, with the words to write instead; ordinary writing passes."""

import pytest

from monographs.leaflets.content import SourceContent
from monographs.quality.findings import Severity
from monographs.quality.rules import BY_NAME
from tests.makers import make_content
from tests.quality.makers import excerpts, found_by, with_body

IF_ONE = "if it is one number; put a space after the comma if it is two."
IF_FULL_STOP = "Or put a space after the full stop, if it is one."
IF_MEANT = "if that is meant, or part the numbers by a word."
CAUGHT = [
    ("dose-leading-zero", "Take .5mg at night.", ".5mg", "Write “0.5mg”."),
    ("dose-leading-zero", "Take (.25 mg) at night.", ".25 mg", "Write “0.25 mg”."),
    ("dose-leading-zero", "Take .5 to 1mg.", ".5 to 1mg", "Write “0.5 to 1mg”."),
    ("dose-leading-zero", "Take **.5mg**.", ".5mg", "Write “0.5mg”."),
    ("dose-leading-zero", "Take .5 tablets.", ".5 tablets", "Write “0.5 tablets”."),
    ("dose-leading-zero", "Use the .1% cream.", ".1%", "Write “0.1%”."),
    ("dose-leading-zero", "    .5mg in code", ".5mg", "Write “0.5mg”."),
    ("dose-leading-zero", "Take .5, then 1mg.", "Take .5", "Write “Take 0.5”."),
    ("dose-leading-zero", "Give .5 of a tablet.", "Give .5", "Write “Give 0.5”."),
    ("dose-leading-zero", "A .5-mg tablet.", ".5-mg", "Write “0.5-mg”."),
    ("dose-leading-zero", "Take .5 teaspoons.", ".5 teaspoons", "Write “0.5 teaspoons”."),
    ("dose-leading-zero", "Hydrocortisone .5%.", ".5%", "Write “0.5%”."),
    ("dose-trailing-zero", "Take 5.0mgs.", "5.0mgs", "Write “5mgs”."),
    ("dose-trailing-zero", "Take 5.0 MG.", "5.0 MG", "Write “5 MG”."),
    ("dose-trailing-zero", "Take 5.0 mEq.", "5.0 mEq", "Write “5 mEq”."),
    ("dose-trailing-zero", "A 5.0-mg tablet.", "5.0-mg", "Write “5-mg”."),
    ("dose-trailing-zero", "The cream (2.0%).", "2.0%", "Write “2%”."),
    ("dose-trailing-zero", "| Dose (mg) |\n|---|\n| 5.0 |", "5.0", "Write “5mg”."),
    ("dose-decimal-comma", "Take 1,5mg.", "1,5mg", f"Write “1.5mg” {IF_ONE}"),
    ("dose-decimal-comma", "Take 10,00 mg.", "10,00 mg", f"Write “10 mg” {IF_ONE}"),
    ("dose-run-into-name", "Take Inderal40mg.", "Inderal40mg", "Write “Inderal 40mg”."),
    ("dose-run-into-name", "Take Tegretol200 mg.", "Tegretol200 mg", "Write “Tegretol 200 mg”."),
    ("medicine-short-name", "Ask for MSO4.", "MSO4", "Write “morphine sulfate”."),
    ("medicine-short-name", "MgSO4 2g", "MgSO4", "Write “magnesium sulfate”."),
    ("dose-sign", "Take 5mg & 10mg.", "5mg &", "Write “and”."),
    ("dose-sign", "Take 5mg @ night.", "5mg @", "Write “at”."),
    ("dose-trailing-zero", "Take 5.0mg.", "5.0mg", "Write “5mg”."),
    ("dose-trailing-zero", "Take 5.0 mg.", "5.0 mg", "Write “5 mg”."),
    ("dose-trailing-zero", "Take 0.50mg.", "0.50mg", "Write “0.5mg”."),
    ("dose-trailing-zero", "Take 2.0-4.0 ml.", "2.0-4.0 ml", "Write “2-4 ml”."),
    ("dose-trailing-zero", "Take 10.0mg/ml liquid.", "10.0mg", "Write “10mg”."),
    ("dose-trailing-zero", "Take 1,000.0mg.", "1,000.0mg", "Write “1,000mg”."),
    ("dose-trailing-zero", "Use the 1.0% cream.", "1.0%", "Write “1%”."),
    ("dose-trailing-zero", "Use 1.0% hydrocortisone cream.", "1.0%", "Write “1%”."),
    ("dose-microgram", "Take 200mcg.", "200mcg", "Write “200 micrograms”."),
    ("dose-microgram", "Take 1 mcg.", "1 mcg", "Write “1 microgram”."),
    ("dose-microgram", "Take 50 \u00b5g.", "50 \u00b5g", "Write “50 micrograms”."),
    ("dose-microgram", "Take 50\u03bcg.", "50\u03bcg", "Write “50 micrograms”."),
    ("dose-microgram", "Take 50 ug.", "50 ug", "Write “50 micrograms”."),
    ("dose-microgram", "Take 1 to 2 MCG.", "1 to 2 MCG", "Write “1 to 2 micrograms”."),
    ("dose-microgram", "The 100mcg inhaler.", "100mcg inhaler", "Write “100 microgram inhaler”."),
    ("dose-microgram", "Give 5mcg/kg.", "5mcg", "Write “5 micrograms”."),
    ("dose-microgram", "The dose is in mcg.", "mcg", "Write “microgram”."),
    ("dose-microgram", "Take 50 \u00b5 g.", "50 \u00b5 g", "Write “50 micrograms”."),
    ("dose-microgram", "Take 50 mcgs.", "50 mcgs", "Write “50 micrograms”."),
    ("dose-microgram", "Take 50 \u338d.", "50 \u338d", "Write “50 micrograms”."),
    ("dose-units", "Inject 10U.", "10U", "Write “10 units”."),
    ("dose-units", "Inject 10 u.", "10 u", "Write “10 units”."),
    ("dose-units", "Take 400 IU a day.", "400 IU", "Write “400 units”."),
    ("dose-units", "Take 1 IU.", "1 IU", "Write “1 unit”."),
    ("dose-units", "Inject 4-6U.", "4-6U", "Write “4-6 units”."),
    ("dose-units", "Inject 100U/ml insulin.", "100U", "Write “100 units”."),
    ("dose-units", "Give 2 million IU.", "2 million IU", "Write “2 million units”."),
    ("dose-cc", "Take 5cc.", "5cc", "Write “5ml”."),
    ("dose-cc", "Take 5 cc.", "5 cc", "Write “5ml”."),
    ("dose-run-together", "Take 1 or 2 200mg tablets.", "1 or 2 200mg tablets", "Write “1 or 2 tablets of 200mg”."),
    ("dose-run-together", "Take 2 500mg tablets.", "2 500mg tablets", "Write “2 tablets of 500mg”."),
    ("dose-run-together", "Take 1 0.5mg tablet.", "1 0.5mg tablet", "Write “1 tablet of 0.5mg”."),
    ("dose-run-together", "Take 1-2 5 ml spoonfuls.", "1-2 5 ml spoonfuls", "Write “1-2 spoonfuls of 5 ml”."),
    ("dose-run-together", "Use 2 10mg patch.", "2 10mg patch", "Write “2 patches of 10mg”."),
    ("dose-run-together", "Week 2 50mg a day.", "Week 2 50mg", "Write “Week 2: 50mg”."),
    ("dose-run-together", "Days 1-3 50mg a day.", "Days 1-3 50mg", "Write “Days 1-3: 50mg”."),
    ("dose-run-together", "Take 1 5mg.", "1 5mg", f"Write “1 tablet of 5mg” {IF_MEANT}"),
    ("dose-large-number", "Inject 10000 units.", "10000 units", "Write “10,000 units”."),
    ("dose-large-number", "Inject 10 000 units.", "10 000 units", "Write “10,000 units”."),
    ("dose-large-number", "Take 1000000units.", "1000000units", "Write “1,000,000units”."),
    ("dose-thousand", "Take 1000mg.", "1000mg", "Write “1,000mg”."),
    ("dose-thousand", "Drink 1500 to 2000 ml.", "1500 to 2000 ml", "Write “1,500 to 2,000 ml”."),
    ("dose-comparison-sign", "Take <10mg.", "<10mg", "Write “less than 10mg”."),
    ("dose-comparison-sign", "> 10mg is too much.", "> 10mg", "Write “more than 10mg”."),
    ("dose-comparison-sign", "Never > 8 tablets.", "> 8 tablets", "Write “more than 8 tablets”."),
    ("dose-comparison-sign", "Take ≥5 ml.", "≥5 ml", "Write “at least 5 ml”."),
    ("dose-comparison-sign", "Take <= 5 ml.", "<= 5 ml", "Write “up to 5 ml”."),
    ("dose-broken-line", "Take 5\nmg at night.", "5 mg", "Write “5mg” on one line."),
    ("dose-broken-line", "Take 5\\\nmg at night.", "5 mg", "Write “5mg” on one line."),
    ("dose-broken-line", "Inject 10  \nunits now.", "10 units", "Write “10 units” on one line."),
    ("dose-latin-daily", "Take 5mg QD.", "QD", "Write “once a day”."),
    ("dose-latin-daily", "Take 5mg q.d.", "q.d.", "Write “once a day”."),
    ("dose-latin-daily", "Take 5mg OD.", "OD", "Write “once a day”."),
    ("dose-latin-daily", "Take 5mg od.", "od", "Write “once a day”."),
    ("dose-latin-daily", "Take 1 tablet o.d.", "o.d.", "Write “once a day”."),
    ("dose-latin-daily", "Take 5mg q.o.d. only.", "q.o.d.", "Write “every other day”."),
    ("dose-latin", "Take 5mg BID.", "BID", "Write “twice a day”."),
    ("dose-latin", "Take 5mg bd.", "bd", "Write “twice a day”."),
    ("dose-latin", "Take 5mg t.i.d.", "t.i.d.", "Write “3 times a day”."),
    ("dose-latin", "Take 5mg q.d.s.", "q.d.s.", "Write “4 times a day”."),
    ("dose-latin", "Take it prn.", "prn", "Write “when you need it”."),
    ("dose-latin", "Take 2 tablets po.", "po", "Write “by mouth”."),
    ("dose-latin", "Take 1 tab po.", "po", "Write “by mouth”."),
    ("dose-latin", "Use 2 drops OU.", "OU", "Write “in both eyes”."),
    ("dose-latin", "Inject 5mg SQ.", "SQ", "Write “under the skin”."),
    ("dose-latin", "Take it for 3/7.", "for 3/7", "Write “for 3 days”."),
    ("dose-latin", "Take it TIW.", "TIW", "Write “3 times a week”."),
    ("dose-latin", "D/C the tablets.", "D/C", "Write “stop”."),
    ("dose-latin", "Take it q8h.", "q8h", "Write “every 8 hours”."),
    ("dose-leading-zero", "Start at .25 a day.", "at .25", "Write “at 0.25”."),
    ("dose-leading-zero", "Go up by .5 each week.", "by .5", "Write “by 0.5”."),
    ("dose-leading-zero", "Take.5mg.", ".5mg", f"Write “0.5mg”. {IF_FULL_STOP}"),
    ("dose-leading-zero", "Take .25, .5 or 1mg.", ".25, .5 or 1mg", "Write “0.25, 0.5 or 1mg”."),
    ("dose-trailing-zero", "Take 5.0\u00a0 mg.", "5.0 mg", "Write “5 mg”."),
    ("dose-trailing-zero", "Take 5.0  mg.", "5.0 mg", "Write “5 mg”."),
    ("dose-trailing-zero", "Take 5\u22c50 mg.", "5\u22c50 mg", "Write “5 mg”."),
    ("dose-trailing-zero", "Take 5.0 mg\u00b9.", "5.0 mg", "Write “5 mg”."),
    ("dose-trailing-zero", "Tablets of 1.0, 2.5 and 5mg.", "1.0, 2.5 and 5mg", "Write “1, 2.5 and 5mg”."),
    ("dose-trailing-zero", "Take 1.500 mg.", "1.500 mg", "Write “1.5 mg”. If thousands are meant, write “1,500 mg”."),
    ("dose-trailing-zero", "Inject 10.0U.", "10.0U", "Write “10U”."),
    ("dose-trailing-zero", "| mg |\n|---|\n| 5.0 |", "5.0", "Write “5mg”."),
    ("dose-trailing-zero", "| Dose in mg |\n|---|\n| 5.0 |", "5.0", "Write “5mg”."),
    ("dose-trailing-zero", "| Dose / mg |\n|---|\n| 5.0 |", "5.0", "Write “5mg”."),
    ("dose-decimal-comma", "Take 12,5 to 25 mg.", "12,5 to 25 mg", f"Write “12.5 to 25 mg” {IF_ONE}"),
    ("dose-microgram", "Take 100\u00a0\u00a0mcg.", "100 mcg", "Write “100 micrograms”."),
    ("dose-microgram", "Take 100mcg\u00b2.", "100mcg", "Write “100 micrograms”."),
    ("dose-microgram", "Take 10 000 mcg.", "10 000 mcg", "Write “10,000 micrograms”."),
    ("dose-microgram", "Take .50mcg.", ".50mcg", "Write “0.5 micrograms”."),
    ("dose-microgram", "| Age | Dose (mcg) |\n|---|---|\n| 5 | 50 |", "mcg", "Write “microgram”."),
    ("dose-units", "Take 10 000 IU.", "10 000 IU", "Write “10,000 units”."),
    ("dose-units", "Take 5000IU.", "5000IU", "Write “5,000 units”."),
    ("dose-units", "Take 5.0 IU.", "5.0 IU", "Write “5 units”."),
    ("dose-units", "Take 400IUs.", "400IUs", "Write “400 units”."),
    ("dose-units", "Use 100-U insulin.", "100-U", "Write “100 units”."),
    ("dose-units", "Breathe in 1 MU.", "1 MU", "Write “1 million units”."),
    ("dose-cc", "Take 5ccs.", "5ccs", "Write “5ml”."),
    ("dose-cc", "Take 5CC.", "5CC", "Write “5ml”."),
    ("dose-run-together", "Take 2 500-mg tablets.", "2 500-mg tablets", "Write “2 tablets of 500-mg”."),
    ("dose-run-together", "Take 1 1/2 5mg tablets.", "1 1/2 5mg tablets", "Write “1 1/2 tablets of 5mg”."),
    ("dose-run-together", "Take 2 5 ml.", "2 5 ml", f"Write “2 doses of 5 ml” {IF_MEANT}"),
    ("dose-comparison-sign", "Take <.50mg.", "<.50mg", "Write “less than 0.5mg”."),
    ("dose-latin-daily", "Take one od.", "od", "Write “once a day”."),
    ("dose-latin-daily", "Take 5mg (od).", "od", "Write “once a day”."),
    ("dose-latin", "Take one bd.", "bd", "Write “twice a day”."),
    ("dose-latin", "Take 5mg om.", "om", "Write “in the morning”."),
    ("dose-latin", "Take it for 2/52.", "for 2/52", "Write “for 2 weeks”."),
    ("dose-latin", "Take it for 3/12.", "for 3/12", "Write “for 3 months”."),
    ("dose-latin", "Take it q4-6h.", "q4-6h", "Write “every 4-6 hours”."),
]  # fmt: skip

PASSES = [
    ("dose-leading-zero", "Take 0.5mg. Take 10.5mg."),
    ("dose-leading-zero", "See [the leaflet](https://example.org/dose/.5mg)."),
    ("dose-leading-zero", "See <https://example.org/a/.5mg>."),
    ("dose-leading-zero", "Wait... 5mg is next."),
    ("dose-leading-zero", "See section 3.5 and Fig. .5 there. Write to a.5mg@example.org."),
    ("dose-trailing-zero", "See example.org/5.0mg or write to dose.5.0mg@example.org."),
    ("dose-trailing-zero", "A fever of 38.0°C, an INR of 2.0 to 3.0. Room 5.0."),
    ("dose-trailing-zero", "| Level (mmol/l) |\n|---|\n| 5.0 |"),
    ("dose-decimal-comma", "Take 1,500mg. Take 1, 2 or 3 tablets. Take 12,000 units."),
    ("dose-run-into-name", "COVID19 is a virus. Vitamin B12 50mg. CoQ10 100mg. See chapter5."),
    ("dose-sign", "Go to A&E. Rest & drink. Write to nurse@example.org."),
    ("medicine-short-name", "People with MS take 10mg."),
    ("dose-leading-zero", "Version 1.5 mg is no version."),
    ("dose-trailing-zero", "This is version 5.0 of the leaflet."),
    ("dose-trailing-zero", "It affects 1.0 in 100 people, or 1.0% of them."),
    ("dose-trailing-zero", "Take 10mg, 100mg, 5.05mg or 20 mg."),
    ("dose-trailing-zero", "A child of 5.0kg. Blood sugar of 5.0 mmol/l or 7.0mmol/L. Calcium 10.0 mg/dl."),
    ("dose-trailing-zero", "Open from 8.00 to 10.30."),
    ("dose-trailing-zero", "See section 2.0. Take 5mg."),
    ("dose-microgram", "Take 200 micrograms. Take 1 microgram."),
    ("dose-microgram", "Your pack may say micrograms (mcg) or “\u03bcg”."),
    ("dose-microgram", "The clinic is at 5 High Street, N1 1UG."),
    ("dose-microgram", "Write to 50mcg@example.org."),
    ("dose-microgram", "Ugh! An ugly mug. The McGill clinic."),
    ("dose-units", "Inject 10 units. Take 400 units a day."),
    ("dose-units", "Use U-100 insulin and 2 U-shaped pads. U should rest."),
    ("dose-units", "The pack may say IU. Take 5mg until 10 unusual days pass."),
    ("dose-units", "Go to ward 5U or flat 10U; the postcode G1 5UU. It is in the US or UK."),
    ("dose-cc", "Take 5ml. Send a cc to your doctor. 2 accounts."),
    ("dose-run-together", "Take 1 or 2 tablets of 200mg."),
    ("dose-run-together", "Take 2 x 500mg. Take two 500mg tablets. Take 5mg, 10mg or 20mg."),
    ("dose-run-together", "Vitamin B12 50 micrograms. COVID-19 5ml. In 2024, 5mg was usual."),
    ("dose-run-together", "1. 5mg in the morning\n2. 10mg at night"),
    ("dose-run-together", "| Day | Dose |\n|---|---|\n| 1 | 5mg |\n| 2 | 10mg |"),
    ("dose-run-together", "Take 10 000 units. Ring 111 2 times."),
    ("dose-run-together", "Take 2 3 times a day."),
    ("dose-run-together", "In 2026 200mg was the usual dose."),
    ("dose-large-number", "Inject 10,000 units. 1 in 10000 people. Ring 02079460000. Take 1000mg."),
    ("dose-thousand", "Take 1,000mg. In 2024 people took it. Take 999mg. Take 0.1234mg."),
    ("dose-comparison-sign", "Less than 10mg. Age <18 years. 5mg -> 10mg. <1 in 100 people."),
    ("dose-broken-line", "Take 5mg\nat night. Take 2\ntablets. Take 5\n\nmg is a unit."),
    ("dose-broken-line", "In 2024\nmore people took it. There were 5\ngrapes."),
    ("dose-latin-daily", "Ask Jane Smith, OD, for an eye test. A god or an odd word. Add 10mg."),
    ("dose-latin-daily", "Take 5mg once a day. An overdose (OD) is dangerous."),
    ("dose-latin", "Use BD pens. Write to PO Box 12. We bid for it. Do you have HS2 near?"),
    ("dose-latin", "Take it at 8 a.m. and 8 p.m. each day."),
    ("dose-leading-zero", "Ring at 8.30. See Fig. .5 and p < .05."),
    ("dose-trailing-zero", "An HbA1c of 48.0 mmol/mol. A ratio of 3.0 mg/mmol. A child of 10.0 kilograms."),
    ("dose-trailing-zero", "| Weight in kg |\n|---|\n| 5.0 |\n\n| Glucose, mmol/l |\n|---|\n| 5.0 |"),
    ("dose-microgram", "| Age | Dose (micrograms) |\n|---|---|\n| 5 | 50 |"),
    ("dose-units", "Drink 4 U.S. pints. Your TSH is 2.0 mU/l."),
    ("dose-latin-daily", "Signs of an OD are sleepiness. If somebody has OD'd, call 999."),
    ("dose-latin", "Help is there for 24/7. Come back for tests on 3/12/2026."),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "body", "excerpt", "instead"), CAUGHT)
def test_misread_dose_is_caught_with_what_to_write_instead(rule, body, excerpt, instead):
    findings = found_by(rule, with_body(body))
    assert [(finding.excerpt, finding.instead, finding.place) for finding in findings] == [(excerpt, instead, "dosage")]


@pytest.mark.parametrize(("rule", "body"), PASSES)
def test_ordinary_writing_passes(rule, body):
    assert excerpts(rule, body) == []


def test_numbers_that_may_be_one_number_are_told_both_ways():
    assert [finding.instead for finding in found_by("dose-run-together", with_body("Take 1 or 2\n200mg."))] == [
        "Write “1 or 2 tablets of 200mg”, or “1 or 2,200mg” if it is one number."
    ]


def test_every_misread_dose_of_a_text_is_found():
    assert excerpts("dose-trailing-zero", "Take 5.0mg, then 10.0mg.\n\n- or 20.0mg") == ["5.0mg", "10.0mg", "20.0mg"]


def test_doses_are_checked_in_title_key_facts_headings_and_alternative_texts():
    content = with_body(
        "### Start with 2.0mg\n\n![A tablet of 3.0mg](/media/tablet.png)\n\n| Dose |\n|---|\n| 4.0mg |",
        title="Testamol 0.10mg",
        key_facts=("Take 1.0mg.", "Rest.", "Drink."),
    )
    found = [(finding.place, finding.label, finding.excerpt) for finding in found_by("dose-trailing-zero", content)]
    assert found == [
        ("title", "Title", "0.10mg"),
        ("key_facts", "Key fact 1", "1.0mg"),
        ("dosage", "How to take it", "2.0mg"),
        ("dosage", "How to take it", "3.0mg"),
        ("dosage", "How to take it", "4.0mg"),
    ]


def test_citations_are_not_checked_as_doses():
    assert found_by("dose-trailing-zero", make_content(sources=(SourceContent("Trial of 5.0mg", ""),))) == []


@pytest.mark.parametrize(
    ("rule", "language", "body", "expected"),
    [
        ("dose-leading-zero", "de", "Nehmen Sie ,5 mg.", ["Write “0,5 mg”."]),
        ("dose-trailing-zero", "fr", "Prenez 5,0 mg.", ["Write “5 mg”."]),
        ("dose-trailing-zero", "de", "Nehmen Sie 1.000 mg.", []),
        ("dose-trailing-zero", "nl", "Neem het om 10.30 u in.", []),
        ("dose-microgram", "es", "Tome 50 mcg.", ["Write the word for microgram in full."]),
        ("dose-decimal-comma", "fr", "Prenez 1,5 mg.", []),
        ("dose-trailing-zero", "ar", "خذ ٥٫٠ ملغ.", ["Write “5 ملغ”."]),
        ("dose-trailing-zero", "ar", "الوزن 10.0 كغ.", []),
        ("dose-leading-zero", "ar", "خذ ٫٥ ملغ.", ["Write “0.5 ملغ”."]),
        ("dose-microgram", "ar", "خذ ٥٠ mcg.", ["Write the word for microgram in full."]),
        ("dose-units", "fr", "Prenez 10 U.", []),
        ("dose-latin-daily", "cy", "Cymerwch 5mg od.", []),
        ("dose-large-number", "de", "Nehmen Sie 10000 mg.", []),
    ],
)
def test_only_rules_on_numbers_hold_in_other_languages(rule, language, body, expected):
    assert [finding.instead for finding in found_by(rule, with_body(body, language=language))] == expected


def test_dangerous_doses_block_and_milder_ones_warn():
    warning = {name for name, rule in BY_NAME.items() if name.startswith("dose-") and rule.severity == Severity.WARNS}
    assert warning == {"dose-thousand", "dose-latin", "dose-sign", "dose-fraction", "dose-thousand-or-decimal"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1" * 5_000 + "mg", []),
        ("1," * 5_000 + "5mg", []),
        ("." * 5_000 + "5mg", []),
        ("9 " * 5_000 + "mg", ["9 9 mg"]),
        ("1-" * 25_000, []),
        ("5 or " * 10_000, []),
        ("to 1 " * 10_000, []),
    ],
)
def test_endless_numbers_are_read_without_an_error(body, expected):
    content = with_body(body)
    rules = [name for name in BY_NAME if name.startswith("dose-")]
    assert [finding.excerpt for name in rules for finding in found_by(name, content)] == expected

#!/usr/bin/env bash
# sacremoses 0.2.0: in “1 000 mg”, written with an unbreakable space, the normalizer of punctuation puts a point: “1.000 mg”
#
# Expected: the number stays one thousand: the space as it is, a plain space, or in English a comma. The SI brochure parts groups of
#           three digits by a space, and formatters write it unbreakable, Czech and Polish numbers among them.
# Seen:     between two digits it becomes a point, and for Czech, French, German and Spanish a comma: in English and in these four
#           just the decimal mark, so that 2 500 IU is 2.500 IU and the Czech 1 000 mg is 1,000 mg. Two numbers side by side become
#           one, too. It is so without any option, as in the script of Moses that it follows; a plain space stays.
# Who is hurt: readers of machine translations: leaflets pass through it on their way to a model, which then translates a thousandth of
#           the dose.
# Instead: MosesPunctNormalizer(norm_numbers=False), and a comparison of the numbers before and after.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check sacremoses==0.2.0
"$work/venv/bin/python" - <<'PYTHON'
from sacremoses import MosesPunctNormalizer

SPACE = "\N{NO-BREAK SPACE}"


def normalized(language, text, **options):
    return MosesPunctNormalizer(language, **options).normalize(text)


assert normalized("en", f"Take 1{SPACE}000 mg.") == "Take 1.000 mg.", normalized("en", f"Take 1{SPACE}000 mg.")
assert normalized("en", f"Take 2{SPACE}500 IU.") == "Take 2.500 IU."
assert normalized("fr", f"Prendre 1{SPACE}000 mg.") == "Prendre 1,000 mg."
assert normalized("cs", f"1{SPACE}000 mg") == "1,000 mg"
assert normalized("en", "Take 1 000 mg.") == "Take 1 000 mg."  # as it should be
assert normalized("en", f"Take 1{SPACE}000 mg.", norm_numbers=False) == f"Take 1{SPACE}000 mg."
PYTHON
echo "Still so: 1 000 mg is 1.000 mg."

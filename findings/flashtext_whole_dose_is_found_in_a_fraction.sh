#!/usr/bin/env bash
# flashtext 2.7: looking for the whole word "5 mg" finds it in “2.5 mg”, and replacing it leaves “2.five milligrams”
#
# Expected: keywords are found as whole words only, as its documentation says; 2.5 is one number.
# Seen:     only letters, digits and the underscore belong to a word, so that “.”, “,” and “/” before a 5 begin a new one: 2.5 mg, 0,5 mg
#           and 1/5 mg all hold “5 mg”.
# Who is hurt: whoever marks doses in a text, or writes units out for a speech engine, from a list of terms.
# Instead: add_non_word_boundary(".") and the like (then a full stop without a blank hides a term), or look at the sign before a hit.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check flashtext==2.7
"$work/venv/bin/python" - <<'PYTHON'
from flashtext import KeywordProcessor


def written_out(text, boundary=""):
    terms = KeywordProcessor()
    terms.add_keyword("5 mg", "five milligrams")
    for sign in boundary:
        terms.add_non_word_boundary(sign)
    return terms.replace_keywords(text)


assert written_out("Take 25 mg.") == "Take 25 mg."  # a digit before it is seen
assert written_out("Take 2.5 mg.") == "Take 2.five milligrams."
assert written_out("Take 0,5 mg or 1/5 mg.") == "Take 0,five milligrams or 1/five milligrams."
assert written_out("Take 2.5 mg or 0,5 mg and not 5 mg a day", ".,/") == "Take 2.5 mg or 0,5 mg and not five milligrams a day"
PYTHON
echo "Still so: 5 mg is found in 2.5 mg."

#!/usr/bin/env bash
# snowballstemmer 3.1.1: stems of names of different medicines are equal
#
# Expected: names that differ in their last letters stay apart.
# Seen:     English: fusid (furosemide) and fusidate (fusidic acid), transamin (tranexamic acid) and transamine (tranylcypromine); French: Provera (medroxyprogesterone) and Provas (valsartan).
# Who is hurt: patients who search for one medicine and read the leaflet of another.
# Instead: never stem names; keep a list of them beside the stemmer.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check snowballstemmer==3.1.1
"$work/venv/bin/python" - <<'PYTHON'
import snowballstemmer

english, french = snowballstemmer.stemmer("english"), snowballstemmer.stemmer("french")
assert english.stemWord("fusid") == english.stemWord("fusidate")
assert english.stemWord("transamin") == english.stemWord("transamine")
assert french.stemWord("provera") == french.stemWord("provas")
PYTHON
echo "Still so: different medicines share a stem."

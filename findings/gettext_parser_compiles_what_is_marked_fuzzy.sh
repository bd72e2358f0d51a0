#!/usr/bin/env bash
# gettext-parser 10.0.0 (npm): mo.compile publishes the translations that are marked “fuzzy”, and drops the mark
#
# Expected: left out, so that the reader gets the source text: by the manual of GNU gettext a fuzzy entry has to be looked at by a
#           translator, and msgfmt and Babel compile it only when told to (--use-fuzzy).
# Seen:     the parsed catalogue carries the flag, the compiled one has the text and no flag; there is no option, and the
#           documentation does not speak of it. A changed sentence whose old translation was kept as a proposal, as msgmerge and
#           pybabel update do, is served with the dose of the old sentence.
# Who is hurt: readers of a translation after a dose in the source was changed: they read the old dose as if somebody had approved it.
# Instead: take out the entries whose comments.flag holds “fuzzy” before compiling, or compile with msgfmt or Babel.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check Babel==2.19.0
npm install --silent --no-audit --no-fund --prefix "$work" gettext-parser@10.0.0
cat > leaflet.po <<'PO'
msgid ""
msgstr ""
"Language: pl\n"
"Content-Type: text/plain; charset=UTF-8\n"

msgid "Take with food."
msgstr "Przyjmować z jedzeniem."

#, fuzzy
#| msgid "Take 50 mg."
msgid "Take 5 mg."
msgstr "Przyjmować 50 mg."
PO
cat > compile.mjs <<'NODE'
import assert from "node:assert"
import { readFileSync, writeFileSync } from "node:fs"
import { mo, po } from "gettext-parser"

const catalogue = po.parse(readFileSync("leaflet.po"))
assert.equal(catalogue.translations[""]["Take 5 mg."].comments.flag, "fuzzy")
writeFileSync("node.mo", mo.compile(catalogue))
NODE
node compile.mjs
"$work/venv/bin/python" - <<'PYTHON'
import gettext

from babel.messages import mofile, pofile

with open("leaflet.po", "rb") as source, open("babel.mo", "wb") as target:
    mofile.write_mo(target, pofile.read_po(source))


def shown(name, words):
    with open(name, "rb") as file:
        return gettext.GNUTranslations(file).gettext(words)


for name in ("babel.mo", "node.mo"):
    assert shown(name, "Take with food.") == "Przyjmować z jedzeniem."
assert shown("babel.mo", "Take 5 mg.") == "Take 5 mg."  # as it should be
assert shown("node.mo", "Take 5 mg.") == "Przyjmować 50 mg.", shown("node.mo", "Take 5 mg.")
PYTHON
echo "Still so: the translation nobody approved, 50 mg for 5 mg, is compiled."

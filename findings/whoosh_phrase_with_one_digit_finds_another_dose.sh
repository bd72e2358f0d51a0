#!/usr/bin/env bash
# Whoosh-Reloaded 2.7.5: the phrase "take 5 mg" finds “Take 2 mg.”
#
# Expected: a phrase in quotation marks finds only texts with these words; "take 10 mg" does.
# Seen:     the analyzer of a TEXT field drops words of fewer than two characters, digits too, and closes the gap: the
#           phrase "take 5 mg" is searched as "take mg" and finds 2 mg and 9 mg as well, but not 10 mg. The digit alone finds nothing.
# Who is hurt: whoever looks up a dose: doses of one digit cannot be told apart, doses of two can, so the search looks right.
# Instead: TEXT(analyzer=StandardAnalyzer(minsize=1)), and a test that searches for one digit.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check Whoosh-Reloaded==2.7.5
"$work/venv/bin/python" - <<'PYTHON'
from whoosh.analysis import StandardAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import QueryParser

LEAFLETS = ["Take 2 mg.", "Take 5 mg.", "Take 9 mg.", "Take 10 mg.", "Take 20 mg."]


def finder(text_field):
    index = RamStorage().create_index(Schema(name=ID(stored=True), text=text_field))
    with index.writer() as writer:
        for leaflet in LEAFLETS:
            writer.add_document(name=leaflet, text=leaflet)

    def find(words):
        with index.searcher() as searcher:
            return sorted(hit["name"] for hit in searcher.search(QueryParser("text", index.schema).parse(words)))

    return find


find = finder(TEXT())
assert find('"take 10 mg"') == ["Take 10 mg."]
assert find('"take 5 mg"') == ["Take 2 mg.", "Take 5 mg.", "Take 9 mg."], find('"take 5 mg"')
assert find("5") == []
assert finder(TEXT(analyzer=StandardAnalyzer(minsize=1)))('"take 5 mg"') == ["Take 5 mg."]
PYTHON
echo "Still so: the phrase \"take 5 mg\" finds 2 mg and 9 mg."

#!/usr/bin/env bash
# flexsearch 0.8.212 (npm): a search for “100 mg” finds “Take 10 mg.” too, and “5 mg” finds “Take 55 mg.”
#
# Expected: a number is a word that finds itself. What the documentation says to be on is “letter deduplication”, by which “missing”
#           is kept as “mising”.
# Seen:     without any option digits are deduplicated like letters: 100 is kept as 10, 500 as 50, 55 as 5 and 11 as 1, both in the
#           index and in the question, and nothing in the answer tells which was meant. (That 100 finds 1000 has another, documented
#           cause: long numbers are kept in groups of three digits. Issue 517 of the project shows both for telephone numbers.)
# Who is hurt: whoever looks up a strength: of two leaflets whose doses differ ten times the wrong one may well stand first.
# Instead: encoder: Charset.Exact, or new Encoder({ dedupe: false, numeric: false }), and a test that searches 10 and 100.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" flexsearch@0.8.212
cat > find.cjs <<'NODE'
const assert = require("node:assert")
const { Encoder, Index } = require("flexsearch")

const LEAFLETS = ["Take 1 mg.", "Take 5 mg.", "Take 10 mg.", "Take 11 mg.", "Take 50 mg.", "Take 55 mg.", "Take 100 mg.", "Take 500 mg."]

const finder = (options) => {
  const index = new Index(options)
  LEAFLETS.forEach((leaflet, number) => index.add(number, leaflet))
  return (words) => index.search(words).map((number) => LEAFLETS[number]).sort()
}

const find = finder({})
assert.deepEqual(find("100 mg"), ["Take 10 mg.", "Take 100 mg."])
assert.deepEqual(find("500 mg"), ["Take 50 mg.", "Take 500 mg."])
assert.deepEqual(find("5 mg"), ["Take 5 mg.", "Take 55 mg."])
assert.deepEqual(find("1 mg"), ["Take 1 mg.", "Take 11 mg."])

const exact = finder({ encoder: new Encoder({ dedupe: false, numeric: false }) })
assert.deepEqual(exact("100 mg"), ["Take 100 mg."]) // as it should be
assert.deepEqual(exact("5 mg"), ["Take 5 mg."])
NODE
node find.cjs
echo "Still so: 100 mg finds 10 mg."

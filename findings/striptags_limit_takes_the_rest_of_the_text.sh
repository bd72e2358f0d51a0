#!/usr/bin/env bash
# striptags 3.2.0 (npm): of “If you weigh <50 kg, do not take more than 5 mg.” only “If you weigh ” is left
#
# Expected: by the HTML standard (tokenization, tag open state) “<” before a digit is text and begins no tag; sanitize-html and
#           browsers read it so, and striptags itself keeps “< 50” with a space.
# Seen:     everything from the sign to the next “>” is dropped: to the end of the text, or with “<10 kg … >10 kg” the first of
#           two limits with its dose.
# Who is hurt: summaries, mails and search texts of leaflets that pass through it: the limit and the warning behind it are gone.
# Instead: take the text from a parser (textContent), or escape plain text before it is treated as HTML.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" striptags@3.2.0 sanitize-html@2.17.5
cat > strip.cjs <<'NODE'
const assert = require("node:assert")
const sanitize = require("sanitize-html")
const strip = require("striptags")

const one = "<p>If you weigh <50 kg, do not take more than 5 mg.</p>"
assert.equal(strip(one), "If you weigh ")
assert.equal(sanitize(one, { allowedTags: [] }), "If you weigh &lt;50 kg, do not take more than 5 mg.")
assert.equal(strip("<10 kg: 5 mg, >10 kg: 10 mg"), "10 kg: 10 mg")
assert.equal(strip("if < 50 kg"), "if < 50 kg") // as it should be
NODE
node strip.cjs
echo "Still so: what stands behind a limit is lost."

#!/usr/bin/env bash
# chrono-node 2.10.3 (npm): “Take 1/2 tablet in the evening” holds the 2nd of January
#
# Expected: “1/2” before a tablet or an hour is a half; “5 may cause” is a number and a verb.
# Seen:     two numbers with a stroke are a date (month first) whatever follows, also in “1/2 an hour before food” and within
#           “1 1/2 tablets”; “take 5 may cause drowsiness” is the 5th of May. Its strict parser does the same with the stroke.
# Who is hurt: whoever lets times be found in what patients or clinicians write, for reminders or to make links to a calendar.
# Instead: take only hits whose text is known to be a time: r.start.isCertain("hour"), or a month by name followed by a year.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" chrono-node@2.10.3
cat > shown.cjs <<'NODE'
const assert = require("node:assert")
const chrono = require("chrono-node")

const NOW = new Date(2028, 5, 15, 12)
const found = (text, parser = chrono) => parser.parse(text, NOW).map(({ text, start }) => [text, start.get("month"), start.get("day")])

assert.deepEqual(found("Take 1/2 tablet with water"), [["1/2", 1, 2]])
assert.deepEqual(found("Take 1 1/2 tablets"), [["1/2", 1, 2]])
assert.deepEqual(found("Taking 5 may cause drowsiness"), [["5 may", 5, 5]])
assert.deepEqual(found("Take 1/2 tablet with water", chrono.strict), [["1/2", 1, 2]])
assert.deepEqual(found("Take half a tablet with water"), []) // as it should be
NODE
node shown.cjs
echo "Still so: half a tablet is the 2nd of January."

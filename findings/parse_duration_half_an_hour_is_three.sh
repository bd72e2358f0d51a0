#!/usr/bin/env bash
# parse-duration 2.1.9 (npm): “1/2 h” is three hours, “1½ h” one millisecond, “1,5 h” fifteen hours
#
# Expected: half an hour, an hour and a half, or null, which it gives for “½ h” and for “half an hour”.
# Seen:     numbers beside each other are added, each with the unit that happens to follow; a number before ½ has no unit and
#           counts as milliseconds; a comma between digits is dropped, though one digit behind it is no group of thousands.
#           “4-6 hours”, a range, is six hours and four milliseconds.
# Who is hurt: whoever plans the next dose from what a leaflet says: “wait 1,5 h” holds it back for fifteen hours, “1½ h” not at all.
# Instead: refuse what does not match one number, one unit.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" parse-duration@2.1.9
cat > duration.mjs <<'NODE'
import assert from "node:assert"
import parse from "parse-duration"

const hour = 3600 * 1000
assert.equal(parse("1.5 h"), 1.5 * hour) // as it should be
assert.equal(parse("½ h"), null)
assert.equal(parse("1/2 h", "h"), 3)
assert.equal(parse("1½ h"), 1)
assert.equal(parse("1,5 h"), 15 * hour)
assert.equal(parse("4-6 hours"), 6 * hour + 4)
NODE
node duration.mjs
echo "Still so: 1/2 h is three hours."

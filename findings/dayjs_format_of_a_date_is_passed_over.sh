#!/usr/bin/env bash
# dayjs 1.11.23 (npm): dayjs("1/6/2028", "D/M/YYYY") is the 6th of January
#
# Expected: a date is read by the format that is given with it, or the call fails.
# Seen:     the second argument does nothing until the plugin customParseFormat is loaded: the text goes to the engine's own reading, month
#           first, and the answer is valid. 13/6/2028 is “Invalid Date”, so that the fault shows on days after the 12th only.
# Who is hurt: whoever types from when a leaflet is to be read, or until when a pack can be used, with the day first.
# Instead: dayjs.extend(customParseFormat), and a test with a day up to 12; or a field of type date.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" dayjs@1.11.23
cat > shown.cjs <<'NODE'
const assert = require("node:assert")
const dayjs = require("dayjs")

const read = (text) => dayjs(text, "D/M/YYYY").format("YYYY-MM-DD")

assert.equal(read("1/6/2028"), "2028-01-06")
assert.equal(read("13/6/2028"), "Invalid Date")
dayjs.extend(require("dayjs/plugin/customParseFormat"))
assert.equal(read("1/6/2028"), "2028-06-01") // as it should be
assert.equal(read("13/6/2028"), "2028-06-13")
NODE
node shown.cjs
echo "Still so: without its plugin the format of a date is passed over."

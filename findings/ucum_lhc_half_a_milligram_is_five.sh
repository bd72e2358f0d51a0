#!/usr/bin/env bash
# @lhncbc/ucum-lhc 7.1.10 (npm): “0.5mg” is converted as 5 mg, and “2.5mg” as 10 mg, with the status “succeeded”
#
# Expected: 0.5 and 2.5, or “failed”: a point between numbers multiplies in UCUM, which has whole numbers only, and 0.5mg is no code.
# Seen:     the code is mended from “5mg” to “5.mg” and the rest multiplied: 2 times 5, and a factor 0 in front is dropped
#           altogether, where 0 times 5 would be 0. The message speaks of “5mg” alone.
# Who is hurt: whoever converts strengths as they stand on packs (0.05mg, 0.25mg, 12.5ug): ten times and a hundred times the dose.
# Instead: part number and unit oneself, and take no answer whose list of messages is not empty.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" @lhncbc/ucum-lhc@7.1.10
cat > convert.cjs <<'NODE'
const assert = require("node:assert")
const units = require("@lhncbc/ucum-lhc").UcumLhcUtils.getInstance()

const seen = (from, to) => {
  const answer = units.convertUnitTo(from, 1, to)
  return [answer.status, answer.toVal]
}
assert.deepEqual(seen("0.5mg", "mg"), ["succeeded", 5])
assert.deepEqual(seen("0.05mg", "mg"), ["succeeded", 5])
assert.deepEqual(seen("2.5mg", "mg"), ["succeeded", 10])
assert.deepEqual(seen("5mg", "mg"), ["succeeded", 5]) // as it should be
NODE
node convert.cjs
echo "Still so: 0.5mg is 5 mg."

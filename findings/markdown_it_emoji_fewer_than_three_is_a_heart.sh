#!/usr/bin/env bash
# markdown-it-emoji 3.1.0 (npm): “Take <3 tablets a day” is read “Take ❤️ tablets a day”
#
# Expected: beside names between colons, faces such as :-) become pictures; a limit stays a limit.
# Seen:     “<3” is a heart where blanks stand around it, and the number is gone with the sign; “:100:” within a dilution of 1:100:1 is a
#           picture of a hundred, too. Both come with the preset “full”, which is the one that the documentation begins with.
# Who is hurt: patients, who can no longer read how many; authors type “<3”, “<5” as clinicians do.
# Instead: the preset “light” or “bare”, or shortcuts: {} in the options.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" markdown-it@15.0.3 markdown-it-emoji@3.1.0
cat > shown.cjs <<'NODE'
const assert = require("node:assert")
const markdown = require("markdown-it")
const { full } = require("markdown-it-emoji")

const read = (text, options = {}) => markdown().use(full, options).render(text).trim()

assert.equal(read("Take <3 tablets a day."), "<p>Take ❤️ tablets a day.</p>")
assert.equal(read("Take <4 tablets a day."), "<p>Take &lt;4 tablets a day.</p>")
assert.equal(read("Dilute 1:100:1."), "<p>Dilute 1💯1.</p>")
assert.equal(read("Take <3 tablets a day.", { shortcuts: {} }), "<p>Take &lt;3 tablets a day.</p>") // as it should be
NODE
node shown.cjs
echo "Still so: <3 tablets are a heart of tablets."

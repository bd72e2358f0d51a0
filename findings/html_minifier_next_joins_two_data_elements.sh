#!/usr/bin/env bash
# html-minifier-next 6.2.11 (npm): “Take 2 5 mg tablets” with each number in a <data> element is “Take25 mgtablets” afterwards
#
# Expected: with collapseWhitespace one space stays where a browser shows one, as beside <strong>, <time>, <bdi> and <meter>. By the
#           HTML standard <data> is phrasing content like these, and browsers show it in the line.
# Seen:     <data> is not in the minifier's list of elements in a line: the spaces before, between and behind go. The preset
#           “comprehensive” does it as well; “conservative” does not. Options for elements in a line are spoken of for one's own
#           (custom) elements only. html-minifier-terser does the same.
# Who is hurt: leaflets whose doses are marked for machines, which is what <data value="…"> is for: two numbers become one.
# Instead: inlineCustomElements: ["data"], or conservativeCollapse, and a comparison of the page's text before and after.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" html-minifier-next@6.2.11
cat > minify.mjs <<'NODE'
import assert from "node:assert"
import { minify } from "html-minifier-next"

const text = (html) => html.replace(/<[^>]*>/g, "")
const leaflet = (name) => `<p>Take <${name}>2</${name}> <${name}>5 mg</${name}> tablets.</p>`
const shown = async (name, options) => text(await minify(leaflet(name), options))

assert.equal(await shown("data", { collapseWhitespace: true }), "Take25 mgtablets.")
assert.equal(await shown("data", { preset: "comprehensive" }), "Take25 mgtablets.")
for (const name of ["strong", "time", "bdi", "meter"]) {
  assert.equal(await shown(name, { collapseWhitespace: true }), "Take 2 5 mg tablets.") // as it should be
}
assert.equal(await shown("data", { collapseWhitespace: true, inlineCustomElements: ["data"] }), "Take 2 5 mg tablets.")
NODE
node minify.mjs
echo "Still so: 2 and 5 mg in <data> are 25 mg."

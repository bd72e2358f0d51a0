#!/usr/bin/env bash
# Babel 2.19.0: for a reader who asks for zh-Hans-CN, then English, a site that has zh-Hans gives English
#
# Expected: zh_Hans: RFC 4647, section 3.4 (lookup), takes away one part after the other from the end.
# Seen:     negotiate_locale tries the whole, then the language alone: zh_Hans_CN, zh. What lies between is passed over, though
#           cy_GB finds cy. Alone in the list it finds nothing at all. Locale.negotiate is built on it.
# Who is hurt: Chinese readers whose device sends script and country, and all of pa-Arab-PK: they read the leaflet in
#           their second language, though it is there in their first.
# Instead: add each shortened form to the list oneself, before the next language.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check Babel==2.19.0
"$work/venv/bin/python" - <<'PYTHON'
from babel import Locale, negotiate_locale

assert negotiate_locale(["zh_Hans_CN", "en"], ["zh_Hans", "en"]) == "en"
assert negotiate_locale(["zh_Hans_CN"], ["zh_Hans", "en"]) is None
assert Locale.negotiate(["pa_Arab_PK", "en"], ["pa_Arab", "en"]) == Locale("en")
assert negotiate_locale(["cy_GB", "en"], ["cy", "en"]) == "cy"  # as it should be
assert negotiate_locale(["zh_Hans_CN", "zh_Hans", "en"], ["zh_Hans", "en"]) == "zh_Hans"
PYTHON
echo "Still so: zh-Hans-CN is answered in English."

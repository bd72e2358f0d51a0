#!/usr/bin/env bash
# cn2an 0.5.24: “每次一两片”, one or two tablets each time, becomes “每次12片”, twelve tablets
#
# Expected: left as it is, or “1-2片”: two neighbouring numerals without a unit name a range in Chinese, and the strict mode of the
#           package refuses 二三 as a number.
# Seen:     transform reads them digit by digit: one or two are 12, two or three 23, three or four days 34 days. No warning is
#           given, while 十二三天 (twelve or thirteen days) is left alone with one. 一至二片 (one to two) comes out right, as 1至2片.
#           An open issue (87) of the project shows it for oranges and for lines of a poem.
# Who is hurt: readers of Chinese leaflets whose numerals are made Arabic, for a search, a check of doses or a comparison of
#           translations: in everyday Chinese a small range is written so.
# Instead: look for two neighbouring numerals first and leave the sentence to a human; write ranges with 至.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check cn2an==0.5.24
"$work/venv/bin/python" -W error - <<'PYTHON'
import cn2an

assert cn2an.transform("每次一两片", "cn2an") == "每次12片", cn2an.transform("每次一两片", "cn2an")
assert cn2an.transform("每次二三片", "cn2an") == "每次23片"
assert cn2an.transform("服用三四天", "cn2an") == "服用34天"
assert cn2an.transform("每次一至二片", "cn2an") == "每次1至2片"  # as it should be
try:
    cn2an.cn2an("二三", "strict")
except ValueError:
    pass
else:
    raise AssertionError("the strict mode takes two neighbouring numerals")
PYTHON
echo "Still so: one or two tablets are 12."

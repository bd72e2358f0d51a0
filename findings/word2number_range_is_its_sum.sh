#!/usr/bin/env bash
# word2number 1.1: “two or three” is 5, and “twenty five to thirty” is 130
#
# Expected: an error, as for a text with no number, or the first of the two.
# Seen:     words that are no numbers are thrown away and what is left is added up as one number: “one or two tablets three
#           times a day” is 5, “ten to fifteen” is 25. “one and a half” is 1, without a word.
# Who is hurt: whoever reads doses out of instructions in words: the sum of a range is more than its upper end.
# Instead: only where the whole text is one number; text2num 3.1.0 tells two numbers apart.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check word2number==1.1
"$work/venv/bin/python" - <<'PYTHON'
from word2number.w2n import word_to_num

seen = {
    text: word_to_num(text)
    for text in (
        "two or three",
        "ten to fifteen",
        "twenty five to thirty",
        "one or two tablets three times a day",
        "one and a half",
        "two hundred and fifty",
    )
}
assert list(seen.values()) == [5, 25, 130, 5, 1, 250], seen  # the last as it should be
PYTHON
echo "Still so: a range is its sum."

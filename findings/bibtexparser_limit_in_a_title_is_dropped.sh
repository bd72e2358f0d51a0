#!/usr/bin/env bash
# bibtexparser 2.1.0 with pylatexenc 2.11: of a source's title “eGFR {\textless}30 ml/min” the text “eGFR 30 ml/min” is left
#
# Expected: “eGFR <30 ml/min”. \textless and \textgreater are commands of plain LaTeX, and Zotero writes these signs so into its BibTeX.
# Seen:     LatexDecodingMiddleware asks pylatexenc, which knows {\textpm} and {\textonehalf}, but not these two, nor \textsuperscript
#           (10\textsuperscript{9} is 109). A command it does not know is left out and the text behind it stays; no block fails and no
#           warning is given. That unknown commands do not fail is meant so (issue 32 of pylatexenc); that these are unknown is the surprise.
# Who is hurt: editors who choose the source of a dose by its title: “{\textless}18 years” and “{\textgreater}18 years” read the same.
# Instead: a latex context with these commands (below), or one whose unknown commands raise an error.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check bibtexparser==2.1.0 pylatexenc==2.11
"$work/venv/bin/python" - <<'PYTHON'
import bibtexparser
from bibtexparser.middlewares import LatexDecodingMiddleware
from pylatexenc import latex2text


def title(latex, decoder=None):
    library = bibtexparser.parse_string(
        "@article{a, title = {" + latex + "}}", append_middleware=[LatexDecodingMiddleware(decoder=decoder)]
    )
    assert not library.failed_blocks
    return library.entries[0]["title"]


assert title(r"eGFR $<$30 ml/min") == "eGFR $<$30 ml/min"  # mathematics is kept as it is written, and {\textpm} is right
assert title(r"30{\textpm}2 ml/min") == "30±2 ml/min"
assert title(r"eGFR {\textless}30 ml/min") == "eGFR 30 ml/min", title(r"eGFR {\textless}30 ml/min")
assert title(r"Doses {\textless}18 years") == title(r"Doses {\textgreater}18 years") == "Doses 18 years"
assert title(r"10\textsuperscript{9}/L") == "109/L"

known = latex2text.get_default_latex_context_db()
signs = [latex2text.MacroTextSpec("textless", "<"), latex2text.MacroTextSpec("textgreater", ">")]
known.add_context_category("signs", macros=signs, prepend=True)
with_signs = latex2text.LatexNodes2Text(latex_context=known, keep_braced_groups=False)
assert title(r"eGFR {\textless}30 ml/min", with_signs) == "eGFR <30 ml/min"
PYTHON
echo "Still so: “<30” and “>30” in a title are “30”."

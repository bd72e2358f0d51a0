#!/usr/bin/env bash
# django-csp 4.0: the same policy is another text in each process
#
# Expected: the same settings give the same Content-Security-Policy header, in every worker and after every restart.
# Seen:     the directives stand in the order of a Python set, which changes with the process's hash seed.
# Who is hurt: sites that keep leaflets in caches: an ETag made over the headers, or a comparison of two workers' answers,
#           says that a page changed which did not; readers load it again.
# Instead: sort the parts of the header before anything is made from it.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check django==5.2.19 django-csp==4.0
cat > "$work/policy.py" <<'PYTHON'
import django
from django.conf import settings

names = ("default-src", "script-src", "style-src", "img-src", "font-src", "connect-src", "form-action", "base-uri")
settings.configure(CONTENT_SECURITY_POLICY={"DIRECTIVES": {name: ["'self'"] for name in names}})
django.setup()
from csp.utils import build_policy

print(build_policy())
PYTHON
for seed in 1 2 3 4 5; do PYTHONHASHSEED=$seed "$work/venv/bin/python" "$work/policy.py"; done > "$work/policies"
python3 - "$work/policies" <<'PYTHON'
import sys

policies = open(sys.argv[1]).read().splitlines()
assert len(set(policies)) > 1, policies
assert len({tuple(sorted(policy.split("; "))) for policy in policies}) == 1
PYTHON
echo "Still so: one policy, another text in each process."

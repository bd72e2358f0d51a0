#!/usr/bin/env bash
# granian 2.8.9 (WSGI): a status that a generator names before its first part is sent as 200, without its headers
#
# Expected: PEP 3333 lets an application call start_response up to the first part of its body, so a generator that says
#           "404 Not Found" and then yields is answered as 404, as wsgiref and gunicorn do.
# Seen:     200 OK, and the application's own headers are gone.
# Who is hurt: readers of a medicine's address that does not exist any more, and caches on the way: the page that says
#           "there is no such leaflet" counts as a leaflet.
# Instead: call start_response before the iterable is returned; a layer around an application must do that, too.
set -euo pipefail

work=$(mktemp -d)
server=""
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check granian==2.8.9
cat > "$work/late.py" <<'PYTHON'
def application(environ, start_response):
    start_response("404 Not Found", [("Content-Type", "text/plain"), ("X-Leaflet", "none")])
    yield b"There is no such leaflet."
PYTHON
cd "$work"
python3 - <<'PYTHON'
# The same application under the standard library's server.
import threading, urllib.error, urllib.request
from wsgiref.simple_server import WSGIRequestHandler, make_server

from late import application


class Quiet(WSGIRequestHandler):
    def log_message(self, *words):
        pass


with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
    threading.Thread(target=server.handle_request, daemon=True).start()
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/", timeout=5)
        raise SystemExit("wsgiref said 200")
    except urllib.error.HTTPError as answer:
        assert (answer.code, answer.headers["X-Leaflet"]) == (404, "none")
PYTHON
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
venv/bin/granian --interface wsgi --host 127.0.0.1 --port "$port" --workers 1 --log-level error late:application &
server=$!
python3 - "$port" <<'PYTHON'
import sys, time, urllib.error, urllib.request

for _try in range(100):
    try:
        answer = urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/", timeout=5)
        break
    except urllib.error.HTTPError as error:
        raise SystemExit(f"it said {error.code}") from error
    except OSError:
        time.sleep(0.1)
assert (answer.status, answer.headers["X-Leaflet"]) == (200, None)
PYTHON
echo "Still so: a 404 that a generator names is sent as 200."

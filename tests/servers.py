"""The site as it is deployed: real gunicorn and real nginx, with the files of `deploy/`, on free ports and sockets."""

import contextlib
import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from tests.publication.test_kill import database_url

DEPLOY = Path(settings.BASE_DIR) / "deploy"
HOST = "leaflets.clinic.example"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


class UnixConnection(http.client.HTTPConnection):
    """To a socket in the file system."""

    def __init__(self, path: Path, timeout: float = 60):
        super().__init__(HOST, timeout=timeout)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


class Site:
    """A gunicorn, started from `deploy/gunicorn.conf.py`, that serves the test's database as in production."""

    def __init__(self, folder: Path, *, database: str = "", **settings_of_the_site: str):
        self.socket = folder / "web.sock"
        self.log = folder / "gunicorn.log"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("CLINICINFO_")}
        environment |= {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": "",
            "DJANGO_SETTINGS_MODULE": "clinicinfo.settings",
            "CLINICINFO_ENV_FILE": os.devnull,
            "CLINICINFO_MODE": "local",  # the people of the tests may have signed
            "CLINICINFO_ALLOWED_HOSTS": HOST,
            "CLINICINFO_TRUSTED_PROXIES": "1",
            "CLINICINFO_VAR": str(folder / "var"),
            "DATABASE_URL": database or database_url(),
            **settings_of_the_site,
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and configuration
                [sys.executable, "-m", "gunicorn", "-c", DEPLOY / "gunicorn.conf.py", "--bind", f"unix:{self.socket}"],
                cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log,
            )  # fmt: skip
        try:
            wait_until(self.answers)
        except BaseException:
            self.stop()
            raise

    def connection(self) -> UnixConnection:
        return UnixConnection(self.socket)

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> http.client.HTTPResponse:
        """The answer, its body in ``text``, on a connection of its own. ``a_b="c"`` sends ``a-b: c``."""
        return ask(self.connection(), method, path, body, **headers)

    def answers(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            return self.ask("GET", "/robots.txt").status in (200, 301)  # the latter where HTTPS is a must
        except OSError:
            return False

    def workers(self) -> set[int]:
        """Their process ids."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return {int(child) for child in children.split()}

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)


@contextlib.contextmanager
def site(folder: Path, **arguments: str) -> Iterator[Site]:
    """A running `Site`, stopped in the end."""
    running = Site(folder, **arguments)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.stop()


class Nginx:
    """An nginx in front of a `Site`, started from `deploy/nginx.conf` with ports and a certificate of its own.

    ``files`` is a folder that it serves under ``/files/``, as a measure of what it does by itself; ``patience`` in
    seconds is that of readers' requests; the file has less, but the tests' machine may do much else.
    """

    def __init__(self, folder: Path, upstream: Path, *, files: Path | None = None, patience: int = 60):
        self.port, self.plain_port = free_port(), free_port()
        self.access_log = folder / "access.log"
        key, certificate = folder / "key.pem", folder / "certificate.pem"
        subprocess.run(  # noqa: S603 - fixed arguments
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",  # noqa: S607
             "-nodes", "-days", "2", "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}",
             "-keyout", key, "-out", certificate],
            check=True, capture_output=True,
        )  # fmt: skip
        text = (DEPLOY / "nginx.conf").read_text()
        for pattern, ours in {
            r"listen 80;": f"listen 127.0.0.1:{self.plain_port};",
            r"listen 443 ssl http2;": f"listen 127.0.0.1:{self.port} ssl http2;",
            r"listen \[::\]:[^;]*;": "",
            r"/run/clinicinfo-pages": f"{folder}/cache",
            r"unix:/run/clinicinfo/web\.sock": f"unix:{upstream}",
            r"/etc/letsencrypt/\S*fullchain\.pem": f"{certificate}",
            r"/etc/letsencrypt/\S*privkey\.pem": f"{key}",
            r"/var/log/nginx/access\.log": f"{folder}/access.log",
            r"proxy_read_timeout 20s;": f"proxy_read_timeout {patience}s;",
        }.items():
            text, count = re.subn(pattern, ours, text)
            assert count, f"deploy/nginx.conf no longer has {pattern}"
        if files:
            text = text.replace("    location / {", f"    location /files/ {{ alias {files}/; }}\n    location / {{")
        (folder / "site.conf").write_text(text)
        temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in _TEMPORARY)
        (folder / "nginx.conf").write_text(
            f"daemon off; master_process on; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;"
            f"{'user root;' if os.geteuid() == 0 else ''} events {{}} "
            f"http {{ access_log off; {temporary} include {folder}/site.conf; }}"
        )
        self.tls = ssl.create_default_context(cafile=certificate)
        self.process = subprocess.Popen(  # noqa: S603 - found above, our own configuration
            [NGINX, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"]
        )
        wait_until(lambda: _listens(self.port, self.process))

    def connection(self) -> http.client.HTTPSConnection:
        """TLS with the certificate checked, and ``Host`` as a browser would send it."""
        connection = http.client.HTTPSConnection(HOST, timeout=60, context=self.tls)
        here = ("127.0.0.1", self.port)
        connection._create_connection = lambda _address, *rest: socket.create_connection(here, *rest)
        return connection

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> http.client.HTTPResponse:
        """As `Site.ask`, through nginx and TLS."""
        return ask(self.connection(), method, path, body, **headers)

    def ask_without_tls(self, method: str, path: str) -> http.client.HTTPResponse:
        return ask(http.client.HTTPConnection("127.0.0.1", self.plain_port, timeout=20), method, path, Host=HOST)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(60)


_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@contextlib.contextmanager
def nginx(folder: Path, upstream: Path, *, files: Path | None = None, patience: int = 60) -> Iterator[Nginx]:
    """A running `Nginx`, stopped in the end."""
    running = Nginx(folder, upstream, files=files, patience=patience)
    try:
        yield running
    finally:
        running.stop()


def ask(
    connection: http.client.HTTPConnection, method: str, path: str, body: str | None = None, **headers: str
) -> http.client.HTTPResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with contextlib.closing(connection):
        connection.request(method, path, body, named)
        response = connection.getresponse()
        response.data = response.read()
        response.text = response.data.decode(errors="replace")
    return response


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def wait_until(holds, *, seconds: float = 120) -> None:
    """Look again and again; AssertionError if it does not hold in time, which is long, as a machine may do much else.
    Where all is well nobody waits as long."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def _listens(port: int, process: subprocess.Popen) -> bool:
    assert process.poll() is None, "nginx did not start"
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True

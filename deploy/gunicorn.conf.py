"""The application server's configuration, in one place: `gunicorn -c deploy/gunicorn.conf.py`.

Each number says why it is what it is. `--bind`, `--workers` and the rest can still be given on the command line.
"""

wsgi_app = "clinicinfo.wsgi"

# nginx reaches it here; nobody else may write X-Forwarded-For. The folder is made by systemd (RuntimeDirectory).
bind = "unix:/run/clinicinfo/web.sock"
umask = 0o007  # the socket for its user and its group, which is nginx's
backlog = 512  # connections that wait while a worker starts; beyond that nginx shows the pages that it has

# One process for each core, two at least: while one is started anew or killed the other answers. About 105 MB
# each, 16 more for the 200,000 names of 100,000 medicines, 6 for a PDF and 30 for many (typst
# keeps what it made of the last ten), and the page cache (CLINICINFO_PAGE_CACHE_MB) on top; 25 of libraries' files,
# which all workers share.
# Four of them: `systemctl edit clinicinfo` with Environment=GUNICORN_CMD_ARGS=--workers=4 (WEB_CONCURRENCY gives way to
# this file).
workers = 2
# Threads share a process's page cache. They wait for the database and for writers before them, not for slow clients:
# nginx hands over whole requests. Each thread keeps one connection, so none waits for another's: PostgreSQL needs
# workers × (threads + 4) connections, four being the page cache's, the counter's of missed searches, that of `/readyz`
# and, while many names change, that of the index of names; and three for the clock: 27 of its usual 100.
# gthread, and two threads for /healthz and /readyz when all others hang; a known page is sent as it is kept, unless
# accesslog, max_requests or keepalive below ask for gunicorn's own way.
worker_class = "clinicinfo.reception.Worker"
threads = 8
http_parser = "python"  # not whatever parser is installed: the C one wants a release that pip does not have everywhere

keepalive = 75  # seconds; longer than nginx keeps a connection to it without use (60)
timeout = 60  # seconds in which a worker's main loop says nothing until it is ended; no limit of a request
graceful_timeout = 30  # seconds that requests on their way get at a restart; systemd waits 40
worker_tmp_dir = "/dev/shm"  # noqa: S108 - where workers say that they live: memory, so a busy disk ends none
control_socket_disable = True  # else it opens a door for commands in the home folder, one for all of its user's servers
max_requests = 0  # no worker is ended for its age: none was seen to grow

# One line of log for an error, none for a reader: addresses of patients are kept by nginx or not at all.
accesslog = None
errorlog = "-"
loglevel = "warning"

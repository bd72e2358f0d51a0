"""How the site talks to its database, and how long it waits for what: the one place for both databases.

==========================  ==========================  ==============================================================
what                        how long                    who says so
==========================  ==========================  ==============================================================
a writer before us          3 s (`WAIT_FOR_A_LOCK`)     the database: ``lock_timeout`` [1], SQLite's busy timeout
one statement of a request  3.4 s                       PostgreSQL: ``statement_timeout`` [1]
a database that is silent   3.75 s (`ANSWER_WITHIN`)    this side, which stops listening: `postgresql.patience`
a connection to be made     2 s (`CONNECT_WITHIN`)      this side: ``connect_timeout`` [2]; psycopg takes no less, and
                                                        counts each address of a host by itself
a request that hangs        60 s (`IDLE_IN_ACT`)        PostgreSQL: ``idle_in_transaction_session_timeout`` [1], so that
in an act                                               a frozen process keeps the writers' lock no longer
a host that is gone         19 s without use            the kernel: ``keepalives…`` [2]; 3.75 s while something is sent:
                                                        ``tcp_user_timeout`` [2]
==========================  ==========================  ==============================================================

[1] PostgreSQL's manual, Server Configuration: Client Connection Defaults, Statement Behavior. [2] The same, libpq:
Database Connection Control Functions, Parameter Key Words.

So a request meets the end of its patience within 5 seconds, whatever the database does. All but the lock's and the
kernel's limits are those of requests alone: they hold in a process that calls `serve_requests`, as the server's
application does. Commands (``migrate``, ``verify_history``, ``make_corpus``, ``load_samples``, the clock) may ask a
single question for minutes, and wait for its answer. A ledger that is exported is many short questions to a cursor in
the database: each has its limit, and the whole has none. Threads that work beside the requests have less patience
(`monographs.audit.apart`): they say so in the option ``answer_within``.

SQLite is a file: it answers or fails, and only the lock can be waited for. It may be taken away, though, which SQLite
does not notice: `clinicinfo.sqlite` does.
"""

from django.core.exceptions import ImproperlyConfigured

WAIT_FOR_A_LOCK = 3  # seconds a writer waits for another before it is told to try again, its words in its hands
KEPT_FOR = 600  # seconds that a thread keeps a connection to PostgreSQL, so that none stays with a server demoted
_SQLITE, _POSTGRESQL = "django.db.backends.sqlite3", "django.db.backends.postgresql"

Options = dict[str, object]


def settings_for(database: dict[str, object]) -> dict[str, object]:
    """Django's settings for the database that DATABASE_URL names: an entry of ``DATABASES``, as `dj_db_url` makes it.

    What the address itself says (``?sslmode=verify-full``) is kept and counts, but for the limits of requests.
    """
    given: Options = database.get("OPTIONS", {})
    if database["ENGINE"] not in {_SQLITE, _POSTGRESQL}:
        raise ImproperlyConfigured(
            "DATABASE_URL names no database of this site: it can be sqlite:///… or postgres://…."
        )
    if database["ENGINE"] == _SQLITE:
        # Each thread keeps its connection: to open one costs more than most pages.
        return {**database, "ENGINE": "clinicinfo.sqlite", "OPTIONS": _sqlite(), "CONN_MAX_AGE": None}
    return {
        **database,
        "ENGINE": "clinicinfo.postgresql",
        "OPTIONS": _postgresql(given),
        "CONN_MAX_AGE": KEPT_FOR,
        "CONN_HEALTH_CHECKS": True,  # once a request, and without a question: `postgresql.patience.has_ended`
    }


def _sqlite() -> Options:
    return {
        # Every transaction takes the write lock when it begins, so none fails half-way on an upgrade of its lock.
        "transaction_mode": "IMMEDIATE",
        "timeout": WAIT_FOR_A_LOCK,
        # FULL: an act that was acknowledged is on the disk, whatever happens to the power. Sorting takes memory, so
        # that a full disk keeps nobody from reading.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; "
        "PRAGMA secure_delete=ON;",
    }


def _postgresql(given: Options) -> Options:
    """No pool: a thread opens its own connection when it has none, and learns at once that it can't.

    psycopg's pool opens them beside the requests: these wait for it although the database refuses at once, and its
    pause between two attempts doubles each time (psycopg_pool, `ConnectionPool`, ``reconnect_timeout``), so the site
    would come back long after the database. As each thread of the server had a place in the pool, nothing was shared.
    """
    return {
        "application_name": "clinicinfo",  # by which an administrator finds us in pg_stat_activity
        "connect_timeout": WAIT_FOR_A_LOCK,
        "prepare_threshold": 2,  # times that a statement is asked before the server keeps it (`planned_cursor` alone)
        # A host that vanished while nobody asked: noticed after 10 + 3 × 3 seconds, before the next reader comes.
        "keepalives": 1,
        "keepalives_idle": 10,
        "keepalives_interval": 3,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,  # milliseconds in which what was sent must have arrived, for commands, too
        **given,
        "options": f"-c lock_timeout={WAIT_FOR_A_LOCK}s {given.get('options', '')}".strip(),  # the last one counts
    }

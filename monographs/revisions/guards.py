"""The database's own second look: a revision carries the SHA-256 of its own content.

An approval is bound to that SHA-256, so a row with other words under it would be approved words that nobody read.
SQLite gets the function from Django (see `publication.guards`).
"""

_MISNAMED = "NEW.digest <> {sha256}"

# name, verb, table, when the row is refused on SQLite and on PostgreSQL, the sentence (`audit.guards`)
GUARDS = (
    (
        "monographs_revision_digest",
        "INSERT",
        "monographs_revision",
        _MISNAMED.format(sha256="SHA256(NEW.content_json)"),
        _MISNAMED.format(sha256="encode(sha256(convert_to(NEW.content_json, 'UTF8')), 'hex')"),
        "the SHA-256 of a revision is that of its content",
    ),
)

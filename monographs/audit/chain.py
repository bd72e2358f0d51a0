"""Hash chains: each row carries the hash of the row before, so a change anywhere shows."""

import datetime as dt
import hashlib
import json

GENESIS = "0" * 64


def canonical_json(value: object) -> str:
    """One spelling for one value: keys sorted, no spaces, characters as they are (RFC 8785 in spirit)."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(text: str) -> str:
    """Hex digest of a text's UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def hash_of(previous_hash: str, *fields: object) -> str:
    """The hash of one row of a chain. Moments count as ISO 8601 in UTC, to the microsecond."""
    spelled = [
        field.astimezone(dt.UTC).isoformat(timespec="microseconds") if isinstance(field, dt.datetime) else field
        for field in fields
    ]
    return sha256(canonical_json([previous_hash, *spelled]))

"""One spelling for one value, on every machine: what was hashed once must be hashed so for ever."""

import datetime as dt

from monographs.audit.chain import GENESIS, canonical_json, hash_of, sha256

NOON = dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC)


def test_keys_are_sorted_nothing_is_spaced_and_letters_stand_as_they_are():
    assert canonical_json({"b": [1, None, True], "a": "Łódź µg"}) == '{"a":"Łódź µg","b":[1,null,true]}'


def test_a_digest_is_of_the_bytes_of_utf_8():
    assert sha256("µg") == "c2ab9680237665dc375320db7b2c3e7cb5cfccc6a79e30d7c692bcb404cc4010"


def test_a_moment_counts_in_utc_to_the_microsecond():
    spelt = f'["{GENESIS}","a",1,"2026-03-03T12:00:00.000000+00:00"]'
    assert hash_of(GENESIS, "a", 1, NOON) == sha256(spelt)
    assert hash_of(GENESIS, "a", 1, NOON.astimezone(dt.timezone(dt.timedelta(hours=5, minutes=30)))) == sha256(spelt)
    assert hash_of(GENESIS, "a", 1, NOON + dt.timedelta(microseconds=1)) != sha256(spelt)

"""The site as deployed under everybody at once, and then under kill -9: is everything on record that was acknowledged?

`make load` runs it on SQLite and on PostgreSQL; it is no part of `make test`, for it takes minutes. The people are
threads of two processes that know the site by HTTP alone (`people.py`, with the standard library's client); only the
counting afterwards reads the database (`counts.py`).
"""

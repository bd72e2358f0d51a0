"""The page cache: a layer around the WSGI application, in front of everything that Django does for a request.

A known page is answered from memory while the public stamp stands. Nothing inside the house knows of it but the mark
that `reading.public` puts on what may be kept, and nothing ever clears it.
"""

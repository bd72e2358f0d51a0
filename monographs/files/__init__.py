"""Files on disk: each is whole or it isn't there, and what is read is what was written."""

"""The page of a revision: compiled once, and put together with the clinic's details of its day."""

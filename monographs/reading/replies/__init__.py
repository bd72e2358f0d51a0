"""Readers' replies: those that are shown, sending one, and what its writer does with it."""

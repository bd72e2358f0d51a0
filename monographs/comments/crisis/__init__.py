"""Cries for help: wherever somebody types one, and the playbook by which people work through it."""

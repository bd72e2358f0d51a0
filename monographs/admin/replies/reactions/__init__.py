"""Suspected adverse reactions that began as a reply."""

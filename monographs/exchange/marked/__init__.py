"""Markdown, ours and other people's, and the front matter of its files."""

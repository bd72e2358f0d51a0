"""The word account: what was typed held against what is read, and what could be meant in two ways."""

"""What becomes a file: an article, two beside one another, several under one cover."""

"""Very many of something in little memory: columns of text and numbers, no object for each."""

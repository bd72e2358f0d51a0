"""What words say: lists of words, and what a sentence mentions."""

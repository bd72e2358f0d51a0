"""What a search finds of a publication: its passages and sentences, and the index of their words."""

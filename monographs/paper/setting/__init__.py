"""What setting words on paper takes: typefaces, the signs that they have, how wide and high words are."""

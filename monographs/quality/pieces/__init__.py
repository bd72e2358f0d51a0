"""A leaflet in pieces, as checks read it: blocks of words, each at its place, sentences, and what is quoted of them."""

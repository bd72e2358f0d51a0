"""How names are held against each other, and very many of them at once."""

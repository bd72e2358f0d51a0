"""Rules that label replies: one file of data for each language, and what reads them."""

"""What a line says by its words, whatever its shape: for whom, how much, which section, which medicine, which page."""

"""Who sends, as far as we know: by a secret, by an address that was confirmed, by how much came from one place."""

"""Writing: leaflets and their editor, medicines, pictures, and two who write at once."""

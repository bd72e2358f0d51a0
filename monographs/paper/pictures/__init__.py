"""Pictures in a file: those of the page, people beside a frequency, the address for a camera."""

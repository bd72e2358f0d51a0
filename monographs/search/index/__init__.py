"""All names in the memory of each process: which medicines are meant."""

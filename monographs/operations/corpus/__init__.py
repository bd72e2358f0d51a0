"""A large made-up site for measuring: its texts, its names, and how rows are copied in bulk."""

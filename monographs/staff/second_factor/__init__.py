"""The second factor: who must have one, how it is set up and used, and passkeys."""

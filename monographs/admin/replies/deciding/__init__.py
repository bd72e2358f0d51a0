"""The queue of replies and each reply in it: which, what stands beside it, what is decided there."""

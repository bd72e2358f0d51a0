"""The order in which text from right to left and from left to right is read."""

"""How a reply comes in: looked at before it is kept, then written down with what rules see in it."""

"""What its writer does with a reply afterwards: take it back, write it anew, have its words erased for good."""

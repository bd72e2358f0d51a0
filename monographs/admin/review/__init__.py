"""Review: the second reader's screens, remarks, fact checks, and what an approval asks for."""
